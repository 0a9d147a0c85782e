// Where people are signed in: read on every request, listed and ended by their owner.
import type { Origin } from '#kernel/ctx.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Locale } from '#kernel/words.ts'
import { hash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { sessionCache } from './session-cache.ts'
import { USER_COLUMNS, userOf } from './users.ts'
import type { User, UserRow } from './users.ts'

export type Session = {
  readonly id: string
  /** SHA-256 of the token, in hex: all that memory and the database know of it. It signs nobody in. */
  readonly key: string
  readonly userId: string
  readonly user: User
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** A line of "my sessions". */
export type SessionInfo = {
  readonly id: string
  readonly device: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

export type Sessions = {
  /** A new session; answers its token, which is kept nowhere but in the person's cookie. */
  begin(userId: string, origin: Origin): Promise<string>
  /** The live session of a token whose signature was checked, with its person; null when ended, expired or not active. */
  find(token: string): Promise<Session | null>
  list(userId: string): Promise<SessionInfo[]>
  endToken(token: string): Promise<void>
  end(userId: string, sessionId: string): Promise<boolean>
  /** Ends all of a person's sessions but one; answers how many. */
  endAll(userId: string, but?: string | null): Promise<number>
  /** Drops what is remembered about a person, here and in every other process. */
  forget(userId: string): Promise<void>
  /** Drops what is remembered here only; null = everything. */
  drop(userId: string | null): void
}

/** Seconds a session lives without being used. */
export const IDLE = 14 * 24 * 3600
/** A session may be renewed until it is this old, in seconds. */
export const OLDEST = 90 * 24 * 3600
export const CHANNEL = 'balai_sessions'
const CACHE = { ttl: 15_000, size: 20_000 }
const HOUR = 3_600_000

/** A token has 256 random bits, so a plain hash is enough: there is nothing to guess. */
const keyOf = (token: string): string => hash('sha256', token)

type Kept = Session & { lastSeen: number }
type Row = UserRow & { id: string; created_at: Date; expires_at: Date; last_seen_at: Date }

/** `locale`: language of people who chose none. */
export function openSessions(app: pg.Pool, locale: Locale): Sessions {
  const cache = sessionCache<Kept>(CACHE)

  async function load(key: string): Promise<Kept | null> {
    const since = cache.moment()
    const { rows } = await app.query<Row>(
      `select s.id, s.created_at, s.expires_at, s.last_seen_at, ${USER_COLUMNS}
         from core.sessions s join core.users u on u.id = s.user_id
        where s.token_hash = $1 and s.expires_at > now() and u.status = 'active'`,
      [key],
    )
    const row = rows[0]
    if (!row) return null
    const kept: Kept = {
      id: row.id,
      key,
      userId: row.user_id,
      user: userOf(row, locale),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      lastSeen: row.last_seen_at.getTime(),
    }
    cache.put(key, kept, since)
    return kept
  }

  // Moves the end of a session that is being used. Nobody waits for it; if it fails, the next load of the session tries again.
  function renew(session: Kept): void {
    session.lastSeen = Date.now()
    app
      .query(
        `update core.sessions set last_seen_at = now(),
           expires_at = least(now() + make_interval(secs => $2), created_at + make_interval(secs => $3))
         where token_hash = $1 and last_seen_at < now() - interval '1 hour'`,
        [session.key, IDLE, OLDEST],
      )
      .catch(() => {})
  }

  const forget = async (userId: string): Promise<void> => {
    cache.dropUser(userId)
    await app.query('select pg_notify($1, $2)', [CHANNEL, userId])
  }

  async function ended(text: string, params: unknown[]): Promise<number> {
    const { rows } = await app.query<{ user_id: string }>(`${text} returning user_id`, params)
    for (const userId of new Set(rows.map((r) => r.user_id))) await forget(userId)
    return rows.length
  }

  return {
    async begin(userId, origin) {
      const token = randomBytes(32).toString('base64url')
      await app.query(
        `insert into core.sessions (token_hash, id, user_id, expires_at, ip_address, user_agent)
         values ($1, $2, $3, now() + make_interval(secs => $4), $5, $6)`,
        [keyOf(token), newId(), userId, IDLE, origin.ip, origin.userAgent?.slice(0, 300) ?? null],
      )
      return token
    },
    async find(token) {
      const key = keyOf(token)
      const session = cache.get(key) ?? (await load(key))
      if (!session || session.expiresAt.getTime() <= Date.now()) return null
      if (Date.now() - session.lastSeen > HOUR) renew(session)
      return session
    },
    async list(userId) {
      const { rows } = await app.query(
        `select id, device, nullif(ip_address, '') ip, nullif(user_agent, '') "userAgent",
                created_at "createdAt", last_seen_at "lastSeenAt", expires_at "expiresAt"
           from core.sessions where user_id = $1 and expires_at > now() order by last_seen_at desc, id desc limit 100`,
        [userId],
      )
      return rows as SessionInfo[]
    },
    endToken: async (token) => void (await ended('delete from core.sessions where token_hash = $1', [keyOf(token)])),
    end: async (userId, id) => (await ended('delete from core.sessions where user_id = $1 and id = $2', [userId, id])) > 0,
    endAll: (userId, but = null) =>
      ended('delete from core.sessions where user_id = $1 and ($2::uuid is null or id <> $2::uuid)', [userId, but]),
    forget,
    drop: (userId) => (userId === null ? cache.clear() : cache.dropUser(userId)),
  }
}
