// What communities have set, kept briefly in memory: a setting is read far more often than it is changed.
import { announceMembers, keptMembers } from '#kernel/access/kept-members.ts'
import type { Db } from '#kernel/db/db.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'

/** A row of core.settings as it is stored. */
export type KeptSetting = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly data_type: string
  readonly value: string | null
  readonly secret_value: Buffer | null
  readonly is_public: boolean
  readonly is_required: boolean
  readonly updated_at: Date
}
export type Kept = ReadonlyMap<string, KeptSetting>

/** How long a change may go unseen when its word is lost on the way, in milliseconds. */
const KEPT_MS = 3_000
const TENANTS_MAX = 5_000

type Entry = { readonly kept: Kept; readonly until: number; readonly moment: number }
const caches = new WeakMap<object, Map<string, Entry>>()

function cacheOf(house: Pick<House, 'database'>): Map<string, Entry> {
  let cache = caches.get(house.database)
  if (!cache) caches.set(house.database, (cache = new Map()))
  return cache
}

/** Call after committing a change of settings: every process reads them anew. Members are read anew with them: one word serves both. */
export const forgetSettings = (house: Pick<House, 'database'>, tenantId: string): Promise<void> => announceMembers(house, tenantId)

async function load(db: Db, tenantId: string): Promise<Kept> {
  const { rows } = await db.query<KeptSetting>(
    `select t.id, t.version, t.module || '.' || t.key as name, t.data_type, t.value, t.secret_value, t.is_public, t.is_required, t.updated_at
       from core.settings t where t.tenant_id = $1 and t.deleted_at is null`,
    [tenantId],
    true,
  )
  return new Map(rows.map((row) => [row.name, row]))
}

/**
 * Everything a community has set, by name. `within`: the transaction the caller is in. What is read there is not remembered, since it
 * may be rolled back; and asking beside it would wait for it on the embedded database's single session.
 */
export async function settingsOf(house: Pick<House, 'database'>, tenantId: string, within?: Db): Promise<Kept> {
  if (within) return load(within, tenantId)
  const cache = cacheOf(house)
  // Dropped together with members: between processes there is one word for all that is remembered of a community.
  const moment = keptMembers(house).moment()
  const known = cache.get(tenantId)
  if (known && known.moment === moment && known.until > Date.now()) return known.kept
  const kept = await load(scopedDb(house.database.app, tenantId), tenantId)
  if (cache.size >= TENANTS_MAX) cache.clear()
  // Named after the moment before it was read: if something was dropped meanwhile, it is read again.
  cache.set(tenantId, { kept, until: Date.now() + KEPT_MS, moment })
  return kept
}
