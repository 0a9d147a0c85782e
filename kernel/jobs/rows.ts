// What people see of long work: the rows of core.jobs and every statement about them.
import { z } from 'zod'
import type { Db } from '#kernel/db/db.ts'
import type { Origin } from '#kernel/ctx.ts'
import type { Said } from '#kernel/db/scoped.ts'
import { moment, words } from '#kernel/http/says.ts'
import { say, type Words } from '#kernel/words.ts'
import type { JobError } from './job.ts'

export type Status = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export type JobRow = {
  readonly tenant_id: string
  readonly id: string
  readonly name: string
  readonly label: Words
  readonly status: Status
  readonly done: number
  readonly total: number
  readonly doing: Words | null
  readonly input: unknown
  readonly result: unknown
  readonly error: JobError | null
  readonly queue_id: string
  readonly started_by: string | null
  readonly origin: Partial<Origin>
  readonly attempts: number
  readonly cancel_requested: boolean
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
}

const COLUMNS = `tenant_id, id, name, label, status, done, total, doing, input, result, error, queue_id, started_by, origin, attempts,
  cancel_requested, created_at, started_at, finished_at`

/** Whom the change log names for what a job does: whoever started it, from where they did. */
export const saidBy = (job: JobRow): Said => ({
  user: job.started_by,
  doing: 'job',
  request: job.id,
  ip: job.origin.ip ?? null,
  agent: job.origin.userAgent ?? null,
})

type Given = 'tenant_id' | 'id' | 'name' | 'label' | 'input' | 'queue_id' | 'started_by' | 'origin'
type NewJob = Pick<JobRow, Given> & { readonly key: string | null }

/** Adds a queued job. Answers false when its key is taken: then it is the job that has the key. */
export async function insertJob(db: Db, job: NewJob): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into core.jobs (tenant_id, id, name, label, input, key, queue_id, started_by, origin, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8) on conflict (tenant_id, key) where key is not null do nothing`,
    [
      job.tenant_id,
      job.id,
      job.name,
      JSON.stringify(job.label),
      JSON.stringify(job.input ?? {}),
      job.key,
      job.queue_id,
      job.started_by,
      JSON.stringify(job.origin),
    ],
  )
  return rowCount === 1
}

const one = async (db: Db, text: string, params: unknown[]): Promise<JobRow | null> =>
  (await db.query<JobRow>(text, params)).rows[0] ?? null

export const findJob = (db: Db, tenantId: string, id: string): Promise<JobRow | null> =>
  one(db, `select ${COLUMNS} from core.jobs where tenant_id = $1 and id = $2`, [tenantId, id])

export const jobWithKey = (db: Db, tenantId: string, key: string): Promise<JobRow | null> =>
  one(db, `select ${COLUMNS} from core.jobs where tenant_id = $1 and key = $2`, [tenantId, key])

/** The newest jobs first; of everyone when `userId` is null; older than the job `before`. */
export async function listJobs(db: Db, tenantId: string, userId: string | null, before: string | null, limit: number): Promise<JobRow[]> {
  const { rows } = await db.query<JobRow>(
    `select ${COLUMNS} from core.jobs where tenant_id = $1 and ($2::uuid is null or started_by = $2) and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [tenantId, userId, before, limit],
  )
  return rows
}

/**
 * Takes a job to work on it. Null when it is over, or when another turn has overtaken this one.
 * A job that is `running` may be taken too: the queue gave the turn out again because its worker died.
 */
export const claimJob = (db: Db, tenantId: string, id: string, queueId: string): Promise<JobRow | null> =>
  one(
    db,
    `update core.jobs set status = 'running', attempts = attempts + 1, done = 0, doing = null,
       started_at = coalesce(started_at, clock_timestamp())
     where tenant_id = $1 and id = $2 and queue_id = $3 and status in ('queued', 'running') returning ${COLUMNS}`,
    [tenantId, id, queueId],
  )

/** Writes how far a run is. Null when the run no longer counts; otherwise whether somebody wants it cancelled. */
export async function saveProgress(db: Db, job: JobRow, at: { done: number; total: number; doing: Words | null }): Promise<boolean | null> {
  const { rows } = await db.query<{ cancel_requested: boolean }>(
    `update core.jobs set done = $4, total = $5, doing = $6
     where tenant_id = $1 and id = $2 and queue_id = $3 and attempts = $7 and status = 'running' returning cancel_requested`,
    [job.tenant_id, job.id, job.queue_id, at.done, at.total, at.doing && JSON.stringify(at.doing), job.attempts],
  )
  return rows[0]?.cancel_requested ?? null
}

export type Ending =
  | { readonly status: 'succeeded'; readonly result: unknown }
  | { readonly status: 'failed'; readonly error: JobError }
  | { readonly status: 'cancelled' }
  /** It will be tried again. `counted` says whether this attempt is held against it. */
  | { readonly status: 'queued'; readonly error: JobError | null; readonly counted: boolean }

/**
 * Records how a run ended and how far it came; `job` is the row as this run knows it.
 * Null when the run no longer counts: another has taken over, or the job was ended by somebody else.
 */
export const endJob = (db: Db, job: JobRow, ending: Ending): Promise<JobRow | null> =>
  one(
    db,
    `update core.jobs set status = $5, result = $6, error = $7, doing = null,
       finished_at = case when $5 = 'queued' then null else clock_timestamp() end,
       done = $8, total = $9, attempts = attempts - case when $10 then 1 else 0 end
     where tenant_id = $1 and id = $2 and queue_id = $3 and attempts = $4 and status = 'running' returning ${COLUMNS}`,
    [
      job.tenant_id,
      job.id,
      job.queue_id,
      job.attempts,
      ending.status,
      ending.status === 'succeeded' && ending.result !== undefined ? JSON.stringify(ending.result) : null,
      'error' in ending && ending.error ? JSON.stringify(ending.error) : null,
      ending.status === 'succeeded' ? Math.max(job.done, job.total) : job.done,
      Math.max(job.done, job.total),
      ending.status === 'queued' && !ending.counted,
    ],
  )

/** Asks a job to stop: at once when it waits, at its next sign of life when it runs. Null when it is over already. */
export const requestCancel = (db: Db, tenantId: string, id: string): Promise<JobRow | null> =>
  one(
    db,
    `update core.jobs set cancel_requested = true, status = case when status = 'queued' then 'cancelled' else status end,
       finished_at = case when status = 'queued' then clock_timestamp() end
     where tenant_id = $1 and id = $2 and status in ('queued', 'running') returning ${COLUMNS}`,
    [tenantId, id],
  )

/** Puts a job that failed or was cancelled back to its start, for a new turn. Null when it is not in such a state. */
export const restartJob = (db: Db, tenantId: string, id: string, queueId: string): Promise<JobRow | null> =>
  one(
    db,
    `update core.jobs set status = 'queued', queue_id = $3, attempts = 0, done = 0, total = 0, doing = null, result = null, error = null,
       cancel_requested = false, started_at = null, finished_at = null
     where tenant_id = $1 and id = $2 and status in ('failed', 'cancelled') returning ${COLUMNS}`,
    [tenantId, id, queueId],
  )

/** The row as the API says it. Words stay in both languages: a stream may outlive the choice of one. */
export const jobJson = (job: JobRow): Record<string, unknown> => ({
  id: job.id,
  name: job.name,
  label: job.label,
  status: job.status,
  done: job.done,
  total: job.total,
  doing: job.doing,
  result: job.result,
  error: job.error && { code: job.error.code, message: filled(job.error) },
  created_at: job.created_at,
  started_at: job.started_at,
  finished_at: job.finished_at,
})

/** What `jobJson` says, for the description of the API. */
export const jobJsonShape = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  label: words,
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int(),
  doing: words.nullable(),
  result: z.unknown(),
  error: z.strictObject({ code: z.string(), message: words }).nullable(),
  created_at: moment,
  started_at: moment.nullable(),
  finished_at: moment.nullable(),
})

const filled = (e: JobError): Words => ({ id: say(e.message, 'id', { ...e.values }), en: say(e.message, 'en', { ...e.values }) })

/** Gives every job of a community that waits a new turn of its own: whatever turn it had before finds itself overtaken. */
export async function waitingAnew(db: Db, tenantId: string): Promise<Pick<JobRow, 'id' | 'name' | 'queue_id'>[]> {
  const { rows } = await db.query<Pick<JobRow, 'id' | 'name' | 'queue_id'>>(
    `update core.jobs set queue_id = core.new_id() where tenant_id = $1 and status = 'queued' returning id, name, queue_id`,
    [tenantId],
  )
  return rows
}
