// The monthly statistics: counted once a day by upkeep, and anew when somebody asks.
import type { TenantDuty } from '#kernel/upkeep/duty.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { action, type Action } from '#kernel/resource/action.ts'
import { day, optional } from '#kernel/resource/field.ts'
import { populationStatistics } from '../resources/population-statistics.ts'
import { fillMonths } from './fill.ts'

/** One transaction of somebody who waits counts so many months; upkeep and the command line do the rest. */
const AT_ONCE = 120

const rebuilding = action<{ from: string | null }>({
  resource: populationStatistics.name,
  noun: 'rebuilding',
  label: { id: 'Hitung ulang', en: 'Count again' },
  doc: {
    id: 'Menghitung bulan-bulan yang sudah selesai dari buku peristiwa. Tanpa tanggal: hanya bulan yang belum dihitung.',
    en: 'Counts the months that are over from the ledger. Without a date: only those not counted yet.',
  },
  on: 'many',
  input: {
    from: optional(
      day(
        { id: 'Sejak bulan', en: 'Since the month' },
        { from: '1900-01-01', until: 'today', help: { id: 'Tanggal berapa pun di bulan itu.', en: 'Any day of that month.' } },
      ),
    ),
  },
  async run(ctx, _none, { from }) {
    if (ctx.sees('registry.citizens', () => '') !== 'true')
      throw new Refusal(403, 'sees_part', {
        id: 'Hanya yang melihat seluruh desa yang dapat menghitung.',
        en: 'Only who sees the whole village can count it.',
      })
    return fillMonths(ctx, { from, most: AT_ONCE })
  },
})

export const monthlyActions = [rebuilding] as unknown as readonly Action<never>[]

export const monthlyDuty: TenantDuty = {
  name: 'registry.monthly-statistics',
  label: { id: 'Menghitung statistik bulanan', en: 'Count the monthly statistics' },
  run: (ctx) => fillMonths(ctx),
}

export { fillMonths } from './fill.ts'
