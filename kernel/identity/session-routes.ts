// Signing in and out: `/api/session…`.
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { moment, says } from '#kernel/http/says.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Entry } from './identity.ts'
import { personShape, shown } from './me-routes.ts'
import { checked, readBody } from './read-body.ts'
import type { Env } from './routes.ts'

const text = (max: number) => z.string().min(1).max(max)
const byPassword = z.strictObject({ login: text(254), password: text(1000) })
const byCode = z.strictObject({ phone: text(40), code: text(20), name: text(200).optional() })
const phoneOnly = z.strictObject({ phone: text(40) })
const answered = z.strictObject({ challenge: text(100), code: text(40) })

const signedIn = z.strictObject({ user: personShape, new: z.literal(true).optional() })
const challenged = z.strictObject({ second_factor: z.literal(true), challenge: z.string(), expires_at: moment })
export const codeSent = z.strictObject({ resend_in: z.int(), expires_in: z.int() })

export function sessionRoutes(house: House): Hono<Env> {
  const { identity } = house
  const app = new Hono<Env>()

  const entered = (c: Context<Env>, entry: Entry): Response => {
    for (const cookie of entry.setCookies) c.header('Set-Cookie', cookie, { append: true })
    if ('challenge' in entry) return c.json({ second_factor: true, challenge: entry.challenge, expires_at: entry.expiresAt })
    return c.json({ user: shown(entry.user), ...(entry.isNew ? { new: true } : {}) })
  }

  app.get(
    '/api/session',
    says({
      summary: 'How one can sign in here',
      who: 'anybody',
      answers: {
        200: {
          doc: 'The ways, and whether anybody may make an account.',
          shape: z.strictObject({
            ways: z.strictObject({ password: z.boolean(), code: z.boolean() }),
            sign_up: z.boolean(),
          }),
        },
      },
    }),
    (c) => {
      const { code, signUp } = identity.ways()
      return c.json({ ways: { password: true, code }, sign_up: signUp })
    },
  )

  app.post(
    '/api/session',
    says({
      summary: 'Sign in with a password, or with a code sent to a phone',
      doc: 'Sets the session cookie. Where two-step sign-in is on, it answers a challenge instead; send its code to /api/session/second-factor. Somebody unknown is answered like somebody with a wrong password, in words and in time.',
      who: 'anybody',
      body: z.union([byPassword, byCode]),
      answers: { 200: { doc: 'Signed in, or a challenge.', shape: z.union([signedIn, challenged]) } },
      problems: { 401: ['wrong_credentials', 'wrong_code'], 403: ['account_not_active'], 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const { json } = await readJson(c)
      const input = typeof json === 'object' && json !== null && 'phone' in json ? checked(json, byCode) : checked(json, byPassword)
      return entered(c, await identity.signIn(input, c.get('origin'), c.req.raw.headers))
    },
  )

  app.post(
    '/api/session/code',
    says({
      summary: 'Send a sign-in code to a phone',
      doc: 'The same answer for a number that is known and one that is not.',
      who: 'anybody',
      body: phoneOnly,
      answers: { 202: { doc: 'If the number may sign in, a code is on its way. Both in seconds.', shape: codeSent } },
      problems: { 409: ['no_sms'], 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const { phone } = await readBody(c, phoneOnly)
      const { resendIn, expiresIn } = await identity.sendCode(phone, c.get('origin'))
      return c.json({ resend_in: resendIn, expires_in: expiresIn }, 202)
    },
  )

  app.post(
    '/api/session/second-factor',
    says({
      summary: 'Answer the challenge of two-step sign-in',
      who: 'anybody',
      body: answered,
      answers: { 200: { doc: 'Signed in.', shape: signedIn } },
      problems: { 401: ['challenge_over', 'wrong_code'], 403: ['account_not_active'], 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const input = await readBody(c, answered)
      return entered(c, await identity.answerChallenge(input, c.get('origin'), c.req.raw.headers))
    },
  )

  app.delete(
    '/api/session',
    says({ summary: 'Sign out', who: 'anybody', answers: { 204: 'Signed out; also when nobody was signed in.' } }),
    async (c) => {
      const { headers } = c.req.raw
      const session = await identity.sessionOf(headers)
      for (const cookie of await identity.signOut(headers)) c.header('Set-Cookie', cookie, { append: true })
      if (session) void noteSecurity(house, { kind: 'signed_out', userId: session.userId, origin: c.get('origin') })
      return c.body(null, 204)
    },
  )

  return app
}
