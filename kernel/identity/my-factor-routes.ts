// One's own ways of signing in, over HTTP: password, phone, authenticator app and recovery codes.
import type { House } from '#kernel/house.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { moment, says } from '#kernel/http/says.ts'
import { requiredSession } from './me-routes.ts'
import { readBody } from './read-body.ts'
import { tellPasswordChanged } from './reset.ts'
import type { Env } from './routes.ts'
import { codeSent } from './session-routes.ts'

const text = (max: number) => z.string().min(1).max(max)
const password = text(1000).optional()
const again = z.strictObject({ password })
const passwords = z.strictObject({ current: password, next: text(1000) })
const newPhone = z.strictObject({ phone: text(40), password })
const provenPhone = z.strictObject({ phone: text(40), code: text(20) })
const code = z.strictObject({ code: text(40) })
const both = z.strictObject({ code: text(40), password })

const recoveryCodes = z.strictObject({ recovery_codes: z.array(z.string()) })
/** Where the password is asked for again; somebody who has none must have signed in just now. */
const AGAIN = { 403: ['sign_in_again'], 429: ['too_many_attempts'] } as const

export function myFactorRoutes(house: House): Hono<Env> {
  const { mine } = house.identity
  const app = new Hono<Env>()

  app.get(
    '/api/me/sign-in',
    says({
      summary: 'My ways of signing in',
      who: 'person',
      answers: {
        200: {
          doc: 'Password, phone and two-step sign-in as they stand.',
          shape: z.strictObject({
            password: z.boolean(),
            phone: z.string().nullable(),
            can_send_codes: z.boolean(),
            second_factor: z.strictObject({ on: z.boolean(), since: moment.nullable(), recovery_codes_left: z.int() }),
          }),
        },
      },
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      const { hasPassword, secondFactor } = await mine.state(session)
      return c.json({
        password: hasPassword,
        phone: session.user.phone,
        can_send_codes: house.identity.ways().code,
        second_factor: { on: secondFactor.on, since: secondFactor.since, recovery_codes_left: secondFactor.recoveryCodesLeft },
      })
    },
  )

  app.put(
    '/api/me/password',
    says({
      summary: 'Change my password',
      who: 'person',
      body: passwords,
      answers: { 204: 'Changed; my other sessions have ended.' },
      problems: AGAIN,
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      await mine.changePassword(session, await readBody(c, passwords), c.get('origin'))
      await tellPasswordChanged(house, session.user)
      return c.body(null, 204)
    },
  )

  app.post(
    '/api/me/phone/code',
    says({
      summary: 'Send a code to a phone that is to become mine',
      who: 'person',
      body: newPhone,
      answers: { 202: { doc: 'A code is on its way. Both in seconds.', shape: codeSent } },
      problems: { ...AGAIN, 409: ['no_sms'] },
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      const { resendIn, expiresIn } = await mine.sendPhoneCode(session, await readBody(c, newPhone), c.get('origin'))
      return c.json({ resend_in: resendIn, expires_in: expiresIn }, 202)
    },
  )
  app.put(
    '/api/me/phone',
    says({
      summary: 'Make that phone mine with the code',
      who: 'person',
      body: provenPhone,
      answers: { 204: 'Mine.' },
      problems: { 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      await mine.setPhone(session, await readBody(c, provenPhone), c.get('origin'))
      return c.body(null, 204)
    },
  )
  app.post(
    '/api/me/phone/removal',
    says({
      summary: 'Take my phone away',
      who: 'person',
      body: again,
      answers: { 204: 'Taken away.' },
      problems: { ...AGAIN, 409: ['only_way_in'] },
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      await mine.removePhone(session, await readBody(c, again), c.get('origin'))
      return c.body(null, 204)
    },
  )

  app.post(
    '/api/me/second-factor',
    says({
      summary: 'Begin two-step sign-in: a secret for an authenticator app',
      doc: 'Not asked for at sign-in until confirmed with a first code (PUT).',
      who: 'person',
      body: again,
      answers: {
        201: { doc: 'Said once. `uri` is what the QR code says.', shape: z.strictObject({ secret: z.string(), uri: z.string() }) },
      },
      problems: { ...AGAIN, 409: ['second_factor_on'] },
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      return c.json(await mine.beginSecondFactor(session, await readBody(c, again), c.get('origin')), 201)
    },
  )
  app.put(
    '/api/me/second-factor',
    says({
      summary: 'Turn two-step sign-in on with the app’s first code',
      who: 'person',
      body: code,
      answers: { 200: { doc: 'On. Said once; my other sessions have ended.', shape: recoveryCodes } },
      problems: { 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      const { code: typed } = await readBody(c, code)
      return c.json({ recovery_codes: await mine.confirmSecondFactor(session, typed, c.get('origin')) })
    },
  )
  app.post(
    '/api/me/second-factor/recovery-codes',
    says({
      summary: 'Make new recovery codes; the former ones stop working',
      who: 'person',
      body: both,
      answers: { 201: { doc: 'Said once.', shape: recoveryCodes } },
      problems: AGAIN,
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      return c.json({ recovery_codes: await mine.renewRecoveryCodes(session, await readBody(c, both), c.get('origin')) }, 201)
    },
  )
  app.post(
    '/api/me/second-factor/removal',
    says({
      summary: 'Turn two-step sign-in off',
      who: 'person',
      body: both,
      answers: { 204: 'Off.' },
      problems: AGAIN,
    }),
    async (c) => {
      const session = await requiredSession(house, c)
      await mine.removeSecondFactor(session, await readBody(c, both), c.get('origin'))
      return c.body(null, 204)
    },
  )

  return app
}
