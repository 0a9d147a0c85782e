// Long work of the operator: exports and deletions of whole communities, in a queue of their own, because a community's jobs rest and go with it.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Db } from '#kernel/db/db.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Words } from '#kernel/words.ts'

export type WorkKind = 'export' | 'erase'
export type WorkRow = {
  readonly id: string
  readonly kind: WorkKind
  readonly community_id: string
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed'
  readonly done: number
  readonly total: number
  readonly doing: Words | null
  readonly input: Record<string, unknown>
  readonly result: Record<string, unknown> | null
  readonly error: { readonly code: string; readonly message: Words } | null
  readonly attempts: number
  readonly asked_by: string | null
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
}

const COLUMNS =
  'id, kind, community_id, status, done, total, doing, input, result, error, attempts, asked_by, created_at, started_at, finished_at'
/** A process that says nothing for so long is taken for dead, in seconds. */
const LEASE = 60
const ATTEMPTS = 5

/** Names this process in leases. */
export const ME = randomUUID()

const one = async (db: Db, text: string, params: readonly unknown[]): Promise<WorkRow | null> =>
  (await db.query<WorkRow>(text, params)).rows[0] ?? null

/** Asks for work; when the same is under way already, it is that. */
export async function askWork(
  owner: pg.Pool,
  kind: WorkKind,
  communityId: string,
  input: object,
  askedBy: string | null,
): Promise<WorkRow> {
  const db = globalDb(owner)
  const made = await one(
    db,
    `insert into core.platform_work (id, kind, community_id, input, asked_by) values ($1, $2, $3, $4, $5)
     on conflict (community_id, kind) where status in ('queued', 'running') do nothing returning ${COLUMNS}`,
    [newId(), kind, communityId, JSON.stringify(input), askedBy],
  )
  const found =
    made ??
    (await one(db, `select ${COLUMNS} from core.platform_work where community_id = $1 and kind = $2 and status in ('queued', 'running')`, [
      communityId,
      kind,
    ]))
  // It ended between the two statements: then ask anew.
  return found ?? askWork(owner, kind, communityId, input, askedBy)
}

export const findWork = (owner: pg.Pool, id: string): Promise<WorkRow | null> =>
  one(globalDb(owner), `select ${COLUMNS} from core.platform_work where id = $1`, [id])

/** The newest work on one community. */
export async function workOn(owner: pg.Pool, communityId: string, limit = 10): Promise<WorkRow[]> {
  const { rows } = await globalDb(owner).query<WorkRow>(
    `select ${COLUMNS} from core.platform_work where community_id = $1 order by created_at desc, id desc limit ${limit}`,
    [communityId],
  )
  return rows
}

/** Takes what waits longest, or what a dead process left. Tried too often, it is given up. */
export async function takeWork(owner: pg.Pool): Promise<WorkRow | null> {
  const db = globalDb(owner)
  await db.query(
    `update core.platform_work set status = 'failed', finished_at = now(), error = $2
      where status in ('queued', 'running') and attempts >= $1 and coalesce(lease_until, now()) <= now()`,
    [ATTEMPTS, JSON.stringify(GIVEN_UP)],
  )
  return one(
    db,
    `update core.platform_work set status = 'running', attempts = attempts + 1, lease_by = $1, lease_until = now() + make_interval(secs => ${LEASE}),
        started_at = coalesce(started_at, now())
      where id = (select w.id from core.platform_work w where (w.status = 'queued' or w.status = 'running' and w.lease_until <= now())
                    and coalesce(w.lease_until, now()) <= now() order by w.created_at, w.id limit 1 for update skip locked)
      returning ${COLUMNS}`,
    [ME],
  )
}

const GIVEN_UP = {
  code: 'given_up',
  message: {
    id: 'Berulang kali terhenti di tengah jalan. Minta lagi, atau lihat catatan server.',
    en: 'Cut off again and again. Ask for it again, or look at the server’s log.',
  },
}

/** Still at it, and how far. False when another process has taken over. */
export async function holdWork(owner: pg.Pool, id: string, at: Pick<WorkRow, 'done' | 'total' | 'doing'>): Promise<boolean> {
  const { rowCount } = await globalDb(owner).query(
    `update core.platform_work set lease_until = now() + make_interval(secs => ${LEASE}), done = $3, total = $4, doing = $5
      where id = $1 and lease_by = $2 and status = 'running'`,
    [id, ME, at.done, at.total, at.doing && JSON.stringify(at.doing)],
  )
  return rowCount === 1
}

export type WorkEnding =
  | { readonly result: object }
  | { readonly error: { code: string; message: Words } }
  | { readonly againInSeconds: number }

export async function endWork(owner: pg.Pool, id: string, at: Pick<WorkRow, 'done' | 'total'>, ending: WorkEnding): Promise<void> {
  const again = 'againInSeconds' in ending
  await globalDb(owner).query(
    `update core.platform_work set status = $3, done = $4, total = $5, doing = null, result = $6, error = $7, lease_by = null,
        lease_until = case when $8::int is null then null else now() + make_interval(secs => $8) end,
        finished_at = case when $8::int is null then now() end
      where id = $1 and lease_by = $2`,
    [
      ...[id, ME, again ? 'queued' : 'error' in ending ? 'failed' : 'succeeded', at.done, at.total],
      ...['result' in ending ? JSON.stringify(ending.result) : null, 'error' in ending ? JSON.stringify(ending.error) : null],
      again ? ending.againInSeconds : null,
    ],
  )
}
