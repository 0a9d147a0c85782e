// The monthly report (LAMPID) as a sheet: residents by citizenship and sex, families by the sex of their head.
import type { Ctx } from '#kernel/ctx.ts'
import type { Sheet, SheetColumn } from '#kernel/sheet/sheet.ts'
import { say } from '#kernel/words.ts'
import { CELLS, type Cell, type Cells, reportOf } from '../ledger/report.ts'
import { areaLine, dayWords, monthWords, villagePaper } from './letterhead.ts'

export async function monthlySheet(ctx: Ctx, { month, area_id }: { month: string; area_id: string | null }): Promise<Sheet> {
  const report = await reportOf(ctx, month, area_id)
  const t = (id: string, en: string): string => say({ id, en }, ctx.locale)
  const [people, families] = [t('Penduduk', 'Residents'), t('Keluarga', 'Families')]
  const labels: Record<Cell, string> = {
    wni_male: t('WNI L', 'Citizens M'),
    wni_female: t('WNI P', 'Citizens F'),
    wna_male: t('WNA L', 'Foreign M'),
    wna_female: t('WNA P', 'Foreign F'),
    male: t('L', 'M'),
    female: t('P', 'F'),
    total: t('L+P', 'M+F'),
    heads_male: t('KK L', 'Heads M'),
    heads_female: t('KK P', 'Heads F'),
    heads: t('KK L+P', 'Heads M+F'),
  }
  const columns: SheetColumn[] = CELLS.map((cell) => ({
    label: labels[cell],
    kind: 'number',
    group: cell.startsWith('heads') ? families : people,
    weight: 0.9,
  }))
  const cells = (of: Cells): number[] => CELLS.map((cell) => of[cell])
  const shown = report.rows.filter((row) => row.no !== null || CELLS.some((cell) => row.cells[cell] !== 0))
  const moves = report.moves.filter((move) => move.cells.total > 0 || move.cells.heads > 0)
  const closing = shown.at(-1)
  return {
    file: `laporan-bulanan-${report.month.slice(0, 7)}`,
    title: t('Laporan perkembangan penduduk (LAMPID)', 'Monthly population report (LAMPID)'),
    under: [t(`Bulan ${monthWords(ctx, month)}`, `Month of ${monthWords(ctx, month)}`), ...(await areaLine(ctx, area_id))],
    asOf: report.last < ctx.today ? report.last : ctx.today,
    columns: [{ label: t('No.', 'No.'), weight: 0.5 }, { label: t('Perincian', 'Item'), weight: 4.6 }, ...columns],
    // What the departures were, right under them.
    rows: shown
      .slice(0, -1)
      .flatMap((row) => [
        [row.no === null ? null : String(row.no), row.label, ...cells(row.cells)],
        ...(row.key === 'departure' ? moves.map((move) => [null, `– ${move.label}`, ...cells(move.cells)]) : []),
      ]),
    sums: closing ? [[String(closing.no), closing.label, ...cells(closing.cells)]] : [],
    notes: [
      report.closed
        ? t('Bulan ini sudah ditutup: angkanya tidak berubah lagi.', 'This month is closed: its figures no longer change.')
        : t(
            `Bulan ini belum ditutup. Keadaan pada ${dayWords(ctx, ctx.today)}.`,
            `This month is not closed yet. As known on ${dayWords(ctx, ctx.today)}.`,
          ),
      ...(report.families.headless
        ? [
            t(
              `Keluarga tanpa kepala keluarga, tidak terhitung: ${report.families.headless}.`,
              `Families without a head, not counted: ${report.families.headless}.`,
            ),
          ]
        : []),
    ],
    ...(await villagePaper(ctx)),
  }
}
