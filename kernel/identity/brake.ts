// Slows down whoever tries too often: counted per key, and each try too many doubles the wait.
// Counted in the database, so that several processes and a restart do not give an attacker new tries.
import { Refusal } from '#kernel/http/refusal.ts'
import { createHmac } from 'node:crypto'
import type pg from 'pg'

/** `free` tries, then a wait of `first` seconds that doubles up to `longest`; forgotten after `window` seconds of quiet. */
export type Limit = { readonly free: number; readonly first: number; readonly longest: number; readonly window: number }

/** `locked`: this try was the one that began the waiting. `wait`: seconds until the next may come. */
export type Counted = { readonly locked: boolean; readonly wait: number }

export type Brake = {
  /** Counts a try before it is looked at, so that many at once gain nothing. Throws 429 `too_many_attempts` with Retry-After. */
  count(key: string, limit: Limit): Promise<Counted>
  forget(keys: readonly string[]): Promise<void>
  /** Takes one try back and lets the next one come at once. */
  takeBack(key: string): Promise<void>
  /** The name under which something is counted: a keyed hash, no name, number or address in clear. */
  key(kind: string, value: string): string
}

/** `secret` keys the hashes. */
export function openBrake(app: pg.Pool, secret: string): Brake {
  return {
    key: (kind, value) => `${kind}:${createHmac('sha256', secret).update(`${kind}:${value}`).digest('base64url').slice(0, 22)}`,
    async count(key, { free, first, longest, window }) {
      // A key that must wait is not touched: no row comes back, and hammering writes nothing.
      const { rows } = await app.query<{ count: number; wait: number | null }>(
        `insert into core.rate_limits as r (key, count, last_at, blocked_until)
         values ($1, 1, now(), case when $2 <= 1 then now() + make_interval(secs => $3) end)
         on conflict (key) do update set
           count = case when r.last_at < now() - make_interval(secs => $5) then 1 else r.count + 1 end,
           last_at = now(),
           blocked_until = case when r.last_at >= now() - make_interval(secs => $5) and r.count + 1 >= $2
             then now() + make_interval(secs => least($3 * 2 ^ least(r.count + 1 - $2, 20), $4))
             when $2 <= 1 then now() + make_interval(secs => $3) end
         where r.blocked_until is null or r.blocked_until <= now()
         returning count, ceil(extract(epoch from blocked_until - now()))::int wait`,
        [key, free, first, longest, window],
      )
      const done = rows[0]
      if (done) return { locked: done.count === free, wait: done.wait ?? 0 }
      const { rows: blocked } = await app.query<{ wait: number }>(
        'select ceil(extract(epoch from blocked_until - now()))::int wait from core.rate_limits where key = $1',
        [key],
      )
      throw tooManyAttempts(Math.max(1, blocked[0]?.wait ?? 1))
    },
    forget: async (keys) => void (await app.query('delete from core.rate_limits where key = any($1)', [keys])),
    takeBack: async (key) =>
      void (await app.query('update core.rate_limits set count = greatest(count - 1, 0), blocked_until = null where key = $1', [key])),
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
      ? { id: `Terlalu banyak percobaan. Coba lagi dalam ${seconds} detik.`, en: `Too many attempts. Try again in ${seconds} seconds.` }
      : { id: `Terlalu banyak percobaan. Coba lagi dalam ${minutes} menit.`, en: `Too many attempts. Try again in ${minutes} minutes.` },
    [],
    { headers: { 'Retry-After': String(seconds) } },
  )
}
