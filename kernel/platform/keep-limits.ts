// Holds every request of a community to its plan: so many a day, and no more records than there is room for (files: room.ts).
import type { MiddlewareHandler } from 'hono'
import type { Tenant } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { isId } from '#kernel/resource/id.ts'
import { callsOf, countCall, type Meter, meterOf } from './meter.ts'
import { planCalls, planLimit } from './plan-refusals.ts'
import { countUsage } from './usage.ts'

/** When records seem to be too many they are counted anew, at most this often per community, in milliseconds. */
const RECOUNT_MS = 60_000

/** Middleware for every route of a community, after it is known who asks. Throws 429 `plan_calls`, 409 `plan_limit`. */
export function keepLimits(house: House): MiddlewareHandler<Env> {
  const recounted = new Map<string, number>()

  async function room(tenant: Tenant, meter: Meter, wanted: number, exact: boolean): Promise<void> {
    const most = meter.limits.rows
    if (most === undefined) return
    if (!exact && meter.rows + meter.added + wanted <= most) return
    const last = recounted.get(tenant.id) ?? 0
    if (!exact && last > Date.now() - RECOUNT_MS) throw planLimit('rows', most)
    recounted.set(tenant.id, Date.now())
    await countUsage(house, tenant)
    if ((await meterOf(house, tenant, true)).rows + wanted > most) throw planLimit('rows', most)
  }

  return async (c, next) => {
    const { tenant } = whoOf(c)
    const meter = await meterOf(house, tenant)
    const calls = meter.limits.api_calls_per_day
    if (calls !== undefined && callsOf(house, tenant.id, meter) >= calls) throw planCalls(calls, untilTomorrow(tenant.timeZone))
    countCall(house, tenant.id, meter)
    if (c.req.method !== 'POST') return next()
    const parts = c.req.path.split('/').slice(3)
    if (parts[0] === 'imports') {
      if (parts[2] === 'check' || parts[2] === 'confirmation') await room(tenant, meter, await rowsOfImport(house, tenant, parts[1]), true)
      return next()
    }
    if (!makesNew(parts)) return next()
    await room(tenant, meter, 1, false)
    await next()
    if (c.res.status < 300) (await meterOf(house, tenant)).added++
  }
}

/** A POST that names no record makes a new one: `registry/citizens`, `registry/families/newcomers`; not a batch over those there are. */
const makesNew = ([module, plural, noun, more]: readonly string[]): boolean =>
  module !== undefined &&
  module !== 'core' &&
  plural !== undefined &&
  more === undefined &&
  (noun === undefined || (noun !== 'batch' && !isId(noun)))

async function rowsOfImport(house: House, tenant: Tenant, id: string | undefined): Promise<number> {
  if (!isId(id)) return 0
  const { rows } = await scopedDb(house.database.app, tenant.id).query<{ n: number }>(
    `select coalesce((sheet ->> 'rows')::int, 0) as n from core.imports where tenant_id = $1 and id = $2`,
    [tenant.id, id],
  )
  return rows[0]?.n ?? 0
}

/** Seconds until the next day begins in a time zone; near a change of clocks it may be an hour off. */
export function untilTomorrow(timeZone: string, now = new Date()): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now)
  const of = (type: string): number => Number(parts.find((p) => p.type === type)?.value ?? 0)
  return 86_400 - (of('hour') * 3_600 + of('minute') * 60 + of('second'))
}
