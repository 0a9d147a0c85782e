// Who is who in a community: a person's memberships, and the actor a member is. Kept briefly in memory.
import type { Actor, Origin, Tenant } from '#kernel/ctx.ts'
import { personDb, scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { type Model, resolvePermissions } from '#kernel/resource/model.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import type { Locale } from '#kernel/words.ts'

/** How long another process may not notice a changed role, in milliseconds. This process notices at once. */
const KEPT_MS = 5_000
const KEPT_MAX = 20_000

type Kept = { readonly actor: Actor | null; readonly until: number }
const kept = new WeakMap<object, Map<string, Kept>>()
const cacheOf = (house: Pick<House, 'database'>): Map<string, Kept> => {
  const found = kept.get(house.database)
  if (found) return found
  const made = new Map<string, Kept>()
  kept.set(house.database, made)
  return made
}

/** Forgets what is known about the members of a tenant: after a role or a membership changed. */
export function forgetMembers(house: Pick<House, 'database'>, tenantId: string): void {
  for (const key of cacheOf(house).keys()) if (key.startsWith(tenantId)) cacheOf(house).delete(key)
}

/** What every member may do whatever their role: keep views of their own. */
const EVERYONE = ['core.saved_views:read', 'core.saved_views:create', 'core.saved_views:update', 'core.saved_views:delete', 'core.saved_views:restore']

type MemberRow = { id: string; name: string; attributes: Record<string, unknown>; role: string; permissions: string[]; visibility: Record<string, string> }

/** The member a person is in a tenant, or null. */
export async function memberOf(house: Pick<House, 'database' | 'model'>, tenantId: string, userId: string): Promise<Actor | null> {
  const cache = cacheOf(house)
  const key = `${tenantId} ${userId}`
  const known = cache.get(key)
  if (known && known.until > Date.now()) return known.actor
  const { rows } = await scopedDb(house.database.app, tenantId).query<MemberRow>(
    `select m.id, m.name, m.attributes, r.name as role, r.permissions, r.visibility
       from core.memberships m join core.roles r on r.tenant_id = $1 and r.id = m.role_id and r.deleted_at is null
      where m.tenant_id = $1 and m.user_id = $2 and m.status = 'active' and m.deleted_at is null`,
    [tenantId, userId],
    true,
  )
  const actor = rows[0] ? actorOf(house.model, userId, rows[0]) : null
  if (cache.size >= KEPT_MAX) cache.clear()
  cache.set(key, { actor, until: Date.now() + KEPT_MS })
  return actor
}

const actorOf = (model: Model, userId: string, m: MemberRow): Actor => ({
  userId,
  membershipId: m.id,
  name: m.name,
  role: m.role,
  permissions: resolvePermissions(model, [...m.permissions, ...EVERYONE]),
  visibility: m.visibility,
  attributes: m.attributes,
})

export type Membership = { readonly tenant: Pick<Tenant, 'id' | 'code' | 'name' | 'kind'>; readonly role: string }

/** The communities a person belongs to, by name. */
export async function membershipsOf(house: Pick<House, 'database' | 'model' | 'config'>, userId: string): Promise<Membership[]> {
  const { rows } = await personDb(house.database.app, userId).query<{ tenant_id: string }>(
    `select tenant_id from core.memberships where user_id = $1 and status = 'active' and deleted_at is null`,
    [userId],
  )
  const found = await Promise.all(
    rows.map(async ({ tenant_id }) => {
      const [tenant, actor] = [await tenantById(house, tenant_id), await memberOf(house, tenant_id, userId)]
      return tenant && actor && tenant.status === 'active' && (!house.config.standalone || house.config.standalone === tenant.code) ? [{ tenant, role: actor.role }] : []
    }),
  )
  return found
    .flat()
    .map(({ tenant, role }) => ({ tenant: { id: tenant.id, code: tenant.code, name: tenant.name, kind: tenant.kind }, role }))
    .toSorted((a, b) => a.tenant.name.localeCompare(b.tenant.name))
}

/** The same person again, for a job: 404 when they no longer belong to the tenant. */
export async function whoIs(house: House, tenantId: string, userId: string, origin?: Origin, locale?: Locale): Promise<Who> {
  const tenant = await tenantById(house, tenantId)
  const actor = tenant && (await memberOf(house, tenantId, userId))
  if (!tenant || !actor) throw notFound()
  return { tenant, actor, origin: origin ?? { requestId: 'job', ip: null, userAgent: null }, locale: locale ?? tenant.locale }
}
