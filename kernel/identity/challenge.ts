// Between the first proof and the second: a few minutes and tries, only in the browser where it began. Opens nothing else.
import type { Db } from '#kernel/db/db.ts'
import { hash, randomBytes } from 'node:crypto'
import { cookieValue } from './cookie.ts'

export const CHALLENGE_COOKIE = 'balai.challenge'
const MINUTES = 5
const TRIES = 5

export type FirstWay = 'password' | 'code'

export type Challenges = {
  /** `challenge` goes into the answer, `setCookie` into the browser: one is worth nothing without the other. */
  begin(userId: string, way: FirstWay): Promise<{ readonly challenge: string; readonly expiresAt: Date; readonly setCookie: string }>
  /** Counts a try, and answers whose it is; null when it is over, used up, or of another browser. */
  attempt(challenge: string, headers: Headers): Promise<{ readonly userId: string; readonly way: FirstWay } | null>
  /** Ends it; true for the one who did. */
  end(challenge: string): Promise<boolean>
  /** `Set-Cookie` that forgets. */
  readonly clear: string
}

export function challenges(db: Db, secure: boolean): Challenges {
  const flags = `Path=/api/session; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  return {
    async begin(userId, way) {
      const challenge = randomBytes(32).toString('base64url')
      const browser = randomBytes(32).toString('base64url')
      const { rows } = await db.query<{ expires_at: Date }>(
        `insert into core.sign_in_challenges (key, user_id, browser_hash, first_way, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(mins => $5)) returning expires_at`,
        [hash('sha256', challenge), userId, hash('sha256', browser), way, MINUTES],
      )
      const setCookie = `${CHALLENGE_COOKIE}=${browser}; Max-Age=${MINUTES * 60}; ${flags}`
      return { challenge, expiresAt: rows[0]!.expires_at, setCookie }
    },
    async attempt(challenge, headers) {
      const browser = cookieValue(headers.get('cookie'), CHALLENGE_COOKIE)
      const { rows } = await db.query<{ userId: string; way: FirstWay }>(
        `update core.sign_in_challenges set tries = tries + 1
          where key = $1 and browser_hash = $2 and tries < $3 and expires_at > now() returning user_id "userId", first_way way`,
        [hash('sha256', challenge), hash('sha256', browser), TRIES],
      )
      return rows[0] ?? null
    },
    end: async (challenge) =>
      (await db.query('delete from core.sign_in_challenges where key = $1', [hash('sha256', challenge)])).rowCount === 1,
    clear: `${CHALLENGE_COOKIE}=; Max-Age=0; ${flags}`,
  }
}
