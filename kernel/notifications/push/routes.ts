// My browser: whether it can be told while nobody looks, and having it told or not. Its subscription belongs to this very session.
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { says } from '#kernel/http/says.ts'
import { requiredSession } from '#kernel/identity/me-routes.ts'
import { ownSeal } from '#kernel/identity/own-seal.ts'
import { readBody } from '#kernel/identity/read-body.ts'
import { requireSameOrigin } from '#kernel/identity/same-origin.ts'
import { newId } from '#kernel/resource/id.ts'
import { knownService, SEALED_FOR, type Subscription, subscriptionSchema } from './subscription.ts'

const notOffered = (): Refusal =>
  new Refusal(409, 'push_not_offered', {
    id: 'Balai di sini tidak mengirim pemberitahuan ke peramban.',
    en: 'This Balai does not send notifications to browsers.',
  })

const unknownService = (): Refusal =>
  invalid([
    {
      field: 'endpoint',
      code: 'unknown_push_service',
      message: {
        id: 'Layanan pemberitahuan peramban ini tidak dikenal. Mintalah pengelola Balai menambahkannya (BALAI_PUSH_HOSTS).',
        en: 'The push service of this browser is not known. Ask the operator of Balai to add it (BALAI_PUSH_HOSTS).',
      },
    },
  ])

/** `GET|PUT|DELETE /api/me/push`. */
export function pushRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  const db = globalDb(house.database.app)
  const { hosts, insecure } = house.config.push
  app.use('/api/me/push', requireSameOrigin(house.config) as never)

  app.get(
    '/api/me/push',
    says({
      summary: 'Whether this browser can be told while nobody looks',
      who: 'person',
      answers: {
        200: {
          doc: 'The public key to subscribe with; null where it is not offered.',
          shape: z.strictObject({ public_key: z.string().nullable(), subscribed: z.boolean() }),
        },
      },
    }),
    async (c) => {
      const { key } = await requiredSession(house, c as never)
      const { rows } = await db.query('select 1 from core.push_subscriptions where token_hash = $1', [key])
      return toResponse({
        status: 200,
        body: { public_key: hosts.length ? house.pushKeys.publicKey : null, subscribed: rows.length === 1 },
      })
    },
  )

  app.put(
    '/api/me/push',
    says({
      summary: 'Have this browser told, as long as this session lasts',
      who: 'person',
      body: subscriptionSchema,
      answers: { 204: 'Subscribed.' },
      problems: { 409: ['push_not_offered'] },
    }),
    async (c) => {
      const { key } = await requiredSession(house, c as never)
      if (!hosts.length) throw notOffered()
      const { endpoint, keys }: Subscription = await readBody(c as never, subscriptionSchema)
      if (!knownService(endpoint, hosts, insecure)) throw unknownService()
      const id = newId()
      const seal = ownSeal(house.master, SEALED_FOR)
      const sealed = seal.seal(Buffer.from(JSON.stringify({ endpoint, keys })), id)
      // A browser has one subscription, whoever signs in on it: the newest session takes it over.
      await db.query('delete from core.push_subscriptions where token_hash = $1 or endpoint_hash = $2', [key, hashOf(endpoint)])
      await db.query(
        `insert into core.push_subscriptions (id, token_hash, endpoint_hash, key_id, sealed) values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [id, key, hashOf(endpoint), seal.keyId, sealed],
      )
      return toResponse({ status: 204 })
    },
  )

  app.delete(
    '/api/me/push',
    says({ summary: 'Have this browser told no more', who: 'person', answers: { 204: 'Not any more.' } }),
    async (c) => {
      const { key } = await requiredSession(house, c as never)
      await db.query('delete from core.push_subscriptions where token_hash = $1', [key])
      return toResponse({ status: 204 })
    },
  )
  return app
}

const hashOf = (endpoint: string): Buffer => createHash('sha256').update(endpoint).digest()
