// The change log over HTTP: the history tab of a record, the log page of an administrator, and revealing a secret.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { toResponse, writeOnce } from '#kernel/http/once.ts'
import { forbidden, invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import { moment, pageOf, says } from '#kernel/http/says.ts'
import { shown } from '#kernel/resource/columns.ts'
import { isId } from '#kernel/resource/id.ts'
import { noticeReading } from '#kernel/resource/noticed.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { findRow } from '#kernel/resource/store.ts'
import { allow, sentBy } from '#kernel/resource/to-routes.ts'
import { isDay } from '#kernel/resource/to-schema.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { type AuditFilter, readLog } from './history.ts'

function limitOf(c: C): number {
  const limit = c.req.query('limit') ?? '50'
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 200)
    throw new Refusal(400, 'invalid_limit', { id: 'Tulis jumlah baris dari 1 sampai 200.', en: 'Write a number of rows from 1 to 200.' })
  return Number(limit)
}

/** History and disclosure of one resource's rows. */
export function recordLogRoutes(house: House, r: Resource): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:id/history', async (c) => {
    const ctx = await reading(house, whoOf(c))
    allow(ctx, r, 'read')
    const row = await findRow(ctx, r, c.req.param('id'), { deleted: true })
    if (row['deleted_at'] && !ctx.can(`${r.name}:restore`)) throw notFound()
    await noticeReading(house, ctx, r, row.id, 'history')
    const page = await readLog(ctx, house.model, {
      resource: r.name,
      resourceId: row.id,
      seen: true,
      limit: limitOf(c),
      after: c.req.query('after') ?? null,
    })
    return toResponse({ status: 200, body: page })
  })
  if (r.verbs.includes('reveal'))
    app.post('/:id/disclosure', async (c) => {
      const who = whoOf(c)
      allow(who, r, 'reveal')
      const { json, text } = await readJson(c)
      const fields = (json as { fields?: unknown }).fields
      if (
        !Array.isArray(fields) ||
        !fields.length ||
        fields.length > 20 ||
        !fields.every((f) => typeof f === 'string' && Object.hasOwn(r.fields, f) && r.fields[f]?.secret)
      )
        throw invalid([
          {
            field: 'fields',
            code: 'not_a_secret',
            message: { id: 'Sebut isian rahasia yang ingin dibuka.', en: 'Name the secret fields to reveal.' },
          },
        ])
      // Never under an idempotency key: a kept answer would keep the secret.
      const answer = await writeOnce(house, who, 'revealed', { ...sentBy(c, text), key: undefined }, async (ctx) => {
        const row = await findRow(ctx, r, c.req.param('id'))
        await logDisclosure(ctx, r, row.id, fields as string[])
        return {
          status: 200,
          body: { values: Object.fromEntries((fields as string[]).map((f) => [f, shown(ctx.seal, r, f, row[f], true)])) },
        }
      })
      const { tenant, actor, origin } = who
      const detail = { resource: r.name, record: c.req.param('id'), fields: fields.join(', ') }
      void noteSecurity(house, {
        kind: r.noticed ?? 'secret_read',
        tenantId: tenant.id,
        userId: actor.userId,
        actorName: actor.name,
        origin,
        detail,
      })
      return answer
    })
  return app
}

/** Notes that somebody saw secret values: which fields of which row, never the values. */
async function logDisclosure(ctx: Ctx, r: Resource, id: string, fields: readonly string[]): Promise<void> {
  await ctx.db.query(
    `insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, after, ip_address, user_agent, request_id)
     values ($1, $2, 'revealed', $3, $4, $5, $6, $7, $8)`,
    [
      ctx.tenant.id,
      ctx.actor.userId,
      r.name,
      id,
      JSON.stringify(Object.fromEntries(fields.map((f) => [f, null]))),
      ctx.origin.ip,
      ctx.origin.userAgent,
      ctx.origin.requestId,
    ],
  )
}

const entryShape = z.strictObject({
  id: z.uuid(),
  at: moment,
  actor: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  action: z.string(),
  resource: z.string(),
  resource_id: z.uuid(),
  title: z.string().optional(),
  changes: z.array(z.looseObject({ field: z.string() })),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
})

/** `GET /api/{tenant}/core/audit_logs`: everything that happened, newest first. */
export function auditRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/',
    says({
      summary: 'The change log: everything that happened, newest first',
      who: 'member',
      permission: 'core.audit_logs:read',
      query: z.object({
        resource: z.string().optional(),
        resource_id: z.uuid().optional(),
        actor_id: z.uuid().optional(),
        action: z.string().optional(),
        from: z.iso.date().optional(),
        until: z.iso.date().optional(),
        limit: z.int().min(1).max(200).default(50),
        after: z.string().optional().describe('Cursor of the next page.'),
      }),
      answers: { 200: { doc: 'A page; secrets stay masked.', shape: pageOf(entryShape) } },
      problems: { 400: ['invalid_filter', 'unknown_filter', 'invalid_limit', 'invalid_cursor'] },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      if (!ctx.can('core.audit_logs:read')) throw forbidden('core.audit_logs:read')
      const asked = (name: string): string | undefined => c.req.query(name) || undefined
      const wrong = (field: string): Refusal =>
        new Refusal(400, 'invalid_filter', { id: 'Nilai saringan keliru.', en: 'The value of the filter is wrong.' }, [
          { field, code: 'invalid_filter', message: { id: 'Nilai keliru.', en: 'Wrong value.' } },
        ])
      for (const name of ['resource_id', 'actor_id']) if (asked(name) && !isId(asked(name))) throw wrong(name)
      for (const name of ['from', 'until']) if (asked(name) && !isDay(asked(name) ?? '')) throw wrong(name)
      for (const name of Object.keys(c.req.query()))
        if (!['resource', 'resource_id', 'actor_id', 'action', 'from', 'until', 'limit', 'after'].includes(name))
          throw new Refusal(400, 'unknown_filter', { id: 'Saringan tidak dikenal.', en: 'This filter is not known.' }, [
            { field: name.slice(0, 60), code: 'unknown_filter', message: { id: 'Tidak dikenal.', en: 'Not known.' } },
          ])
      const filter: AuditFilter = { limit: limitOf(c), after: c.req.query('after') ?? null }
      const given = {
        resource: asked('resource'),
        resourceId: asked('resource_id'),
        actorId: asked('actor_id'),
        action: asked('action'),
        from: asked('from'),
        until: asked('until'),
      }
      for (const [key, value] of Object.entries(given)) if (value !== undefined) Object.assign(filter, { [key]: value })
      return toResponse({ status: 200, body: await readLog(ctx, house.model, filter) })
    },
  )
  return app
}
