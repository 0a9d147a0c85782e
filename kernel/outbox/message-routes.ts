// A community's own outbox, for its administrators: what left, what waits, what was given up, and trying it again. Never what it says.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import { type C, type Env, whoOf as whoAsks } from '#kernel/http/env.ts'
import { toResponse, writeOnce } from '#kernel/http/once.ts'
import { forbidden, notFound, Refusal } from '#kernel/http/refusal.ts'
import { moment, pageOf, says } from '#kernel/http/says.ts'
import { isId } from '#kernel/resource/id.ts'
import { sentBy } from '#kernel/resource/to-routes.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { CHANNELS } from './message.ts'
import type { MessageLine } from './outbox.ts'

const READ = 'core.messages:read'
const RETRY = 'core.messages:retry'
const STATUSES = ['queued', 'sending', 'sent', 'failed', 'expired', 'dropped', 'kept'] as const
const PAGE = 50

const lineShape = z.strictObject({
  id: z.uuid(),
  channel: z.enum(CHANNELS),
  purpose: z.string(),
  status: z.enum(STATUSES),
  attempts: z.int(),
  last_error: z.string().nullable(),
  to: z.string().nullable(),
  created_at: moment,
  sent_at: moment.nullable(),
  next_at: moment.nullable(),
  may: z.array(z.literal('retry')),
})
const waysShape = z.strictObject({ mail: z.boolean(), sms: z.boolean(), push: z.boolean() })

/** To be mounted at `/api/{tenant}/core/messages`: `GET /`, `POST /{id}/retry`. */
export function messageListRoutes(house: House, whoOf: (c: C) => Who = whoAsks): Hono<Env> {
  const app = new Hono<Env>()
  const shown = (who: Who, { again, ...line }: MessageLine): object => ({
    ...line,
    may: again && who.actor.permissions.has(RETRY) ? ['retry'] : [],
  })

  app.get(
    '/',
    says({
      summary: 'What the community sent, newest first; never what it says',
      who: 'member',
      permission: READ,
      query: z.object({ status: z.enum(STATUSES).optional(), after: z.uuid().optional().describe('Cursor of the next page.') }),
      answers: { 200: { doc: 'A page, and which ways there are here.', shape: pageOf(lineShape).extend({ ways: waysShape }) } },
      problems: { 400: ['unknown_status', 'invalid_cursor'] },
    }),
    async (c) => {
      const who = whoOf(c)
      if (!who.actor.permissions.has(READ)) throw notFound()
      const status = STATUSES.find((one) => one === c.req.query('status'))
      if (c.req.query('status') && !status)
        throw new Refusal(400, 'unknown_status', { id: 'Keadaan pesan ini tidak dikenal.', en: 'This state of a message is not known.' })
      const before = c.req.query('after')
      if (before !== undefined && !isId(before))
        throw new Refusal(400, 'invalid_cursor', { id: 'Penanda halaman ini tidak dikenal.', en: 'This page marker is not known.' })
      const lines = await house.outbox.linesOf(who.tenant.id, { status: status ?? null, before: before ?? null, limit: PAGE + 1 })
      const page = lines.slice(0, PAGE)
      return toResponse({
        status: 200,
        body: {
          data: page.map((line) => shown(who, line)),
          page: { next: lines.length > PAGE ? (page.at(-1)?.id ?? null) : null },
          ways: { mail: house.outbox.carries('mail'), sms: house.outbox.carries('sms'), push: house.outbox.carries('push') },
        },
      })
    },
  )

  app.post(
    '/:id/retry',
    says({
      summary: 'Try a message again that was given up',
      who: 'member',
      permission: RETRY,
      headers: ['IdempotencyKey'],
      answers: { 204: 'Queued anew.' },
      problems: { 409: ['message_not_failed'] },
    }),
    async (c) => {
      const who = whoOf(c)
      if (!who.actor.permissions.has(READ)) throw notFound()
      if (!who.actor.permissions.has(RETRY)) throw forbidden(RETRY)
      const id = c.req.param('id')
      return writeOnce(house, who, 'retry', sentBy(c, ''), async (ctx) => {
        const what = await house.outbox.tryAgain(ctx.tenant.id, id, ctx.db)
        if (what === 'unknown') throw notFound()
        if (what === 'not_failed')
          throw new Refusal(409, 'message_not_failed', {
            id: 'Pesan ini tidak gagal, sudah terlambat, atau isinya sudah dilupakan.',
            en: 'This message has not failed, is too late by now, or what it said is forgotten.',
          })
        return { status: 204 }
      })
    },
  )
  return app
}
