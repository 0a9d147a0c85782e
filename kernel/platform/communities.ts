// The communities of the installation as the operator sees them: facts about them, never what is in them.
import type { Tenant } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'
import { createTenant, type NewTenant } from '#kernel/tenancy/tenants.ts'
import { checkModules, modulesOf } from './modules.ts'
import { insideAsOwner } from './owner-db.ts'
import { planById, subscribeWithin } from './plans.ts'
import { addMemberWithin, type Administrator } from './first-administrator.ts'

export type CommunityRow = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: Tenant['kind']
  readonly status: Tenant['status']
  readonly modules: readonly string[]
  readonly locale: string
  readonly time_zone: string
  readonly currency: string
  readonly description: string | null
  readonly plan_id: string | null
  readonly plan_name: string | null
  readonly created_at: Date
  readonly suspended_at: Date | null
  readonly suspended_reason: string | null
  readonly deletion_asked_at: Date | null
  readonly delete_after: Date | null
  readonly removal_began_at: Date | null
}

const SELECT = `select t.id, t.code, t.name, t.kind, t.status, t.modules, t.locale, t.time_zone, t.currency, t.description, t.plan_id, p.name as plan_name,
  t.created_at, t.suspended_at, t.suspended_reason, t.deletion_asked_at, t.delete_after, t.removal_began_at
  from core.tenants t left join core.plans p on p.id = t.plan_id`

export type Search = { readonly q?: string; readonly status?: string; readonly after?: string; readonly limit: number }
export type CommunityPage = {
  readonly data: readonly (CommunityRow & { readonly users: number | null; readonly records: number | null })[]
  readonly next: string | null
  readonly total: number
}

/** By name, a page at a time; `after` is the id of the last one seen. What is in use is as of the last count. */
export async function listCommunities(house: Pick<House, 'database'>, { q, status, after, limit }: Search): Promise<CommunityPage> {
  const db = globalDb(house.database.owner)
  const like = q ? `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null
  const where = `($1::text is null or lower(t.name) like $1 or t.code like $1) and ($2::text is null or t.status = $2)`
  const { rows } = await db.query<CommunityRow>(
    `${SELECT} where ${where} and ($3::uuid is null or (lower(t.name), t.id) > (select lower(x.name), x.id from core.tenants x where x.id = $3))
     order by lower(t.name), t.id limit ${limit + 1}`,
    [like, status ?? null, after ?? null],
  )
  const { rows: counted } = await db.query<{ n: number }>(`select count(*) as n from core.tenants t where ${where}`, [like, status ?? null])
  const page = rows.slice(0, limit)
  const data = await Promise.all(
    page.map(async (row) => {
      const used = await insideAsOwner(house, row.id).query<{ users: number; records: number }>(
        'select users, row_total as records from core.usage_days where tenant_id = $1 and counted_at is not null order by day desc limit 1',
        [row.id],
      )
      return { ...row, users: used.rows[0]?.users ?? null, records: used.rows[0]?.records ?? null }
    }),
  )
  return { data, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null, total: counted[0]?.n ?? 0 }
}

/** Throws 404. */
export async function readCommunity(house: Pick<House, 'database'>, code: string): Promise<CommunityRow> {
  const { rows } = await globalDb(house.database.owner).query<CommunityRow>(`${SELECT} where t.code = $1`, [code])
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** The community as the rest of the house knows it, read now. Throws 404. */
export async function tenantNow(house: Pick<House, 'database'>, code: string): Promise<Tenant> {
  const { id, name, kind, status, modules, locale, time_zone: timeZone, currency } = await readCommunity(house, code)
  return { id, code, name, kind, status, modules, locale: locale as Tenant['locale'], timeZone, currency }
}

export type Change = Partial<Pick<CommunityRow, 'name' | 'kind' | 'locale' | 'time_zone' | 'currency' | 'description'>>
const CHANGEABLE = ['name', 'kind', 'locale', 'time_zone', 'currency', 'description'] as const

/** Changes what is given. Throws 404. */
export async function changeCommunity(house: House, code: string, change: Change): Promise<void> {
  const given = CHANGEABLE.filter((name) => change[name] !== undefined)
  const { id } = await readCommunity(house, code)
  if (!given.length) return
  await globalDb(house.database.owner).query(
    `update core.tenants set ${given.map((name, i) => `${name} = $${i + 2}`).join(', ')}, updated_at = now() where id = $1`,
    [id, ...given.map((name) => change[name])],
  )
  await announceTenant(house, id)
}

export type NewCommunity = NewTenant & { readonly plan_id: string | null; readonly administrator: Administrator | null }

/**
 * A community with its roles, its plan and its first administrator, all or nothing.
 * Throws as `createTenant`, `checkModules` and `addMemberWithin` do.
 */
export async function createCommunity(house: House, asked: NewCommunity, by: string | null): Promise<Tenant> {
  const plan = asked.plan_id ? await planById(globalDb(house.database.owner), asked.plan_id) : null
  checkModules(house, asked.modules, plan?.modules ?? null)
  return createTenant(house, asked, async (db, tenant) => {
    if (asked.plan_id) await subscribeWithin(db, house, tenant, { plan_id: asked.plan_id }, by)
    if (asked.administrator && !('invite' in asked.administrator)) await addMemberWithin(db, house, tenant, asked.administrator)
  })
}

/** What the record page shows of modules: which there are, which are on, what they need, whether the plan has them. */
export async function modulesShown(house: House, row: CommunityRow): Promise<object[]> {
  const plan = row.plan_id ? await planById(globalDb(house.database.owner), row.plan_id) : null
  return modulesOf(house).map(({ name, label, doc, uses }) => ({
    name,
    label,
    doc,
    uses,
    on: row.modules.includes(name),
    in_plan: !plan?.modules || plan.modules.includes(name),
  }))
}
