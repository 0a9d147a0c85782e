// Six digits sent to a phone: good once, for five minutes, for five tries, for the one thing they were asked for.
import type { Db } from '#kernel/db/db.ts'
import { randomInt } from 'node:crypto'
import { keyed, same } from './keyed.ts'

export const CODE_MINUTES = 5
export const CODE_TRIES = 5

export type OneTimeCodes = {
  /** A new code replaces the one before. `use` says what for and for whom: `sign_in +6281…`. Sent by the caller, kept by nobody. */
  make(use: string, db?: Db): Promise<{ readonly code: string; readonly expiresAt: Date }>
  /** Whether this is the code; true once. Each call is a try, counted before it compares: fifty at once are five. */
  take(use: string, code: string): Promise<boolean>
}

/** `secret` keys the hashes of numbers and codes; it is not in the database. */
export function oneTimeCodes(own: Db, secret: string): OneTimeCodes {
  const nameOf = keyed(secret, 'one-time code, its use')
  const hashOf = keyed(secret, 'one-time code')
  return {
    async make(use, db = own) {
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const { rows } = await db.query<{ expires_at: Date }>(
        `insert into core.one_time_codes (key, code_hash, expires_at) values ($1, $2, now() + make_interval(mins => $3))
         on conflict (key) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0, created_at = now()
         returning expires_at`,
        [nameOf(use), hashOf(use, code), CODE_MINUTES],
      )
      return { code, expiresAt: rows[0]!.expires_at }
    },
    async take(use, code) {
      const key = nameOf(use)
      const { rows } = await own.query<{ code_hash: string }>(
        'update core.one_time_codes set tries = tries + 1 where key = $1 and tries < $2 and expires_at > now() returning code_hash',
        [key, CODE_TRIES],
      )
      const wanted = rows[0]?.code_hash
      const given = hashOf(use, code.replace(/\s/g, ''))
      if (!wanted || !same(wanted, given)) return false
      // Of two that come with the right code at once, the one that removes it wins.
      const { rowCount } = await own.query('delete from core.one_time_codes where key = $1 and code_hash = $2', [key, given])
      return rowCount === 1
    },
  }
}
