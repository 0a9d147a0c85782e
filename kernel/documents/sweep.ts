// Removes uploads that became nothing within a day, and bytes that no row speaks of. In that order: a row is never left without its bytes.
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/resource/id.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { objectKey } from './files.ts'

const DAY_MS = 86_400_000
const SAID = { user: null, doing: 'sweep', request: 'upkeep', ip: null, agent: null }
const PAGE = 500

/** Answers how many uploads and how many ownerless objects were removed. Throws 503 when the storage is away: nothing is lost by waiting. */
export async function sweepFiles(
  house: Pick<House, 'database' | 'storage'>,
  now = Date.now(),
): Promise<{ uploads: number; orphans: number }> {
  let uploads = 0
  const tenants = await allTenants(house)
  for (const tenant of tenants) {
    const gone = await transaction(house.database.app, tenant.id, SAID, async (db) => {
      const { rows } = await db.query<{ id: string }>(
        `delete from core.files where tenant_id = $1 and state = 'unclaimed' and created_at < $2 returning id`,
        [tenant.id, new Date(now - DAY_MS)],
      )
      return rows
    })
    for (const { id } of gone) await house.storage.remove(objectKey(tenant.id, id))
    uploads += gone.length
  }
  return { uploads, orphans: await removeOrphans(house, new Set(tenants.map((t) => t.id)), now) }
}

/** Bytes older than a day that belong to no row: of a transaction that was rolled back, a process that died, or a community that is gone. */
async function removeOrphans(house: Pick<House, 'database' | 'storage'>, tenants: ReadonlySet<string>, now: number): Promise<number> {
  let removed = 0
  const page = new Map<string, string[]>()
  let held = 0
  const flush = async (): Promise<void> => {
    for (const [tenantId, ids] of page) {
      const known = tenants.has(tenantId) ? await knownIn(house, tenantId, ids) : new Set<string>()
      for (const id of ids.filter((one) => !known.has(one))) {
        await house.storage.remove(objectKey(tenantId, id))
        removed++
      }
    }
    page.clear()
    held = 0
  }
  for await (const { key, at } of house.storage.list('')) {
    const [tenantId = '', id = ''] = key.split('/')
    if (!isId(tenantId) || !isId(id) || now - at.getTime() < DAY_MS) continue
    page.set(tenantId, [...(page.get(tenantId) ?? []), id])
    if (++held >= PAGE) await flush()
  }
  await flush()
  return removed
}

const knownIn = (house: Pick<House, 'database'>, tenantId: string, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  transaction(house.database.app, tenantId, SAID, async (db) => {
    const { rows } = await db.query<{ id: string }>('select id from core.files where tenant_id = $1 and id = any($2::uuid[])', [
      tenantId,
      ids,
    ])
    return new Set(rows.map((row) => row.id))
  })
