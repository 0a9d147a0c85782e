// Links in messages that prove something: made once, kept only as a hash, used once, dead after a while.
import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '#kernel/db/db.ts'

/** What a link is for. A link made for one purpose opens nothing else. */
export type Purpose = 'password_reset' | 'verify_email' | 'invitation'

/** What is known about a good link: whom or what it is about, and what was kept with it. */
export type Proof = { readonly about: string; readonly value: string }

const BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{43}$/
/** 256 bits of chance need no salt and no slow hash: there is nothing to guess. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * Makes a token (43 characters of base64url) for `about` (an id), instead of any earlier one for the same: only the newest message counts.
 * `value` is kept beside it, `hours` is how long it lives.
 */
export async function makeToken(db: Db, purpose: Purpose, about: string, hours: number, value = ''): Promise<string> {
  const token = randomBytes(BYTES).toString('base64url')
  const identifier = `${purpose}:${about}`
  await db.query('delete from core.verifications where identifier = $1', [identifier])
  await db.query(
    `insert into core.verifications (id, identifier, value, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))`,
    [hashOf(token), identifier, value, hours * 3600],
  )
  return token
}

/** What a token stands for, without using it up; null when it is unknown, used, or too old. */
export const readToken = (db: Db, purpose: Purpose, token: string): Promise<Proof | null> =>
  find(
    db,
    purpose,
    token,
    'select identifier, value from core.verifications where id = $1 and starts_with(identifier, $2) and expires_at > now()',
  )

/** Uses a token up: of two at the same moment, one gets it. */
export const spendToken = (db: Db, purpose: Purpose, token: string): Promise<Proof | null> =>
  find(
    db,
    purpose,
    token,
    'delete from core.verifications where id = $1 and starts_with(identifier, $2) and expires_at > now() returning identifier, value',
  )

async function find(db: Db, purpose: Purpose, token: string, statement: string): Promise<Proof | null> {
  if (!TOKEN.test(token)) return null
  const { rows } = await db.query<{ identifier: string; value: string }>(statement, [hashOf(token), `${purpose}:`])
  return rows[0] ? { about: rows[0].identifier.slice(purpose.length + 1), value: rows[0].value } : null
}

/** Makes every link for `about` worthless. */
export const dropTokens = async (db: Db, purpose: Purpose, about: string): Promise<void> =>
  void (await db.query('delete from core.verifications where identifier = $1', [`${purpose}:${about}`]))
