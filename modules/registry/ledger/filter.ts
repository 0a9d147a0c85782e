// The filter that every statistic takes, as fields of a query and as SQL over the spans of one day.
import type { Param } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { type FieldProblem, forbidden, invalid, Refusal } from '#kernel/http/refusal.ts'
import { choice, day, flag, integer, optional, ref, tags, text } from '#kernel/resource/field.ts'
import { RESIDENCY, STATUS } from '../codes.ts'
import { agesOf } from './age-settings.ts'
import { ageBetween } from './ages.ts'
import { type Breakdown, breakdownNamed, type OnSpan } from './breakdowns.ts'
import { addDays } from './days.ts'
import { type Group, groupsOf } from './groups.ts'

/** Inputs of a query; `day` may lie ahead only where voters are asked for (`askFilter` says so). */
export const FILTER = {
  day: optional(
    day({ id: 'Keadaan tanggal', en: 'As of' }, { from: '1900-01-01', help: { id: 'Kosong berarti hari ini.', en: 'Empty means today.' } }),
  ),
  area_id: optional(ref('registry.areas', { id: 'Dusun/RW/RT', en: 'Hamlet/RW/RT' })),
  sex: optional(choice({ id: 'Jenis kelamin', en: 'Sex' }, { L: { id: 'Laki-laki', en: 'Male' }, P: { id: 'Perempuan', en: 'Female' } })),
  age_from: optional(integer({ id: 'Umur dari', en: 'Age from' }, { min: 0, max: 150 })),
  age_to: optional(integer({ id: 'Umur sampai', en: 'Age to' }, { min: 0, max: 150 })),
  status: optional(choice({ id: 'Status', en: 'Status' }, STATUS)),
  residency: optional(choice({ id: 'Status tinggal', en: 'Residency' }, RESIDENCY)),
  heads: flag({ id: 'Hanya kepala keluarga', en: 'Heads of family only' }),
  also: optional(tags({ id: 'Juga', en: 'Also' }, { max: 160 })),
  group: optional(text({ id: 'Kelompok', en: 'Group' }, { max: 40 })),
}

export type FilterInput = {
  day: string | null
  area_id: string | null
  sex: 'L' | 'P' | null
  age_from: number | null
  age_to: number | null
  status: keyof typeof STATUS | null
  residency: keyof typeof RESIDENCY | null
  heads: boolean
  also: string[] | null
  group: string | null
}

export type Filter = {
  readonly input: FilterInput
  /** The day asked about; ages are those of this day. */
  readonly day: string
  /** The day whose books are read: never after today. */
  readonly booked: string
  readonly also: readonly { readonly breakdown: Breakdown; readonly category: string }[]
  readonly group: Group | null
  /** Whether anybody's age decides: then the filter moves by itself. */
  readonly ages: boolean
}

const problem = (field: string, code: string, id: string, en: string): FieldProblem => ({ field, code, message: { id, en } })

/** Elections are prepared this long before (days). */
const AHEAD = 731

/** Makes sense of the input; throws 422 with what is wrong. */
export async function askFilter(ctx: Ctx, input: FilterInput): Promise<Filter> {
  const problems: FieldProblem[] = []
  const asked = input.day ?? ctx.today
  const ahead = input.group === 'voters' ? addDays(ctx.today, AHEAD) : ctx.today
  if (asked > ahead) problems.push(problem('day', 'too_late', 'Tanggal ini belum terjadi.', 'This day has not come yet.'))
  const group = input.group === null ? null : (groupsOf(await agesOf(ctx)).find((g) => g.key === input.group) ?? null)
  if (input.group !== null && !group)
    problems.push(problem('group', 'not_a_choice', 'Kelompok ini tidak dikenal.', 'This group is not known.'))
  const also = (input.also ?? []).flatMap((pair) => {
    const cut = pair.indexOf(':')
    const breakdown = breakdownNamed(pair.slice(0, cut))
    if (cut > 0 && breakdown && !breakdown.secret) return [{ breakdown, category: pair.slice(cut + 1) }]
    problems.push(
      problem(
        'also',
        'not_a_choice',
        'Tulis rincian:kategori, misalnya religion:ISLAM.',
        'Write breakdown:category, such as religion:ISLAM.',
      ),
    )
    return []
  })
  if (problems.length) throw invalid(problems)
  const ages = input.age_from !== null || input.age_to !== null || group !== null || also.some((a) => a.breakdown.ages)
  return { input, day: asked, booked: asked < ctx.today ? asked : ctx.today, also, group, ages }
}

/** The category of a breakdown, with `-` for "not filled in". */
export const categoryOf =
  (b: Breakdown): OnSpan =>
  (a, d) =>
    `coalesce((${b.category(a, d)})::text, '-')`

/**
 * The condition that a span passes the filter on a day: visible to the actor, of the status asked for, and everything else.
 * Says nothing about which spans hold on that day: see `heldOn`.
 */
export function passes(ctx: Ctx, f: Filter, param: Param, status: string = f.input.status ?? 'ALIVE', b: Breakdown | null = null): OnSpan {
  const { area_id, sex, residency, heads, age_from, age_to } = f.input
  const visible = ctx.sees('registry.citizens', param)
  const statusParam = param(b?.status ?? status)
  const [area, gender, living] = [area_id && param(area_id), sex && param(sex), residency && param(residency)]
  const also = f.also.map((x) => ({ ...x, value: param(x.category) }))
  return (a, d) =>
    [
      `${a}.status = ${statusParam}`,
      visible === 'true' ? null : `(${visible.replaceAll(/\bt\./g, `${a}.`)})`,
      area && `(${a}.area_id = ${area} or ${a}.rw_id = ${area} or ${a}.hamlet_id = ${area})`,
      gender && `${a}.gender = ${gender}`,
      living && `${a}.residency = ${living}`,
      heads || b?.of === 'families' ? `${a}.is_head_of_family` : null,
      age_from !== null || age_to !== null ? ageBetween(a, d, age_from, age_to) : null,
      f.group && `(${f.group.where(a, d)})`,
      b?.base && `(${b.base(a, d)})`,
      ...also.map((x) => `${x.breakdown.base ? `${x.breakdown.base(a, d)} and ` : ''}${categoryOf(x.breakdown)(a, d)} = ${x.value}`),
    ]
      .filter(Boolean)
      .join(' and ')
}

/** The day whose books are read and the day of ages, as parameters: one, unless the day lies ahead. */
export function daysAsked(f: Filter, param: Param): { booked: string; day: string } {
  const booked = `${param(f.booked)}::date`
  return { booked, day: f.day === f.booked ? booked : `${param(f.day)}::date` }
}

/** The spans that hold at the end of a day (an SQL expression). */
export const heldOn = (alias: string, day: string): string => `${alias}.booked_on <= ${day} and ${alias}.until > ${day}`

/**
 * Counts spans by what is made of some of their columns. A village has many people and few kinds of them: they are counted by kind first,
 * and what is made of the columns is worked out once for each. `columns: null`: there are too many kinds, each person is looked at.
 * `made`: expressions over `t`, by name; `counts`: aggregates, by name.
 */
export function countBy(
  made: Readonly<Record<string, string>>,
  columns: readonly string[] | null,
  counts: Readonly<Record<string, string>>,
  where: string,
): string {
  const named = (of: Readonly<Record<string, string>>): string =>
    Object.entries(of)
      .map(([name, sql]) => `${sql} as ${name}`)
      .join(', ')
  const places = Object.keys(made)
    .map((_, i) => i + 1)
    .join(', ')
  const spans = `registry.citizen_spans t where t.tenant_id = $1 and ${where}`
  if (!columns) return `select ${named(made)}, ${named(counts)} from ${spans} group by ${places}`
  const kinds = [...new Set(columns)].map((name) => `t.${name}`).join(', ')
  const sums = Object.fromEntries(Object.keys(counts).map((name) => [name, `sum(t.${name})::int`]))
  return `select ${named(made)}, ${named(sums)} from (select ${kinds}, ${named(counts)} from ${spans} group by ${kinds}) t group by ${places}`
}

/** The health facts are encrypted: counting or listing them is for who may reveal them, and only as they are now. */
export function mayUseSecrets(ctx: Ctx, f: Filter): void {
  if (!ctx.can('registry.citizens:reveal')) throw forbidden('registry.citizens:reveal')
  if (f.day !== ctx.today)
    throw new Refusal(422, 'past_not_kept', {
      id: 'Data kesehatan tersandi dan riwayatnya tidak disimpan: hanya keadaan hari ini yang dapat dihitung.',
      en: 'Health facts are encrypted and their history is not kept: only today can be counted.',
    })
}

/** The parameters of a names query that repeat this filter. */
export function namesOf(f: Filter, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const said = { ...f.input, heads: f.input.heads || null, day: f.day, also: f.input.also?.join(',') ?? null, ...more }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
}
