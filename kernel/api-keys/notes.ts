// Notes in the security log that a key was made or revoked, after it was.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import type { SecurityKind } from '#kernel/security-log/security-log.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'

/** To be mounted at `/api/{tenant}/core/api_keys`, before its actions. */
export function keyNotes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  const note = (c: C, kind: SecurityKind): void => {
    if (!c.res.ok) return
    const { tenant, actor, origin } = whoOf(c)
    const id = c.req.param('id' as never) as string | undefined
    void noteSecurity(house, {
      kind,
      tenantId: tenant.id,
      userId: actor.userId,
      actorName: actor.name,
      origin,
      ...(id ? { detail: { record: id } } : {}),
    })
  }
  app.post('/issuance', async (c, next) => (await next(), note(c, 'key_made')))
  app.post('/:id/revocation', async (c, next) => (await next(), note(c, 'key_revoked')))
  return app
}
