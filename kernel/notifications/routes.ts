// My notifications over HTTP: the list, how many are unread, reading them, and how I want to be told. Mounted at /api/{tenant}.
import { Hono } from 'hono'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { type Reply, toResponse, writeOnce } from '#kernel/http/once.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { count, moment, pageOf, says, words } from '#kernel/http/says.ts'
import { checked } from '#kernel/identity/read-body.ts'
import { isId } from '#kernel/resource/id.ts'
import { sentBy } from '#kernel/resource/to-routes.ts'
import { reading, type Who } from '#kernel/tenancy/as-tenant.ts'
import { z } from 'zod'
import { channelsSchema, choose, chooseHours, hoursSchema, kindsOf, readChoices } from './choices.ts'
import { CHANNELS, TYPES } from './kind.ts'
import { countUnread, listNotices, markRead } from './lines.ts'

const readingSchema = z.strictObject({ up_to: z.uuid() })

const unreadShape = z.strictObject({ unread: count })
const noticeShape = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  type: z.enum(TYPES),
  resource: z.string().nullable(),
  resource_id: z.uuid().nullable(),
  is_read: z.boolean(),
  read_at: moment.nullable(),
  created_at: moment,
  title: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), words])),
  to: z.string(),
})
const way = z.strictObject({ carried: z.boolean(), address: z.string().nullable() })
const choicesShape = z.strictObject({
  reach: z.strictObject({ mail: way, sms: way, push: way.omit({ address: true }) }),
  kinds: z.array(
    z.strictObject({
      name: z.string(),
      module: z.string(),
      label: words,
      doc: words,
      urgent: z.boolean(),
      channels: z.array(z.enum(CHANNELS)),
      default: z.array(z.enum(CHANNELS)),
      chosen: z.boolean(),
    }),
  ),
  hours: hoursSchema,
  time_zone: z.string(),
})

/** Only people are told; a device's key has no bell. */
function personIn(c: C): Who & { actor: { userId: string } } {
  const who = whoOf(c)
  if (who.actor.userId === null || who.actor.key) throw notFound()
  return who as never
}

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? 25)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new Refusal(400, 'invalid_limit', { id: 'Jumlah per halaman 1 sampai 100.', en: 'A page has 1 to 100 entries.' })
  return limit
}

export function notificationRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  const unread = (ctx: Ctx): Promise<number> => countUnread(ctx, house.model)

  app.get(
    '/notifications',
    says({
      summary: 'What I was told here, newest first',
      who: 'person',
      query: z.object({
        unread: z.enum(['true']).optional(),
        limit: z.int().min(1).max(100).default(25),
        after: z.uuid().optional().describe('Cursor of the next page.'),
      }),
      answers: {
        200: { doc: 'A page, and how many are unread, counted no further than 100.', shape: pageOf(noticeShape).extend(unreadShape.shape) },
      },
      problems: { 400: ['invalid_limit', 'invalid_cursor'] },
    }),
    async (c) => {
      const ctx = await reading(house, personIn(c))
      const limit = limitOf(c.req.query('limit'))
      const before = c.req.query('after') ?? null
      if (before !== null && !isId(before))
        throw new Refusal(400, 'invalid_cursor', { id: 'Penanda halaman ini tidak dikenal.', en: 'This page marker is not known.' })
      const rows = await listNotices(ctx, house.model, { unread: c.req.query('unread') === 'true', before, limit: limit + 1 })
      const page = rows.slice(0, limit)
      return toResponse({
        status: 200,
        body: { data: page, page: { next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }, unread: await unread(ctx) },
      })
    },
  )

  app.get(
    '/notifications/unread',
    says({
      summary: 'How many of my notifications are unread',
      who: 'person',
      answers: { 200: { doc: 'Counted no further than 100.', shape: unreadShape } },
    }),
    async (c) => toResponse({ status: 200, body: { unread: await unread(await reading(house, personIn(c))) } }),
  )

  /** Other windows of the same person hear of it too. */
  const read = async (c: C, what: { id: string } | { upTo: string }, text: string): Promise<Response> => {
    const who = personIn(c)
    const response = await writeOnce(house, who, 'read', sentBy(c, text), async (ctx): Promise<Reply> => {
      if (!(await markRead(ctx, what))) throw notFound()
      return { status: 200, body: { unread: await unread(ctx) } }
    })
    await house.jobs.ring(who.tenant.id, [who.actor.userId])
    return response
  }
  app.post(
    '/notifications/reading',
    says({
      summary: 'Mark my notifications as read, up to one of them',
      who: 'person',
      body: readingSchema,
      headers: ['IdempotencyKey'],
      answers: { 200: { doc: 'How many are still unread.', shape: unreadShape } },
    }),
    async (c) => {
      const { json, text } = await readJson(c)
      return read(c, { upTo: checked(json, readingSchema).up_to }, text)
    },
  )
  app.post(
    '/notifications/:id/reading',
    says({
      summary: 'Mark one of my notifications as read',
      who: 'person',
      headers: ['IdempotencyKey'],
      answers: { 200: { doc: 'How many are still unread.', shape: unreadShape } },
    }),
    async (c) => {
      const id = c.req.param('id')
      if (!isId(id)) throw notFound()
      return read(c, { id }, '')
    },
  )

  app.get(
    '/notification-choices',
    says({
      summary: 'How I want to be told, and what there is to be told',
      who: 'person',
      answers: { 200: { doc: 'Ways that reach me, kinds with my choice, and my hours.', shape: choicesShape } },
    }),
    async (c) => toResponse({ status: 200, body: await readChoices(house, await reading(house, personIn(c))) }),
  )

  const change = async (c: C, text: string, work: (ctx: Ctx) => Promise<void>): Promise<Response> =>
    writeOnce(house, personIn(c), 'changed', sentBy(c, text), async (ctx): Promise<Reply> => {
      await work(ctx)
      return { status: 204 }
    })
  const kindIn = (c: C): string => {
    const name = c.req.param('kind' as never) as string
    if (!kindsOf(house, personIn(c)).some((kind) => kind.name === name)) throw notFound()
    return name
  }
  app.put(
    '/notification-choices/:kind',
    says({
      summary: 'Choose the ways of one kind',
      who: 'person',
      body: channelsSchema,
      headers: ['IdempotencyKey'],
      answers: { 204: 'Chosen.' },
    }),
    async (c) => {
      const kind = kindIn(c)
      const { json, text } = await readJson(c)
      const { channels } = checked(json, channelsSchema)
      return change(c, text, (ctx) => choose(ctx, kind, channels))
    },
  )
  app.delete(
    '/notification-choices/:kind',
    says({
      summary: 'Go back to what the kind proposes',
      who: 'person',
      headers: ['IdempotencyKey'],
      answers: { 204: 'As proposed.' },
    }),
    async (c) => {
      const kind = kindIn(c)
      return change(c, '', (ctx) => choose(ctx, kind, null))
    },
  )
  app.put(
    '/notification-hours',
    says({
      summary: 'When it is quiet, and when mails are gathered into one',
      who: 'person',
      body: hoursSchema,
      headers: ['IdempotencyKey'],
      answers: { 204: 'Kept.' },
    }),
    async (c) => {
      const { json, text } = await readJson(c)
      const hours = checked(json, hoursSchema)
      return change(c, text, (ctx) => chooseHours(ctx, hours))
    },
  )
  return app
}
