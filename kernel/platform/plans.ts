// What the installation offers, and which community has what since when.
import type { Tenant } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { globalDb, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { checkModules, modulesOf } from './modules.ts'
import type { LimitName } from './plan-refusals.ts'

export type Limits = Partial<Record<LimitName, number>>
export type Plan = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly description: string | null
  /** Decimal text. */
  readonly price: string
  readonly currency: string
  readonly period: 'month' | 'year'
  /** What is absent has no limit. */
  readonly limits: Limits
  /** Modules that may be switched on; null = all. */
  readonly modules: readonly string[] | null
  /** Whether new communities can be given it. */
  readonly offered: boolean
}
export type PlanInput = Omit<Plan, 'id'>

const COLUMNS = 'id, code, name, description, price, currency, period, limits, modules, offered'
const FIELDS = ['code', 'name', 'description', 'price', 'currency', 'period', 'limits', 'modules', 'offered'] as const

export async function plansOf(house: Pick<House, 'database'>): Promise<(Plan & { communities: number })[]> {
  const { rows } = await globalDb(house.database.owner).query<Plan & { communities: number }>(
    `select ${COLUMNS}, (select count(*) from core.tenants t where t.plan_id = p.id) as communities from core.plans p order by offered desc, price, name, id`,
  )
  return rows
}

export async function planById(db: Db, id: string): Promise<Plan | null> {
  return (await db.query<Plan>(`select ${COLUMNS} from core.plans where id = $1`, [id])).rows[0] ?? null
}

const codeUsed = (): Refusal =>
  new Refusal(409, 'already_used', { id: 'Kode paket ini sudah dipakai.', en: 'This plan code is already used.' }, [
    { field: 'code', code: 'already_used', message: { id: 'Kode ini sudah dipakai.', en: 'This code is already used.' } },
  ])

async function orUsed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw (error as { constraint?: string }).constraint === 'plans_code_key' ? codeUsed() : error
  }
}

const valuesOf = (plan: PlanInput): unknown[] => FIELDS.map((f) => (f === 'limits' ? JSON.stringify(plan.limits) : plan[f]))

/** Throws 409 when the code is used, 422 `unknown_module`. */
export async function createPlan(house: Pick<House, 'database' | 'model'>, plan: PlanInput): Promise<Plan> {
  if (plan.modules) checkKnown(house, plan.modules)
  const { rows } = await orUsed(
    globalDb(house.database.owner).query<Plan>(
      `insert into core.plans (id, ${FIELDS.join(', ')}) values ($1, ${FIELDS.map((_, i) => `$${i + 2}`).join(', ')}) returning ${COLUMNS}`,
      [newId(), ...valuesOf(plan)],
    ),
  )
  return rows[0]!
}

/** Changes a plan; its new limits hold for everybody who has it, at once. Throws 404, 409 `modules_in_use` when it would take away what somebody uses. */
export async function changePlan(house: House, id: string, plan: PlanInput): Promise<Plan> {
  if (plan.modules) checkKnown(house, plan.modules)
  const { rows: users } = await globalDb(house.database.owner).query<{ id: string; modules: string[] }>(
    'select id, modules from core.tenants where plan_id = $1',
    [id],
  )
  const { modules } = plan
  if (modules && users.some((u) => u.modules.some((m) => !modules.includes(m))))
    throw new Refusal(409, 'modules_in_use', {
      id: 'Ada komunitas dengan paket ini yang memakai modul di luar daftar itu. Matikan dulu modulnya di sana.',
      en: 'A community with this plan uses a module outside that list. Switch it off there first.',
    })
  const { rows } = await orUsed(
    globalDb(house.database.owner).query<Plan>(
      `update core.plans set ${FIELDS.map((f, i) => `${f} = $${i + 2}`).join(', ')}, updated_at = now() where id = $1 returning ${COLUMNS}`,
      [id, ...valuesOf(plan)],
    ),
  )
  if (!rows[0]) throw notFound()
  for (const user of users) await announceTenant(house, user.id)
  return rows[0]
}

function checkKnown(house: Pick<House, 'model'>, names: readonly string[]): void {
  checkModules(
    { model: house.model },
    names.filter((n) => !modulesOf(house).some((m) => m.name === n)),
    null,
  )
}

export type SubscriptionInput = {
  readonly plan_id: string | null
  readonly status?: 'trial' | 'active' | 'past_due' | 'cancelled'
  readonly period_start?: string
  readonly period_end?: string | null
}

/** Gives a community a plan (null: none, no limits) from now on. Throws 422 `unknown_plan`, 409 `module_not_in_plan`. */
export async function subscribe(house: House, tenant: Tenant, input: SubscriptionInput, by: string | null): Promise<void> {
  const said = { user: by, doing: 'changed', request: 'plan', ip: null, agent: null }
  await transaction(house.database.owner, tenant.id, said, (db) => subscribeWithin(db, house, tenant, input, by))
  await announceTenant(house, tenant.id)
}

/** The same inside a transaction of the owner. */
export async function subscribeWithin(
  db: Db,
  house: Pick<House, 'model'>,
  tenant: Pick<Tenant, 'id'>,
  input: SubscriptionInput,
  by: string | null,
): Promise<void> {
  const { rows } = await db.query<{ modules: string[]; today: string; usage: object | null }>(
    `select t.modules, (now() at time zone t.time_zone)::date as today,
        (select jsonb_build_object('users', d.users, 'rows', d.row_total, 'storage_bytes', d.storage_bytes, 'day', d.day)
           from core.usage_days d where d.tenant_id = $1 order by d.day desc limit 1) as usage
       from core.tenants t where t.id = $1 for update of t`,
    [tenant.id],
  )
  const now = rows[0]
  if (!now) throw notFound()
  const plan = input.plan_id === null ? null : await planById(db, input.plan_id)
  if (input.plan_id !== null && !plan) throw new Refusal(422, 'unknown_plan', { id: 'Paket ini tidak ada.', en: 'There is no such plan.' })
  if (plan) checkModules(house, now.modules, plan.modules)
  await db.query('update core.tenants set plan_id = $2, updated_at = now() where id = $1', [tenant.id, plan?.id ?? null])
  await db.query('update core.subscriptions set ended_at = now() where tenant_id = $1 and ended_at is null', [tenant.id])
  if (plan)
    await db.query(
      `insert into core.subscriptions (tenant_id, id, plan_id, status, period_start, period_end, usage, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[tenant.id, newId(), plan.id, input.status ?? 'active', input.period_start ?? now.today, input.period_end ?? null],
        ...[JSON.stringify(now.usage ?? {}), by],
      ],
    )
}

export type Subscription = {
  readonly plan_id: string
  readonly plan_name: string
  readonly status: string
  readonly period_start: string
  readonly period_end: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
}

/** Every plan a community has had, the present one first. */
export async function subscriptionsOf(db: Db, tenantId: string): Promise<Subscription[]> {
  const { rows } = await db.query<Subscription>(
    `select s.plan_id, p.name as plan_name, s.status, s.period_start, s.period_end, s.started_at, s.ended_at
       from core.subscriptions s join core.plans p on p.id = s.plan_id where s.tenant_id = $1 order by s.ended_at desc nulls first, s.started_at desc limit 50`,
    [tenantId],
  )
  return rows
}

/** The community's plan now; null = none. */
export async function planOf(house: Pick<House, 'database'>, tenantId: string): Promise<Plan | null> {
  if (!(await tenantById(house, tenantId))) return null
  const columns = COLUMNS.split(', ')
    .map((c) => `p.${c}`)
    .join(', ')
  const { rows } = await globalDb(house.database.app).query<Plan>(
    `select ${columns} from core.tenants t join core.plans p on p.id = t.plan_id where t.id = $1`,
    [tenantId],
  )
  return rows[0] ?? null
}
