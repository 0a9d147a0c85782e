// What people see and change about themselves: name, language, where they are signed in.
import { endedMembershipsOf, membershipsOf } from '#kernel/access/members.ts'
import type { House } from '#kernel/house.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { isOperator } from '#kernel/platform/operators.ts'
import { isId } from '#kernel/resource/id.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { LOCALES, say } from '#kernel/words.ts'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { deviceOf } from './device.ts'
import { notSignedIn } from './identity.ts'
import type { Session, User } from './identity.ts'
import { readBody } from './read-body.ts'
import type { Env } from './routes.ts'

const profile = z.strictObject({ name: z.string().min(1).max(200).optional(), locale: z.enum(LOCALES).optional() })

/** Throws 401. */
export async function requiredSession(house: Pick<House, 'identity'>, c: Context<Env>): Promise<Session> {
  const found = await house.identity.sessionOf(c.req.raw.headers)
  if (!found) throw notSignedIn()
  return found
}

export function meRoutes(house: House): Hono<Env> {
  const { identity } = house
  const app = new Hono<Env>()
  const session = (c: Context<Env>): Promise<Session> => requiredSession(house, c)

  app.get('/api/me', async (c) => {
    const { user } = await session(c)
    const memberships = await membershipsOf(house, user.id)
    const ended = await endedMembershipsOf(house, user.id)
    const operator = !house.config.standalone && (await isOperator(house, user.id))
    return c.json({
      user: shown(user),
      ...(operator ? { operator } : {}),
      tenants: memberships.map(({ tenant: { id, code, name, kind }, role }) => ({ id, code, name, kind, role })),
      // Where they belonged until it ended: said to the person alone, who finds nothing there any more.
      former: ended.map(({ tenant: { name, kind }, why, expiresOn }) => ({ name, kind, why, expires_on: expiresOn })),
    })
  })

  app.patch('/api/me', async (c) => {
    const { userId } = await session(c)
    return c.json({ user: shown(await identity.setProfile(userId, await readBody(c, profile))) })
  })

  app.get('/api/me/sessions', async (c) => {
    const { id, user } = await session(c)
    const all = await identity.sessionsOf(user.id)
    return c.json({
      data: all.map((s) => ({
        id: s.id,
        current: s.id === id,
        device: s.device ?? say(deviceOf(s.userAgent), user.locale),
        ip: s.ip,
        user_agent: s.userAgent,
        created_at: s.createdAt,
        last_seen_at: s.id === id ? new Date() : s.lastSeenAt,
        expires_at: s.expiresAt,
      })),
    })
  })

  app.delete('/api/me/sessions', async (c) => {
    const { id, userId } = await session(c)
    const ended = await identity.revokeOthers(userId, id)
    if (ended) void noteSecurity(house, { kind: 'session_ended', userId, origin: c.get('origin'), detail: { count: ended } })
    return c.json({ ended })
  })

  app.delete('/api/me/sessions/:id', async (c) => {
    const { userId } = await session(c)
    const id = c.req.param('id')
    if (!isId(id) || !(await identity.revoke(userId, id))) throw notFound()
    void noteSecurity(house, { kind: 'session_ended', userId, origin: c.get('origin'), detail: { count: 1 } })
    return c.body(null, 204)
  })

  return app
}

/** What people are told about themselves. */
export const shown = ({ id, name, email, phone, username, locale }: User) => ({ id, name, email, phone, username, locale })
