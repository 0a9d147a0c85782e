// Signing in and out: `/api/session…`.
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Entry } from './identity.ts'
import { shown } from './me-routes.ts'
import { checked, readBody } from './read-body.ts'
import type { Env } from './routes.ts'

const text = (max: number) => z.string().min(1).max(max)
const byPassword = z.strictObject({ login: text(254), password: text(1000) })
const byCode = z.strictObject({ phone: text(40), code: text(20), name: text(200).optional() })
const phoneOnly = z.strictObject({ phone: text(40) })
const answered = z.strictObject({ challenge: text(100), code: text(40) })

export function sessionRoutes(house: House): Hono<Env> {
  const { identity } = house
  const app = new Hono<Env>()

  const entered = (c: Context<Env>, entry: Entry): Response => {
    for (const cookie of entry.setCookies) c.header('Set-Cookie', cookie, { append: true })
    if ('challenge' in entry) return c.json({ second_factor: true, challenge: entry.challenge, expires_at: entry.expiresAt })
    return c.json({ user: shown(entry.user), ...(entry.isNew ? { new: true } : {}) })
  }

  app.get('/api/session', (c) => {
    const { code, signUp } = identity.ways()
    return c.json({ ways: { password: true, code }, sign_up: signUp })
  })

  app.post('/api/session', async (c) => {
    const { json } = await readJson(c)
    const input = typeof json === 'object' && json !== null && 'phone' in json ? checked(json, byCode) : checked(json, byPassword)
    return entered(c, await identity.signIn(input, c.get('origin'), c.req.raw.headers))
  })

  app.post('/api/session/code', async (c) => {
    const { phone } = await readBody(c, phoneOnly)
    const { resendIn, expiresIn } = await identity.sendCode(phone, c.get('origin'))
    return c.json({ resend_in: resendIn, expires_in: expiresIn }, 202)
  })

  app.post('/api/session/second-factor', async (c) => {
    const input = await readBody(c, answered)
    return entered(c, await identity.answerChallenge(input, c.get('origin'), c.req.raw.headers))
  })

  app.delete('/api/session', async (c) => {
    const { headers } = c.req.raw
    const session = await identity.sessionOf(headers)
    for (const cookie of await identity.signOut(headers)) c.header('Set-Cookie', cookie, { append: true })
    if (session) void noteSecurity(house, { kind: 'signed_out', userId: session.userId, origin: c.get('origin') })
    return c.body(null, 204)
  })

  return app
}
