// The long part of an import: the dry run, and applying it in one transaction. Cancelled or failed, the register is as it was.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { JobKind, JobRun } from '#kernel/jobs/job.ts'
import { examine, openSheet, type Examined } from './examine.ts'
import type { Importer, SheetRow, Tell } from './importer.ts'
import { importApplied } from '#kernel/notifications/own.ts'
import { mapRows } from './mapping.ts'
import { fileOf, findImport, moveImport, saveVerdicts, type ImportRow, type ImportStatus } from './rows.ts'

export const CHECK = 'core.import_check'
export const APPLY = 'core.import_apply'

/** `round` says which dry run it belongs to: asked again meanwhile, this one no longer counts. */
export type ImportInput = { readonly import_id: string; readonly round: number }

/** The kinds of job behind every import; `importerNamed` finds what modules declare. */
export const importJobs = (importerNamed: (name: string) => Importer | undefined): readonly JobKind<never>[] => {
  const check: JobKind<ImportInput> = {
    name: CHECK,
    label: { id: 'Memeriksa berkas impor', en: 'Checking a file to import' },
    retries: 1,
    place,
    abandoned,
    async run(job, input) {
      const { importer, rows } = await prepare(job, input, 'checking', importerNamed)
      const found = await examine(job.ctx, importer, rows, job.progress)
      await job.transaction(async (ctx) => {
        await current(ctx, input, ['checking'])
        await saveVerdicts(ctx, input.import_id, found)
        await moveImport(ctx.db, ctx.tenant.id, input.import_id, ['checking'], { status: 'checked' })
      })
      return { import_id: input.import_id, counts: found.counts }
    },
  }
  const apply: JobKind<ImportInput> = {
    name: APPLY,
    label: { id: 'Mengimpor berkas', en: 'Importing a file' },
    retries: 1,
    place,
    abandoned,
    async run(job, input) {
      const before = await findImport(job.ctx.db, job.ctx.tenant.id, input.import_id)
      // Applied by an attempt that could not say so any more: once is enough.
      if (before?.status === 'applied' && before.rounds === input.round) return { import_id: input.import_id, totals: before.totals }
      const { importer, rows } = await prepare(job, input, 'applying', importerNamed)
      let changed: Examined | null = null
      try {
        const totals = await job.transaction(async (ctx) => {
          const row = await current(ctx, input, ['applying'])
          const found = await examine(ctx, importer, rows, part(job.progress, 0, 0.4))
          if (!row.digest?.equals(found.digest)) {
            changed = found
            throw verdictsChanged()
          }
          const sums = await importer.apply(ctx, found.plan, part(job.progress, 0.4, 1))
          await moveImport(ctx.db, ctx.tenant.id, input.import_id, ['applying'], { status: 'applied', totals: { ...sums }, dropFile: true })
          await tellStarter(ctx, row, input)
          return sums
        })
        return { import_id: input.import_id, totals }
      } catch (error) {
        const found: Examined | null = changed
        if (found) await job.transaction((ctx) => showAgain(ctx, input, found))
        throw error
      }
    },
  }
  return [check, apply] as unknown as readonly JobKind<never>[]
}

const place = ({ import_id: id }: ImportInput): string => `imports/${id}`

/** Once per round: an import that is tried again after a failure ends once. */
async function tellStarter(ctx: Ctx, row: ImportRow, input: ImportInput): Promise<void> {
  if (ctx.actor.userId === null) return
  const key = `import:${input.import_id}:${input.round}`
  await ctx.notify({ kind: importApplied.name, to: { users: [ctx.actor.userId] }, link: place(input), data: { file: row.file_name }, key })
}

/** Marks an import whose job ended without success. Guarded: a later round is not touched. */
async function abandoned(ctx: Ctx, input: ImportInput, how: 'failed' | 'cancelled', error: ImportRow['error']): Promise<void> {
  const row = await findImport(ctx.db, ctx.tenant.id, input.import_id, true)
  if (row?.rounds !== input.round) return
  await moveImport(ctx.db, ctx.tenant.id, input.import_id, ['checking', 'applying'], { status: how, error })
}

const movedOn = (): Refusal =>
  new Refusal(409, 'import_moved_on', {
    id: 'Impor ini sudah berubah sejak pekerjaan ini dimulai. Buka impor itu dan lanjutkan dari sana.',
    en: 'This import has changed since this work was started. Open the import and continue from there.',
  })

const verdictsChanged = (): Refusal =>
  new Refusal(409, 'verdicts_changed', {
    id: 'Data berubah sejak pemeriksaan, jadi belum ada yang diimpor. Lihat hasil pemeriksaan yang baru, lalu setujui lagi.',
    en: 'The register changed since the check, so nothing was imported yet. Look at the new results, then confirm again.',
  })

/** The import under a lock, if it still is what this job was started for. */
async function current(ctx: Ctx, input: ImportInput, states: readonly ImportStatus[]): Promise<ImportRow> {
  const row = await findImport(ctx.db, ctx.tenant.id, input.import_id, true)
  if (!row || row.rounds !== input.round || !states.includes(row.status)) throw movedOn()
  return row
}

/** Reads the file again. A job that is tried again finds its import failed or cancelled and takes it up once more. */
async function prepare(
  job: JobRun,
  input: ImportInput,
  status: 'checking' | 'applying',
  importerNamed: (name: string) => Importer | undefined,
): Promise<{ importer: Importer; rows: SheetRow[] }> {
  job.progress(0, 100, { id: 'Membaca berkas', en: 'Reading the file' })
  const row = await job.transaction(async (ctx) => {
    const found = await current(ctx, input, [status, 'failed', 'cancelled'])
    if (found.status !== status) await moveImport(ctx.db, ctx.tenant.id, found.id, ['failed', 'cancelled'], { status })
    return found
  })
  const importer = importerNamed(row.importer)
  const bytes = await fileOf(job.ctx, row.id)
  if (!importer || !bytes) throw fileGone()
  if (!job.ctx.can(`${importer.resource}:import`)) throw mayNoLonger()
  return { importer, rows: mapRows(await openSheet(bytes, row.file_name), row.mapping) }
}

export const fileGone = (): Refusal =>
  new Refusal(409, 'file_gone', {
    id: 'Berkas ini sudah tidak disimpan. Unggah lagi.',
    en: 'This file is no longer kept. Upload it again.',
  })

const mayNoLonger = (): Refusal =>
  new Refusal(403, 'forbidden', { id: 'Peran Anda tidak lagi mengizinkan impor ini.', en: 'Your role no longer allows this import.' })

/** A part of the whole as progress in hundredths. */
const part =
  (tell: Tell, from: number, to: number): Tell =>
  (done, total, doing) =>
    tell(Math.floor((from + (to - from) * (total > 0 ? Math.min(1, done / total) : 0)) * 100), 100, doing)

/** The import goes back to its dry run, with the new verdicts, as a round of its own: the old confirmation does not count for it. */
async function showAgain(ctx: Ctx, input: ImportInput, found: Examined): Promise<void> {
  await current(ctx, input, ['applying'])
  await moveImport(ctx.db, ctx.tenant.id, input.import_id, ['applying'], { status: 'checked', round: true })
  await saveVerdicts(ctx, input.import_id, found)
}
