// Who is who in a community: a person's memberships, and the actor a member is. Kept briefly in memory.
import type { Actor, Origin, Tenant } from '#kernel/ctx.ts'
import { dayIn } from '#kernel/ctx.ts'
import { personDb, scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { type Model, resolvePermissions } from '#kernel/resource/model.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { withinModules } from '#kernel/tenancy/open-modules.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import type { Locale } from '#kernel/words.ts'
import { keptMembers } from './kept-members.ts'
import { type AccessRule, ruleOf, type RuleRow } from './rules.ts'

/** A member as they may act now, and when and from where they may come in. */
export type Member = {
  readonly actor: Actor
  readonly rules: readonly AccessRule[] /** Last day, `YYYY-MM-DD`; null = without end. */
  readonly expiresOn: string | null
}

/** What every member may do whatever their role: keep views of their own. */
const EVERYONE = [
  'core.saved_views:read',
  'core.saved_views:create',
  'core.saved_views:update',
  'core.saved_views:delete',
  'core.saved_views:restore',
]

export type MemberRow = {
  id: string
  name: string
  attributes: Record<string, unknown>
  expires_on: string | null
  role: string
  permissions: string[]
  visibility: Record<string, string>
  pin_set_at: Date | null
  rules: RuleRow[]
}

/** The member a person is in a tenant today, or null: none, suspended, or past their last day. */
export async function findMember(
  house: Pick<House, 'database' | 'model'>,
  tenant: Pick<Tenant, 'id' | 'timeZone'>,
  userId: string,
): Promise<Member | null> {
  const member = await keptMembers(house).take(tenant.id, userId, () => load(house, tenant.id, userId))
  if (!member || (member.expiresOn !== null && dayIn(tenant.timeZone, new Date()) > member.expiresOn)) return null
  return member
}

/** As `findMember`, of a tenant by id; only the actor. */
export async function memberOf(house: Pick<House, 'database' | 'model'>, tenantId: string, userId: string): Promise<Actor | null> {
  const tenant = await tenantById(house, tenantId)
  return (tenant && (await findMember(house, tenant, userId))?.actor) ?? null
}

async function load(house: Pick<House, 'database' | 'model'>, tenantId: string, userId: string): Promise<Member | null> {
  const { rows } = await scopedDb(house.database.app, tenantId).query<MemberRow>(
    `select m.id, m.name, m.attributes, m.expires_on, r.name as role, r.permissions, r.visibility, p.set_at as pin_set_at,
        (select coalesce(json_agg(a order by a.created_at, a.id), '[]') from core.access_rules a
          where a.tenant_id = $1 and a.role_id = r.id and a.is_active and a.deleted_at is null) as rules
       from core.memberships m join core.roles r on r.tenant_id = $1 and r.id = m.role_id and r.deleted_at is null
       left join core.member_pins p on p.tenant_id = $1 and p.membership_id = m.id
      where m.tenant_id = $1 and m.user_id = $2 and m.status = 'active' and m.deleted_at is null`,
    [tenantId, userId],
    true,
  )
  const row = rows[0]
  return row ? { actor: actorOf(house.model, userId, row), rules: row.rules.map(ruleOf), expiresOn: row.expires_on } : null
}

/** The actor a member is, from the row of their membership and role. */
export const actorOf = (model: Model, userId: string, m: Omit<MemberRow, 'expires_on' | 'rules'>): Actor => ({
  userId,
  membershipId: m.id,
  name: m.name,
  role: m.role,
  permissions: resolvePermissions(model, [...m.permissions, ...EVERYONE]),
  visibility: m.visibility,
  attributes: m.attributes,
  guarded: model.sensitive,
  pinSetAt: m.pin_set_at,
})

export type Membership = { readonly tenant: Pick<Tenant, 'id' | 'code' | 'name' | 'kind'>; readonly role: string }

/** A membership that has ended; only the person themselves hears of it, in the list of their communities. */
export type EndedMembership = {
  readonly tenant: Pick<Tenant, 'name' | 'kind'>
  readonly why: 'expired' | 'suspended' | 'inactive' | 'community_suspended' | 'community_deleting'
  readonly expiresOn: string | null
}

type Standing = { tenant_id: string; status: 'active' | 'inactive' | 'suspended'; expires_on: string | null }

async function standingsOf(house: Pick<House, 'database' | 'config'>, userId: string): Promise<{ tenant: Tenant; standing: Standing }[]> {
  const { rows } = await personDb(house.database.app, userId).query<Standing>(
    `select tenant_id, status, expires_on from core.memberships where user_id = $1 and deleted_at is null`,
    [userId],
  )
  const found = await Promise.all(rows.map(async (standing) => ({ tenant: await tenantById(house, standing.tenant_id), standing })))
  return found
    .flatMap(({ tenant, standing }) =>
      tenant && (!house.config.standalone || house.config.standalone === tenant.code) ? [{ tenant, standing }] : [],
    )
    .toSorted((a, b) => a.tenant.name.localeCompare(b.tenant.name))
}

/** The communities a person belongs to, by name. */
export async function membershipsOf(house: Pick<House, 'database' | 'model' | 'config'>, userId: string): Promise<Membership[]> {
  const all = await standingsOf(house, userId)
  const found = await Promise.all(
    all.map(async ({ tenant }) => {
      const member = tenant.status === 'active' ? await findMember(house, tenant, userId) : null
      return member ? [{ tenant: { id: tenant.id, code: tenant.code, name: tenant.name, kind: tenant.kind }, role: member.actor.role }] : []
    }),
  )
  return found.flat()
}

/** The communities a person no longer enters, by name. Why somebody was suspended is not told here. */
export async function endedMembershipsOf(house: Pick<House, 'database' | 'config'>, userId: string): Promise<EndedMembership[]> {
  return (await standingsOf(house, userId)).flatMap(({ tenant, standing }): EndedMembership[] => {
    const expired = standing.expires_on !== null && dayIn(tenant.timeZone, new Date()) > standing.expires_on
    if (standing.status === 'active' && !expired)
      return tenant.status === 'active'
        ? []
        : [{ tenant: { name: tenant.name, kind: tenant.kind }, why: `community_${tenant.status}`, expiresOn: null }]
    return [
      {
        tenant: { name: tenant.name, kind: tenant.kind },
        why: standing.status === 'active' ? 'expired' : standing.status,
        expiresOn: standing.expires_on,
      },
    ]
  })
}

/** The same person again, for a job: 404 when they no longer belong to the tenant. Hours and networks are for coming in, not for work begun. */
export async function whoIs(house: House, tenantId: string, userId: string, origin?: Origin, locale?: Locale): Promise<Who> {
  const tenant = await tenantById(house, tenantId)
  const actor = tenant && (await memberOf(house, tenantId, userId))
  if (!tenant || !actor) throw notFound()
  return {
    tenant,
    actor: withinModules(tenant, actor),
    origin: origin ?? { requestId: 'job', ip: null, userAgent: null },
    locale: locale ?? tenant.locale,
  }
}

/** Ids of the communities a person belongs to in any way, ended memberships too: whose logs hear of what concerns the person. */
export async function communitiesOf(house: Pick<House, 'database'>, userId: string): Promise<readonly string[]> {
  const { rows } = await personDb(house.database.app, userId).query<{ tenant_id: string }>(
    'select tenant_id from core.memberships where user_id = $1 and deleted_at is null',
    [userId],
  )
  return rows.map((row) => row.tenant_id)
}

export { announceMembers, forgetMembers } from './kept-members.ts'
