// Which refusals are worth noting: somebody tried what their role does not allow, or another site tried in their name.
import type { House } from '#kernel/house.ts'
import type { C } from '#kernel/http/env.ts'
import type { Refusal } from '#kernel/http/refusal.ts'
import { noteSecurity } from './security-log.ts'

/** Steps of an ordinary day that answer 403 as well: being asked for a PIN is not a refusal, and a wrong one is noted where it is checked. */
const ORDINARY = /^pin_|^confirmation_needed$/

/** Notes a 403. What is merely not found is not noted: it would say nothing and fill the log. */
export function noteRefusal(house: Pick<House, 'database' | 'log'>, c: C, refusal: Refusal): void {
  if (refusal.status !== 403 || ORDINARY.test(refusal.code)) return
  const who = c.get('who')
  // Before anybody has come in, the doors note for themselves.
  if (!who && refusal.code !== 'cross_origin') return
  const { permission } = refusal.more
  void noteSecurity(house, {
    kind: 'refused',
    tenantId: who?.tenant.id ?? null,
    userId: who?.actor.userId ?? null,
    actorName: who?.actor.name ?? null,
    origin: c.get('origin'),
    detail: { code: refusal.code, method: c.req.method, ...(typeof permission === 'string' ? { permission } : {}) },
  })
}
