// Which imports somebody may see and use, and how one is said over HTTP.
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { findJob, jobJson } from '#kernel/jobs/rows.ts'
import { isId } from '#kernel/resource/id.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import type { Importer } from './importer.ts'
import { importersOf } from './importers.ts'
import { sayIssue } from './report.ts'
import { findImport, type ImportRow, type ImportStatus } from './rows.ts'

/** The states in which nothing is being done with an import and nothing has been. */
export const RESTING: readonly ImportStatus[] = ['uploaded', 'checked', 'failed', 'cancelled']

export type Imports = {
  readonly importers: ReadonlyMap<string, Importer>
  mayUse(who: Pick<Who, 'actor'>, i: Importer): boolean
  offered(who: Pick<Who, 'actor'>): Importer[]
  /** Somebody whose sight is limited sees only their own uploads: those of others name people outside their area. */
  seesAll(who: Pick<Who, 'actor'>, i: Importer): boolean
  /** Throws 404. `lock` holds the row until the transaction ends. */
  importOf(ctx: Ctx, id: string | undefined, lock?: boolean): Promise<{ row: ImportRow; importer: Importer }>
  json(ctx: Ctx, row: ImportRow, sample?: readonly (readonly string[])[]): Promise<Record<string, unknown>>
}

export function openImports(house: House): Imports {
  const importers = importersOf(house.model)
  const mayUse = (who: Pick<Who, 'actor'>, i: Importer): boolean => who.actor.permissions.has(`${i.resource}:import`)
  const offered = (who: Pick<Who, 'actor'>): Importer[] => [...importers.values()].filter((i) => mayUse(who, i))

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

  return { importers, mayUse, offered, seesAll, importOf, json }
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
