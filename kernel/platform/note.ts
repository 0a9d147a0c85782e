// What an operator does to a community is noted in that community's own security log, and in the platform's.
import type { House } from '#kernel/house.ts'
import { noteSecurity, PLATFORM, type SecurityKind } from '#kernel/security-log/security-log.ts'
import { type PlatformC, sessionOf } from './routes/operator.ts'

type Detail = Readonly<Record<string, string | number | boolean>>

/** Never fails whoever does it. `tenantId` null: only the platform's log. */
export function note(house: House, c: PlatformC, kind: SecurityKind, tenantId: string | null, detail: Detail = {}): void {
  const { userId, user } = sessionOf(c)
  const event = { kind, userId, actorName: user.name, origin: c.get('origin') }
  if (tenantId) void noteSecurity(house, { ...event, tenantId, detail: { ...detail, by: 'operator' } })
  void noteSecurity(house, { ...event, tenantId: PLATFORM, detail: { ...detail, ...(tenantId ? { community: tenantId } : {}) } })
}
