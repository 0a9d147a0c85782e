// The age pyramid: men and women in groups of five years.
import { query } from '#kernel/resource/query.ts'
import { say } from '#kernel/words.ts'
import { ageBand, bandWords, FIVE_YEARS } from './ages.ts'
import type { Breakdown } from './breakdowns.ts'
import { askFilter, FILTER, type FilterInput, namesOf } from './filter.ts'
import { added, count } from './statistics.ts'

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
  doc: 'Men and women in groups of five years at the end of a day, the youngest first; the last group is 75 and older.',
  permission: 'registry.citizens:read',
  input: FILTER,
  async run(ctx, input) {
    const f = askFilter(ctx, input)
    const counted = await count(ctx, FIVES, f)
    const total = added(counted.values())
    return {
      day: f.day,
      rows: FIVE_YEARS.map((band) => ({
        from: band.from,
        to: band.to,
        label: say(band.label, ctx.locale),
        ...(counted.get(band.key) ?? { male: 0, female: 0 }),
        names: namesOf(f, agesWithin(f.input, band.from, band.to)),
      })),
      total: { count: total.male + total.female, ...total },
    }
  },
})

/** The ages of a band that the filter lets through. */
function agesWithin(input: FilterInput, from: number, to: number | null): { age_from: number; age_to: number | null } {
  const until = [to, input.age_to].filter((age) => age !== null)
  return { age_from: Math.max(from, input.age_from ?? 0), age_to: until.length ? Math.min(...until) : null }
}
