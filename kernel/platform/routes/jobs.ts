// `/api/platform/jobs…`: how far an export or a deletion is, and the archive when it is done.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { isId } from '#kernel/resource/id.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { exportFile } from '../exports.ts'
import { note } from '../note.ts'
import { requireConfirmation } from '../sudo.ts'
import { findWork, type WorkRow } from '../work.ts'
import { sessionOf } from './operator.ts'

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

  app.get('/:id', async (c) => c.json(shownJob(house, await found(c.req.param('id')))))

  app.get('/:id/file', async (c) => {
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
  })
  return app
}
