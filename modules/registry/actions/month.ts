// Closing a month: its figures are kept, and nothing is booked in it any more. The last one may be opened again.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { action } from '#kernel/resource/action.ts'
import { longText, optional } from '#kernel/resource/field.ts'
import { insertRow, setDeleted, updateRow } from '#kernel/resource/store.ts'
import { addMonths, monthOf, spanOf } from '../ledger/days.ts'
import { reportOf } from '../ledger/report.ts'
import { monthClosings } from '../resources/index.ts'
import { problem } from './record.ts'

const notes = optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2000 }))

export const closing = action<{ month: string; notes: string | null }>({
  resource: monthClosings.name,
  noun: 'closing',
  label: { id: 'Tutup bulan', en: 'Close a month' },
  doc: {
    id: 'Angka akhir bulan disimpan, dan tidak ada lagi peristiwa yang dapat dilaporkan pada bulan itu atau sebelumnya.',
    en: 'The closing figures are kept, and no event can be reported in that month or before it any more.',
  },
  on: 'many',
  grave: true,
  input: { month: monthClosings.fields.month, notes },
  refine(input, issue) {
    if (input.month !== monthOf(input.month))
      issue('month', { id: 'Tulis tanggal pertama bulan itu.', en: 'Write the first day of the month.' })
  },
  async run(ctx, _none, input) {
    if (ctx.sees('registry.citizens', () => '') !== 'true')
      throw new Refusal(403, 'sees_part', {
        id: 'Hanya yang melihat seluruh desa yang dapat menutup bulan.',
        en: 'Only who sees the whole village can close a month.',
      })
    // One after the other: two closings at once would each miss the other.
    await ctx.db.query('select pg_advisory_xact_lock(hashtextextended($1::text, 7211030))', [ctx.tenant.id])
    if (spanOf(input.month).last >= ctx.today)
      throw problem('month', 'not_over', { id: 'Bulan ini belum selesai.', en: 'This month is not over yet.' })
    const last = await lastClosed(ctx)
    if (last && input.month !== addMonths(last.month, 1))
      throw problem('month', 'out_of_order', {
        id: 'Bulan ditutup berurutan, langsung sesudah bulan terakhir yang ditutup.',
        en: 'Months close in order, right after the last closed one.',
      })
    const report = await reportOf(ctx, input.month, null)
    const cells = report.rows.find((row) => row.key === 'closing')!.cells
    const made = await insertRow(ctx, monthClosings, {
      ...input,
      residents: cells.total,
      men: cells.male,
      women: cells.female,
      families: cells.heads,
    })
    await ctx.emit('registry.month_closed', monthClosings.name, made.id)
    return { id: made.id, resource: monthClosings.name }
  },
})

export const reopening = action<{ notes: string }>({
  resource: monthClosings.name,
  noun: 'reopening',
  label: { id: 'Buka kembali bulan ini', en: 'Open this month again' },
  doc: {
    id: 'Hanya bulan terakhir yang ditutup yang dapat dibuka kembali. Laporan yang sudah dicetak dapat berbeda sesudahnya.',
    en: 'Only the last closed month can be opened again. Printed reports may differ afterwards.',
  },
  grave: true,
  input: { notes: longText({ id: 'Alasan', en: 'Why' }, { min: 3, max: 2000 }) },
  async run(ctx, row, input) {
    await ctx.db.query('select pg_advisory_xact_lock(hashtextextended($1::text, 7211030))', [ctx.tenant.id])
    const last = await lastClosed(ctx)
    if (last?.id !== row.id)
      throw new Refusal(409, 'later_closed', {
        id: 'Bulan sesudahnya juga sudah ditutup. Buka yang terakhir dahulu.',
        en: 'A later month is closed too. Open the last one first.',
      })
    await updateRow(ctx, monthClosings, row.id, { notes: input.notes })
    await setDeleted(ctx, monthClosings, row.id, true)
    await ctx.emit('registry.month_reopened', monthClosings.name, row.id)
    return {}
  },
})

async function lastClosed(ctx: Ctx): Promise<{ id: string; month: string } | null> {
  const { rows } = await ctx.db.query<{ id: string; month: string }>(
    'select m.id, m.month from registry.month_closings m where m.tenant_id = $1 and m.deleted_at is null order by m.month desc limit 1',
    [ctx.tenant.id],
  )
  return rows[0] ?? null
}
