// What would have been sent, for whoever tries Balai out: `GET /api/outbox`. It shows codes and links that open accounts, so it is shut
// unless nothing can really leave and this is a demo (config.page), and then, by default, to this computer alone.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { listOf, moment, says } from '#kernel/http/says.ts'
import { z } from 'zod'
import { CHANNELS } from './message.ts'

const NEWEST = 50
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1)$/
const THIS_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/
/** Any of these means that somebody stands between: the socket's address is not the visitor's. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * Whether a visitor sits at this very computer: their connection does, nothing passed it on, and they asked for this computer by name
 * (a page elsewhere whose name suddenly points here, DNS rebinding, asks for itself).
 */
export function fromThisComputer(address: string | null, headers: Headers): boolean {
  if (!address || !LOOPBACK.test(address)) return false
  return !PASSED_ON.some((name) => headers.has(name)) && THIS_HOST.test(headers.get('host') ?? '')
}

export function outboxRoutes(house: Pick<House, 'outbox'>): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/api/outbox',
    says({
      summary: 'What would have been sent, in a trial',
      doc: 'Only where nothing can really leave; in a trial only on the computer it runs on.',
      who: 'anybody',
      answers: {
        200: {
          doc: 'The newest messages.',
          shape: listOf(
            z.strictObject({
              id: z.uuid(),
              channel: z.enum(CHANNELS),
              purpose: z.string(),
              status: z.string(),
              to: z.string().nullable(),
              subject: z.string().nullable(),
              text: z.string().nullable(),
              created_at: moment,
              expires_at: moment.nullable(),
            }),
          ),
        },
      },
      problems: { 404: ['not_found'] },
    }),
    async (c) => {
      const page = house.outbox.page()
      const open = page === 'everybody' || (page === 'this_computer' && fromThisComputer(c.get('origin').ip, c.req.raw.headers))
      if (!open) throw notFound()
      return toResponse({ status: 200, body: { data: await house.outbox.newest(NEWEST) } })
    },
  )
  return app
}
