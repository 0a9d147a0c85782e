// Looking at something so personal that the looking itself is recorded: who read which row, never what it says.
import type { Ctx, Origin } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import type { Resource } from './resource.ts'

/** Who it was and where, as a security event names them. */
export const namesOf = ({
  tenant,
  actor,
  origin,
}: Ctx): { tenantId: string; userId: string | null; actorName: string; origin: Origin } => ({
  tenantId: tenant.id,
  userId: actor.userId,
  actorName: actor.name,
  origin,
})

/** Notes that a row of a noticed resource was read, before the answer leaves; does nothing for all others. */
export async function noticeReading(
  house: Pick<House, 'database' | 'log'>,
  ctx: Ctx,
  r: Resource,
  id: string,
  what: 'read' | 'history',
): Promise<void> {
  if (r.noticed) await noteSecurity(house, { ...namesOf(ctx), kind: r.noticed, detail: { resource: r.name, record: id, what } })
}
