// `/api/platform/jobs…`: how far an export or a deletion is, and the archive when it is done.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { moment, says, words } from '#kernel/http/says.ts'
import { isId } from '#kernel/resource/id.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { exportFile } from '../exports.ts'
import { note } from '../note.ts'
import { requireConfirmation } from '../sudo.ts'
import { findWork, type WorkRow } from '../work.ts'
import { sessionOf } from './operator.ts'

/** What `shownJob` says. */
export const workShape = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  status: z.enum(['queued', 'running', 'succeeded', 'failed']),
  done: z.int(),
  total: z.int(),
  doing: words.nullable(),
  result: z.looseObject({}).nullable(),
  error: z.looseObject({ code: z.string(), message: words }).nullable(),
  created_at: moment,
  started_at: moment.nullable(),
  finished_at: moment.nullable(),
  may: z.array(z.literal('download')),
})

/** Work as the API says it: without its input, which may carry locked keys. */
export function shownJob(house: House, work: WorkRow): object {
  const { id, kind, status, done, total, doing, result, error, created_at, started_at, finished_at } = house.platform.latest(work)
  const file = kind === 'export' && status === 'succeeded' && existsSync(exportFile(house, work.community_id, id))
  return { id, kind, status, done, total, doing, result, error, created_at, started_at, finished_at, may: file ? ['download'] : [] }
}

export function jobRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  const found = async (id: string): Promise<WorkRow> => {
    const work = isId(id) ? await findWork(house.database.owner, id) : null
    if (!work) throw notFound()
    return work
  }

  app.get(
    '/:id',
    says({
      summary: 'How far an export or a deletion is',
      who: 'operator',
      answers: { 200: { doc: 'The work.', shape: workShape } },
    }),
    async (c) => c.json(shownJob(house, await found(c.req.param('id')))),
  )

  app.get(
    '/:id/file',
    says({
      summary: 'Download the archive of a community',
      who: 'operator',
      answers: { 200: { doc: 'A tar.gz.', type: 'application/gzip' } },
      problems: { 403: ['confirmation_needed'], 410: ['archive_gone'] },
    }),
    async (c) => {
      const work = await found(c.req.param('id'))
      await requireConfirmation(house, sessionOf(c))
      const file = exportFile(house, work.community_id, work.id)
      if (work.kind !== 'export' || work.status !== 'succeeded') throw notFound()
      if (!existsSync(file))
        throw new Refusal(410, 'archive_gone', {
          id: 'Arsip ini sudah tidak disimpan. Buat arsip baru.',
          en: 'This archive is no longer kept. Make a new one.',
        })
      const tenant = await tenantById(house, work.community_id)
      note(house, c, 'tenant_exported', tenant?.id ?? null, { step: 'downloaded' })
      return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
        headers: {
          'content-type': 'application/gzip',
          'content-length': String(statSync(file).size),
          'content-disposition': `attachment; filename="${tenant?.code ?? 'balai'}-${work.created_at.toISOString().slice(0, 10)}.tar.gz"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      })
    },
  )
  return app
}
