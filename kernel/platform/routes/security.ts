// The platform's own security log: what happened at the doors that belongs to no community, and what operators did.
import { Hono } from 'hono'
import { z } from 'zod'
import { LOG_NAMES } from '#kernel/audit/seals/canonical.ts'
import { lastSeal } from '#kernel/audit/seals/seal.ts'
import { sealJson, sealShape } from '#kernel/audit/seals/seal-json.ts'
import { dayIn } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { invalid } from '#kernel/http/refusal.ts'
import { count, listOf, moment, pageOf, says } from '#kernel/http/says.ts'
import { type Field, optional, text } from '#kernel/resource/field.ts'
import { typed } from '#kernel/resource/to-queries.ts'
import { checkInput } from '#kernel/resource/to-schema.ts'
import { DAYS_INPUT, eventDays, EVENTS_INPUT, type LogReader, readEvents } from '#kernel/security-log/queries.ts'
import { PLATFORM, SECURITY_KINDS, settleSecurity } from '#kernel/security-log/security-log.ts'
import { zone } from '../input.ts'
import { insideAsOwner } from '../owner-db.ts'
import { type PlatformC, sessionOf } from './operator.ts'

const ZONE: Readonly<Record<string, Field>> = {
  time_zone: optional(
    text(
      { id: 'Zona waktu', en: 'Time zone' },
      { max: 64, help: { id: 'IANA; hari dihitung menurutnya. Baku: UTC.', en: 'IANA; days are counted by it. Default: UTC.' } },
    ),
  ),
}
const entryShape = z.strictObject({
  id: z.uuid(),
  at: moment,
  kind: z.enum(SECURITY_KINDS),
  times: count,
  actor: z.strictObject({ id: z.uuid().nullable(), name: z.string() }).nullable(),
  ip: z.string().nullable(),
  device: z.string().nullable(),
  request_id: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  community: z.strictObject({ code: z.string(), name: z.string() }).optional(),
})

export function securityRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()

  /** What is asked, checked, and the log of the platform as this operator reads it. Throws 422. */
  async function asking(c: PlatformC, fields: Readonly<Record<string, Field>>): Promise<{ reader: LogReader; asked: object }> {
    const input = { ...fields, ...ZONE }
    const { values, problems } = checkInput(input, typed(input, c.req.query()), 'create', '')
    const { time_zone, ...asked } = values
    const timeZone = zone.safeParse(time_zone ?? 'UTC')
    if (!timeZone.success)
      problems.push({
        field: 'time_zone',
        code: 'invalid',
        message: { id: 'Zona waktu ini tidak dikenal.', en: 'This time zone is not known.' },
      })
    if (problems.length) throw invalid(problems)
    await settleSecurity(house)
    const { locale } = sessionOf(c).user
    const db = insideAsOwner(house, PLATFORM)
    const read = timeZone.data ?? 'UTC'
    return { reader: { db, tenantId: PLATFORM, names: 'accounts', timeZone: read, locale, today: dayIn(read, new Date()) }, asked }
  }

  app.get(
    '/security-events',
    says({
      summary: 'The platform’s security log, newest first',
      doc: 'Operators signing in and what they did, failures of people nobody knows, and what happened to accounts without a community. `kind` may name several, with commas.',
      who: 'operator',
      query: { ...EVENTS_INPUT, ...ZONE },
      answers: { 200: { doc: 'A page.', shape: pageOf(entryShape) } },
      problems: { 400: ['invalid_cursor'], 422: ['invalid_input'] },
    }),
    async (c) => {
      const { reader, asked } = await asking(c, EVENTS_INPUT)
      return c.json(await readEvents(reader, asked))
    },
  )

  app.get(
    '/security-days',
    says({
      summary: 'How many such events there were on each day',
      who: 'operator',
      query: { ...DAYS_INPUT, ...ZONE },
      answers: {
        200: {
          doc: 'The last 30 days, or what was asked for, at most 92.',
          shape: z.strictObject({
            from: z.iso.date(),
            until: z.iso.date(),
            data: z.array(z.strictObject({ day: z.iso.date(), kind: z.string(), times: count })),
          }),
        },
      },
      problems: { 422: ['invalid_input'] },
    }),
    async (c) => {
      const { reader, asked } = await asking(c, DAYS_INPUT)
      return c.json(await eventDays(reader, asked))
    },
  )

  app.get(
    '/audit-seals',
    says({
      summary: 'How far the platform’s own logs are sealed',
      who: 'operator',
      answers: {
        200: {
          doc: 'The newest seal of each.',
          shape: listOf(sealShape),
        },
      },
    }),
    async (c) => {
      const db = insideAsOwner(house, PLATFORM)
      const newest = await Promise.all(LOG_NAMES.map((log) => lastSeal(db, PLATFORM, log)))
      return c.json({ data: newest.flatMap((s) => (s ? [sealJson(s)] : [])) })
    },
  )

  return app
}
