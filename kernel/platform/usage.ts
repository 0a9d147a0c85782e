// What a community uses: members, rows by module, bytes, requests. Counted daily and on demand, a line per day.
import type { Tenant } from '#kernel/ctx.ts'
import { dayIn } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { tenantTables } from './catalog.ts'
import { insideAsOwner } from './owner-db.ts'

export type UsageDay = {
  readonly day: string
  readonly users: number
  /** By module; the kernel's own tables are `core`. */
  readonly rows: Readonly<Record<string, number>>
  readonly row_total: number
  readonly storage_bytes: number
  readonly api_calls: number
  readonly counted_at: Date | null
}

const COLUMNS = 'day, users, rows, row_total, storage_bytes, api_calls, counted_at'

/** What a plan's row limit is about: the records of modules, not the logs the house keeps about them. */
export const recordsIn = (rows: Readonly<Record<string, number>>): number =>
  Object.entries(rows).reduce((sum, [module, n]) => sum + (module === 'core' ? 0 : n), 0)

/** Counts a community now and keeps it as today's line. */
export async function countUsage(house: Pick<House, 'database'>, tenant: Tenant, now = new Date()): Promise<UsageDay> {
  const said = { user: null, doing: 'counted', request: 'usage', ip: null, agent: null }
  return transaction(house.database.owner, tenant.id, said, async (db) => {
    const rows: Record<string, number> = {}
    let bytes = 0
    for (const { name } of await tenantTables(db)) {
      const { rows: found } = await db.query<{ n: number; bytes: number }>(
        `select count(*) as n, coalesce(sum(pg_column_size(t.*)), 0)::bigint as bytes from ${name} t where tenant_id = $1`,
        [tenant.id],
      )
      const module = name.split('.')[0] ?? 'core'
      rows[module] = (rows[module] ?? 0) + (found[0]?.n ?? 0)
      bytes += found[0]?.bytes ?? 0
    }
    const { rows: files } = await db.query<{ bytes: number }>(
      'select coalesce(sum(stored_size), 0)::bigint as bytes from core.files where tenant_id = $1',
      [tenant.id],
    )
    bytes += files[0]?.bytes ?? 0
    const { rows: members } = await db.query<{ n: number }>(
      `select count(*) as n from core.memberships where tenant_id = $1 and status = 'active' and deleted_at is null`,
      [tenant.id],
    )
    const { rows: kept } = await db.query<UsageDay>(
      `insert into core.usage_days (tenant_id, day, users, rows, row_total, storage_bytes, counted_at) values ($1, $2, $3, $4, $5, $6, now())
       on conflict (tenant_id, day) do update set users = excluded.users, rows = excluded.rows, row_total = excluded.row_total,
         storage_bytes = excluded.storage_bytes, counted_at = now() returning ${COLUMNS}`,
      [tenant.id, dayIn(tenant.timeZone, now), members[0]?.n ?? 0, JSON.stringify(rows), recordsIn(rows), bytes],
    )
    return kept[0]!
  })
}

/** What was in use at the last count, with the files kept since; null when nothing was ever counted. */
export async function usedNow(db: Db, tenantId: string): Promise<{ storage_bytes: number; counted_at: Date } | null> {
  const { rows } = await db.query<{ storage_bytes: number; counted_at: Date }>(
    'select storage_bytes, counted_at from core.usage_days where tenant_id = $1 and counted_at is not null order by day desc limit 1',
    [tenantId],
  )
  return rows[0] ?? null
}

/** The last days that were counted or used, oldest first. */
export async function usageOf(house: Pick<House, 'database'>, tenantId: string, days: number): Promise<UsageDay[]> {
  const { rows } = await insideAsOwner(house, tenantId).query<UsageDay>(
    `select ${COLUMNS} from core.usage_days where tenant_id = $1 order by day desc limit $2`,
    [tenantId, days],
  )
  return rows.toReversed()
}

/** Counts every community, one after the other; for the daily upkeep. A community that fails does not keep the others from being counted. */
export async function countAll(house: Pick<House, 'database' | 'log'>): Promise<void> {
  for (const tenant of await allTenants(house)) {
    if (tenant.status === 'deleting') continue
    await countUsage(house, tenant).catch((error: Error & { code?: string }) =>
      house.log.error({ error: error.name, code: error.code }, 'usage could not be counted'),
    )
  }
}
