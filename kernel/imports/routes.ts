// Imports over HTTP: upload, mapping, dry run, confirmation, verdicts, report. Mounted at /api/{tenant}.
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf as whoAsks } from '#kernel/http/env.ts'
import { writeOnce, type Reply, type Sent } from '#kernel/http/once.ts'
import { forbidden, invalid } from '#kernel/http/refusal.ts'
import { listOf, pageOf, says } from '#kernel/http/says.ts'
import { findJob, jobJson } from '#kernel/jobs/rows.ts'
import { askRoom } from '#kernel/platform/room.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import { SHEET_ERRORS } from '#kernel/sheet/sheet-error.ts'
import { reading, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { openSheet } from './examine.ts'
import { APPLY, CHECK, fileGone, type ImportInput } from './jobs.ts'
import { guessMapping, readMapping, requireColumns } from './mapping.ts'
import {
  deleteImport,
  fileOf,
  insertImport,
  keptSize,
  listImports,
  moveImport,
  setImportJob,
  sweepImports,
  type ImportRow,
} from './rows.ts'
import { openImports, RESTING } from './seen.ts'
import { importerShape, importShape, underWay, uploadForm } from './shapes.ts'
import { readUpload } from './upload.ts'
import { verdictRoutes } from './verdict-routes.ts'
import { invalidCursor, numberIn, wrongState } from './refusals.ts'

/** Rows of the sheet that are shown beside the mapping. */
const SAMPLE = 5

const CHOOSE = { id: 'Pilih jenis impor.', en: 'Choose what to import.' }

const sentBy = (c: C, text = ''): Sent => ({ key: c.req.header('idempotency-key'), method: c.req.method, path: c.req.path, text })

/** `whoOf` answers who asks, in which tenant; it refuses whoever may not be there. */
export function importRoutes(house: House, whoOf: (c: C) => Who = whoAsks): Hono<Env> {
  const app = new Hono<Env>()
  const { importers, mayUse, offered, seesAll, importOf, json } = openImports(house)

  app.get(
    '/importers',
    says({
      summary: 'What can be imported here, by this member',
      who: 'member',
      answers: { 200: { doc: 'The importers and the columns they understand.', shape: listOf(importerShape) } },
    }),
    (c) => {
      const data = offered(whoOf(c)).map(({ name, resource, label, doc, columns }) => ({ name, resource, label, doc, columns }))
      return c.json({ data })
    },
  )

  app.get(
    '/imports',
    says({
      summary: 'Imports, newest first',
      who: 'member',
      query: z.object({ limit: z.int().min(1).max(100).default(25), after: z.uuid().optional().describe('Cursor of the next page.') }),
      answers: { 200: { doc: 'A page.', shape: pageOf(importShape) } },
      problems: { 400: ['invalid_cursor', 'invalid_limit'] },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      const limit = numberIn(c.req.query('limit'), 25, 1, 100)
      const mine = offered(ctx)
      const of = {
        all: mine.filter((i) => seesAll(ctx, i)).map((i) => i.name),
        own: mine.filter((i) => !seesAll(ctx, i)).map((i) => i.name),
        userId: ctx.actor.userId,
      }
      const after = c.req.query('after') ?? null
      if (after !== null && !isId(after)) throw invalidCursor()
      const rows = await listImports(ctx.db, ctx.tenant.id, of, after, limit + 1)
      const page = rows.slice(0, limit)
      const data = await Promise.all(page.map((row) => json(ctx, row)))
      return c.json({ data, page: { next: rows.length > limit ? (page.at(-1)?.id ?? null) : null } })
    },
  )

  app.post(
    '/imports',
    says({
      summary: 'Upload a sheet to import',
      who: 'member',
      permission: '{resource}:import',
      body: uploadForm,
      bodyType: 'multipart/form-data',
      headers: ['IdempotencyKey'],
      answers: { 201: { doc: 'Read, with a mapping that was guessed.', shape: importShape } },
      problems: { 413: ['too_large', 'storage_full'], 415: ['not_multipart'], 422: ['invalid_input', ...SHEET_ERRORS] },
    }),
    async (c) => {
      const who = whoOf(c)
      const { file, importer: name, bytes } = await readUpload(c)
      const importer = importers.get(name)
      if (!importer) throw invalid([{ field: 'importer', code: 'not_a_choice', message: CHOOSE }])
      if (!mayUse(who, importer)) throw forbidden(`${importer.resource}:import`)
      await askRoom(house, who.tenant, keptSize(bytes.length))
      const sheet = await openSheet(bytes, file)
      const hash = createHash('sha256').update(bytes).update(`\n${name}\n${file}`).digest('hex')
      return writeOnce(house, who, 'upload', sentBy(c, hash), async (ctx) => {
        await sweepImports(ctx.db, ctx.tenant.id)
        const id = newId()
        const facts = { headings: sheet.headings, rows: sheet.rows.length }
        await insertImport(ctx, {
          id,
          importer: name,
          file_name: file,
          sheet: facts,
          mapping: guessMapping(importer, sheet.headings),
          bytes,
        })
        const { row } = await importOf(ctx, id)
        const sample = sheet.rows.slice(0, SAMPLE).map((r) => r.cells)
        return { status: 201, body: await json(ctx, row, sample), headers: { location: `/api/${ctx.tenant.code}/imports/${id}` } }
      })
    },
  )

  app.get(
    '/imports/:id',
    says({
      summary: 'One import',
      who: 'member',
      answers: { 200: { doc: 'The import; before its dry run with the first rows.', shape: importShape } },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      const { row } = await importOf(ctx, c.req.param('id'))
      // The mapping is shown with a few rows; later steps do not need them.
      const bytes = row.status === 'uploaded' && row.has_file ? await fileOf(ctx, row.id) : null
      const sample = bytes && (await openSheet(bytes, row.file_name)).rows.slice(0, SAMPLE).map((r) => r.cells)
      return c.json(await json(ctx, row, sample ?? undefined))
    },
  )

  app.put(
    '/imports/:id/mapping',
    says({
      summary: 'Say which column of the sheet is what',
      who: 'member',
      body: z.strictObject({
        mapping: z.record(z.string(), z.int().min(0).nullable()).describe('Column → position of its heading, from 0.'),
      }),
      headers: ['IdempotencyKey'],
      answers: { 200: { doc: 'Mapped; the dry run comes next.', shape: importShape } },
      problems: { 409: ['import_applied', 'import_state'] },
    }),
    async (c) => {
      const { json: body, text } = await readJson(c)
      return writeOnce(house, whoOf(c), 'mapping', sentBy(c, text), async (ctx) => {
        const { row, importer } = await importOf(ctx, c.req.param('id'), true)
        const mapping = readMapping(importer, row.sheet.headings, (body as { mapping?: unknown }).mapping)
        const moved = await moveImport(ctx.db, ctx.tenant.id, row.id, RESTING, { status: 'uploaded', mapping, round: true })
        if (!moved) throw wrongState(row)
        return { status: 200, body: await json(ctx, moved) }
      })
    },
  )

  app.post(
    '/imports/:id/check',
    says({
      summary: 'Begin the dry run: a verdict for every row, nothing written',
      who: 'member',
      headers: ['IdempotencyKey'],
      answers: { 202: { doc: 'Under way.', shape: underWay } },
      problems: { 409: ['import_applied', 'import_state', 'file_gone', 'plan_limit'], 422: ['invalid_input'] },
    }),
    (c) =>
      writeOnce(house, whoOf(c), 'check', sentBy(c), async (ctx) => {
        const { row, importer } = await importOf(ctx, c.req.param('id'), true)
        // Asked twice: it is being done.
        if (row.status === 'checking') return started(ctx, row)
        requireColumns(importer, row.mapping)
        if (!row.has_file && row.status !== 'applied') throw fileGone()
        const moved = await moveImport(ctx.db, ctx.tenant.id, row.id, RESTING, { status: 'checking', round: true })
        if (!moved) throw wrongState(row)
        return enqueue(ctx, moved, CHECK)
      }),
  )

  app.post(
    '/imports/:id/confirmation',
    says({
      summary: 'Apply everything in one transaction, or nothing',
      who: 'member',
      headers: ['IdempotencyKey'],
      answers: { 202: { doc: 'Under way.', shape: underWay } },
      problems: { 409: ['import_applied', 'import_state', 'plan_limit'] },
    }),
    (c) =>
      writeOnce(house, whoOf(c), 'confirmation', sentBy(c), async (ctx) => {
        const { row } = await importOf(ctx, c.req.param('id'), true)
        // Confirmed twice: it is done once.
        if (row.status === 'applying' || row.status === 'applied') return started(ctx, row)
        const moved = await moveImport(ctx.db, ctx.tenant.id, row.id, ['checked'], { status: 'applying' })
        if (!moved) throw wrongState(row)
        return enqueue(ctx, moved, APPLY)
      }),
  )

  async function enqueue(ctx: Ctx, row: ImportRow, kind: string): Promise<Reply> {
    const input: ImportInput = { import_id: row.id, round: row.rounds }
    const { id } = await house.jobs.enqueue(ctx, kind, input, { key: `${kind} ${row.id} ${row.rounds}` })
    await setImportJob(ctx.db, ctx.tenant.id, row.id, id)
    return started(ctx, { ...row, job_id: id })
  }

  async function started(ctx: Ctx, row: ImportRow): Promise<Reply> {
    const job = row.job_id ? await findJob(ctx.db, ctx.tenant.id, row.job_id) : null
    return { status: 202, body: { job: job && jobJson(job) } }
  }

  app.delete(
    '/imports/:id',
    says({
      summary: 'Cancel an import, or take it away',
      who: 'member',
      answers: { 204: 'Cancelled or gone. What was applied stays.' },
    }),
    async (c) => {
      const who = whoOf(c)
      const id = c.req.param('id')
      // On the embedded database the row cannot be read while it is being applied: what runs here is known here.
      const here = house.jobs.running(who.tenant.id, who.actor.userId).find((j) => (j.input as Partial<ImportInput>).import_id === id)
      if (here) await house.jobs.cancel(who.tenant.id, here.id)
      const { row } = await importOf(await reading(house, who), id)
      if ((row.status === 'checking' || row.status === 'applying') && row.job_id) await house.jobs.cancel(who.tenant.id, row.job_id)
      else if (!here) await writing(house, who, 'deleted', (ctx) => deleteImport(ctx.db, ctx.tenant.id, row.id))
      return c.body(null, 204)
    },
  )

  app.route('/', verdictRoutes(house, whoOf))
  return app
}
