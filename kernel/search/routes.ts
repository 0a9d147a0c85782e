// One search over everything the member may read: people type a name or a number, not the kind of record.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { readTitles } from '#kernel/resource/read.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { say } from '#kernel/words.ts'
import { z } from 'zod'
import { listOf, says } from '#kernel/http/says.ts'

const EACH = 6

const searchable = (r: Resource): boolean =>
  !!r.search?.length || Object.values(r.fields).some((f) => f.secret?.find === 'equal' || f.secret?.find === 'words')

export function searchRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/search',
    says({
      summary: 'Search everything the member may read',
      who: 'member',
      query: z.object({ q: z.string().max(100).describe('A name or a number; from two characters on.') }),
      answers: {
        200: {
          doc: 'A few of each kind of record.',
          shape: listOf(z.looseObject({ resource: z.string(), id: z.uuid(), title: z.string(), subtitle: z.string() })),
        },
      },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      const typed = (c.req.query('q') ?? '').trim().slice(0, 100)
      if (typed.length < 2 || typed.includes('\u0000')) return toResponse({ status: 200, body: { data: [] } })
      const open = house.model.modules
        .filter((m) => m.name === 'core' || ctx.tenant.modules.includes(m.name))
        .flatMap((m) => m.resources)
        .filter((r) => !r.hidden && searchable(r) && ctx.can(`${r.name}:read`))
      const found = await Promise.all(
        open.map(async (r) =>
          (await readTitles(ctx, house.model, r, typed, EACH)).map((row) => ({
            resource: r.name,
            ...row,
            subtitle: say(r.label.one, ctx.locale),
          })),
        ),
      )
      return toResponse({ status: 200, body: { data: found.flat() } })
    },
  )
  return app
}
