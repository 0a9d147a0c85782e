// The messages in the database. The table is the queue: claiming is one statement, so several processes share it without meeting.
import { randomInt } from 'node:crypto'
import type { Db } from '#kernel/db/db.ts'
import type { Channel } from './message.ts'

export type Status = 'queued' | 'sending' | 'sent' | 'failed' | 'expired' | 'dropped' | 'kept'

export type MessageRow = {
  readonly id: string
  readonly channel: Channel
  readonly purpose: string
  readonly key_id: string
  readonly sealed: Buffer | null
  readonly secret: boolean
  readonly status: Status
  readonly attempts: number
  readonly last_error: string | null
  readonly created_at: Date
  readonly sent_at: Date | null
  readonly expires_at: Date | null
}

/** Attempts before a message is given up: the last is about three hours after the first. */
export const TRIES = 10
/** Seconds a claimed message is left to whoever claimed it: far longer than an adapter may take. Then that process is taken for dead. */
const LEASE = 300
const FIRST_PAUSE = 30
const LONGEST_PAUSE = 3600

const COLUMNS = 'id, channel, purpose, key_id, sealed, secret, status, attempts, last_error, created_at, sent_at, expires_at'

export type NewRow = {
  readonly id: string
  readonly tenantId: string | null
  readonly channel: Channel
  readonly purpose: string
  readonly key: string
  readonly keyId: string
  readonly sealed: Buffer | null
  readonly secret: boolean
  readonly status: 'queued' | 'kept' | 'failed'
  readonly error: string | null
  readonly expiresAt: Date | null
  readonly notBefore: Date | null
}

/** False when a message with this key was there already. */
export async function insertMessage(db: Db, row: NewRow): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into core.outbox (id, community_id, channel, purpose, key, key_id, sealed, secret, status, last_error, expires_at, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12, now())) on conflict (key) do nothing`,
    [
      ...[row.id, row.tenantId, row.channel, row.purpose, row.key, row.keyId, row.sealed, row.secret],
      ...[row.status, row.error, row.expiresAt, row.notBefore],
    ],
  )
  return rowCount === 1
}

/** Takes the next message that is due, for `LEASE` seconds. `early` does not wait out the pause before a further attempt. */
export async function claimMessage(db: Db, channel: Channel, early = false): Promise<MessageRow | null> {
  const due = early
    ? `((status = 'queued' and attempts > 0) or (status in ('queued', 'sending') and next_at <= now()))`
    : `status in ('queued', 'sending') and next_at <= now()`
  const { rows } = await db.query<MessageRow>(
    `update core.outbox set status = 'sending', attempts = attempts + 1, next_at = now() + make_interval(secs => $2)
      where id = (select id from core.outbox where channel = $1 and ${due} order by next_at, id limit 1 for update skip locked)
      returning ${COLUMNS}`,
    [channel, LEASE],
  )
  return rows[0] ?? null
}

/** Only whoever holds the newest claim may say what became of a message: `attempts` tells them apart. */
const MINE = `where id = $1 and status = 'sending' and attempts = $2`
/** Nobody reads a secret again, and nobody needs a message that will never be sent. */
const FORGET = `sealed = case when secret then null else sealed end`

export async function markSent(db: Db, message: MessageRow): Promise<void> {
  await db.query(`update core.outbox set status = 'sent', sent_at = now(), last_error = null, ${FORGET} ${MINE}`, [
    message.id,
    message.attempts,
  ])
}

export async function markOver(db: Db, message: MessageRow, status: 'failed' | 'expired' | 'dropped', error: string | null): Promise<void> {
  await db.query(`update core.outbox set status = $3, last_error = coalesce($4, last_error), ${FORGET} ${MINE}`, [
    message.id,
    message.attempts,
    status,
    error,
  ])
}

/** Back into the queue after a pause that doubles, a little uneven so that many messages do not come back at once. */
export async function markAgain(db: Db, message: MessageRow, error: string): Promise<void> {
  const pause = Math.min(FIRST_PAUSE * 2 ** (message.attempts - 1), LONGEST_PAUSE) * (randomInt(900, 1100) / 1000)
  await db.query(`update core.outbox set status = 'queued', last_error = $3, next_at = now() + make_interval(secs => $4) ${MINE}`, [
    message.id,
    message.attempts,
    error,
    pause,
  ])
}

/** Back into the queue until a moment; this attempt is not held against it. */
export async function markLater(db: Db, message: MessageRow, at: Date): Promise<void> {
  await db.query(`update core.outbox set status = 'queued', attempts = attempts - 1, next_at = $3 ${MINE}`, [
    message.id,
    message.attempts,
    at,
  ])
}

/** The newest messages, for the page of a demo. */
export async function newestMessages(db: Db, limit: number): Promise<MessageRow[]> {
  const { rows } = await db.query<MessageRow>(`select ${COLUMNS} from core.outbox order by created_at desc, id desc limit $1`, [limit])
  return rows
}

/** The messages of one community, newest first, older than `before`. */
export async function messagesOf(
  db: Db,
  communityId: string,
  asked: { readonly id?: string; readonly status?: Status | null; readonly before?: string | null; readonly limit: number },
): Promise<(MessageRow & { readonly next_at: Date })[]> {
  const { rows } = await db.query<MessageRow & { next_at: Date }>(
    `select ${COLUMNS}, next_at from core.outbox
      where community_id = $1 and ($2::uuid is null or id = $2) and ($3::text is null or status = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [communityId, asked.id ?? null, asked.status ?? null, asked.before ?? null, asked.limit],
  )
  return rows
}

/** A message that was given up, from its beginning. What expired meanwhile stays given up. False when it is not in that state. */
export async function requeue(db: Db, communityId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update core.outbox set status = 'queued', attempts = 0, next_at = now()
      where community_id = $1 and id = $2 and status = 'failed' and sealed is not null and (expires_at is null or expires_at > now())`,
    [communityId, id],
  )
  return rowCount === 1
}

/** What messages say goes after a week (secrets of a demo after a day), that they were sent after 90 days. For a daily job. */
export async function sweepMessages(db: Db): Promise<void> {
  await db.query(
    `update core.outbox set sealed = null where sealed is not null and status not in ('queued', 'sending')
        and created_at < now() - case when secret then interval '1 day' else interval '7 days' end`,
  )
  await db.query(`delete from core.outbox where created_at < now() - interval '90 days'`)
}
