// The movement of a month by a breakdown, as a sheet: a line for every category, what came in and went out between start and end.
import type { Ctx } from '#kernel/ctx.ts'
import type { Sheet, SheetColumn } from '#kernel/sheet/sheet.ts'
import { say } from '#kernel/words.ts'
import { askFilter, type FilterInput } from '../ledger/filter.ts'
import { movement } from '../ledger/movement-table.ts'
import { filterLines, monthWords, villagePaper } from './letterhead.ts'

type Line = { label: string; opening: number; closing: number; in: Record<string, number>; out: Record<string, number> }
type Movement = {
  label: string
  month: string
  last: string
  columns: { key: string; direction: 'in' | 'out'; label: string }[]
  rows: Line[]
  total: Line
}

export async function movementSheet(ctx: Ctx, input: FilterInput & { breakdown: string; month: string }): Promise<Sheet> {
  const m = (await movement.run(ctx, input)) as Movement
  const t = (id: string, en: string): string => say({ id, en }, ctx.locale)
  const groups = { in: t('Bertambah', 'Came'), out: t('Berkurang', 'Left') }
  const number = (label: string, more: Partial<SheetColumn> = {}): SheetColumn => ({ label, kind: 'number', ...more })
  const cells = (line: Line): number[] => [line.opening, ...m.columns.map((c) => line[c.direction][c.key] ?? 0), line.closing]
  // The day of the filter is not used here: the month stands in its place.
  const [, ...filtered] = await filterLines(ctx, await askFilter(ctx, { ...input, day: null, status: null }))
  return {
    file: `perkembangan-${input.breakdown}-${m.month.slice(0, 7)}`,
    title: say({ id: 'Perkembangan penduduk menurut {label}', en: 'Movement of the population by {label}' }, ctx.locale, {
      label: m.label,
    }),
    under: [t(`Bulan ${monthWords(ctx, m.month)}`, `Month of ${monthWords(ctx, m.month)}`), ...filtered],
    asOf: m.last < ctx.today ? m.last : ctx.today,
    columns: [
      { label: m.label, weight: 3.5 },
      number(t('Awal bulan', 'Start')),
      ...m.columns.map((c) => number(c.label, { group: groups[c.direction] })),
      number(t('Akhir bulan', 'End')),
    ],
    rows: m.rows.map((row) => [row.label, ...cells(row)]),
    sums: [[t('TOTAL', 'TOTAL'), ...cells(m.total)]],
    ...(await villagePaper(ctx)),
  }
}
