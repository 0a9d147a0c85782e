// Every tenant's keys, kept in core.tenant_keys and locked with the master key. Version 0 is the index key, which never
// rotates so that blind indexes stay valid; 1, 2, … are data keys. Old versions stay for ever: history is sealed with them.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import type { Db } from '#kernel/db/db.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { KEY_WORDS, KeyError } from './key-error.ts'
import type { MasterKey } from './master-key.ts'
import { MAX_VERSION, sealWith, type OpenKeys, type TenantSeal } from './tenant-seal.ts'

/** How long a process trusts the keys it has read, in milliseconds. */
const FRESH_MS = 30_000
/** How long a new data key waits before it seals, in seconds: longer than `FRESH_MS`, so that every process can open what it seals. */
export const SETTLE_SECONDS = 60

type Held = { keys: OpenKeys; seal: TenantSeal; until: number }
// Keyed by the master key object: each running application has its own, so two databases in one process never mix.
const held = new WeakMap<MasterKey, Map<string, Held>>()

/** Makes a tenant's first keys: the index key and data key 1. Harmless when they exist. Runs inside the tenant's wall. */
export async function createTenantKey(db: Db, master: MasterKey, tenantId: string): Promise<void> {
  // A creation that was rolled back must not leave its keys in memory: what they sealed could never be opened again.
  forgetTenantKeys(master, tenantId)
  await db.query(
    `insert into core.tenant_keys (tenant_id, version, wrapped, master_key_id) values ($1, 0, $2, $4), ($1, 1, $3, $4)
     on conflict (tenant_id, version) do nothing`,
    [tenantId, wrap(randomBytes(32), master, tenantId, 0), wrap(randomBytes(32), master, tenantId, 1), master.id],
  )
}

/**
 * The tenant's seal; from memory when it was read in the last 30 seconds.
 * A seal held longer learns of new keys whenever anyone opens it again.
 * Do not call it in a transaction that has made or rotated keys and may still fail.
 * Throws `KeyError` `tenant_key_missing`, `master_key_missing`, `tenant_key_damaged`.
 */
export async function openTenantSeal(db: Db, master: MasterKey, tenantId: string): Promise<TenantSeal> {
  const tenants = held.get(master) ?? new Map<string, Held>()
  held.set(master, tenants)
  const known = tenants.get(tenantId)
  if (known && performance.now() < known.until) return known.seal
  const keys = await readKeys(db, master, tenantId)
  const again = tenants.get(tenantId)
  const entry = again ?? { keys, seal: sealWith(keys), until: 0 }
  // A changed index key means another tenant row altogether (restored or made anew): the old seal must not speak for it.
  if (again && !again.keys.index.equals(keys.index)) Object.assign(entry, { keys, seal: sealWith(keys) })
  else Object.assign(entry.keys, keys)
  entry.until = performance.now() + FRESH_MS
  tenants.set(tenantId, entry)
  return entry.seal
}

/** The tenant's seal in a running house. Ask before opening a transaction: reading the keys takes a connection of its own. */
export const tenantSeal = (house: Pick<House, 'database' | 'master'>, tenantId: string): Promise<TenantSeal> =>
  openTenantSeal(scopedDb(house.database.app, tenantId), house.master, tenantId)

/** Makes this process read the tenant's keys (or all keys) again. Call it after a rotation has been committed. */
export function forgetTenantKeys(master: MasterKey, tenantId?: string): void {
  if (tenantId === undefined) held.delete(master)
  else held.get(master)?.delete(tenantId)
}

/**
 * Adds a data key. From `settle` seconds on it seals; until then, and for opening for ever, the old one serves.
 * `settle: 0` is right only when no other process uses the database.
 * Run it in a transaction; after the commit `forgetTenantKeys`, wait for `settle`, then `resealRows`.
 */
export async function rotateTenantKey(
  db: Db,
  master: MasterKey,
  tenantId: string,
  settle: number = SETTLE_SECONDS,
): Promise<{ version: number }> {
  const { rows } = await db.query<{ version: number }>(
    `select version from core.tenant_keys where tenant_id = $1 order by version for update`,
    [tenantId],
  )
  const last = rows.at(-1)?.version
  if (last === undefined) throw new KeyError('tenant_key_missing', KEY_WORDS.absent)
  if (last >= MAX_VERSION) throw new KeyError('tenant_keys_full', KEY_WORDS.full, { version: last })
  const version = last + 1
  await db.query(
    `update core.tenant_keys set retired_at = clock_timestamp() + make_interval(secs => $2)
     where tenant_id = $1 and version > 0 and retired_at is null`,
    [tenantId, settle],
  )
  await db.query(`insert into core.tenant_keys (tenant_id, version, wrapped, master_key_id) values ($1, $2, $3, $4)`, [
    tenantId,
    version,
    wrap(randomBytes(32), master, tenantId, version),
    master.id,
  ])
  return { version }
}

/** Locks the tenant's keys with `newMaster` instead of whatever locks them now. Data stays as it is. Answers how many keys changed. */
export async function rewrapKeys(db: Db, newMaster: MasterKey, oldMasters: readonly MasterKey[], tenantId: string): Promise<number> {
  const known = new Map([...oldMasters, newMaster].flatMap((m) => [...m.known]))
  const { rows } = await db.query<KeyRow>(
    `select version, wrapped, master_key_id from core.tenant_keys where tenant_id = $1 and master_key_id <> $2 order by version for update`,
    [tenantId, newMaster.id],
  )
  for (const row of rows)
    await db.query(`update core.tenant_keys set wrapped = $3, master_key_id = $4 where tenant_id = $1 and version = $2`, [
      tenantId,
      row.version,
      wrap(unwrap(row, known, tenantId), newMaster, tenantId, row.version),
      newMaster.id,
    ])
  return rows.length
}

/** A key as it is locked: what leaves with an archive, and comes back from one. */
export type LockedKey = { readonly version: number; readonly wrapped: Buffer; readonly master_key_id: string }

/** The same key, locked with `to` instead of `from`. Throws `KeyError` when `from` does not open it. */
export const relockKey = (key: LockedKey, from: MasterKey, to: MasterKey, tenantId: string): LockedKey => ({
  version: key.version,
  wrapped: wrap(unwrap(key, from.known, tenantId), to, tenantId, key.version),
  master_key_id: to.id,
})

type KeyRow = { version: number; wrapped: Buffer; master_key_id: string }

async function readKeys(db: Db, master: MasterKey, tenantId: string): Promise<OpenKeys> {
  const { rows } = await db.query<KeyRow & { seals_for: number | null }>(
    `select version, wrapped, master_key_id, extract(epoch from retired_at - clock_timestamp())::float8 as seals_for
     from core.tenant_keys where tenant_id = $1 order by version`,
    [tenantId],
  )
  const index = rows.find((r) => r.version === 0)
  const data = rows.filter((r) => r.version > 0)
  if (!index || data.length === 0) throw new KeyError('tenant_key_missing', KEY_WORDS.absent)
  // The database says for how long a version still seals, so clocks of different machines need not agree.
  const now = performance.now()
  const ends = data.map((r) => ({ version: r.version, until: r.seals_for === null ? Infinity : now + r.seals_for * 1000 }))
  const newest = ends.at(-1)!.version
  return {
    tenantId,
    index: unwrap(index, master.known, tenantId),
    data: new Map(data.map((r) => [r.version, createSecretKey(unwrap(r, master.known, tenantId))])),
    current: () => ends.find((e) => performance.now() < e.until)?.version ?? newest,
  }
}

const nameOf = (tenantId: string, version: number): Buffer => Buffer.from(`balai tenant key\0${tenantId}\0${version}`)

/** Format (1) · nonce (12) · locked key (32) · tag (16). */
function wrap(key: Buffer, master: MasterKey, tenantId: string, version: number): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', master.key, nonce, { authTagLength: 16 }).setAAD(nameOf(tenantId, version))
  const body = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([Buffer.from([1]), nonce, body, cipher.getAuthTag()])
}

function unwrap(row: KeyRow, known: ReadonlyMap<string, Buffer>, tenantId: string): Buffer {
  const master = known.get(row.master_key_id)
  if (!master) throw new KeyError('master_key_missing', KEY_WORDS.master, { id: row.master_key_id })
  try {
    const w = row.wrapped
    if (w.length !== 61 || w[0] !== 1) throw new Error('format')
    const decipher = createDecipheriv('aes-256-gcm', master, w.subarray(1, 13), { authTagLength: 16 })
    decipher.setAAD(nameOf(tenantId, row.version)).setAuthTag(w.subarray(45))
    return Buffer.concat([decipher.update(w.subarray(13, 45)), decipher.final()])
  } catch {
    throw new KeyError('tenant_key_damaged', KEY_WORDS.damaged, { version: row.version })
  }
}
