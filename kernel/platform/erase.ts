// Removing a community for good: every row of every table, its keys last, and a certificate of what went. Goes on where it was cut off.
import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { forgetTenantKeys } from '#kernel/secrets/keyring.ts'
import { settleSecurity } from '#kernel/security-log/security-log.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'
import { removeFiles } from './archive/files.ts'
import type { Tell } from './archive/export.ts'
import { countRows, KEYS, tenantTables, type TenantTable } from './catalog.ts'
import { exportsFolder } from './exports.ts'
import { ownerDb } from './owner-db.ts'

/** Rows per transaction: short enough that nobody waits, and what is lost to a kill is little. */
const BATCH = 5_000

/**
 * Removes a community whose time to be called back is over. May be run again after any interruption; several at once do no harm.
 * Triggers and foreign keys are set aside for these statements (`session_replication_role`, which the application's role may never set):
 * that is the one sanctioned way past the append-only logs. Throws 409 `not_due`.
 */
export async function eraseTenant(house: House, tenantId: string, tell: Tell, batch = BATCH): Promise<void> {
  if (!(await begin(house, tenantId))) return
  await announceTenant(house, tenantId)
  await settleSecurity(house)
  const tables = await withOwner(house, tenantId, (client) => tenantTables(ownerDb(client)))
  const last = tables.filter((t) => t.name === KEYS)
  const order = [...tables.filter((t) => t.name !== KEYS), ...last]
  const left = await withOwner(house, tenantId, (client) => countRows(ownerDb(client), tenantId, tables))
  const total = [...left.values()].reduce((sum, n) => sum + n, 0)
  let done = 0
  // Once more as long as something was found: a transaction begun before the community closed may have ended meanwhile.
  for (let removed = -1; removed !== 0; ) {
    removed = 0
    for (const table of order)
      for (let n = -1; n !== 0; ) {
        n = await withOwner(house, tenantId, (client) => removeSome(client, tenantId, table, batch))
        removed += n
        tell(Math.min(total, (done += n)), total, { id: `Menghapus ${table.name}`, en: `Removing ${table.name}` })
      }
  }
  // Before the last step: cut off here, it is done again.
  await removeFiles(house, tenantId, tell)
  await finish(house, tenantId, tables)
  forgetTenantKeys(house.master, tenantId)
  removeArchives(house, tenantId)
  await announceTenant(house, tenantId)
}

async function withOwner<T>(house: House, tenantId: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await house.database.owner.connect()
  try {
    await client.query('begin')
    await client.query('select core.enter($1::uuid)', [tenantId])
    const answer = await work(client)
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** Passes the point of no return and opens the certificate. False when the community is gone already. */
const begin = (house: House, tenantId: string): Promise<boolean> =>
  withOwner(house, tenantId, async (client) => {
    const { rows } = await client.query<{ due: boolean; code: string; asked_at: Date; asked_by: string | null }>(
      `select status = 'deleting' and delete_after <= now() as due, code, deletion_asked_at as asked_at, deletion_asked_by as asked_by
         from core.tenants where id = $1 for update`,
      [tenantId],
    )
    const tenant = rows[0]
    if (!tenant) return false
    if (!tenant.due)
      throw new Refusal(409, 'not_due', {
        id: 'Komunitas ini belum waktunya dihapus, atau penghapusannya dibatalkan.',
        en: 'This community is not due for deletion, or it was called back.',
      })
    await client.query('update core.tenants set removal_began_at = coalesce(removal_began_at, now()) where id = $1', [tenantId])
    await client.query(
      `insert into core.deletions (id, community_id, code_hash, asked_at, asked_by, began_at, seal_head, master_key_ids)
       values (core.new_id(), $1, $2, $3, $4, now(), $5, array(select distinct master_key_id from core.tenant_keys where tenant_id = $1 order by 1))
       on conflict (community_id) do nothing`,
      [tenantId, createHash('sha256').update(tenant.code).digest(), tenant.asked_at, tenant.asked_by, await sealHead(client, tenantId)],
    )
    return true
  })

/** The last seal over the community's change log, to compare with a copy kept elsewhere. */
async function sealHead(client: pg.PoolClient, tenantId: string): Promise<string | null> {
  const { rows } = await client.query<{ hash: string }>(
    `select encode(hash, 'hex') as hash from core.audit_seals where tenant_id = $1 and log = 'core.audit_logs' order by sequence desc limit 1`,
    [tenantId],
  )
  return rows[0]?.hash ?? null
}

async function removeSome(client: pg.PoolClient, tenantId: string, table: TenantTable, batch: number): Promise<number> {
  await client.query('set local session_replication_role = replica')
  const key = table.key.join(', ')
  const { rowCount } = await client.query(
    `delete from ${table.name} where tenant_id = $1 and (${key}) in (select ${key} from ${table.name} where tenant_id = $1 limit ${batch})`,
    [tenantId],
  )
  // In the same transaction: what the certificate counts is what is gone.
  if (rowCount)
    await client.query(
      `update core.deletions set counts = counts || jsonb_build_object($2::text, coalesce((counts ->> $2)::bigint, 0) + $3::bigint), row_total = row_total + $3::bigint
        where community_id = $1`,
      [tenantId, table.name, rowCount],
    )
  return rowCount ?? 0
}

/** Proves that nothing is left, removes the community itself (with foreign keys watching), and closes the certificate. */
const finish = (house: House, tenantId: string, tables: readonly TenantTable[]): Promise<void> =>
  withOwner(house, tenantId, async (client) => {
    const counts = await countRows(ownerDb(client), tenantId, tables)
    const kept = [...counts].filter(([, n]) => n > 0).map(([name]) => name)
    if (kept.length) throw new Error(`Rows of a deleted community came back in ${kept.join(', ')}.`)
    await client.query(`delete from jobs.job where data ->> 'tenant_id' = $1`, [tenantId])
    await client.query('delete from core.tenants where id = $1', [tenantId])
    await client.query(
      `update core.deletions set deleted_at = now(), digest = sha256(convert_to(
         (jsonb_build_object('deleted_at', now()) || (to_jsonb(deletions) - '{digest,deleted_at}'::text[]))::text, 'UTF8'))
        where community_id = $1 and digest is null`,
      [tenantId],
    )
  })

/** Archives that an operator made of it here go with it. */
function removeArchives(house: House, tenantId: string): void {
  const folder = exportsFolder(house)
  for (const name of readdirSync(folder, { withFileTypes: false }))
    if (String(name).startsWith(tenantId)) rmSync(join(folder, String(name)), { recursive: true, force: true })
}
