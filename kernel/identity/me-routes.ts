// What people see and change about themselves: name, language, where they are signed in.
import { endedMembershipsOf, membershipsOf } from '#kernel/access/members.ts'
import type { House } from '#kernel/house.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { listOf, moment, says } from '#kernel/http/says.ts'
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

/** What people are told about themselves, as `shown` makes it. */
export const personShape = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  username: z.string().nullable(),
  locale: z.enum(LOCALES),
})
const meShape = z.strictObject({
  user: personShape,
  operator: z.literal(true).optional(),
  tenants: z.array(z.strictObject({ id: z.uuid(), code: z.string(), name: z.string(), kind: z.string(), role: z.string() })),
  former: z.array(z.strictObject({ name: z.string(), kind: z.string(), why: z.string(), expires_on: z.iso.date().nullable() })),
})
const sessionShape = z.strictObject({
  id: z.uuid(),
  current: z.boolean(),
  device: z.string(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: moment,
  last_seen_at: moment,
  expires_at: moment,
})

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

  app.get(
    '/api/me',
    says({
      summary: 'Who I am, and where I belong',
      who: 'person',
      answers: { 200: { doc: 'My account, my communities, and those I no longer belong to.', shape: meShape } },
    }),
    async (c) => {
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
    },
  )

  app.patch(
    '/api/me',
    says({
      summary: 'Change my name or language',
      who: 'person',
      body: profile,
      answers: { 200: { doc: 'My account as it is now.', shape: z.strictObject({ user: personShape }) } },
    }),
    async (c) => {
      const { userId } = await session(c)
      return c.json({ user: shown(await identity.setProfile(userId, await readBody(c, profile))) })
    },
  )

  app.get(
    '/api/me/sessions',
    says({
      summary: 'Where I am signed in',
      who: 'person',
      answers: { 200: { doc: 'Every session that is open.', shape: listOf(sessionShape) } },
    }),
    async (c) => {
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
    },
  )

  app.delete(
    '/api/me/sessions',
    says({
      summary: 'Sign out everywhere else',
      who: 'person',
      answers: { 200: { doc: 'How many sessions were ended.', shape: z.strictObject({ ended: z.int() }) } },
    }),
    async (c) => {
      const { id, userId } = await session(c)
      const ended = await identity.revokeOthers(userId, id)
      if (ended) void noteSecurity(house, { kind: 'session_ended', userId, origin: c.get('origin'), detail: { count: ended } })
      return c.json({ ended })
    },
  )

  app.delete(
    '/api/me/sessions/:id',
    says({
      summary: 'End one of my sessions',
      who: 'person',
      answers: { 204: 'Ended, at once.' },
      problems: { 404: ['not_found'] },
    }),
    async (c) => {
      const { userId } = await session(c)
      const id = c.req.param('id')
      if (!isId(id) || !(await identity.revoke(userId, id))) throw notFound()
      void noteSecurity(house, { kind: 'session_ended', userId, origin: c.get('origin'), detail: { count: 1 } })
      return c.body(null, 204)
    },
  )

  return app
}

/** What people are told about themselves. */
export const shown = ({ id, name, email, phone, username, locale }: User) => ({ id, name, email, phone, username, locale })
