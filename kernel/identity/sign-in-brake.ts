// Slows down guessing: failed sign-ins are counted per name and address, and each one too many doubles the wait.
// Counted in the database, so that several processes and a restart do not give an attacker new tries.
import { Refusal } from '#kernel/http/refusal.ts'
import { createHmac } from 'node:crypto'
import type pg from 'pg'

/** How many failures are free before waiting begins. */
export type Allowance = {
  /** One name from one address: somebody mistyping. */
  readonly pair: number
  /** One name from anywhere: guessing spread over many addresses. High, so that a stranger cannot lock a person out. */
  readonly name: number
  /** One address, any name. */
  readonly address: number
}

export type Brake = {
  /**
   * Counts an attempt before the password is looked at, so that many at once gain nothing.
   * Throws 429 `too_many_attempts` with Retry-After. Call the answer when the password was right.
   */
  signIn(name: string, address: string | null): Promise<() => Promise<void>>
  /** The same for somebody who is signed in and must say their password again. */
  again(userId: string): Promise<() => Promise<void>>
}

const FIRST_WAIT = 30
const LONGEST_WAIT = 900

/** `secret` keys the hashes under which names and addresses are counted. */
export function signInBrake(app: pg.Pool, secret: string, allowed: Allowance): Brake {
  const hashed = (kind: keyof Allowance, value: string): string =>
    `${kind}:${createHmac('sha256', secret).update(`${kind}:${value}`).digest('base64url').slice(0, 22)}`

  async function count(key: string, free: number): Promise<void> {
    // A key that must wait is not touched: no row comes back, and hammering writes nothing.
    const { rowCount } = await app.query(
      `insert into core.rate_limits as r (key, count, last_at) values ($1, 1, now())
       on conflict (key) do update set
         count = case when r.last_at < now() - interval '1 hour' then 1 else r.count + 1 end,
         last_at = now(),
         blocked_until = case when r.last_at >= now() - interval '1 hour' and r.count + 1 >= $2
           then now() + make_interval(secs => least($3 * 2 ^ least(r.count + 1 - $2, 20), $4)) end
       where r.blocked_until is null or r.blocked_until <= now()`,
      [key, free, FIRST_WAIT, LONGEST_WAIT],
    )
    if (rowCount) return
    const { rows } = await app.query<{ wait: number }>(
      'select ceil(extract(epoch from blocked_until - now()))::int wait from core.rate_limits where key = $1',
      [key],
    )
    throw tooManyAttempts(Math.max(1, rows[0]?.wait ?? 1))
  }

  return {
    async signIn(name, address) {
      const from = networkOf(address)
      const pair = hashed('pair', `${name} ${from}`)
      const everywhere = hashed('name', name)
      const caller = hashed('address', from)
      await count(pair, allowed.pair)
      await count(caller, allowed.address)
      await count(everywhere, allowed.name)
      return async () => {
        await app.query('delete from core.rate_limits where key = any($1)', [[pair, everywhere]])
        // Only this attempt is forgiven: an attacker with an account of their own must not wipe the slate.
        await app.query('update core.rate_limits set count = greatest(count - 1, 0), blocked_until = null where key = $1', [caller])
      }
    },
    async again(userId) {
      const own = hashed('pair', `again ${userId}`)
      await count(own, allowed.pair)
      return async () => void (await app.query('delete from core.rate_limits where key = $1', [own]))
    },
  }
}

/** The caller as limits see them: an IPv4 address, or the /64 that one IPv6 subscriber owns. */
export function networkOf(address: string | null): string {
  if (!address) return 'unknown'
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

export function tooManyAttempts(seconds: number): Refusal {
  const minutes = Math.ceil(seconds / 60)
  return new Refusal(
    429,
    'too_many_attempts',
    seconds < 90
      ? { id: `Terlalu banyak percobaan. Coba lagi ${seconds} detik lagi.`, en: `Too many attempts. Try again in ${seconds} seconds.` }
      : { id: `Terlalu banyak percobaan. Coba lagi ${minutes} menit lagi.`, en: `Too many attempts. Try again in ${minutes} minutes.` },
    [],
    { headers: { 'Retry-After': String(seconds) } },
  )
}
