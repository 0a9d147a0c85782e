// What begins or ends with a message: a forgotten password, an e-mail address, an invitation. Links come in bodies, never in addresses.
import { readJson } from '#kernel/http/body.ts'
import type { House } from '#kernel/house.ts'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Session } from './identity.ts'
import { acceptInvitation, showInvitation } from './invitation-accept.ts'
import { requiredSession } from './me-routes.ts'
import { checked, readBody } from './read-body.ts'
import { askForReset, resetPassword } from './reset.ts'
import type { Env } from './routes.ts'
import { requireSameOrigin } from './same-origin.ts'
import { askForEmail, myEmail, verifyEmail } from './verify-contact.ts'

const token = z.string().min(1).max(100)
const password = z.string().min(1).max(1000)
const forgotten = z.strictObject({ login: z.string().min(1).max(254) })
const anew = z.strictObject({ token, password })
const address = z.strictObject({ email: z.string().min(1).max(254), password: z.string().max(1000).default('') })
const link = z.strictObject({ token })
const joining = z.strictObject({ token, join: z.literal(true) })
const newcomer = z.strictObject({ token, name: z.string().min(1).max(200), username: z.string().min(1).max(100), password })

export function messageRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  for (const path of ['/api/password-reset', '/api/me/email', '/api/email-verification', '/api/invitation', '/api/invitation/acceptance']) {
    app.use(path, requireSameOrigin(house.config))
    app.use(path, async (c, next) => (await next(), c.header('Cache-Control', 'no-store')))
  }
  const sessionOf = (c: Context<Env>): Promise<Session> => requiredSession(house, c)

  // Always 202 and nothing more: who has an account is nobody's business.
  app.post('/api/password-reset', async (c) => {
    await askForReset(house, (await readBody(c, forgotten)).login, c.get('origin'))
    return c.json({}, 202)
  })
  app.put('/api/password-reset', async (c) => {
    const input = await readBody(c, anew)
    await resetPassword(house, input.token, input.password, c.get('origin'))
    return c.body(null, 204)
  })

  app.get('/api/me/email', async (c) => c.json(await myEmail(house, await sessionOf(c))))
  app.put('/api/me/email', async (c) => {
    const session = await sessionOf(c)
    await askForEmail(house, session, await readBody(c, address))
    return c.json({}, 202)
  })
  app.post('/api/email-verification', async (c) => c.json(await verifyEmail(house, (await readBody(c, link)).token, c.get('origin'))))

  // A read, but its link must not stand in an address.
  app.post('/api/invitation', async (c) => c.json(await showInvitation(house, (await readBody(c, link)).token, c.get('origin'))))
  app.post('/api/invitation/acceptance', async (c) => {
    const { json } = await readJson(c)
    const joins = typeof json === 'object' && json !== null && 'join' in json
    const input = joins ? checked(json, joining) : checked(json, newcomer)
    const by = 'join' in input ? { user: (await sessionOf(c)).user } : { account: input }
    return c.json(await acceptInvitation(house, input.token, by, c.get('origin')), 201)
  })
  return app
}
