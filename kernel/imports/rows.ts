// The rows of core.imports and their verdicts: every statement about them. What names people is sealed.
import type { Ctx } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import type { JobError } from '#kernel/jobs/job.ts'
import { takeRoom } from '#kernel/platform/room.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import type { Counts, Examined } from './examine.ts'
import type { Note, Outcome, Verdict } from './importer.ts'
import type { Mapping } from './mapping.ts'

export type ImportStatus = 'uploaded' | 'checking' | 'checked' | 'applying' | 'applied' | 'failed' | 'cancelled'

export type ImportRow = {
  readonly id: string
  readonly importer: string
  readonly file_name: string
  readonly status: ImportStatus
  readonly sheet: { readonly headings: readonly string[]; readonly rows: number }
  readonly mapping: Mapping
  readonly counts: Counts | null
  readonly totals: Readonly<Record<string, number>> | null
  readonly error: JobError | null
  /** How many dry runs were asked for. */
  readonly rounds: number
  readonly digest: Buffer | null
  readonly job_id: string | null
  readonly notes: Buffer | null
  readonly has_file: boolean
  readonly created_at: Date
  readonly updated_at: Date
  readonly created_by: string | null
}

const COLUMNS = `id, importer, file_name, status, sheet, mapping, counts, totals, error, rounds, digest, job_id, notes,
  file is not null as has_file, created_at, updated_at, created_by`

const FILE = 'core.imports.file'
const NOTES = 'core.imports.notes'
const SAID = 'core.import_verdicts.said'

type NewImport = Pick<ImportRow, 'id' | 'importer' | 'file_name' | 'sheet' | 'mapping'> & { readonly bytes: Uint8Array | null }

/** What an upload of so many bytes takes when it is kept: sealed as base64, with a little around it. */
export const keptSize = (bytes: number): number => Math.ceil(bytes / 3) * 4 + 64

/** Keeps an upload. The bytes are sealed: a workbook is all names and numbers of people. Throws 413 `storage_full`. */
export async function insertImport(ctx: Ctx, i: NewImport): Promise<void> {
  if (i.bytes) await takeRoom(ctx, keptSize(i.bytes.length))
  await ctx.db.query(
    `insert into core.imports (tenant_id, id, importer, file_name, sheet, mapping, file, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ctx.tenant.id,
      i.id,
      i.importer,
      i.file_name,
      JSON.stringify(i.sheet),
      JSON.stringify(i.mapping),
      i.bytes && ctx.seal.seal(Buffer.from(i.bytes).toString('base64'), FILE),
      ctx.actor.userId,
    ],
  )
}

/** One import; `lock` holds it until the transaction ends. */
export async function findImport(db: Db, tenantId: string, id: string, lock = false): Promise<ImportRow | null> {
  const text = `select ${COLUMNS} from core.imports where tenant_id = $1 and id = $2${lock ? ' for no key update' : ''}`
  return (await db.query<ImportRow>(text, [tenantId, id])).rows[0] ?? null
}

/** The newest first, of these importers; of one person only for those in `own`. */
export async function listImports(
  db: Db,
  tenantId: string,
  of: { all: readonly string[]; own: readonly string[]; userId: string | null },
  before: string | null,
  limit: number,
): Promise<ImportRow[]> {
  const { rows } = await db.query<ImportRow>(
    `select ${COLUMNS} from core.imports where tenant_id = $1 and ($4::uuid is null or id < $4)
       and (importer = any($2::text[]) or (importer = any($3::text[]) and created_by = $5)) order by id desc limit $6`,
    [tenantId, of.all, of.own, before, of.userId, limit],
  )
  return rows
}

/** The uploaded bytes, or null when they are gone. */
export async function fileOf(ctx: Pick<Ctx, 'db' | 'tenant' | 'seal'>, id: string): Promise<Uint8Array | null> {
  const text = `select file from core.imports where tenant_id = $1 and id = $2`
  const { rows } = await ctx.db.query<{ file: Buffer | null }>(text, [ctx.tenant.id, id])
  const file = rows[0]?.file
  return file ? Buffer.from(ctx.seal.open(file, FILE), 'base64') : null
}

type Move = {
  readonly status: ImportStatus
  readonly mapping?: Mapping
  readonly error?: JobError | null
  readonly totals?: Record<string, number>
  /** Begins a new round: what an earlier dry run said no longer counts. */
  readonly round?: boolean
  readonly dropFile?: boolean
}

/** Moves an import from one of the states `from`; null when it is in none of them. A reason it failed before is forgotten. */
export async function moveImport(db: Db, tenantId: string, id: string, from: readonly ImportStatus[], to: Move): Promise<ImportRow | null> {
  const { rows } = await db.query<ImportRow>(
    `update core.imports set status = $4, mapping = coalesce($5, mapping), error = $6, totals = coalesce($7, totals),
       rounds = rounds + case when $8 then 1 else 0 end, file = case when $9 then null else file end,
       counts = case when $8 then null else counts end, digest = case when $8 then null else digest end
     where tenant_id = $1 and id = $2 and status = any($3::text[]) returning ${COLUMNS}`,
    [
      tenantId,
      id,
      from,
      to.status,
      to.mapping ? JSON.stringify(to.mapping) : null,
      to.error ? JSON.stringify(to.error) : null,
      to.totals ? JSON.stringify(to.totals) : null,
      to.round ?? false,
      to.dropFile ?? false,
    ],
  )
  return rows[0] ?? null
}

export async function setImportJob(db: Db, tenantId: string, id: string, jobId: string): Promise<void> {
  await db.query(`update core.imports set job_id = $3 where tenant_id = $1 and id = $2`, [tenantId, id, jobId])
}

const BATCH = 1_000

/** Replaces what is known about every row by a new dry run, and its sums. */
export async function saveVerdicts(ctx: Ctx, id: string, found: Examined): Promise<void> {
  const tenantId = ctx.tenant.id
  await ctx.db.query(`delete from core.import_verdicts where tenant_id = $1 and import_id = $2`, [tenantId, id])
  for (let start = 0; start < found.verdicts.length; start += BATCH) {
    const values: unknown[] = [tenantId, id]
    const tuples = found.verdicts.slice(start, start + BATCH).map(({ row, outcome, title, errors, warnings }) => {
      const at = values.push(row, outcome, warnings.length > 0, ctx.seal.seal(JSON.stringify({ title, errors, warnings }), SAID))
      return `($1, $2, $${at - 3}, $${at - 2}, $${at - 1}, $${at})`
    })
    await ctx.db.query(
      `insert into core.import_verdicts (tenant_id, import_id, row, outcome, warned, said) values ${tuples.join(', ')}`,
      values,
    )
  }
  await ctx.db.query(`update core.imports set counts = $3, digest = $4, notes = $5 where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
    JSON.stringify(found.counts),
    found.digest,
    ctx.seal.seal(JSON.stringify(found.notes), NOTES),
  ])
}

export const notesOf = (seal: Seal, row: ImportRow): Note[] => (row.notes ? (JSON.parse(seal.open(row.notes, NOTES)) as Note[]) : [])

/** Verdicts in the order of the sheet, after row `after`; `which` is an outcome, or `warned` for those with a warning. */
export async function readVerdicts(
  ctx: Pick<Ctx, 'db' | 'tenant' | 'seal'>,
  id: string,
  which: Outcome | 'warned' | null,
  after: number,
  limit: number,
): Promise<Verdict[]> {
  const { rows } = await ctx.db.query<{ row: number; outcome: Outcome; said: Buffer }>(
    `select row, outcome, said from core.import_verdicts where tenant_id = $1 and import_id = $2 and row > $3
       and ($4::text is null or outcome = $4 or ($4 = 'warned' and warned)) order by row limit $5`,
    [ctx.tenant.id, id, after, which, limit],
  )
  return rows.map(({ row, outcome, said }) => ({
    row,
    outcome,
    ...(JSON.parse(ctx.seal.open(said, SAID)) as Pick<Verdict, 'title' | 'errors' | 'warnings'>),
  }))
}

export async function deleteImport(db: Db, tenantId: string, id: string): Promise<void> {
  await db.query(`delete from core.imports where tenant_id = $1 and id = $2 and status not in ('checking', 'applying')`, [tenantId, id])
}

/** Lets go of what need not be kept: files after a week, imports and finished jobs after a month. */
export async function sweepImports(db: Db, tenantId: string): Promise<void> {
  await db.query(
    `update core.imports set file = null
     where tenant_id = $1 and file is not null and created_at < now() - interval '7 days' and status not in ('checking', 'applying')`,
    [tenantId],
  )
  await db.query(
    `delete from core.imports where tenant_id = $1 and created_at < now() - interval '30 days' and status not in ('checking', 'applying')`,
    [tenantId],
  )
  await db.query(
    `delete from core.jobs j where j.tenant_id = $1 and j.finished_at < now() - interval '30 days'
       and not exists (select 1 from core.imports i where i.tenant_id = $1 and i.job_id = j.id)`,
    [tenantId],
  )
}
