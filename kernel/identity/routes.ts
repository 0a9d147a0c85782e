// Signing in and out, and what a person may see and change about themselves: `/api/session` and `/api/me…`.
import { membershipsOf } from '#kernel/access/members.ts'
import type { Origin } from '#kernel/ctx.ts'
import { readJson } from '#kernel/http/body.ts'
import { invalid, notFound } from '#kernel/http/refusal.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/resource/id.ts'
import { LOCALES, say } from '#kernel/words.ts'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { deviceOf } from './device.ts'
import { notSignedIn } from './identity.ts'
import type { Session, User } from './identity.ts'
import { requireSameOrigin } from './same-origin.ts'

/** What the pipeline sets before these routes run. */
type Env = { Variables: { origin: Origin } }

const credentials = z.strictObject({ login: z.string().min(1).max(254), password: z.string().min(1).max(1000) })
const profile = z.strictObject({ name: z.string().min(1).max(200).optional(), locale: z.enum(LOCALES).optional() })
const passwords = z.strictObject({ current: z.string().min(1).max(1000), next: z.string().min(1).max(1000) })

export function identityRoutes(house: House): Hono<Env> {
  const { identity } = house
  const app = new Hono<Env>()
  for (const path of ['/api/session', '/api/me', '/api/me/*']) {
    app.use(path, requireSameOrigin(house.config))
    // What is said about a person is theirs alone: no cache on the way keeps it.
    app.use(path, async (c, next) => (await next(), c.header('Cache-Control', 'no-store')))
  }

  const session = async (c: Context<Env>): Promise<Session> => {
    const found = await identity.sessionOf(c.req.raw.headers)
    if (!found) throw notSignedIn()
    return found
  }

  app.post('/api/session', async (c) => {
    const input = await body(c, credentials)
    const { user, setCookies } = await identity.signIn(input, c.get('origin'), c.req.raw.headers)
    for (const cookie of setCookies) c.header('Set-Cookie', cookie, { append: true })
    return c.json({ user: shown(user) })
  })

  app.delete('/api/session', async (c) => {
    for (const cookie of await identity.signOut(c.req.raw.headers)) c.header('Set-Cookie', cookie, { append: true })
    return c.body(null, 204)
  })

  app.get('/api/me', async (c) => {
    const { user } = await session(c)
    const memberships = await membershipsOf(house, user.id)
    return c.json({
      user: shown(user),
      tenants: memberships.map(({ tenant: { id, code, name, kind }, role }) => ({ id, code, name, kind, role })),
    })
  })

  app.patch('/api/me', async (c) => {
    const { userId } = await session(c)
    return c.json({ user: shown(await identity.setProfile(userId, await body(c, profile))) })
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
    return c.json({ ended: await identity.revokeOthers(userId, id) })
  })

  app.delete('/api/me/sessions/:id', async (c) => {
    const { userId } = await session(c)
    const id = c.req.param('id')
    if (!isId(id) || !(await identity.revoke(userId, id))) throw notFound()
    return c.body(null, 204)
  })

  app.put('/api/me/password', async (c) => {
    await identity.changePassword(await session(c), await body(c, passwords))
    return c.body(null, 204)
  })

  return app
}

const shown = ({ id, name, email, username, locale }: User) => ({ id, name, email, username, locale })

async function body<T>(c: Context<Env>, schema: z.ZodType<T>): Promise<T> {
  const { json } = await readJson(c)
  const read = schema.safeParse(json, { reportInput: true })
  if (read.success) return read.data
  throw invalid(
    read.error.issues.flatMap((issue) => {
      const fields = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')]
      return fields.map((field) => ({ field, ...complaint(issue) }))
    }),
  )
}

function complaint(issue: z.core.$ZodIssue) {
  if (issue.code === 'unrecognized_keys')
    return { code: 'unknown_field', message: { id: 'Isian ini tidak dikenal.', en: 'This field is not known.' } }
  if (issue.code === 'too_big') return { code: 'too_long', message: { id: 'Isian ini terlalu panjang.', en: 'This is too long.' } }
  if (issue.code === 'too_small' || issue.input === undefined)
    return { code: 'required', message: { id: 'Isi bagian ini.', en: 'Fill this in.' } }
  return { code: 'invalid', message: { id: 'Isian ini tidak sesuai.', en: 'This is not one of the accepted values.' } }
}
