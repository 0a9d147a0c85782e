// How a month went: what it opened with, what came in and went out and why, what it closed with, for any way of sorting people.
import type { Ctx } from '#kernel/ctx.ts'
import { day } from '#kernel/resource/field.ts'
import { type Params, paramsOf } from '#kernel/resource/store.ts'
import type { EventKind } from '../codes.ts'
import type { Breakdown, OnSpan } from './breakdowns.ts'
import { spanOf } from './days.ts'
import { type Filter, passes, countBy } from './filter.ts'

/** Why somebody began to be counted in a category … */
export const IN_ROWS = ['birth', 'arrival', 'return', 'entry', 'change_in', 'undone_in', 'aging_in'] as const
/** … or ceased to be. */
export const OUT_ROWS = ['death', 'departure', 'missing', 'away', 'change_out', 'undone_out', 'aging_out'] as const
export type FlowRow = (typeof IN_ROWS)[number] | (typeof OUT_ROWS)[number]

const IN: Partial<Record<EventKind, FlowRow>> = {
  BIRTH: 'birth',
  ARRIVAL: 'arrival',
  RETURN: 'return',
  OPENING: 'entry',
  CORRECTION: 'undone_in',
  RESTORED: 'undone_in',
}
const OUT: Partial<Record<EventKind, FlowRow>> = {
  DEATH: 'death',
  DEPARTURE: 'departure',
  MISSING: 'missing',
  AWAY: 'away',
  CORRECTION: 'undone_out',
  REMOVED: 'undone_out',
}

/** The row of a flow, as SQL over the kind of its event and whether the person was counted at all before and after. */
export const flowRow = (direction: 'in' | 'out', kind: string): string =>
  `case ${kind} ${Object.entries(direction === 'in' ? IN : OUT)
    .map(([k, row]) => `when '${k}' then '${row}'`)
    .join(' ')} else 'change_${direction}' end`

/** Category of a span on a day, or null when the span is not counted then. */
const countedAs =
  (where: OnSpan, category: OnSpan): OnSpan =>
  (a, d) =>
    `case when ${where(a, d)} then ${category(a, d)} end`

/**
 * FROM and WHERE of the changes of state booked in a month: `n` the new span, `p` the one before it (null for newcomers). Both are
 * looked at on the day of booking, so that growing older is told apart from what happened.
 */
export const changesIn = (first: string, last: string): { tables: string; where: string } => ({
  tables: `registry.citizen_spans n
    left join registry.citizen_spans p on p.tenant_id = $1 and p.citizen_id = n.citizen_id and p.seq = n.seq - 1`,
  where: `n.tenant_id = $1 and n.booked_on >= ${first} and n.booked_on <= ${last}`,
})

/** Category → how many. */
export type Counts = ReadonlyMap<string, number>
/** Row → category → how many. */
export type Flows = ReadonlyMap<FlowRow, Counts>
export type Movement = { readonly opening: Counts; readonly closing: Counts; readonly flows: Flows }

/** A way of sorting the people of a filter; `category` is never null for somebody who is counted, and made of `columns`. */
export type Sorting = {
  readonly filter: Filter
  readonly category: OnSpan
  readonly columns: readonly string[] | null
  readonly breakdown: Breakdown | null
}

/** Counts a month for any sorting of people. One statement after the other: a closing does it inside its transaction. */
export async function movementOf(ctx: Ctx, month: string, sorting: Sorting, ages: boolean): Promise<Movement> {
  if (!ages) return { ...(await bothEnds(ctx, month, sorting)), flows: await flowsOf(ctx, month, sorting) }
  const { opening, closing, aged } = await agingEnds(ctx, month, sorting)
  const flows = await flowsOf(ctx, month, sorting)
  for (const { was, is_now, n } of [...aged, ...(await agedBetween(ctx, month, sorting))]) {
    if (was !== null) add(flows, 'aging_out', was, n)
    if (is_now !== null) add(flows, 'aging_in', is_now, n)
  }
  return { opening, closing, flows }
}

const plus = (counts: Map<string, number>, of: string, n: number): Map<string, number> => counts.set(of, (counts.get(of) ?? 0) + n)
const add = (flows: Map<FlowRow, Map<string, number>>, row: FlowRow, of: string, n: number): void =>
  void flows.set(row, plus(flows.get(row) ?? new Map<string, number>(), of, n))

/** What came in and went out by what was booked. */
export async function flowsOf(ctx: Ctx, month: string, sorting: Sorting): Promise<Map<FlowRow, Map<string, number>>> {
  const flows = new Map<FlowRow, Map<string, number>>()
  for (const { was, is_now, out_row, in_row, n } of await happenings(ctx, month, sorting)) {
    if (was !== null) add(flows, out_row, was, n)
    if (is_now !== null) add(flows, in_row, is_now, n)
  }
  return flows
}

/** Who is counted at the end of the eve of a month, and at its end, where nobody's age decides. */
export async function bothEnds(ctx: Ctx, month: string, sorting: Sorting): Promise<{ opening: Counts; closing: Counts }> {
  const { eve, last } = spanOf(month)
  const { filter, category, columns, breakdown } = sorting
  const { values, param } = paramsOf(ctx.tenant.id)
  const [before, end] = [`${param(eve)}::date`, `${param(last)}::date`]
  const where = `t.booked_on <= ${end} and t.until > ${before} and ${passes(ctx, filter, param, 'ALIVE', breakdown)('t', end)}`
  const counts = {
    opening: `count(*) filter (where t.booked_on <= ${before})`,
    closing: `count(*) filter (where t.until > ${end})`,
  }
  const { rows } = await ctx.db.query<{ category: string; opening: number; closing: number }>(
    countBy({ category: category('t', end) }, columns, counts, where),
    values,
  )
  const atEnd = (of: 'opening' | 'closing'): Counts => new Map(rows.filter((r) => r[of]).map((r) => [r.category, r[of]]))
  return { opening: atEnd('opening'), closing: atEnd('closing') }
}

type Aged = { was: string | null; is_now: string | null; n: number }

/**
 * Both ends of a month where ages decide, in one pass over everybody who was here in it: what each was counted as on either end.
 * `aged`: those about whom nothing was booked all month and who are counted as something else at its end.
 */
async function agingEnds(
  ctx: Ctx,
  month: string,
  { filter, category, breakdown }: Sorting,
): Promise<{ opening: Counts; closing: Counts; aged: Aged[] }> {
  const { eve, last } = spanOf(month)
  const { values, param } = paramsOf(ctx.tenant.id)
  const as = countedAs(passes(ctx, filter, param, 'ALIVE', breakdown), category)
  const [before, end] = [`${param(eve)}::date`, `${param(last)}::date`]
  const { rows } = await ctx.db.query<Aged & { whole: boolean }>(
    `select x.was, x.is_now, x.here and x.stays as whole, count(*) as n from (
       select t.booked_on <= ${before} as here, t.until > ${end} as stays,
         case when t.booked_on <= ${before} then ${as('t', before)} end as was, case when t.until > ${end} then ${as('t', end)} end as is_now
       from registry.citizen_spans t where t.tenant_id = $1 and t.booked_on <= ${end} and t.until > ${before}) x
     group by 1, 2, 3`,
    values,
  )
  const [opening, closing] = [new Map<string, number>(), new Map<string, number>()]
  for (const { was, is_now, n } of rows) {
    if (was !== null) plus(opening, was, n)
    if (is_now !== null) plus(closing, is_now, n)
  }
  return { opening, closing, aged: rows.filter((r) => r.whole && r.was !== r.is_now) }
}

type Happened = { was: string | null; is_now: string | null; out_row: FlowRow; in_row: FlowRow; n: number }

async function happenings(ctx: Ctx, month: string, sorting: Sorting): Promise<Happened[]> {
  const p = paramsOf(ctx.tenant.id)
  const { from } = changedSpans(ctx, p, month, sorting)
  const { rows } = await ctx.db.query<Happened>(
    `select x.was, x.is_now, ${flowRow('out', 'x.kind')} as out_row, ${flowRow('in', 'x.kind')} as in_row, count(*) as n from (${from}) x
     where x.was is distinct from x.is_now group by 1, 2, 3, 4`,
    p.values,
  )
  return rows
}

/** A subquery of the month's changes: citizen, seq, kind, event, and the category before and after. */
export function changedSpans(ctx: Ctx, { param }: Params, month: string, { filter, category, breakdown }: Sorting): { from: string } {
  const { first, last } = spanOf(month)
  const as = countedAs(passes(ctx, filter, param, 'ALIVE', breakdown), category)
  const { tables, where } = changesIn(`${param(first)}::date`, `${param(last)}::date`)
  return {
    from: `select n.citizen_id, n.seq, n.kind, n.event_id, ${as('p', 'n.booked_on')} as was, ${as('n', 'n.booked_on')} as is_now
      from ${tables} where ${where}`,
  }
}

/** Who came into another category by growing older before or after something was booked about them in the month. */
async function agedBetween(ctx: Ctx, month: string, sorting: Sorting): Promise<Aged[]> {
  const p = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<Aged>(
    `select x.was, x.is_now, count(*) as n from (${agedSpans(ctx, p, month, sorting, 'booked').from}) x
     where x.was is distinct from x.is_now group by 1, 2`,
    p.values,
  )
  return rows
}

/**
 * A subquery of who has a birthday in the month: citizen, seq, and the category before and after, as far as the span reaches into it.
 * `booked`: only those about whom something was booked in it.
 */
export function agedSpans(
  ctx: Ctx,
  { param }: Params,
  month: string,
  { filter, category, breakdown }: Sorting,
  which: 'all' | 'booked',
): { from: string } {
  const { eve, last } = spanOf(month)
  const as = countedAs(passes(ctx, filter, param, 'ALIVE', breakdown), category)
  const [before, end] = [`${param(eve)}::date`, `${param(last)}::date`]
  const within = `t.booked_on <= ${end} and t.until > ${before}`
  const touched = `(t.booked_on > ${before} and t.booked_on <= ${end} or t.until > ${before} and t.until <= ${end})`
  return {
    from: `select t.citizen_id, t.seq, ${as('t', `greatest(t.booked_on, ${before})`)} as was, ${as('t', `least(t.until, ${end})`)} as is_now
      from registry.citizen_spans t
      where t.tenant_id = $1 and ${birthdayIn('t.birth_date', month)} and ${which === 'all' ? within : touched}`,
  }
}

/** Only who has a birthday in a month grows older in it. Who was born on 29 February does so on 1 March where there is none. */
const birthdayIn = (born: string, month: string): string => {
  const which = Number(month.slice(5, 7))
  const leap = which === 3 ? ` or extract(month from ${born}) = 2 and extract(day from ${born}) = 29` : ''
  return `(extract(month from ${born}) = ${which}${leap})`
}

export const monthField = day(
  { id: 'Bulan', en: 'Month' },
  { from: '1900-01-01', until: 'today', help: { id: 'Tanggal berapa pun di bulan itu.', en: 'Any day of that month.' } },
)
