// What begins or ends with a message: a forgotten password, an e-mail address, an invitation. Links come in bodies, never in addresses.
import { readJson } from '#kernel/http/body.ts'
import type { House } from '#kernel/house.ts'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { moment, says } from '#kernel/http/says.ts'
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
  app.post(
    '/api/password-reset',
    says({
      summary: 'Ask for a link to set a new password',
      doc: 'Always the same answer: who has an account is not told.',
      who: 'anybody',
      body: forgotten,
      answers: { 202: 'If there is such an account with an e-mail address, a link is on its way.' },
      problems: { 429: ['too_many_attempts'] },
    }),
    async (c) => {
      await askForReset(house, (await readBody(c, forgotten)).login, c.get('origin'))
      return c.json({}, 202)
    },
  )
  app.put(
    '/api/password-reset',
    says({
      summary: 'Set a new password with such a link',
      who: 'anybody',
      body: anew,
      answers: { 204: 'Set; every session of the account has ended.' },
      problems: { 410: ['link_not_good'], 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const input = await readBody(c, anew)
      await resetPassword(house, input.token, input.password, c.get('origin'))
      return c.body(null, 204)
    },
  )

  app.get(
    '/api/me/email',
    says({
      summary: 'My e-mail address and whether it is proven',
      who: 'person',
      answers: {
        200: {
          doc: 'The address, and what changing it asks for.',
          shape: z.strictObject({ email: z.string().nullable(), verified: z.boolean(), can_send: z.boolean(), asks_password: z.boolean() }),
        },
      },
    }),
    async (c) => c.json(await myEmail(house, await sessionOf(c))),
  )
  app.put(
    '/api/me/email',
    says({
      summary: 'Change my e-mail address, or prove the present one',
      who: 'person',
      body: address,
      answers: { 202: 'A link is on its way to that address; it takes effect when it is opened.' },
      problems: { 409: ['no_mail'], 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const session = await sessionOf(c)
      await askForEmail(house, session, await readBody(c, address))
      return c.json({}, 202)
    },
  )
  app.post(
    '/api/email-verification',
    says({
      summary: 'Prove an e-mail address with the link that was sent to it',
      who: 'anybody',
      body: link,
      answers: { 200: { doc: 'The address is the account’s own now.', shape: z.strictObject({ email: z.string() }) } },
      problems: { 410: ['link_not_good'], 429: ['too_many_attempts'] },
    }),
    async (c) => c.json(await verifyEmail(house, (await readBody(c, link)).token, c.get('origin'))),
  )

  // A read, but its link must not stand in an address.
  app.post(
    '/api/invitation',
    says({
      summary: 'Read an invitation by its link',
      doc: 'A read; the link stands in the body so that it stands in no address.',
      who: 'anybody',
      body: link,
      answers: {
        200: {
          doc: 'Who invites to what.',
          shape: z.strictObject({ community: z.string(), role: z.string(), invited_by: z.string(), name: z.string(), expires_at: moment }),
        },
      },
      problems: { 410: ['link_not_good'] },
    }),
    async (c) => c.json(await showInvitation(house, (await readBody(c, link)).token, c.get('origin'))),
  )
  app.post(
    '/api/invitation/acceptance',
    says({
      summary: 'Accept an invitation, with a new account or with one’s own',
      doc: 'With `join` the account that is signed in becomes a member; otherwise a new account is made.',
      who: 'anybody',
      body: z.union([joining, newcomer]),
      answers: {
        201: { doc: 'A member now.', shape: z.strictObject({ tenant: z.string(), username: z.string().nullable() }) },
      },
      problems: { 401: ['not_signed_in'], 409: ['account_exists', 'already_member'], 410: ['link_not_good'] },
    }),
    async (c) => {
      const { json } = await readJson(c)
      const joins = typeof json === 'object' && json !== null && 'join' in json
      const input = joins ? checked(json, joining) : checked(json, newcomer)
      const by = 'join' in input ? { user: (await sessionOf(c)).user } : { account: input }
      return c.json(await acceptInvitation(house, input.token, by, c.get('origin')), 201)
    },
  )
  return app
}
