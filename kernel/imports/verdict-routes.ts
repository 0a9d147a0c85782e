// What became of every row of an import, over HTTP: by pages, and as a sheet to take away.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { C, Env } from '#kernel/http/env.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { says } from '#kernel/http/says.ts'
import { reading, type Who } from '#kernel/tenancy/as-tenant.ts'
import { numberIn } from './refusals.ts'
import { issueJson } from './report.ts'
import { reportResponse } from './report-response.ts'
import { notesOf, readVerdicts } from './rows.ts'
import { openImports } from './seen.ts'
import { verdictsShape } from './shapes.ts'

/** To be mounted where the routes of imports are. */
export function verdictRoutes(house: House, whoOf: (c: C) => Who): Hono<Env> {
  const app = new Hono<Env>()
  const { importOf } = openImports(house)

  app.get(
    '/imports/:id/verdicts',
    says({
      summary: 'What became of every row, and why',
      who: 'member',
      query: z.object({
        outcome: z.enum(['new', 'unchanged', 'rejected', 'warned']).optional(),
        limit: z.int().min(1).max(500).default(100),
        after: z.int().min(0).default(0).describe('Row number after which to go on.'),
      }),
      answers: { 200: { doc: 'A page.', shape: verdictsShape } },
      problems: { 400: ['unknown_filter', 'invalid_cursor', 'invalid_limit'] },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      const { row } = await importOf(ctx, c.req.param('id'))
      const which = c.req.query('outcome') || null
      if (which !== null && which !== 'new' && which !== 'unchanged' && which !== 'rejected' && which !== 'warned')
        throw new Refusal(400, 'unknown_filter', { id: 'Hasil itu tidak dikenal.', en: 'That outcome is not known.' })
      const limit = numberIn(c.req.query('limit'), 100, 1, 500)
      const after = numberIn(c.req.query('after'), 0, 0, 2_147_483_647)
      const verdicts = await readVerdicts(ctx, row.id, which, after, limit + 1)
      const page = verdicts.slice(0, limit)
      const say = (issue: Parameters<typeof issueJson>[0]): Record<string, unknown> => issueJson(issue, ctx.locale)
      return c.json({
        data: page.map((v) => ({
          row: v.row,
          title: v.title,
          outcome: v.outcome,
          errors: v.errors.map(say),
          warnings: v.warnings.map(say),
        })),
        notes: notesOf(ctx.seal, row).map((n) => ({ ...say(n), rows: n.rows })),
        page: { next: verdicts.length > limit ? String(page.at(-1)?.row) : null },
      })
    },
  )

  app.get(
    '/imports/:id/report',
    says({
      summary: 'The same as a sheet to take away',
      who: 'member',
      query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
      answers: { 200: { doc: 'The file.', type: 'application/octet-stream' } },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      const { row, importer } = await importOf(ctx, c.req.param('id'))
      return reportResponse(ctx, row, importer, c.req.query('format') === 'csv' ? 'csv' : 'xlsx')
    },
  )

  return app
}
