// What happens once somebody has proven who they are: a session, or the question for the second factor.
import type { Origin } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { Challenges, FirstWay } from './challenge.ts'
import type { SessionCookie } from './cookie.ts'
import type { KnownDevices } from './known-device.ts'
import type { Sessions } from './sessions.ts'
import type { User } from './users.ts'

/** Signed in, or one step short of it. `isNew`: the account was made by this very sign-in. */
export type Entry =
  | { readonly user: User; readonly setCookies: string[]; readonly isNew: boolean }
  | { readonly challenge: string; readonly expiresAt: Date; readonly setCookies: string[] }

export type Door = {
  /** After the first proof. `name`: as typed and counted. Throws 403 `account_not_active`. */
  enter(user: { id: string; isNew?: boolean }, way: FirstWay, name: string, origin: Origin, headers: Headers): Promise<Entry>
  /** After the last proof. */
  pass(userId: string, origin: Origin, headers: Headers, setCookies: readonly string[], isNew?: boolean): Promise<Entry>
}

export function openDoor(parts: {
  db: Db
  sessions: Sessions
  cookie: SessionCookie
  challenges: Challenges
  devices: KnownDevices
}): Door {
  const { db, sessions, cookie, challenges, devices } = parts

  async function pass(userId: string, origin: Origin, headers: Headers, setCookies: readonly string[], isNew = false): Promise<Entry> {
    // A new token for every sign-in, and the old one dies: a planted cookie is worth nothing.
    const old = cookie.read(headers)
    if (old) await sessions.endToken(old)
    const token = await sessions.begin(userId, origin)
    const session = await sessions.find(token)
    if (!session) throw notActive()
    await db.query('update core.users set last_login_at = now() where id = $1', [userId])
    return { user: session.user, setCookies: [cookie.write(token), ...setCookies], isNew }
  }

  return {
    pass,
    async enter({ id, isNew }, way, name, origin, headers) {
      const { rows } = await db.query<{ status: string; two_factor_enabled: boolean }>(
        'select status, two_factor_enabled from core.users where id = $1',
        [id],
      )
      // Whoever gets here has proven themselves: they may be told that the account is closed.
      if (rows[0]?.status !== 'active') throw notActive()
      const remember = devices.remember(name)
      if (!rows[0].two_factor_enabled) return pass(id, origin, headers, [remember], isNew)
      const { challenge, expiresAt, setCookie } = await challenges.begin(id, way)
      return { challenge, expiresAt, setCookies: [setCookie, remember] }
    },
  }
}

const notActive = (): Refusal =>
  new Refusal(403, 'account_not_active', {
    id: 'Akun Anda sedang tidak aktif. Hubungi pengelola.',
    en: 'Your account is not active. Ask an administrator.',
  })
