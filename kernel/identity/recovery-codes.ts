// Ten codes to print and put away, each good once, for the day the phone with the authenticator app is lost.
import type { Db } from '#kernel/db/db.ts'
import { randomInt } from 'node:crypto'
import { keyed } from './keyed.ts'

export const RECOVERY_CODES = 10
/** Without letters and digits that look alike on paper. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 10

export type RecoveryCodes = {
  /** New codes, shown this once; the former ones are worth nothing from now on. */
  renew(userId: string, db?: Db): Promise<string[]>
  /** Whether this is one of the person's unused codes; true once. */
  take(userId: string, code: string): Promise<boolean>
  left(userId: string): Promise<number>
}

/** Some 49 bits each: with the brake on sign-in nobody guesses one, and the hashes are keyed besides. */
export function recoveryCodes(own: Db, secret: string): RecoveryCodes {
  const hashOf = keyed(secret, 'recovery code')
  return {
    async renew(userId, db = own) {
      const codes = Array.from({ length: RECOVERY_CODES }, newCode)
      // One statement: never the old codes gone without the new ones there. Two hashes are never the same, so nothing conflicts.
      await db.query(
        `with gone as (delete from core.recovery_codes where user_id = $1)
         insert into core.recovery_codes (user_id, code_hash) values ${codes.map((_, i) => `($1, $${i + 2})`).join(', ')}`,
        [userId, ...codes.map((code) => hashOf(userId, bare(code)))],
      )
      return codes
    },
    async take(userId, code) {
      const { rowCount } = await own.query(
        'update core.recovery_codes set used_at = now() where user_id = $1 and code_hash = $2 and used_at is null',
        [userId, hashOf(userId, bare(code))],
      )
      return rowCount === 1
    },
    async left(userId) {
      const { rows } = await own.query<{ n: number }>(
        'select count(*)::int n from core.recovery_codes where user_id = $1 and used_at is null',
        [userId],
      )
      return rows[0]!.n
    },
  }
}

/** Whether something typed where a code is asked for is meant as one of these: six digits are the app's. */
export const isRecoveryCode = (typed: string): boolean => bare(typed).length === LENGTH

const bare = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '')

function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]!).join('')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}
