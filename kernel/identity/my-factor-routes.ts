// One's own ways of signing in, over HTTP: password, phone, authenticator app and recovery codes.
import type { House } from '#kernel/house.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { requiredSession } from './me-routes.ts'
import { readBody } from './read-body.ts'
import { tellPasswordChanged } from './reset.ts'
import type { Env } from './routes.ts'

const text = (max: number) => z.string().min(1).max(max)
const password = text(1000).optional()
const again = z.strictObject({ password })
const passwords = z.strictObject({ current: password, next: text(1000) })
const newPhone = z.strictObject({ phone: text(40), password })
const provenPhone = z.strictObject({ phone: text(40), code: text(20) })
const code = z.strictObject({ code: text(40) })
const both = z.strictObject({ code: text(40), password })

export function myFactorRoutes(house: House): Hono<Env> {
  const { mine } = house.identity
  const app = new Hono<Env>()

  app.get('/api/me/sign-in', async (c) => {
    const session = await requiredSession(house, c)
    const { hasPassword, secondFactor } = await mine.state(session)
    return c.json({
      password: hasPassword,
      phone: session.user.phone,
      can_send_codes: house.identity.ways().code,
      second_factor: { on: secondFactor.on, since: secondFactor.since, recovery_codes_left: secondFactor.recoveryCodesLeft },
    })
  })

  app.put('/api/me/password', async (c) => {
    const session = await requiredSession(house, c)
    await mine.changePassword(session, await readBody(c, passwords), c.get('origin'))
    await tellPasswordChanged(house, session.user)
    return c.body(null, 204)
  })

  app.post('/api/me/phone/code', async (c) => {
    const session = await requiredSession(house, c)
    const { resendIn, expiresIn } = await mine.sendPhoneCode(session, await readBody(c, newPhone), c.get('origin'))
    return c.json({ resend_in: resendIn, expires_in: expiresIn }, 202)
  })
  app.put('/api/me/phone', async (c) => {
    const session = await requiredSession(house, c)
    await mine.setPhone(session, await readBody(c, provenPhone), c.get('origin'))
    return c.body(null, 204)
  })
  app.post('/api/me/phone/removal', async (c) => {
    const session = await requiredSession(house, c)
    await mine.removePhone(session, await readBody(c, again), c.get('origin'))
    return c.body(null, 204)
  })

  app.post('/api/me/second-factor', async (c) => {
    const session = await requiredSession(house, c)
    return c.json(await mine.beginSecondFactor(session, await readBody(c, again), c.get('origin')), 201)
  })
  app.put('/api/me/second-factor', async (c) => {
    const session = await requiredSession(house, c)
    const { code: typed } = await readBody(c, code)
    return c.json({ recovery_codes: await mine.confirmSecondFactor(session, typed, c.get('origin')) })
  })
  app.post('/api/me/second-factor/recovery-codes', async (c) => {
    const session = await requiredSession(house, c)
    return c.json({ recovery_codes: await mine.renewRecoveryCodes(session, await readBody(c, both), c.get('origin')) }, 201)
  })
  app.post('/api/me/second-factor/removal', async (c) => {
    const session = await requiredSession(house, c)
    await mine.removeSecondFactor(session, await readBody(c, both), c.get('origin'))
    return c.body(null, 204)
  })

  return app
}
