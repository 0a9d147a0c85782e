// Word between processes on a PostgreSQL server: new work, progress elsewhere, a wish to cancel.
import type { Db } from '#kernel/db/db.ts'
import { type Ear, hear } from '#kernel/db/hear.ts'
import type { Database } from '#kernel/db/open.ts'

const CHANNEL = 'balai_jobs'

/** No personal data: only who and which, the row says the rest. `from` is the process that said it. */
export type Word =
  | { readonly kind: 'work' }
  | { readonly kind: 'cancel'; readonly job: string }
  /** Bells of these people ring. */
  | { readonly kind: 'ring'; readonly tenant: string; readonly users: readonly string[]; readonly from: string }
  | { readonly kind: 'job'; readonly tenant: string; readonly job: string; readonly user: string | null; readonly from: string | null }

/** Sends a word when the transaction of `db` commits. */
export async function say(db: Db, word: Word): Promise<void> {
  await db.query(`select pg_notify('${CHANNEL}', $1)`, [JSON.stringify(word)])
}

/** Hears the words of every process; `null` means that some may have been missed. */
export const listen = (database: Database, heard: (word: Word | null) => void): Ear =>
  hear(database, CHANNEL, (word) => heard(word === null ? null : parse(word)))

function parse(payload: string): Word | null {
  try {
    return JSON.parse(payload) as Word
  } catch {
    return null
  }
}
