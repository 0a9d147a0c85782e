// The monthly report (LAMPID, annex A-9): residents and families at the start, what happened, residents and families at the end.
import type { Ctx } from '#kernel/ctx.ts'
import { choice, optional, ref } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say, type Words } from '#kernel/words.ts'
import { MOVE_KIND } from '../codes.ts'
import type { OnSpan } from './breakdowns.ts'
import { monthOf, spanOf } from './days.ts'
import { askFilter, type Filter, type FilterInput, heldOn, passes } from './filter.ts'
import { bothEnds, changedSpans, type Counts, flowsOf, type FlowRow, flowRow, IN_ROWS, monthField, type Sorting } from './movement.ts'
import { PAGE, type PageInput, pageOfNames } from './names.ts'

export const NO_FILTER: FilterInput = {
  day: null,
  area_id: null,
  sex: null,
  age_from: null,
  age_to: null,
  status: null,
  residency: null,
  heads: false,
  also: null,
  group: null,
}

const PEOPLE = ['wni_male', 'wni_female', 'wna_male', 'wna_female'] as const
const HEADS = ['heads_male', 'heads_female'] as const
const SUMS = { male: ['wni_male', 'wna_male'], female: ['wni_female', 'wna_female'], total: PEOPLE, heads: HEADS } as const
export const CELLS = [...PEOPLE, 'male', 'female', 'total', ...HEADS, 'heads'] as const
export type Cell = (typeof CELLS)[number]
export type Cells = Readonly<Record<Cell, number>>

/** The four columns of people: dual citizens are Indonesians, as in the old report. */
export const person: OnSpan = (a) =>
  `case when ${a}.citizenship = 'WNA' then 'wna' else 'wni' end || case ${a}.gender when 'L' then '_male' else '_female' end`
/** The two columns of families: by the sex of the head. */
export const head: OnSpan = (a) => `case ${a}.gender when 'L' then 'heads_male' else 'heads_female' end`

export const cellsOf = (of: (cell: (typeof PEOPLE | typeof HEADS)[number]) => number): Cells => {
  const plain = Object.fromEntries([...PEOPLE, ...HEADS].map((cell) => [cell, of(cell)]))
  const sums = Object.entries(SUMS).map(([name, parts]) => [name, parts.reduce((sum, part) => sum + (plain[part] ?? 0), 0)] as const)
  const all: Record<string, number> = { ...plain, ...Object.fromEntries(sums) }
  return Object.fromEntries(CELLS.map((cell) => [cell, all[cell] ?? 0])) as Cells
}

type RowFacts = {
  readonly key: 'opening' | 'closing' | FlowRow
  readonly no: number | null
  readonly sign: 1 | -1 | 0
  readonly label: Words
}
const fact = (key: RowFacts['key'], no: number | null, sign: RowFacts['sign'], id: string, en: string): RowFacts => ({
  key,
  no,
  sign,
  label: { id, en },
})

export const ROWS: readonly RowFacts[] = [
  fact('opening', 1, 0, 'Penduduk/keluarga awal bulan ini', 'Residents/families at the start of the month'),
  fact('birth', 2, 1, 'Kelahiran bulan ini', 'Births'),
  fact('death', 3, -1, 'Kematian bulan ini', 'Deaths'),
  fact('arrival', 4, 1, 'Pendatang bulan ini', 'Arrivals'),
  fact('departure', 5, -1, 'Pindah/keluarga pergi bulan ini', 'Departures'),
  fact('missing', 6, -1, 'Penduduk hilang bulan ini', 'Gone missing'),
  fact('away', null, -1, 'Pergi sementara', 'Gone away for a while'),
  fact('return', null, 1, 'Kembali', 'Returned'),
  fact('entry', null, 1, 'Pendataan awal', 'First entries'),
  fact('change_in', null, 1, 'Perubahan data/keluarga baru (bertambah)', 'Data changed, new families (more)'),
  fact('change_out', null, -1, 'Perubahan data (berkurang)', 'Data changed (fewer)'),
  fact('undone_in', null, 1, 'Pembatalan (bertambah)', 'Undone (more)'),
  fact('undone_out', null, -1, 'Pembatalan/penghapusan (berkurang)', 'Undone or removed (fewer)'),
  fact('closing', 7, 0, 'Penduduk/keluarga akhir bulan ini', 'Residents/families at the end of the month'),
]

/** People and heads of one filter, as two sortings; and both at once, for counting who is here in one go. */
export function sortings(f: Filter): { people: Sorting; heads: Sorting; both: Sorting } {
  const breakdown = null
  const columns = ['citizenship', 'gender', 'is_head_of_family']
  const twice: OnSpan = (a, d) => `${person(a, d)} || case when ${a}.is_head_of_family then ' ' || ${head(a, d)} else '' end`
  return {
    people: { filter: f, category: person, columns, breakdown },
    heads: { filter: { ...f, input: { ...f.input, heads: true } }, category: head, columns, breakdown },
    both: { filter: f, category: twice, columns, breakdown },
  }
}

/** What was counted under `both`, apart: people, and heads. */
export function apart(counts: Counts): Map<string, number> {
  const found = new Map<string, number>()
  for (const [both, n] of counts) for (const cell of both.split(' ')) found.set(cell, (found.get(cell) ?? 0) + n)
  return found
}

/** The report of a month, of the village or one area. */
export async function reportOf(ctx: Ctx, month: string, areaId: string | null) {
  const f = await askFilter(ctx, { ...NO_FILTER, area_id: areaId })
  const { people, heads, both } = sortings(f)
  const ends = await bothEnds(ctx, month, both)
  const [opening, closing] = [apart(ends.opening), apart(ends.closing)]
  const [flows, ofHeads] = [await flowsOf(ctx, month, people), await flowsOf(ctx, month, heads)]
  const numbers = (key: RowFacts['key'], cell: string): number => {
    if (key === 'opening') return opening.get(cell) ?? 0
    return (key === 'closing' ? closing : (cell.startsWith('heads') ? ofHeads : flows).get(key))?.get(cell) ?? 0
  }
  const rows = ROWS.map((row) => ({
    key: row.key,
    no: row.no,
    sign: row.sign,
    label: say(row.label, ctx.locale),
    cells: cellsOf((cell) => numbers(row.key, cell)),
    names: { month: monthOf(month), ...(areaId ? { area_id: areaId } : {}), row: row.key },
  }))
  const moves = await movesOf(ctx, month, people, heads)
  const families = { headless: await headlessOn(ctx, spanOf(month).last, f) }
  return { month: monthOf(month), ...daysOf(month), closed: await isClosed(ctx, month), balanced: adds(rows), rows, moves, families }
}

const daysOf = (month: string) => ({ first: spanOf(month).first, last: spanOf(month).last })

/** Whether opening and flows give the closing in every column. They are counted by different statements. */
const adds = (rows: readonly { key: string; sign: number; cells: Cells }[]): boolean =>
  CELLS.every((cell) => {
    const at = (key: string): number => rows.find((row) => row.key === key)!.cells[cell]
    return at('opening') + rows.reduce((sum, row) => sum + row.sign * row.cells[cell], 0) === at('closing')
  })

/** Departures by how far they went. */
async function movesOf(ctx: Ctx, month: string, people: Sorting, heads: Sorting) {
  const counted = [...(await departed(ctx, month, people)), ...(await departed(ctx, month, heads))]
  const { area_id } = people.filter.input
  const names = { month: monthOf(month), ...(area_id ? { area_id } : {}), row: 'departure' }
  return Object.entries(MOVE_KIND).map(([key, label]) => ({
    key,
    label: say(label, ctx.locale),
    cells: cellsOf((cell) => counted.find((row) => row.move_kind === key && row.cell === cell)?.n ?? 0),
    names: { ...names, move_kind: key },
  }))
}

async function departed(ctx: Ctx, month: string, sorting: Sorting): Promise<{ move_kind: string; cell: string; n: number }[]> {
  const p = paramsOf(ctx.tenant.id)
  const { from } = changedSpans(ctx, p, month, sorting)
  const { rows } = await ctx.db.query<{ move_kind: string; cell: string; n: number }>(
    `select e.move_kind, x.was as cell, count(*) as n from (${from}) x
     join registry.population_events e on e.tenant_id = $1 and e.id = x.event_id
     where x.kind = 'DEPARTURE' and x.was is not null and x.is_now is null group by 1, 2`,
    p.values,
  )
  return rows
}

/** Families with somebody living here and no head of their own who does: counted nowhere until they have one. */
async function headlessOn(ctx: Ctx, on: string, f: Filter): Promise<number> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const at = `${param(on)}::date`
  const { rows } = await ctx.db.query<{ n: number }>(
    `select count(*) as n from (
       select t.family_id from registry.citizen_spans t
       where t.tenant_id = $1 and ${heldOn('t', at)} and t.family_id is not null and ${passes(ctx, f, param)('t', at)}
       group by t.family_id having not bool_or(t.is_head_of_family)) x`,
    values,
  )
  return rows[0]?.n ?? 0
}

async function isClosed(ctx: Ctx, month: string): Promise<boolean> {
  const { rows } = await ctx.db.query(
    'select 1 from registry.month_closings m where m.tenant_id = $1 and m.month >= $2 and m.deleted_at is null limit 1',
    [ctx.tenant.id, monthOf(month)],
  )
  return rows.length > 0
}

const area = optional(ref('registry.areas', { id: 'Dusun/RW/RT', en: 'Hamlet/RW/RT' }))

export const populationReport = query<{ month: string; area_id: string | null }>({
  name: 'registry.population-report',
  label: { id: 'Laporan bulanan kependudukan', en: 'Monthly population report' },
  doc: `LAMPID: residents by citizenship and sex and families by the sex of their head, at the start of a month, what happened, at its end.
Opening + in − out = closing in every column, and every cell opens the list of names (registry.population-report-names).`,
  permission: 'registry.citizens:read',
  input: { month: monthField, area_id: area },
  run: (ctx, { month, area_id }) => reportOf(ctx, month, area_id),
})

/** Condition that an SQL expression with a category lies in a cell, sums included. */
const inCell = (expression: string, cell: Cell): string => {
  const parts: readonly string[] = (SUMS as Partial<Record<Cell, readonly string[]>>)[cell] ?? [cell]
  return `${expression} in (${parts.map((part) => `'${part}'`).join(', ')})`
}

const choices = (of: readonly (readonly [string, Words])[]) => Object.fromEntries(of) as Readonly<Record<string, Words>>
type NamesInput = PageInput & { month: string; area_id: string | null; row: string; cell: string; move_kind: string | null }

export const populationReportNames = query<NamesInput>({
  name: 'registry.population-report-names',
  label: { id: 'Nama di balik laporan bulanan', en: 'Names behind the monthly report' },
  doc: 'The people behind one cell of registry.population-report, with the event that put them there.',
  permission: 'registry.citizens:read',
  input: {
    month: monthField,
    area_id: area,
    row: choice({ id: 'Baris', en: 'Row' }, choices(ROWS.map((r) => [r.key, r.label]))),
    cell: choice({ id: 'Kolom', en: 'Column' }, choices(CELLS.map((c) => [c, { id: c, en: c }])), { initial: 'total' }),
    move_kind: optional(choice({ id: 'Jenis pindah', en: 'Kind of move' }, MOVE_KIND)),
    ...PAGE,
  },
  async run(ctx, { month, area_id, row, cell: column, move_kind, limit, after }) {
    const cell = column as Cell
    const heads = cell.startsWith('heads')
    const f = await askFilter(ctx, { ...NO_FILTER, area_id, heads })
    const sorting = sortings(f)[heads ? 'heads' : 'people']
    const p = paramsOf(ctx.tenant.id)
    const { eve, last } = spanOf(month)
    if (row === 'opening' || row === 'closing') {
      const at = `${p.param(row === 'opening' ? eve : last)}::date`
      const counted = `${heldOn('t', at)} and ${passes(ctx, f, p.param)('t', at)}`
      const where = `t.tenant_id = $1 and ${counted} and ${inCell(sorting.category('t', at), cell)}`
      return pageOfNames(ctx, p, { limit, after }, row === 'opening' ? eve : last, { tables: 'registry.citizen_spans t', where })
    }
    const direction = (IN_ROWS as readonly string[]).includes(row) ? 'in' : 'out'
    const { from } = changedSpans(ctx, p, month, sorting)
    // Who went out is shown as they were, who came in as they are.
    const tables = `(${from}) x
      join registry.citizen_spans t on t.tenant_id = $1 and t.citizen_id = x.citizen_id
        and t.seq = x.seq${direction === 'out' ? ' - 1' : ''}
      join registry.population_events e on e.tenant_id = $1 and e.id = x.event_id`
    const where = [
      'x.was is distinct from x.is_now',
      inCell(direction === 'in' ? 'x.is_now' : 'x.was', cell),
      `${flowRow(direction, 'x.kind')} = ${p.param(row)}`,
      ...(move_kind ? [`e.move_kind = ${p.param(move_kind)}`] : []),
    ].join(' and ')
    return pageOfNames(ctx, p, { limit, after }, last, { tables, where, event: true })
  },
})
