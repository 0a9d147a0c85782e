// The movement of a month as people read it: a line for every category of a breakdown, with the names behind each number.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { choice, optional, text } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say, type Words } from '#kernel/words.ts'
import type { Breakdown } from './breakdowns.ts'
import { monthOf, spanOf } from './days.ts'
import { askFilter, categoryOf, type Filter, FILTER, type FilterInput, heldOn, namesOf, passes } from './filter.ts'
import { agedSpans, changedSpans, type FlowRow, flowRow, IN_ROWS, monthField, movementOf, OUT_ROWS, type Sorting } from './movement.ts'
import { PAGE, type PageInput, pageOfNames } from './names.ts'
import { breakdownField, chosenBreakdown, NOT_FILLED, ordered } from './statistics.ts'

/** What a flow is called at the head of a column. */
export const FLOWS: Readonly<Record<FlowRow, Words>> = {
  birth: { id: 'Lahir', en: 'Born' },
  arrival: { id: 'Datang', en: 'Arrived' },
  return: { id: 'Kembali', en: 'Returned' },
  entry: { id: 'Pendataan awal', en: 'First entry' },
  change_in: { id: 'Perubahan data', en: 'Data changed' },
  undone_in: { id: 'Pembatalan', en: 'Undone' },
  aging_in: { id: 'Bertambah umur', en: 'Grew older' },
  death: { id: 'Meninggal', en: 'Died' },
  departure: { id: 'Pindah', en: 'Moved away' },
  missing: { id: 'Hilang', en: 'Missing' },
  away: { id: 'Pergi sementara', en: 'Gone for a while' },
  change_out: { id: 'Perubahan data', en: 'Data changed' },
  undone_out: { id: 'Pembatalan', en: 'Undone' },
  aging_out: { id: 'Bertambah umur', en: 'Grew older' },
}
const isIn = (row: FlowRow): boolean => (IN_ROWS as readonly string[]).includes(row)
/** As the answer has it: its direction is said by where it stands. */
const keyOf = (row: FlowRow): string => row.replace(/_(in|out)$/, '')

/** Whether a month of it can be told: who died stays dead, and health facts have no history. */
export const moves = (b: Breakdown): boolean => !b.secret && !b.status

type Input = FilterInput & { breakdown: string; month: string }

async function asked(ctx: Ctx, { breakdown, ...input }: FilterInput & { breakdown: string }) {
  const b = chosenBreakdown(breakdown)
  if (!moves(b))
    throw new Refusal(422, 'no_movement', {
      id: 'Rincian ini tidak punya perkembangan bulanan.',
      en: 'This breakdown has no monthly movement.',
    })
  const f = await askFilter(ctx, { ...input, day: null, status: null })
  const sorting: Sorting = { filter: f, category: categoryOf(b), columns: b.columns, breakdown: b }
  return { b, f, sorting }
}

export const movement = query<Input>({
  name: 'registry.movement',
  label: { id: 'Perkembangan sebulan', en: 'Movement of a month' },
  doc: `For every category of a breakdown: how many a month opened with, who came in and went out and why, how many it closed with.
Opening + in − out = closing for every category. Counts the living; "day" and "status" of the filter are not used. Each number
is listed by registry.movement-names with "names" and "row": opening, closing, or the row of a column.`,
  permission: 'registry.citizens:read',
  input: { breakdown: breakdownField, month: monthField, ...FILTER },
  async run(ctx, { month, ...input }) {
    const { b, f, sorting } = await asked(ctx, input)
    const m = await movementOf(ctx, month, sorting, f.ages || b.ages === true)
    const categories = new Set([...m.opening.keys(), ...m.closing.keys(), ...[...m.flows.values()].flatMap((of) => [...of.keys()])])
    const order = await ordered(ctx, b, categories, (c) => m.closing.get(c) ?? 0)
    const rows = [...IN_ROWS, ...OUT_ROWS].filter((row) => m.flows.has(row))
    const rowOf = (of: (counts: ReadonlyMap<string, number>) => number, category?: string) => {
      const pick = (which: boolean) =>
        Object.fromEntries(rows.flatMap((row) => (isIn(row) === which ? [[keyOf(row), of(m.flows.get(row)!)]] : [])))
      return { opening: of(m.opening), in: pick(true), out: pick(false), closing: of(m.closing), names: linkOf(f, b, month, category) }
    }
    const unfilled = categories.has('-') ? [{ category: '-', label: say(NOT_FILLED, ctx.locale) }] : []
    return {
      breakdown: b.key,
      label: say(b.label, ctx.locale),
      month: monthOf(month),
      last: spanOf(month).last,
      columns: rows.map((row) => ({ key: keyOf(row), row, direction: isIn(row) ? 'in' : 'out', label: say(FLOWS[row], ctx.locale) })),
      rows: [...order, ...unfilled].map((o) => ({ ...o, ...rowOf((counts) => counts.get(o.category) ?? 0, o.category) })),
      total: rowOf((counts) => [...counts.values()].reduce((x, y) => x + y, 0)),
    }
  },
})

/** What lists the names of a line, once "row" says which of its numbers. */
function linkOf(f: Filter, b: Breakdown, month: string, category: string | undefined): Record<string, unknown> {
  const { day: _, ...names } = namesOf(f, { breakdown: b.key, month: monthOf(month), ...(category === undefined ? {} : { category }) })
  return names
}

const ENDS = {
  opening: { id: 'Awal bulan', en: 'Start of the month' },
  closing: { id: 'Akhir bulan', en: 'End of the month' },
} satisfies Record<string, Words>

export const movementNames = query<Input & PageInput & { category: string | null; row: string }>({
  name: 'registry.movement-names',
  label: { id: 'Nama di balik perkembangan', en: 'Names behind the movement' },
  doc: `The people behind a number of registry.movement: who was here at the start or the end ("row": opening, closing), or came in or went out
for a reason (the "row" of a column), with the event behind it. "category": one of the breakdown.`,
  permission: 'registry.citizens:read',
  input: {
    breakdown: breakdownField,
    category: optional(text({ id: 'Kategori', en: 'Category' }, { max: 150 })),
    month: monthField,
    row: choice({ id: 'Baris', en: 'Row' }, { ...ENDS, ...FLOWS }),
    ...FILTER,
    ...PAGE,
  },
  async run(ctx, { month, row: reason, category, limit, after, ...input }) {
    const { b, f, sorting } = await asked(ctx, input)
    const p = paramsOf(ctx.tenant.id)
    const { eve, last } = spanOf(month)
    if (reason === 'opening' || reason === 'closing') {
      const on = reason === 'opening' ? eve : last
      const at = `${p.param(on)}::date`
      const counted = `${heldOn('t', at)} and ${passes(ctx, f, p.param, 'ALIVE', b)('t', at)}`
      const where = `t.tenant_id = $1 and ${counted}${category === null ? '' : ` and ${sorting.category('t', at)} = ${p.param(category)}`}`
      return pageOfNames(ctx, p, { limit, after }, on, { tables: 'registry.citizen_spans t', where })
    }
    const row = reason as FlowRow
    const direction = isIn(row) ? 'in' : 'out'
    const side = direction === 'in' ? 'x.is_now' : 'x.was'
    const aging = row.startsWith('aging')
    const { from } = aging ? agedSpans(ctx, p, month, sorting, 'all') : changedSpans(ctx, p, month, sorting)
    const where = [
      'x.was is distinct from x.is_now',
      category === null ? `${side} is not null` : `${side} = ${p.param(category)}`,
      ...(aging ? [] : [`${flowRow(direction, 'x.kind')} = ${p.param(row)}`]),
    ].join(' and ')
    // Who went out by an event is shown as they were, who came in as they are; nobody books a birthday.
    const tables = `(${from}) x
      join registry.citizen_spans t on t.tenant_id = $1 and t.citizen_id = x.citizen_id and t.seq = x.seq${!aging && direction === 'out' ? ' - 1' : ''}
      left join registry.population_events e on e.tenant_id = $1 and e.id = ${aging ? 'null::uuid' : 'x.event_id'}`
    return pageOfNames(ctx, p, { limit, after }, last, { tables, where, event: true })
  },
})
