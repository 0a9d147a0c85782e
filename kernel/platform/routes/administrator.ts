// The first administrator over HTTP: named when a community is made, or invited later while it has none.
import { Hono } from 'hono'
import type { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { says } from '#kernel/http/says.ts'
import type { Invitee } from '#kernel/identity/invitation-actions.ts'
import { tenantNow } from '../communities.ts'
import type { Administrator } from '../first-administrator.ts'
import { administrationOf, checkInvitee, inviteFirst } from '../first-invitation.ts'
import { readBody } from '../input.ts'
import { note } from '../note.ts'
import { type administrator, invitee } from './community-input.ts'
import { administrationShape } from './community-shapes.ts'

const inviteeOf = ({ name, email, phone }: z.infer<typeof invitee>): Invitee => ({ name, email: email || null, phone: phone || null })

/** What was sent, as the kernel knows it. Throws 422 at the field and 409 when whoever is to be invited cannot be reached. */
export function administratorOf(house: House, sent: z.infer<typeof administrator>): Administrator {
  if ('login' in sent) return sent
  if (!('invite' in sent)) return { ...sent, email: sent.email || null, password: sent.password || null }
  const invite = inviteeOf(sent.invite)
  try {
    checkInvitee(house, invite)
  } catch (error) {
    if (!(error instanceof Refusal) || !error.fields.length) throw error
    throw new Refusal(
      error.status,
      error.code,
      error.words,
      error.fields.map((f) => ({ ...f, field: `administrator.invite.${f.field}` })),
    )
  }
  return { invite }
}

export function administratorRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.post(
    '/:code/invitation',
    says({
      summary: 'Invite the first administrator of a community that has none',
      doc: 'By mail or SMS; the link works once and for seven days. An earlier invitation of the operator stops working.',
      who: 'operator',
      body: invitee,
      answers: { 201: { doc: 'The message is on its way.', shape: administrationShape } },
      problems: { 409: ['has_administrator', 'no_mail', 'no_sms', 'already_member'], 429: ['too_many_invitations'] },
    }),
    async (c) => {
      const asked = inviteeOf(await readBody(c, invitee))
      const tenant = await tenantNow(house, c.req.param('code'))
      await inviteFirst(house, tenant, asked, c.get('origin'))
      note(house, c, 'invited', tenant.id, { what: 'first_administrator' })
      return c.json(await administrationOf(house, tenant.id), 201)
    },
  )
  return app
}
