// Writes security events into the communities they concern: one statement per community and batch.
import { communitiesOf } from '#kernel/access/members.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { isOperator } from '#kernel/platform/operators.ts'
import { PLATFORM, type SecurityKind } from './kinds.ts'

/** An event as it waits to be written: cut to size, nothing in it that the database would refuse. */
export type Noted = {
  /** Its own in every log it is written to, so that it can be written again after a lost connection. */
  readonly id: string
  readonly at: Date
  readonly kind: SecurityKind
  readonly times: number
  readonly tenantId: string | null
  readonly userId: string | null
  readonly actorName: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

const COLUMNS = 11
/** The moment as noted here, unless this clock and the database's disagree: a month nobody made a partition for must not be written to. */
const placed = (column: number, param: string): string =>
  column === 2 ? `least(greatest(${param}::timestamptz, now() - interval '1 hour'), now())` : param

/** What an operator does at the doors is the platform's matter too, whatever communities they belong to. */
async function logsOf(house: Pick<House, 'database'>, userId: string): Promise<readonly string[]> {
  const communities = await communitiesOf(house, userId)
  return !communities.length || (await isOperator(house, userId)) ? [...communities, PLATFORM] : communities
}

/** Whose logs an event belongs in: the named community, else every community of the person, else the platform. */
async function concerned(house: Pick<House, 'database'>, event: Noted, known: Map<string, readonly string[]>): Promise<readonly string[]> {
  if (event.tenantId) return [event.tenantId]
  if (!event.userId) return [PLATFORM]
  const found = known.get(event.userId) ?? (await logsOf(house, event.userId))
  known.set(event.userId, found)
  return found
}

/** Writes at most a few hundred events. Throws the driver's error; what was written before it stays. */
export async function writeEvents(house: Pick<House, 'database'>, events: readonly Noted[]): Promise<void> {
  const known = new Map<string, readonly string[]>()
  const byTenant = new Map<string, Noted[]>()
  for (const event of events)
    for (const tenantId of await concerned(house, event, known)) byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), event])
  for (const [tenantId, mine] of byTenant) {
    const values = mine.flatMap((e) => [
      tenantId,
      e.id,
      e.at,
      e.kind,
      e.times,
      e.userId,
      e.actorName,
      e.ip,
      e.userAgent,
      e.requestId,
      JSON.stringify(e.detail),
    ])
    const rows = mine.map((_, row) => `(${Array.from({ length: COLUMNS }, (__, i) => placed(i, `$${row * COLUMNS + i + 1}`)).join(', ')})`)
    await scopedDb(house.database.app, tenantId).query(
      `insert into core.security_events (tenant_id, id, occurred_at, kind, times, user_id, actor_name, ip, user_agent, request_id, detail)
       values ${rows.join(', ')} on conflict do nothing`,
      values,
    )
  }
}
