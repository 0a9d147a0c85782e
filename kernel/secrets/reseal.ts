// After a rotation: seals the old rows again with the new key, in small transactions, so the office keeps working meanwhile.
import type { Db } from '#kernel/db/db.ts'
import { sealHead, type TenantSeal } from './tenant-seal.ts'

export type ResealJob = {
  /** `registry.citizens`; its key is (tenant_id, id). */
  readonly table: string
  readonly tenantId: string
  /** Sealed column, and the full field name it is bound to. Blind indexes do not change. */
  readonly fields: readonly { readonly column: string; readonly field: string }[]
  /** Rows per transaction (default 500). */
  readonly batch?: number
  /** After each committed batch. */
  readonly progress?: (counts: ResealCounts) => void | Promise<void>
}

/** `failed`: rows with a value that could not be opened; they are left as they are and named by id. */
export type ResealCounts = { rows: number; values: number; failed: string[] }

/** Runs `work` in one transaction inside the tenant's wall and commits it. */
export type InTransaction = <T>(work: (db: Db) => Promise<T>) => Promise<T>

const NAME = /^[a-z_][a-z0-9_]*$/

/**
 * Seals every value of the table again that is not sealed with the current key. Resumable without a bookmark:
 * rows already done are not found again. Answers how many rows and values changed and which rows could not be opened.
 */
export async function resealRows(inTransaction: InTransaction, seal: TenantSeal, job: ResealJob): Promise<ResealCounts> {
  const names = [...job.table.split('.'), ...job.fields.map((f) => f.column)]
  if (!names.every((n) => NAME.test(n))) throw new Error(`Not names of a table and its columns: ${names.join(', ')}`)
  const version = seal.version()
  const batch = job.batch ?? 500
  const counts: ResealCounts = { rows: 0, values: 0, failed: [] }
  if (job.fields.length === 0) return counts

  for (let after: string | null = null, more = true; more; ) {
    const done = await inTransaction((db) => resealBatch(db, seal, job, version, batch, after))
    counts.rows += done.rows
    counts.values += done.values
    counts.failed.push(...done.failed)
    after = done.last
    more = done.seen === batch
    await job.progress?.(counts)
  }
  return counts
}

type OldRow = { id: string } & Record<string, unknown>

async function resealBatch(db: Db, seal: TenantSeal, job: ResealJob, version: number, batch: number, after: string | null) {
  const head = sealHead(version)
  const columns = job.fields.map((f) => f.column)
  const old = columns.map((c) => `substring(${c} from 1 for 3) <> $2`).join(' or ')
  const { rows } = await db.query<OldRow>(
    `select id, ${columns.join(', ')} from ${job.table}
     where tenant_id = $1 and (${old}) and ($3::uuid is null or id > $3) order by id limit $4 for update`,
    [job.tenantId, head, after, batch],
  )
  const ids: string[] = []
  const sealed: (Buffer | null)[][] = columns.map(() => [])
  const failed: string[] = []
  let values = 0
  for (const row of rows) {
    const renewed = renew(row, seal, job, head)
    if (!renewed) {
      failed.push(row.id)
      continue
    }
    ids.push(row.id)
    renewed.forEach((value, i) => sealed[i]!.push(value))
    values += renewed.filter((v) => v !== null).length
  }
  if (ids.length > 0)
    await db.query(
      `update ${job.table} t set ${columns.map((c, i) => `${c} = coalesce(v.c${i}, t.${c})`).join(', ')}
       from unnest($2::uuid[], ${columns.map((_, i) => `$${i + 3}::bytea[]`).join(', ')})
         as v(id, ${columns.map((_, i) => `c${i}`).join(', ')})
       where t.tenant_id = $1 and t.id = v.id`,
      [job.tenantId, ids, ...sealed],
    )
  return { seen: rows.length, rows: ids.length, values, failed, last: rows.at(-1)?.id ?? after }
}

/** New bytes per field, null where the value is absent or already current; null altogether when one cannot be opened. */
function renew(row: OldRow, seal: TenantSeal, job: ResealJob, head: Buffer): (Buffer | null)[] | null {
  try {
    return job.fields.map(({ column, field }) => {
      const value = row[column] as Buffer | null
      return value === null || value.subarray(0, head.length).equals(head) ? null : seal.seal(seal.open(value, field), field)
    })
  } catch {
    return null
  }
}
