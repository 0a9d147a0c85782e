// Notes in the security log that somebody was invited, after the message was queued.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'

/** To be mounted at `/api/{tenant}/core/invitations`, before its actions. */
export function invitationNotes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  const note = (c: C, again: boolean): void => {
    if (!c.res.ok) return
    const { tenant, actor, origin } = whoOf(c)
    const record = c.req.param('id' as never) as string | undefined
    void noteSecurity(house, {
      kind: 'invited',
      tenantId: tenant.id,
      userId: actor.userId,
      actorName: actor.name,
      origin,
      detail: { again, ...(record ? { record } : {}) },
    })
  }
  app.post('/invitation', async (c, next) => (await next(), note(c, false)))
  app.post('/:id/reminder', async (c, next) => (await next(), note(c, true)))
  return app
}
