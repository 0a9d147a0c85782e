// Imports over HTTP: upload, mapping, dry run, confirmation, verdicts, report. Mounted at /api/{tenant}.
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf as whoAsks } from '#kernel/http/env.ts'
import { writeOnce, type Reply, type Sent } from '#kernel/http/once.ts'
import { forbidden, invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import { findJob, jobJson } from '#kernel/jobs/rows.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import { reading, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { openSheet } from './examine.ts'
import type { Importer } from './importer.ts'
import { importersOf } from './importers.ts'
import { APPLY, CHECK, fileGone, type ImportInput } from './jobs.ts'
import { guessMapping, readMapping, requireColumns } from './mapping.ts'
import { issueJson, sayIssue } from './report.ts'
import { reportResponse } from './report-response.ts'
import {
  deleteImport,
  fileOf,
  findImport,
  insertImport,
  listImports,
  moveImport,
  notesOf,
  readVerdicts,
  setImportJob,
  sweepImports,
  type ImportRow,
  type ImportStatus,
} from './rows.ts'
import { readUpload } from './upload.ts'

/** Rows of the sheet that are shown beside the mapping. */
const SAMPLE = 5
/** The states in which nothing is being done with an import and nothing has been. */
const RESTING: readonly ImportStatus[] = ['uploaded', 'checked', 'failed', 'cancelled']

const CHOOSE = { id: 'Pilih jenis impor.', en: 'Choose what to import.' }

const sentBy = (c: C, text = ''): Sent => ({ key: c.req.header('idempotency-key'), method: c.req.method, path: c.req.path, text })

/** `whoOf` answers who asks, in which tenant; it refuses whoever may not be there. */
export function importRoutes(house: House, whoOf: (c: C) => Who = whoAsks): Hono<Env> {
  const app = new Hono<Env>()
  const importers = importersOf(house.model)
  const mayUse = (who: Pick<Who, 'actor'>, i: Importer): boolean => who.actor.permissions.has(`${i.resource}:import`)
  const offered = (who: Who): Importer[] => [...importers.values()].filter((i) => mayUse(who, i))

  /** Somebody whose sight is limited sees only their own uploads: those of others name people outside their area. */
  const seesAll = (who: Pick<Who, 'actor'>, i: Importer): boolean => !who.actor.visibility[i.resource]

  async function importOf(ctx: Ctx, id: string | undefined, lock = false): Promise<{ row: ImportRow; importer: Importer }> {
    const row = isId(id) ? await findImport(ctx.db, ctx.tenant.id, id, lock) : null
    const importer = row && importers.get(row.importer)
    if (!row || !importer || !mayUse(ctx, importer)) throw notFound()
    if (row.created_by !== ctx.actor.userId && !seesAll(ctx, importer)) throw notFound()
    return { row, importer }
  }

  async function json(ctx: Ctx, row: ImportRow, sample?: readonly (readonly string[])[]): Promise<Record<string, unknown>> {
    const job = row.job_id && row.status !== 'uploaded' ? await findJob(ctx.db, ctx.tenant.id, row.job_id) : null
    return {
      id: row.id,
      importer: row.importer,
      file_name: row.file_name,
      status: row.status,
      sheet: { ...row.sheet, ...(sample ? { sample } : {}) },
      mapping: row.mapping,
      counts: row.counts,
      totals: row.totals,
      error: row.error && { code: row.error.code, message: sayIssue(row.error, ctx.locale) },
      job: job && jobJson(house.jobs.latest(job)),
      created_at: row.created_at,
      updated_at: row.updated_at,
      created_by: row.created_by,
      may: mayNext(row),
    }
  }

  app.get('/importers', (c) => {
    const data = offered(whoOf(c)).map(({ name, resource, label, doc, columns }) => ({ name, resource, label, doc, columns }))
    return c.json({ data })
  })

  app.get('/imports', async (c) => {
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
  })

  app.post('/imports', async (c) => {
    const who = whoOf(c)
    const { file, importer: name, bytes } = await readUpload(c)
    const importer = importers.get(name)
    if (!importer) throw invalid([{ field: 'importer', code: 'not_a_choice', message: CHOOSE }])
    if (!mayUse(who, importer)) throw forbidden(`${importer.resource}:import`)
    const sheet = await openSheet(bytes, file)
    const hash = createHash('sha256').update(bytes).update(`\n${name}\n${file}`).digest('hex')
    return writeOnce(house, who, 'upload', sentBy(c, hash), async (ctx) => {
      await sweepImports(ctx.db, ctx.tenant.id)
      const id = newId()
      const facts = { headings: sheet.headings, rows: sheet.rows.length }
      await insertImport(ctx, { id, importer: name, file_name: file, sheet: facts, mapping: guessMapping(importer, sheet.headings), bytes })
      const { row } = await importOf(ctx, id)
      const sample = sheet.rows.slice(0, SAMPLE).map((r) => r.cells)
      return { status: 201, body: await json(ctx, row, sample), headers: { location: `/api/${ctx.tenant.code}/imports/${id}` } }
    })
  })

  app.get('/imports/:id', async (c) => {
    const ctx = await reading(house, whoOf(c))
    const { row } = await importOf(ctx, c.req.param('id'))
    // The mapping is shown with a few rows; later steps do not need them.
    const bytes = row.status === 'uploaded' && row.has_file ? await fileOf(ctx, row.id) : null
    const sample = bytes && (await openSheet(bytes, row.file_name)).rows.slice(0, SAMPLE).map((r) => r.cells)
    return c.json(await json(ctx, row, sample ?? undefined))
  })

  app.put('/imports/:id/mapping', async (c) => {
    const { json: body, text } = await readJson(c)
    return writeOnce(house, whoOf(c), 'mapping', sentBy(c, text), async (ctx) => {
      const { row, importer } = await importOf(ctx, c.req.param('id'), true)
      const mapping = readMapping(importer, row.sheet.headings, (body as { mapping?: unknown }).mapping)
      const moved = await moveImport(ctx.db, ctx.tenant.id, row.id, RESTING, { status: 'uploaded', mapping, round: true })
      if (!moved) throw wrongState(row)
      return { status: 200, body: await json(ctx, moved) }
    })
  })

  app.post('/imports/:id/check', (c) =>
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

  app.post('/imports/:id/confirmation', (c) =>
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

  app.delete('/imports/:id', async (c) => {
    const who = whoOf(c)
    const id = c.req.param('id')
    // On the embedded database the row cannot be read while it is being applied: what runs here is known here.
    const here = house.jobs.running(who.tenant.id, who.actor.userId).find((j) => (j.input as Partial<ImportInput>).import_id === id)
    if (here) await house.jobs.cancel(who.tenant.id, here.id)
    const { row } = await importOf(await reading(house, who), id)
    if ((row.status === 'checking' || row.status === 'applying') && row.job_id) await house.jobs.cancel(who.tenant.id, row.job_id)
    else if (!here) await writing(house, who, 'deleted', (ctx) => deleteImport(ctx.db, ctx.tenant.id, row.id))
    return c.body(null, 204)
  })

  app.get('/imports/:id/verdicts', async (c) => {
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
      data: page.map((v) => ({ row: v.row, title: v.title, outcome: v.outcome, errors: v.errors.map(say), warnings: v.warnings.map(say) })),
      notes: notesOf(ctx.seal, row).map((n) => ({ ...say(n), rows: n.rows })),
      page: { next: verdicts.length > limit ? String(page.at(-1)?.row) : null },
    })
  })

  app.get('/imports/:id/report', async (c) => {
    const ctx = await reading(house, whoOf(c))
    const { row, importer } = await importOf(ctx, c.req.param('id'))
    return reportResponse(ctx, row, importer, c.req.query('format') === 'csv' ? 'csv' : 'xlsx')
  })

  return app
}

/** What can be done with an import next. */
function mayNext(row: ImportRow): string[] {
  const still = row.has_file && RESTING.includes(row.status)
  const busy = row.status === 'checking' || row.status === 'applying'
  return [
    ...(still ? ['mapping', 'check'] : []),
    ...(row.status === 'checked' && row.has_file ? ['confirmation'] : []),
    ...(busy ? ['cancellation'] : ['delete']),
    ...(row.counts ? ['report'] : []),
  ]
}

const wrongState = (row: ImportRow): Refusal =>
  row.status === 'applied'
    ? new Refusal(409, 'import_applied', {
        id: 'Impor ini sudah selesai. Unggah berkas lagi untuk impor baru.',
        en: 'This import is done. Upload the file again for a new one.',
      })
    : new Refusal(409, 'import_state', {
        id: 'Impor ini belum sampai di langkah itu, atau sedang dikerjakan. Muat ulang halaman.',
        en: 'This import is not at that step yet, or is being worked on. Reload the page.',
      })

const invalidCursor = (): Refusal =>
  new Refusal(400, 'invalid_cursor', { id: 'Penanda halaman ini tidak dikenal.', en: 'This page marker is not known.' })

function numberIn(text: string | undefined, otherwise: number, from: number, to: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < from || number > to) throw from === 0 ? invalidCursor() : invalidLimit(to)
  return number
}

const invalidLimit = (max: number): Refusal =>
  new Refusal(400, 'invalid_limit', { id: 'Jumlah per halaman 1 sampai {max}.', en: 'A page has 1 to {max} entries.' }, [], {
    more: { max },
  })
