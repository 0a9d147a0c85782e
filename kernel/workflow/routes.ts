// The status history over HTTP, beside every record that a workflow moves.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { noticeReading } from '#kernel/resource/noticed.ts'
import { findRow } from '#kernel/resource/store.ts'
import { allow } from '#kernel/resource/to-routes.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { statusHistory } from './status-history.ts'
import type { Workflow } from './workflow.ts'

/** `GET …/{id}/status-history` of one resource. */
export function statusRoutes(house: House, { resource: r }: Workflow): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:id/status-history', async (c) => {
    const ctx = await reading(house, whoOf(c))
    allow(ctx, r, 'read')
    const row = await findRow(ctx, r, c.req.param('id'), { deleted: true })
    if (row['deleted_at'] && !ctx.can(`${r.name}:restore`)) throw notFound()
    await noticeReading(house, ctx, r, row.id, 'history')
    return toResponse({ status: 200, body: { data: await statusHistory(ctx, r.name, row.id) } })
  })
  return app
}
