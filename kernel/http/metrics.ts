// What the installation is doing, for Prometheus and the log: counts and times, never who or what.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import type { House } from '#kernel/house.ts'
import type { C } from './env.ts'

type Meters = { registry: Registry; count(method: string, status: string): void; time(method: string, seconds: number): void }
const meters = new WeakMap<object, Meters>()

function metersOf(house: House): Meters {
  const known = meters.get(house.database)
  if (known) return known
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'balai_http_requests_total',
    help: 'Requests by method and status class.',
    labelNames: ['method', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'balai_http_request_duration_seconds',
    help: 'Time to answer.',
    labelNames: ['method'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  // A meter with its labels is looked up once: the library sorts and joins labels at every call.
  const counters = new Map<string, Counter.Internal>()
  const timers = new Map<string, Histogram.Internal<'method'>>()
  const made: Meters = {
    registry,
    count(method, status) {
      let one = counters.get(method + status)
      if (!one) counters.set(method + status, (one = requests.labels({ method, status })))
      one.inc()
    },
    time(method, s) {
      let one = timers.get(method)
      if (!one) timers.set(method, (one = seconds.labels({ method })))
      one.observe(s)
    },
  }
  meters.set(house.database, made)
  return made
}

/** Counts one answered request; slow ones are logged by their shape, without ids or words somebody typed. */
export function observe(house: House, c: C, ms: number): void {
  const { count, time } = metersOf(house)
  const method = c.req.method
  count(method, `${Math.floor(c.res.status / 100)}xx`)
  time(method, ms / 1000)
  if (ms > 1_000 && !c.req.path.endsWith('/events'))
    house.log.warn({ request: c.get('origin').requestId, method, status: c.res.status, ms: Math.round(ms) }, 'slow request')
}

/** The page that Prometheus scrapes (text exposition format 0.0.4). */
export async function metricsPage(house: House): Promise<Response> {
  const { registry } = metersOf(house)
  const pool = house.database.app
  const connections = `# HELP balai_database_connections Connections of the application.\n# TYPE balai_database_connections gauge\nbalai_database_connections{state="open"} ${pool.totalCount}\nbalai_database_connections{state="idle"} ${pool.idleCount}\nbalai_database_connections{state="waiting"} ${pool.waitingCount}\n`
  return new Response((await registry.metrics()) + connections, { headers: { 'content-type': registry.contentType } })
}
