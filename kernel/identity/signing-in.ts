// Signing in, step by step: a password or a code by phone, then the second factor where it is on.
// A failure tells nothing: not whether the name or number exists, not by words, not by time.
import type { Origin } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { rateLimit } from '#kernel/http/rate-limit.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Config } from '#kernel/house.ts'
import type { SecurityKind } from '#kernel/security-log/security-log.ts'
import { networkOf, tooManyAttempts } from './brake.ts'
import type { Challenges } from './challenge.ts'
import { provePassword } from './credentials.ts'
import type { Door, Entry } from './door.ts'
import { untilGrid } from './grid.ts'
import type { KnownDevices } from './known-device.ts'
import { codeMessage } from './notices.ts'
import type { Notice } from './notices.ts'
import { CODE_MINUTES } from './otp.ts'
import type { OneTimeCodes } from './otp.ts'
import { phoneOf } from './phone.ts'
import { isRecoveryCode } from './recovery-codes.ts'
import type { SecondFactor } from './second-factor.ts'
import type { SignInBrake } from './sign-in-brake.ts'
import * as users from './users.ts'
import type { User } from './users.ts'

export type ByPassword = { readonly login: string; readonly password: string }
/** `name` is for an account that this sign-in makes, where that is open. */
export type ByCode = { readonly phone: string; readonly code: string; readonly name?: string | undefined }

export type SigningIn = {
  /**
   * Ends the session of the cookie that came along. Throws 401 `wrong_credentials` or `wrong_code` (the same for somebody unknown),
   * 403 `account_not_active`, 429 `too_many_attempts`.
   */
  signIn(input: ByPassword | ByCode, origin: Origin, headers: Headers): Promise<Entry>
  /** The same answer for a known and an unknown number. Throws 422 for what is no number, 429. Seconds until the next may be asked for. */
  sendCode(phone: string, origin: Origin): Promise<{ readonly resendIn: number; readonly expiresIn: number }>
  /** Throws 401 `challenge_over` (begin again) or `wrong_code`, 403, 429. */
  answerChallenge(input: { challenge: string; code: string }, origin: Origin, headers: Headers): Promise<Entry>
}

export type DoorKeeping = {
  readonly db: Db
  readonly config: Config
  readonly door: Door
  readonly brake: SignInBrake
  readonly codes: OneTimeCodes
  readonly factor: SecondFactor
  readonly challenges: Challenges
  readonly devices: KnownDevices
  readonly note: (kind: SecurityKind, userId: string | null, origin: Origin, detail?: Record<string, string | boolean>) => void
  /** Tells the person, by message. */
  readonly notify: (person: User | string, notice: Notice, origin: Origin) => void
  /** Throws 409 `no_sms` where no message can be sent to anybody. */
  readonly needSms: () => void
  readonly sms: (to: string, text: string, expiresAt: Date) => Promise<void>
}

export function openSigningIn(kept: DoorKeeping): SigningIn {
  const { db, config, door, brake, codes, factor, challenges, devices, note, notify } = kept
  const perAddress = rateLimit({ perMinute: config.signInPerMinute })

  const takeTurn = (origin: Origin): void => {
    const wait = perAddress.take(networkOf(origin.ip))
    if (wait > 0) throw tooManyAttempts(wait)
  }
  const lockedOut = (userId: string | null, origin: Origin): void => {
    note('locked_out', userId, origin)
    if (userId) notify(userId, 'locked_out', origin)
  }

  async function proveCode(
    phone: string,
    code: string,
    name?: string,
  ): Promise<{ userId: string | null; right: boolean; isNew?: boolean }> {
    const right = await codes.take(`sign_in ${phone}`, code)
    const known = await users.findUserByPhone(db, phone, config.locale)
    if (known || !right || config.signUp !== 'open') return { right: right && known !== null, userId: known?.id ?? null }
    const made = await users.insertPhoneUser(db, phone, plainName(name) || `Pengguna ${phone.slice(-4)}`, config.locale)
    return { right: true, userId: made.id, isNew: true }
  }

  return {
    async signIn(input, origin, headers) {
      const byCode = 'phone' in input
      const name = byCode ? requiredPhone(input.phone) : input.login.trim().toLowerCase()
      takeTurn(origin)
      const attempt = await brake.signIn(name, origin.ip, devices.of(headers, name))
      const started = performance.now()
      const proof = byCode
        ? { isNew: false, ...(await proveCode(name, input.code, input.name)) }
        : { isNew: false, ...(await provePassword(db, name, input.password)) }
      if (!proof.right || !proof.userId) {
        note(byCode ? 'code_failed' : 'sign_in_failed', proof.userId, origin)
        if (attempt.locked) lockedOut(proof.userId, origin)
        await untilGrid(started)
        throw byCode ? wrongCode() : wrongCredentials()
      }
      await attempt.forgive()
      const way = byCode ? 'code' : 'password'
      const entry = await door.enter({ id: proof.userId, isNew: proof.isNew }, way, name, origin, headers)
      if ('user' in entry) note('signed_in', proof.userId, origin, { way })
      return entry
    },

    async sendCode(typed, origin) {
      const phone = requiredPhone(typed)
      kept.needSms()
      takeTurn(origin)
      const started = performance.now()
      const { wait } = await brake.sending(phone, origin.ip)
      const user = await users.findUserByPhone(db, phone, config.locale)
      // A code is made in any case: what happens for an unknown number must look and last the same.
      const { code, expiresAt } = await codes.make(`sign_in ${phone}`)
      const wanted = user ? user.status === 'active' : config.signUp === 'open'
      if (wanted) {
        await kept.sms(phone, codeMessage(code, CODE_MINUTES, user?.locale ?? config.locale, config.baseUrl), expiresAt)
        note('code_sent', user?.id ?? null, origin)
      }
      await untilGrid(started)
      return { resendIn: wait, expiresIn: CODE_MINUTES * 60 }
    },

    async answerChallenge({ challenge, code }, origin, headers) {
      takeTurn(origin)
      const started = performance.now()
      const open = await challenges.attempt(challenge, headers)
      if (!open) {
        await untilGrid(started)
        throw challengeOver()
      }
      const attempt = await brake.secondFactor(open.userId, origin.ip, isRecoveryCode(code))
      const proof = await factor.check(open.userId, code)
      if (!proof) {
        note('second_factor_failed', open.userId, origin)
        if (attempt.locked) lockedOut(open.userId, origin)
        await untilGrid(started)
        throw wrongCode()
      }
      if (!(await challenges.end(challenge))) throw challengeOver()
      await attempt.forgive()
      const entry = await door.pass(open.userId, origin, headers, [challenges.clear])
      if (proof === 'recovery') note('recovery_code_used', open.userId, origin)
      note('signed_in', open.userId, origin, { way: open.way, second_factor: proof })
      return entry
    },
  }
}

const plainName = (name: string | undefined): string => (name ?? '').trim().replace(/\s+/g, ' ').slice(0, 100)

/** Throws 422. */
export function requiredPhone(typed: string, field = 'phone'): string {
  const phone = phoneOf(typed)
  if (phone) return phone
  const message = {
    id: 'Tulis nomor ponsel, misalnya 0812 3456 7890 atau +62 812 3456 7890.',
    en: 'Write a mobile number, such as 0812 3456 7890 or +62 812 3456 7890.',
  }
  throw invalid([{ field, code: 'not_a_phone', message }])
}

const wrongCredentials = (): Refusal =>
  new Refusal(401, 'wrong_credentials', {
    id: 'Nama pengguna, e-mail atau kata sandi tidak cocok.',
    en: 'The username, e-mail or password is not right.',
  })

const wrongCode = (): Refusal =>
  new Refusal(401, 'wrong_code', {
    id: 'Kode tidak cocok, atau sudah tidak berlaku.',
    en: 'The code is not right, or no longer good.',
  })

const challengeOver = (): Refusal =>
  new Refusal(401, 'challenge_over', {
    id: 'Waktunya habis. Masuk lagi dari awal.',
    en: 'The time is up. Sign in again from the start.',
  })
