// What the installation is doing, for Prometheus and the log: counts and times, never who or what.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import type { House } from '#kernel/house.ts'
import type { C } from './env.ts'

type Meters = { registry: Registry; requests: Counter<'method' | 'status'>; seconds: Histogram<'method'> }
const meters = new WeakMap<object, Meters>()

function metersOf(house: House): Meters {
  const known = meters.get(house.database)
  if (known) return known
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({ name: 'balai_http_requests_total', help: 'Requests by method and status class.', labelNames: ['method', 'status'], registers: [registry] })
  const seconds = new Histogram({
    name: 'balai_http_request_duration_seconds',
    help: 'Time to answer.',
    labelNames: ['method'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const made = { registry, requests, seconds }
  meters.set(house.database, made)
  return made
}

/** Counts one answered request; slow ones are logged by their shape, without ids or words somebody typed. */
export function observe(house: House, c: C, ms: number): void {
  const { requests, seconds } = metersOf(house)
  const method = c.req.method
  requests.inc({ method, status: `${Math.floor(c.res.status / 100)}xx` })
  seconds.observe({ method }, ms / 1000)
  if (ms > 1_000 && !c.req.path.endsWith('/events')) house.log.warn({ request: c.get('origin').requestId, method, status: c.res.status, ms: Math.round(ms) }, 'slow request')
}

/** The page that Prometheus scrapes (text exposition format 0.0.4). */
export async function metricsPage(house: House): Promise<Response> {
  const { registry } = metersOf(house)
  const pool = house.database.app
  const connections = `# HELP balai_database_connections Connections of the application.\n# TYPE balai_database_connections gauge\nbalai_database_connections{state="open"} ${pool.totalCount}\nbalai_database_connections{state="idle"} ${pool.idleCount}\nbalai_database_connections{state="waiting"} ${pool.waitingCount}\n`
  return new Response((await registry.metrics()) + connections, { headers: { 'content-type': registry.contentType } })
}
