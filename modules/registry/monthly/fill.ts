// Fills the monthly statistics: months that are over and not yet counted, or all of them anew from some month on.
import type { Ctx } from '#kernel/ctx.ts'
import { insertRow } from '#kernel/resource/store.ts'
import { addMonths, monthOf } from '../ledger/days.ts'
import { populationStatistics } from '../resources/population-statistics.ts'
import { countMonth } from './count.ts'

/** As far back as statistics go by themselves, in months: fifty years. */
const MOST = 600

/**
 * Counts every month that is over and has no row; with `from`, takes the rows of that month and later away first. In the caller's
 * transaction; `ctx` must see the whole village. `most`: months at a time, the newest first. Answers how many were counted.
 */
export async function fillMonths(
  ctx: Ctx,
  { from = null, most = MOST }: { from?: string | null; most?: number } = {},
): Promise<{ counted: number }> {
  // What is booked meanwhile in a past month waits, and then takes away what we count (registry.forget_statistics).
  await ctx.db.query('select pg_advisory_xact_lock(hashtextextended($1::text, 7211031))', [ctx.tenant.id])
  if (from !== null)
    await ctx.db.query('delete from registry.population_statistics s where s.tenant_id = $1 and s.period >= $2', [
      ctx.tenant.id,
      monthOf(from),
    ])
  const missing = await missingMonths(ctx)
  const chosen = missing.slice(0, most)
  for (const month of chosen) await insertRow(ctx, populationStatistics, await countMonth(ctx, month))
  return { counted: chosen.length }
}

/** Months since the books began that are over and have no row, newest first. */
async function missingMonths(ctx: Ctx): Promise<string[]> {
  const { rows } = await ctx.db.query<{ first: string | null }>(
    'select min(s.booked_on) as first from registry.citizen_spans s where s.tenant_id = $1',
    [ctx.tenant.id],
  )
  const first = rows[0]?.first
  if (!first) return []
  const { rows: known } = await ctx.db.query<{ period: string }>(
    'select s.period from registry.population_statistics s where s.tenant_id = $1 and s.deleted_at is null',
    [ctx.tenant.id],
  )
  const counted = new Set(known.map((row) => row.period))
  const missing: string[] = []
  for (let month = addMonths(ctx.today, -1), n = 0; month >= monthOf(first) && n < MOST; month = addMonths(month, -1), n++)
    if (!counted.has(month)) missing.push(month)
  return missing
}
