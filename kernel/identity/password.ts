// How passwords are kept: argon2id (RFC 9106) in the PHC string format, so that the numbers travel with the hash
// and can be raised later without breaking older ones.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const PHC = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** A new hash, `$argon2id$v=19$m=19456,t=2,p=1$salt$key`, about 40 ms on one thread of the pool. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive('argon2id', { message: spelled(password), nonce: salt, tagLength: 32, ...COST })
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${bare(salt)}$${bare(key)}`
}

/** Whether the password made this hash. A hash in another format is nobody's: false, never an error. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const [, m, t, p, salt, key] = PHC.exec(hash) ?? []
  if (!m || !t || !p || !salt || !key) return false
  const wanted = Buffer.from(key, 'base64')
  const got = await derive('argon2id', {
    message: spelled(password),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: wanted.length,
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
  })
  return timingSafeEqual(got, wanted)
}

// The same letters typed on another keyboard are the same password (NIST SP 800-63B §5.1.1.2).
const spelled = (password: string): Buffer => Buffer.from(password.normalize('NFKC'), 'utf8')

const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
