// Whether a community may store so many more bytes: the one question of everything that keeps files. What counts is what `countUsage`
// counts, which is every row of the community; between two counts, files that are kept are added to the last one.
import type { Ctx, Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { meterOf } from './meter.ts'
import { storageFull } from './plan-refusals.ts'
import { countUsage, usedNow } from './usage.ts'
import { insideAsOwner } from './owner-db.ts'

const MEGABYTE = 1_000_000
/** What seems full is counted anew when the last count is older, in milliseconds: something may have been removed since. */
const RECOUNT_MS = 60_000

/**
 * To be asked before the transaction that stores, when nothing has been read or sealed yet. Throws 413 `storage_full`.
 * It counts anew where it seems too little, so that nobody is refused for what is no longer there.
 */
export async function askRoom(house: Pick<House, 'database' | 'log'>, tenant: Tenant, bytes: number): Promise<void> {
  const most = (await meterOf(house, tenant)).limits.storage_mb
  if (most === undefined) return
  const known = await usedNow(insideAsOwner(house, tenant.id), tenant.id)
  if (known && known.storage_bytes + bytes <= most * MEGABYTE) return
  if (known && known.counted_at.getTime() > Date.now() - RECOUNT_MS) throw storageFull(most, known.storage_bytes, bytes)
  const { storage_bytes: used } = await countUsage(house, tenant)
  if (used + bytes > most * MEGABYTE) throw storageFull(most, used, bytes)
}

/**
 * Takes the room inside the transaction that stores: of two at once that fit only one by one, the second is refused with 413 `storage_full`
 * and nothing of it stays.
 */
export async function takeRoom({ db, tenant }: Pick<Ctx, 'db' | 'tenant'>, bytes: number): Promise<void> {
  const { rows } = await db.query<{ used: number; most: number }>(
    `update core.usage_days u set storage_bytes = u.storage_bytes + $2
       from core.tenants t join core.plans p on p.id = t.plan_id
      where t.id = $1 and p.limits ? 'storage_mb' and u.tenant_id = $1
        and u.day = (select max(d.day) from core.usage_days d where d.tenant_id = $1 and d.counted_at is not null)
      returning u.storage_bytes as used, (p.limits ->> 'storage_mb')::bigint as most`,
    [tenant.id, bytes],
  )
  const now = rows[0]
  if (now && now.used > now.most * MEGABYTE) throw storageFull(now.most, now.used - bytes, bytes)
}
