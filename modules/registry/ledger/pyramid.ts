// The age pyramid: men and women in groups of five years.
import { query } from '#kernel/resource/query.ts'
import { say } from '#kernel/words.ts'
import { type Ages, agesOf } from './age-settings.ts'
import { ageBand, type Band, bandWords, FIVE_YEARS, years } from './ages.ts'
import type { Breakdown } from './breakdowns.ts'
import { askFilter, type Filter, FILTER, type FilterInput, namesOf } from './filter.ts'
import { added, count, type Sexes } from './statistics.ts'

export const FIVES: Breakdown = {
  key: 'five_years',
  code: null,
  label: { id: 'Umur (lima tahunan)', en: 'Age (five years)' },
  of: 'people',
  category: ageBand(FIVE_YEARS),
  columns: null,
  categories: bandWords(FIVE_YEARS),
  ages: true,
}

export const agePyramid = query<FilterInput>({
  name: 'registry.age-pyramid',
  label: { id: 'Piramida umur', en: 'Age pyramid' },
  doc: `Men and women in groups of five years at the end of a day, the youngest first; the last group is 75 and older.
"productive": those of working age, and how many of other ages there are for every hundred of them (null under a filter of ages, or where there are none).`,
  permission: 'registry.citizens:read',
  input: FILTER,
  async run(ctx, input) {
    const f = await askFilter(ctx, input)
    const ages = await agesOf(ctx)
    const pieces = cutAt(ages)
    const counted = await count(ctx, { ...FIVES, category: ageBand(pieces) }, f)
    const within = (from: number, to: number | null) =>
      added(pieces.filter((p) => p.from >= from && (to === null || p.from <= to)).flatMap((p) => counted.get(p.key) ?? []))
    const total = added(counted.values())
    return {
      day: f.day,
      rows: FIVE_YEARS.map((band) => ({
        from: band.from,
        to: band.to,
        label: say(band.label, ctx.locale),
        ...within(band.from, band.to),
        names: namesOf(f, agesWithin(f.input, band.from, band.to)),
      })),
      total: { count: total.male + total.female, ...total },
      productive: productiveOf(f, ages, within(ages.productiveFrom, ages.productiveUntil), total),
    }
  },
})

/** Groups of five years, cut where working age begins and ends. */
function cutAt({ productiveFrom, productiveUntil }: Ages): Band[] {
  const starts = [...new Set([...FIVE_YEARS.map((b) => b.from), productiveFrom, productiveUntil + 1])].toSorted((a, b) => a - b)
  return starts.map((from, i) => years(from, i + 1 < starts.length ? starts[i + 1]! - 1 : null))
}

/** Those of working age, and the dependency ratio: people of other ages for every hundred of them. */
function productiveOf({ input, ...f }: Filter, ages: Ages, { male, female }: Sexes, total: Sexes) {
  const [from, to, count] = [ages.productiveFrom, ages.productiveUntil, male + female]
  const ratio = (100 * (total.male + total.female - count)) / count
  const whole = input.age_from === null && input.age_to === null && count > 0
  return {
    from,
    to,
    male,
    female,
    count,
    dependency: whole ? ratio.toFixed(2) : null,
    names: namesOf({ ...f, input }, agesWithin(input, from, to)),
  }
}

/** The ages of a band that the filter lets through. */
function agesWithin(input: FilterInput, from: number, to: number | null): { age_from: number; age_to: number | null } {
  const until = [to, input.age_to].filter((age) => age !== null)
  return { age_from: Math.max(from, input.age_from ?? 0), age_to: until.length ? Math.min(...until) : null }
}
