// Who is this: signing in and out, sessions, passwords, accounts. Everything else asks here and knows none of the parts.
import type { Db } from '#kernel/db/db.ts'
import { type Ear, hear } from '#kernel/db/hear.ts'
import type { Database } from '#kernel/db/open.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import type { Config, House } from '#kernel/house.ts'
import { newId } from '#kernel/resource/id.ts'
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import type pg from 'pg'
import { openBrake } from './brake.ts'
import { challenges } from './challenge.ts'
import { sessionCookie } from './cookie.ts'
import { updatePassword } from './credentials.ts'
import { openDoor } from './door.ts'
import { knownDevices } from './known-device.ts'
import { openMyFactors } from './my-factors.ts'
import type { MyFactors } from './my-factors.ts'
import { noticeTo } from './notices.ts'
import { oneTimeCodes } from './otp.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { secondFactor } from './second-factor.ts'
import { CHANNEL, OLDEST, openSessions } from './sessions.ts'
import type { Session, SessionInfo } from './sessions.ts'
import { signInBrake } from './sign-in-brake.ts'
import { openSigningIn } from './signing-in.ts'
import type { DoorKeeping, SigningIn } from './signing-in.ts'
import * as users from './users.ts'
import type { NewUser, Profile, User, UserStatus } from './users.ts'

export type { Entry } from './door.ts'
export type { MyFactors } from './my-factors.ts'
export type { Session, SessionInfo } from './sessions.ts'
export type { NewUser, User, UserStatus } from './users.ts'

export type Identity = SigningIn & {
  /** Which ways in this installation has, for people who are not signed in. */
  readonly ways: () => { readonly code: boolean; readonly signUp: boolean }
  /** What signed-in people do to their own ways of signing in. */
  readonly mine: MyFactors
  /** Ends the session of this request; the answer forgets the cookie. */
  signOut(headers: Headers): Promise<string[]>
  /** The live session of a request, or null. No query when it was asked within the last seconds. */
  sessionOf(headers: Headers): Promise<Session | null>
  sessionsOf(userId: string): Promise<SessionInfo[]>
  /** Ends one session of this person; false when they have no such session. */
  revoke(userId: string, sessionId: string): Promise<boolean>
  revokeOthers(userId: string, currentId: string): Promise<number>
  /** Throws 422. `db`: the transaction to make the account in. */
  createUser(input: NewUser, db?: Db): Promise<User>
  /** For whoever may set it without knowing the old one. Ends all sessions of the person. */
  setPassword(userId: string, password: string): Promise<void>
  setStatus(userId: string, status: UserStatus): Promise<void>
  setProfile(userId: string, change: Profile): Promise<User>
  setLocale(userId: string, locale: User['locale']): Promise<User>
  /** For the operator, when somebody lost phone and recovery codes: the next sign-in asks for the first proof only. */
  dropSecondFactor(userId: string): Promise<void>
  userById(userId: string): Promise<User | null>
  userByLogin(login: string): Promise<User | null>
  /** Call after committing a change to anything a session carries: the next request of this person reads it anew, in every process. */
  forget(userId: string): Promise<void>
  /** Hears `forget` of other processes, so that an ended session ends everywhere at once. */
  listen(database: Database): Ear
  /** Deletes what has expired: sessions, codes, challenges, old counters; for a daily job. */
  sweep(): Promise<void>
  /** Seals second factors with the current master key; answers how many. Before a former master key is thrown away. */
  reseal(): Promise<number>
}

type Surroundings = Pick<House, 'database' | 'log' | 'outbox'>

/** `house` is asked when somebody comes to the door, not before: identity is opened earlier than the rest. */
export function openIdentity(options: { app: pg.Pool; config: Config; master: MasterKey; house: () => Surroundings }): Identity {
  const { app, config, master, house } = options
  const db = globalDb(app)
  const secure = config.baseUrl.startsWith('https:')
  const cookie = sessionCookie({ secret: config.secret, secure, maxAge: OLDEST })
  const sessions = openSessions(app, config.locale)
  const recovery = recoveryCodes(db, config.secret)
  const devices = knownDevices(config.secret, secure)
  const asked = challenges(db, secure)
  const door = openDoor({ db, sessions, cookie, challenges: asked, devices })

  /** Tells a person by message. Nobody waits for it, and it fails nothing. */
  const notify: DoorKeeping['notify'] = (person, notice, origin) =>
    void (async () => {
      const user = typeof person === 'string' ? await users.findUser(db, person, config.locale) : person
      const message = user && noticeTo(user, notice, origin, new Date())
      if (message && house().outbox.carries(message.channel)) await house().outbox.send(message)
    })().catch((error: Error) => house().log.error({ error: error.name, notice }, 'a notice could not be queued'))

  const kept: DoorKeeping = {
    db,
    config,
    door,
    brake: signInBrake(openBrake(app, config.secret), Math.max(20, config.signInPerMinute)),
    codes: oneTimeCodes(db, config.secret),
    factor: secondFactor(db, master, recovery, 'Balai'),
    challenges: asked,
    devices,
    note: (kind, userId, origin, detail) => void noteSecurity(house(), { kind, userId, origin, ...(detail ? { detail } : {}) }),
    notify,
    needSms() {
      if (!house().outbox.carries('sms')) throw noSms()
    },
    sms: (to, text, expiresAt) =>
      house().outbox.send({
        channel: 'sms',
        to,
        subject: '',
        text,
        purpose: 'otp',
        key: `otp:${newId()}`,
        tenantId: null,
        secret: true,
        expiresAt,
      }),
  }

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
    ...openSigningIn(kept),
    mine: openMyFactors({ ...kept, sessions, recovery }),
    ways: () => {
      const code = house().outbox.carries('sms')
      return { code, signUp: code && config.signUp === 'open' }
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
    createUser: (input, within = db) => users.insertUser(within, input, config.locale),
    async setPassword(userId, password) {
      await updatePassword(db, await known(userId), password)
      await sessions.endAll(userId)
    },
    async setStatus(userId, status) {
      await users.updateStatus(db, userId, status)
      if (status !== 'active') await sessions.endAll(userId)
      await sessions.forget(userId)
    },
    setProfile,
    setLocale: (userId, locale) => setProfile(userId, { locale }),
    dropSecondFactor: (userId) => kept.factor.remove(userId),
    userById: (userId) => users.findUser(db, userId, config.locale),
    userByLogin: (login) => users.findUserByLogin(db, login, config.locale),
    forget: sessions.forget,
    listen: (database) => hear(database, CHANNEL, sessions.drop),
    async sweep() {
      for (const table of ['sessions', 'one_time_codes', 'sign_in_challenges', 'verifications'])
        await app.query(`delete from core.${table} where expires_at < now()`)
      // Guesses at codes are remembered for a day after the last one.
      await app.query(`delete from core.rate_limits where last_at < now() - interval '1 day'`)
    },
    reseal: kept.factor.reseal,
  }
}

/** For every route that needs a person. */
export const notSignedIn = (): Refusal =>
  new Refusal(401, 'not_signed_in', { id: 'Masuk dulu untuk melanjutkan.', en: 'Sign in to continue.' })

const noSms = (): Refusal =>
  new Refusal(409, 'no_sms', {
    id: 'Balai ini belum dapat mengirim SMS. Masuk dengan kata sandi.',
    en: 'This Balai cannot send text messages yet. Sign in with your password.',
  })
