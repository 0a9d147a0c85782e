// Reports with a row for every RT: vulnerable groups, and voters on a day.
import type { Ctx } from '#kernel/ctx.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say } from '#kernel/words.ts'
import { areaWords } from './area-words.ts'
import { askFilter, daysAsked, type Filter, FILTER, type FilterInput, heldOn, namesOf, passes } from './filter.ts'
import { agesOf } from './age-settings.ts'
import { type Group, vulnerableOf } from './groups.ts'
import { inGroup, opened } from './sealed.ts'

type Numbers = Record<string, number>
type AreaRow = { area_id: string | null } & Numbers

/** Counts (SQL aggregates by name) for every area that somebody of the filter lives in. */
async function perArea(ctx: Ctx, f: Filter, aggregates: Readonly<Record<string, (day: string) => string>>): Promise<AreaRow[]> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { booked, day } = daysAsked(f, param)
  const columns = Object.entries(aggregates).map(([name, sql]) => `${sql(day)} as ${name}`)
  const { rows } = await ctx.db.query<AreaRow>(
    `select t.area_id, ${columns.join(', ')} from registry.citizen_spans t
     where t.tenant_id = $1 and ${heldOn('t', booked)} and ${passes(ctx, f, param)('t', day)} group by t.area_id`,
    values,
  )
  return rows
}

/** Rows in the order of the tree of areas, with a total; who has no area stands apart. */
async function laidOut(ctx: Ctx, rows: readonly AreaRow[], f: Filter) {
  const words = await areaWords(
    ctx,
    rows.flatMap((r) => r.area_id ?? []),
  )
  const placed = rows.filter((r) => r.area_id !== null).map((r) => ({ row: r, words: words.get(r.area_id ?? '') }))
  const shown = placed
    .toSorted((a, b) => ((a.words?.path ?? '') < (b.words?.path ?? '') ? -1 : 1))
    .map(({ row, words: w }) => ({
      hamlet: w?.hamlet ?? null,
      rw: w?.rw ?? null,
      rt: w?.rt ?? null,
      ...row,
      names: namesOf(f, { area_id: row.area_id }),
    }))
  const total: Numbers = {}
  for (const { area_id: _, ...numbers } of rows) for (const [name, n] of Object.entries(numbers)) total[name] = (total[name] ?? 0) + n
  const nowhere = rows.find((r) => r.area_id === null) ?? null
  return { rows: shown, total, nowhere: nowhere && without(nowhere) }
}

const without = ({ area_id: _, ...numbers }: AreaRow): Numbers => numbers

const SEXES = {
  male: () => `count(*) filter (where t.gender = 'L')`,
  female: () => `count(*) filter (where t.gender = 'P')`,
}

export const vulnerableGroups = query<FilterInput>({
  name: 'registry.vulnerable-groups',
  label: { id: 'Kelompok rentan', en: 'Vulnerable groups' },
  doc: `Per RT: families, men, women, babies, children by age, the elderly, people with a disability; and, for who may reveal
health facts and only as of today, the chronically ill and pregnant women. A cell is listed by registry.statistics-names with group=<column>.`,
  permission: 'registry.citizens:read',
  input: FILTER,
  async run(ctx, input) {
    const f = await askFilter(ctx, { ...input, group: null })
    const open = ctx.can('registry.citizens:reveal') && f.day === ctx.today
    const groups = vulnerableOf(await agesOf(ctx)).filter((g) => open || !g.secret)
    const plain = groups.filter((g) => !g.secret)
    const rows = await perArea(ctx, f, {
      families: () => 'count(*) filter (where t.is_head_of_family)',
      ...SEXES,
      ...Object.fromEntries(plain.map((g) => [g.key, (day: string) => `count(*) filter (where ${g.where('t', day)})`])),
    })
    if (open)
      await addSealed(
        ctx,
        f,
        groups.filter((g) => g.secret),
        rows,
      )
    return { day: f.day, columns: groups.map((g) => ({ key: g.key, label: say(g.label, ctx.locale) })), ...(await laidOut(ctx, rows, f)) }
  },
})

/** Adds the columns that are read from encrypted fields, opening each field once. */
async function addSealed(ctx: Ctx, f: Filter, groups: readonly Group[], rows: readonly AreaRow[]): Promise<void> {
  for (const field of new Set(groups.flatMap((g) => g.secret?.field ?? []))) {
    const people = await opened(ctx, f, field)
    for (const g of groups.filter((x) => x.secret?.field === field)) {
      const counted = new Map<string | null, number>()
      for (const p of people) if (inGroup(g, p)) counted.set(p.area_id, (counted.get(p.area_id) ?? 0) + 1)
      for (const row of rows) row[g.key] = counted.get(row.area_id) ?? 0
    }
  }
}

export const voters = query<FilterInput>({
  name: 'registry.voters',
  label: { id: 'Pemilih', en: 'Voters' },
  doc: `Who may vote on a day, per RT: old enough by then (17, or what the community has set) or ever married, Indonesian, alive, permanent, not in the army or the police.
The day may lie up to two years ahead: then those who are here today are asked how old they will be.`,
  permission: 'registry.citizens:read',
  input: FILTER,
  async run(ctx, input) {
    const f = await askFilter(ctx, { ...input, group: 'voters' })
    const rows = await perArea(ctx, f, { ...SEXES, count: () => 'count(*)' })
    return { day: f.day, ...(await laidOut(ctx, rows, f)) }
  },
})
