// A person's first page in a community: what waits for them, what they did last, the numbers that matter to their role.
import { Hono } from 'hono'
import { titlesByIds } from '#kernel/audit/history.ts'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { settingsWaiting } from '#kernel/settings/waiting.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { z } from 'zod'
import { moment, says, words } from '#kernel/http/says.ts'

type Recent = { resource: string; id: string; title: string; action: string; at: Date }

/** The records this person touched last, newest first, each once. */
async function recentOf(ctx: Ctx, house: House): Promise<Recent[]> {
  const { rows } = await ctx.db.query<{ resource: string; resource_id: string; action: string; occurred_at: Date }>(
    `select resource, resource_id, action, occurred_at from core.audit_logs
      where tenant_id = $1 and actor_id = $2 and occurred_at > now() - interval '31 days' order by occurred_at desc limit 60`,
    [ctx.tenant.id, ctx.actor.userId],
  )
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows) if (!newest.has(row.resource_id)) newest.set(row.resource_id, row)
  const byResource = Map.groupBy(newest.values(), (row) => row.resource)
  const found: Recent[] = []
  for (const [resource, touched] of byResource) {
    const r = house.model.resources.get(resource)
    if (!r || r.hidden) continue
    const titles = await titlesByIds(
      ctx,
      house.model,
      r,
      touched.map((t) => t.resource_id),
    )
    for (const t of touched) {
      const title = titles.get(t.resource_id)
      if (title) found.push({ resource, id: t.resource_id, title, action: t.action, at: t.occurred_at })
    }
  }
  return found.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 8)
}

export function homeRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/home',
    says({
      summary: 'The member’s first page: what waits, what they did last, their numbers',
      who: 'member',
      answers: {
        200: {
          doc: 'Made for this member’s role.',
          shape: z.strictObject({
            waiting: z.array(z.strictObject({ key: z.string(), label: words, count: z.int(), to: z.string() })),
            recent: z.array(z.strictObject({ resource: z.string(), id: z.uuid(), title: z.string(), action: z.string(), at: moment })),
            numbers: z.array(
              z.strictObject({ key: z.string(), label: words, value: z.union([z.number(), z.string()]), to: z.string().optional() }),
            ),
          }),
        },
      },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      const modules = house.model.modules.filter((m) => m.home && ctx.tenant.modules.includes(m.name))
      const parts = await Promise.all(modules.map(async (m) => (await m.home?.(ctx)) ?? { waiting: [], numbers: [] }))
      const unset = await settingsWaiting(house, ctx)
      return toResponse({
        status: 200,
        body: {
          waiting: [...parts.flatMap((p) => p.waiting), ...unset],
          recent: await recentOf(ctx, house),
          numbers: parts.flatMap((p) => p.numbers).slice(0, 3),
        },
      })
    },
  )
  return app
}
