// The population by one breakdown: the table of the old reports, over any day and any filter.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid } from '#kernel/http/refusal.ts'
import { choice } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say, type Words } from '#kernel/words.ts'
import { areaWords } from './area-words.ts'
import { type Breakdown, breakdownNamed, BREAKDOWNS } from './breakdowns.ts'
import { askFilter, categoryOf, daysAsked, type Filter, FILTER, type FilterInput, heldOn, namesOf, passes, countBy } from './filter.ts'
import { agesOf } from './age-settings.ts'
import { groupsOf } from './groups.ts'
import { opened } from './sealed.ts'

export const breakdownField = choice(
  { id: 'Rincian', en: 'Breakdown' },
  Object.fromEntries(BREAKDOWNS.map((b) => [b.key, b.label])) as Readonly<Record<string, Words>>,
)

export type Sexes = { male: number; female: number }
/** Category (`-`: not filled in) → how many men and women. */
export type Counted = ReadonlyMap<string, Sexes>

/** Counts who passes the filter by the categories of a breakdown. */
export async function count(ctx: Ctx, b: Breakdown, f: Filter): Promise<Counted> {
  const found = new Map<string, Sexes>()
  const add = (category: string, gender: string, n: number): void => {
    const row = found.get(category) ?? { male: 0, female: 0 }
    found.set(category, gender === 'L' ? { ...row, male: row.male + n } : { ...row, female: row.female + n })
  }
  if (b.secret) {
    for (const person of await opened(ctx, f, b.secret, b)) add(person.value ?? '-', person.gender, 1)
    return found
  }
  const { values, param } = paramsOf(ctx.tenant.id)
  const { booked, day } = daysAsked(f, param)
  const where = `${heldOn('t', booked)} and ${passes(ctx, f, param, undefined, b)('t', day)}`
  const made = { category: categoryOf(b)('t', day), gender: 't.gender' }
  const { rows } = await ctx.db.query<{ category: string; gender: string; n: number }>(
    countBy(made, b.columns && [...b.columns, 'gender'], { n: 'count(*)' }, where),
    values,
  )
  for (const { category, gender, n } of rows) add(category, gender, n)
  return found
}

export const NOT_FILLED = { id: 'Belum mengisi', en: 'Not filled in' }

type Row = Sexes & { count: number; percent: string; male_percent: string; female_percent: string }

/** Counts with their shares of the grand total, as the old reports have them: two decimals. */
function shares({ male, female }: Sexes, all: number): Row {
  const percent = (n: number): string => (all ? ((100 * n) / all).toFixed(2) : '0.00')
  return {
    count: male + female,
    male,
    female,
    percent: percent(male + female),
    male_percent: percent(male),
    female_percent: percent(female),
  }
}

export const added = (rows: Iterable<Sexes>): Sexes =>
  [...rows].reduce((sum, row) => ({ male: sum.male + row.male, female: sum.female + row.female }), { male: 0, female: 0 })

/** Categories in the order of the report, with their labels: fixed ones always, others by size. */
export async function ordered(
  ctx: Ctx,
  b: Breakdown,
  categories: Iterable<string>,
  size: (category: string) => number,
): Promise<{ category: string; label: string }[]> {
  const present = [...categories].filter((category) => category !== '-')
  if (b.areas) {
    const words = await areaWords(ctx, present)
    return present
      .map((category) => ({ category, ...(words.get(category) ?? { label: '?', path: '?' }) }))
      .toSorted((x, y) => (x.path < y.path ? -1 : 1))
  }
  const fixed = Object.entries(b.categories ?? {}).map(([category, words]) => ({ category, label: say(words, ctx.locale) }))
  const others = present.filter((category) => !(b.categories && Object.hasOwn(b.categories, category)))
  return [...fixed, ...others.toSorted((x, y) => size(y) - size(x) || (x < y ? -1 : 1)).map((category) => ({ category, label: category }))]
}

/** The table of a breakdown. */
export async function tableOf(ctx: Ctx, b: Breakdown, f: Filter) {
  const counted = await count(ctx, b, f)
  const of = (category: string): Sexes => counted.get(category) ?? { male: 0, female: 0 }
  const total = added(counted.values())
  const all = total.male + total.female
  const order = await ordered(ctx, b, counted.keys(), (category) => of(category).male + of(category).female)
  const names = (category: string) => namesOf(f, { breakdown: b.key, category })
  return {
    breakdown: b.key,
    label: say(b.label, ctx.locale),
    of: b.of,
    day: f.day,
    rows: order.map(({ category, label }) => ({ category, label, ...shares(of(category), all), names: names(category) })),
    sum: shares(added([...counted].filter(([category]) => category !== '-').map(([, row]) => row)), all),
    unfilled: { category: '-', label: say(NOT_FILLED, ctx.locale), ...shares(of('-'), all), names: names('-') },
    total: { ...shares(total, all), names: namesOf(f, { breakdown: b.key }) },
  }
}

/** The breakdown of an input that was checked to be one of them. */
export function chosenBreakdown(key: string): Breakdown {
  const found = breakdownNamed(key)
  if (!found)
    throw invalid([
      { field: 'breakdown', code: 'not_a_choice', message: { id: 'Rincian ini tidak dikenal.', en: 'This breakdown is not known.' } },
    ])
  return found
}

export const statistics = query<FilterInput & { breakdown: string }>({
  name: 'registry.statistics',
  label: { id: 'Statistik penduduk', en: 'Population statistics' },
  doc: `How many people (or families) by one breakdown, men and women, at the end of a day, under any filter.
Every number comes with the parameters of registry.statistics-names that list who is counted.`,
  permission: 'registry.citizens:read',
  input: { breakdown: breakdownField, ...FILTER },
  run: async (ctx, { breakdown, ...input }) => tableOf(ctx, chosenBreakdown(breakdown), await askFilter(ctx, input)),
})

export const breakdowns = query<Record<string, never>>({
  name: 'registry.breakdowns',
  label: { id: 'Rincian statistik', en: 'Statistical breakdowns' },
  doc: 'What registry.statistics can count by: the standard breakdowns with their old numbers, and a few more.',
  permission: 'registry.citizens:read',
  input: {},
  run: async (ctx) => ({
    data: BREAKDOWNS.map((b) => ({
      key: b.key,
      code: b.code,
      label: say(b.label, ctx.locale),
      of: b.of,
      past: !b.secret,
      moves: !b.secret && !b.status,
      needs: b.secret ? 'registry.citizens:reveal' : null,
    })),
  }),
})

export const groups = query<Record<string, never>>({
  name: 'registry.groups',
  label: { id: 'Kelompok penduduk', en: 'Groups of residents' },
  doc: 'Groups that reports ask for by name: voters, babies, the elderly, people with a disability …',
  permission: 'registry.citizens:read',
  input: {},
  run: async (ctx) => ({ data: groupsOf(await agesOf(ctx)).map((g) => ({ key: g.key, label: say(g.label, ctx.locale) })) }),
})
