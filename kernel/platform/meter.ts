// How much of its plan a community has used, cheaply: known from the last count, carried on in memory, written down now and then.
import type { Tenant } from '#kernel/ctx.ts'
import { dayIn } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { onTenantChange } from '#kernel/tenancy/changes.ts'
import type { Limits } from './plans.ts'

type Home = Pick<House, 'database' | 'log'>

/** How long limits and counts are trusted, in milliseconds; a change of plan drops them at once. */
const KEPT_MS = 60_000
/** Requests are written down this often, in milliseconds. */
const FLUSH_MS = 15_000

export type Meter = {
  /** Of the plan; empty when there is none. */
  readonly limits: Limits
  /** Records at the last count, and those made here since. */
  readonly rows: number
  added: number
  /** The community's day the requests are of. */
  readonly day: string
  /** Requests that other processes or earlier starts have written down. */
  readonly calls: number
  until: number
}

type Book = {
  readonly meters: Map<string, Meter> /** `tenant day` → requests not written down yet. */
  readonly pending: Map<string, number>
  timer: NodeJS.Timeout | null
  readonly stop: () => void
}
const books = new WeakMap<object, Book>()

function bookOf(house: Home): Book {
  const known = books.get(house.database)
  if (known) return known
  const meters = new Map<string, Meter>()
  const stop = onTenantChange(house, (tenantId) => (tenantId === null ? meters.clear() : meters.delete(tenantId)))
  const made: Book = { meters, pending: new Map(), timer: null, stop }
  books.set(house.database, made)
  return made
}

/** The community's meter; no statement when it was read within the minute. */
export async function meterOf(house: Home, tenant: Tenant, fresh = false): Promise<Meter> {
  const { meters } = bookOf(house)
  const today = dayIn(tenant.timeZone, new Date())
  const known = meters.get(tenant.id)
  if (!fresh && known && known.until > Date.now() && known.day === today) return known
  const { rows } = await scopedDb(house.database.app, tenant.id).query<{
    limits: Limits | null
    rows: number | null
    calls: number | null
  }>(
    `select p.limits, d.row_total as rows, (select u.api_calls from core.usage_days u where u.tenant_id = $1 and u.day = $2) as calls
       from core.tenants t left join core.plans p on p.id = t.plan_id
       left join lateral (select x.row_total from core.usage_days x
         where x.tenant_id = $1 and x.counted_at is not null order by x.day desc limit 1) d on true
      where t.id = $1`,
    [tenant.id, today],
    true,
  )
  const read = rows[0]
  const counted = read?.rows ?? 0
  const made: Meter = {
    limits: read?.limits ?? {},
    rows: counted,
    // What was made here since the last count stays counted until the next one.
    added: known && known.rows === counted ? known.added : 0,
    day: today,
    calls: read?.calls ?? 0,
    until: Date.now() + KEPT_MS,
  }
  meters.set(tenant.id, made)
  return made
}

/** Requests of the community's day so far, as far as this process knows. */
export const callsOf = (house: Home, tenantId: string, meter: Meter): number =>
  meter.calls + (bookOf(house).pending.get(`${tenantId} ${meter.day}`) ?? 0)

/** Counts one request. */
export function countCall(house: Home, tenantId: string, meter: Meter): void {
  const book = bookOf(house)
  const key = `${tenantId} ${meter.day}`
  book.pending.set(key, (book.pending.get(key) ?? 0) + 1)
  book.timer ??= setTimeout(() => void flushCalls(house), FLUSH_MS).unref()
}

/** Writes down what was counted; what cannot be written now stays for the next time. */
export async function flushCalls(house: Home): Promise<void> {
  const book = bookOf(house)
  if (book.timer) clearTimeout(book.timer)
  book.timer = null
  for (const [key, n] of [...book.pending]) {
    const [tenantId = '', day = ''] = key.split(' ')
    book.pending.delete(key)
    // Read again at the next request: what is written counts there from now on.
    const meter = book.meters.get(tenantId)
    if (meter) meter.until = 0
    try {
      await scopedDb(house.database.app, tenantId).query(
        `insert into core.usage_days as u (tenant_id, day, api_calls) values ($1, $2, $3)
         on conflict (tenant_id, day) do update set api_calls = u.api_calls + excluded.api_calls`,
        [tenantId, day, n],
      )
    } catch (error) {
      const { code, name } = error as Error & { code?: string }
      // The community is gone.
      if (code === '23503') continue
      book.pending.set(key, (book.pending.get(key) ?? 0) + n)
      house.log.warn({ error: name, code }, 'requests could not be written down')
    }
  }
}

/** Writes what is left and listens no more: before the database closes. */
export async function closeMeters(house: Home): Promise<void> {
  await flushCalls(house)
  const book = bookOf(house)
  if (book.timer) clearTimeout(book.timer)
  book.timer = null
  book.stop()
}
