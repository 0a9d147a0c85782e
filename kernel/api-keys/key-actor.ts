// Who a key is when it acts: itself, by its own id and name, within what its maker may do at this moment.
import { findMember } from '#kernel/access/members.ts'
import type { Actor, Tenant } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/resource/id.ts'
import { type Model, resolvePermissions } from '#kernel/resource/model.ts'

/** A key as it is stored, with its hash. */
export type KeyRow = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly prefix: string
  readonly status: 'active' | 'revoked'
  readonly scopes: string[]
  readonly visibility: Record<string, string>
  readonly attributes: Record<string, unknown>
  readonly networks: string[]
  readonly expires_at: Date
  readonly created_by: string | null
  readonly hash: Buffer
  readonly last_used_at: Date | null
  readonly last_used_ip: string | null
}

const SELECT = `select k.id, k.version, k.name, k.prefix, k.status, k.scopes, k.visibility, k.attributes, k.networks, k.expires_at, k.created_by,
    s.hash, s.last_used_at, s.last_used_ip
  from core.api_key_secrets s join core.api_keys k on k.tenant_id = $1 and k.id = s.key_id and k.deleted_at is null
  where s.tenant_id = $1`

/** Never from memory: a revoked key is revoked for the next request, in every process. */
export async function keyByPrefix(house: Pick<House, 'database'>, tenantId: string, prefix: string): Promise<KeyRow | null> {
  return (
    (await scopedDb(house.database.app, tenantId).query<KeyRow>(`${SELECT} and s.prefix = $2`, [tenantId, prefix], true)).rows[0] ?? null
  )
}

/**
 * Whether a key may hold a permission at all. Not what a person must say their PIN for; and of the community's own administration
 * (members, roles, keys, settings …) it may read, never change.
 */
export const keyMayHold = (model: Pick<Model, 'sensitive'>, permission: string): boolean =>
  !model.sensitive.has(permission) && (!permission.startsWith('core.') || /^core\.[a-z_]+:(read|export)$/.test(permission))

// A maker's actor is made anew whenever a role may have changed: what is worked out for their keys lasts as long as it.
const known = new WeakMap<Actor, Map<string, Actor>>()

/** The actor a key is, given the actor its maker is now. */
export function actorOf(model: Model, key: KeyRow, maker: Actor): Actor {
  let made = known.get(maker)
  if (!made) known.set(maker, (made = new Map()))
  const name = `${key.id} ${key.version}`
  const found = made.get(name)
  if (found) return found
  const own = resolvePermissions(model, key.scopes)
  const limits = Object.entries(maker.visibility).filter(([, rule]) => rule !== 'all')
  const actor: Actor = {
    userId: key.id,
    membershipId: null,
    key: key.id,
    name: key.name,
    role: 'API',
    permissions: new Set([...own].filter((p) => maker.permissions.has(p) && keyMayHold(model, p))),
    // Where the maker sees only some rows, the key sees by the same rule; and then by the maker's facts, not its own.
    visibility: { ...key.visibility, ...Object.fromEntries(limits) },
    attributes: limits.length ? maker.attributes : key.attributes,
    guarded: new Set(),
  }
  made.set(name, actor)
  return actor
}

/** The maker as they are now; null when they no longer belong to the community: then the key sleeps. */
export const makerOf = async (house: House, tenant: Tenant, key: KeyRow): Promise<Actor | null> =>
  (key.created_by ? (await findMember(house, tenant, key.created_by))?.actor : null) ?? null

/** A key by its id, for work it began: null when it is no key, or one that may no longer act. */
export async function keyActor(house: House, tenant: Tenant, id: string): Promise<Actor | null> {
  if (!isId(id)) return null
  const { rows } = await scopedDb(house.database.app, tenant.id).query<KeyRow>(`${SELECT} and s.key_id = $2`, [tenant.id, id], true)
  const key = rows[0]
  if (!key || key.status !== 'active' || key.expires_at.getTime() <= Date.now()) return null
  const maker = await makerOf(house, tenant, key)
  return maker && actorOf(house.model, key, maker)
}
