// Who is this: signing in and out, sessions, passwords, accounts. Everything else asks here and knows no library.
import type { Origin } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { rateLimit } from '#kernel/http/rate-limit.ts'
import { invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import type { Config } from '#kernel/house.ts'
import type pg from 'pg'
import { sessionCookie } from './cookie.ts'
import { listenForChanges } from './listen.ts'
import { OLDEST, openSessions } from './sessions.ts'
import type { Session, SessionInfo } from './sessions.ts'
import { networkOf, signInBrake, tooManyAttempts } from './sign-in-brake.ts'
import { openSignIn } from './sign-in.ts'
import * as users from './users.ts'
import type { NewUser, Profile, User, UserStatus } from './users.ts'

export type { Session, SessionInfo } from './sessions.ts'
export type { NewUser, User, UserStatus } from './users.ts'

export type Identity = {
  /**
   * Signs in by username or e-mail; ends the session of the cookie that came along.
   * Throws 401 `wrong_credentials` (the same for an unknown name), 403 `account_not_active`, 429 `too_many_attempts`.
   */
  signIn(input: { login: string; password: string }, origin: Origin, headers: Headers): Promise<{ user: User; setCookies: string[] }>
  /** Ends the session of this request; the answer forgets the cookie. */
  signOut(headers: Headers): Promise<string[]>
  /** The live session of a request, or null. No query when it was asked within the last seconds. */
  sessionOf(headers: Headers): Promise<Session | null>
  sessionsOf(userId: string): Promise<SessionInfo[]>
  /** Ends one session of this person; false when they have no such session. */
  revoke(userId: string, sessionId: string): Promise<boolean>
  revokeOthers(userId: string, currentId: string): Promise<number>
  /** Throws 422 when `current` is wrong or `next` breaks the rules. Ends the person's other sessions. */
  changePassword(session: Session, input: { current: string; next: string }): Promise<void>
  /** Throws 422. `db`: the transaction to make the account in. */
  createUser(input: NewUser, db?: Db): Promise<User>
  /** For whoever may set it without knowing the old one. Ends all sessions of the person. */
  setPassword(userId: string, password: string): Promise<void>
  setStatus(userId: string, status: UserStatus): Promise<void>
  setProfile(userId: string, change: Profile): Promise<User>
  setLocale(userId: string, locale: User['locale']): Promise<User>
  userById(userId: string): Promise<User | null>
  userByLogin(login: string): Promise<User | null>
  /** Call after committing a change to anything a session carries: the next request of this person reads it anew, in every process. */
  forget(userId: string): Promise<void>
  /** Hears `forget` of other processes; needs a PostgreSQL server. Holds one connection until the answer is called. */
  listen(pool: pg.Pool): Promise<() => Promise<void>>
  /** Deletes expired sessions and old counters; for a daily job. */
  sweep(): Promise<void>
}

const FREE_PER_PAIR = 5
const FREE_PER_NAME = 25

export function openIdentity(options: { app: pg.Pool; config: Config }): Identity {
  const { app, config } = options
  const db = globalDb(app)
  const cookie = sessionCookie({ secret: config.secret, secure: config.baseUrl.startsWith('https:'), maxAge: OLDEST })
  const sessions = openSessions(app, config.locale)
  const signIn = openSignIn(app, config)
  const perAddress = rateLimit({ perMinute: config.signInPerMinute })
  const brake = signInBrake(app, config.secret, { pair: FREE_PER_PAIR, name: FREE_PER_NAME, address: Math.max(20, config.signInPerMinute) })

  const known = async (userId: string): Promise<User> => {
    const user = await users.findUser(db, userId, config.locale)
    if (!user) throw notFound()
    return user
  }
  const setProfile = async (userId: string, change: Profile): Promise<User> => {
    const user = await users.updateProfile(db, userId, change, config.locale)
    if (!user) throw notFound()
    await sessions.forget(userId)
    return user
  }

  return {
    async signIn(input, origin, headers) {
      const login = input.login.trim().toLowerCase()
      const wait = perAddress.take(networkOf(origin.ip))
      if (wait > 0) throw tooManyAttempts(wait)
      const forgive = await brake.signIn(login, origin.ip)
      const token = await signIn(login, input.password, origin)
      await forgive()
      // A new token for every sign-in, and the old one dies: a planted cookie is worth nothing.
      const old = cookie.read(headers)
      if (old) await sessions.endToken(old)
      const session = await sessions.find(token)
      if (!session) throw new Error('A session that was just made is not there.')
      await app.query('update core.users set last_login_at = now() where id = $1', [session.userId])
      return { user: session.user, setCookies: [cookie.write(token)] }
    },
    async signOut(headers) {
      const token = cookie.read(headers)
      if (token) await sessions.endToken(token)
      return [cookie.clear()]
    },
    async sessionOf(headers) {
      const token = cookie.read(headers)
      return token ? sessions.find(token) : null
    },
    sessionsOf: sessions.list,
    revoke: sessions.end,
    revokeOthers: sessions.endAll,
    async changePassword(session, { current, next }) {
      const forgive = await brake.again(session.userId)
      if (!(await users.passwordMatches(db, session.userId, current))) {
        throw invalid([
          {
            field: 'current',
            code: 'wrong_password',
            message: { id: 'Kata sandi lama tidak cocok.', en: 'This is not your current password.' },
          },
        ])
      }
      await forgive()
      await users.updatePassword(db, await known(session.userId), next, 'next')
      await sessions.endAll(session.userId, session.id)
    },
    createUser: (input, within = db) => users.insertUser(within, input, config.locale),
    async setPassword(userId, password) {
      await users.updatePassword(db, await known(userId), password)
      await sessions.endAll(userId)
    },
    async setStatus(userId, status) {
      await users.updateStatus(db, userId, status)
      if (status !== 'active') await sessions.endAll(userId)
      await sessions.forget(userId)
    },
    setProfile,
    setLocale: (userId, locale) => setProfile(userId, { locale }),
    userById: (userId) => users.findUser(db, userId, config.locale),
    userByLogin: (login) => users.findUserByLogin(db, login, config.locale),
    forget: sessions.forget,
    listen: (pool) => listenForChanges(pool, sessions),
    async sweep() {
      await app.query('delete from core.sessions where expires_at < now()')
      await app.query(`delete from core.rate_limits where last_at < now() - interval '1 day'`)
      await app.query('delete from core.verifications where expires_at < now()')
    },
  }
}

/** For every route that needs a person. */
export const notSignedIn = (): Refusal =>
  new Refusal(401, 'not_signed_in', { id: 'Masuk dulu untuk melanjutkan.', en: 'Sign in to continue.' })
