// What signed-in people do to their own ways of signing in: password, phone, authenticator app. Each asks for proof again,
// so that a browser left open is not enough to take the account over.
import type { Origin } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import type { FieldProblem } from '#kernel/http/refusal.ts'
import { hasPassword, passwordMatches, updatePassword } from './credentials.ts'
import { codeMessage } from './notices.ts'
import { CODE_MINUTES } from './otp.ts'
import { isRecoveryCode } from './recovery-codes.ts'
import type { RecoveryCodes } from './recovery-codes.ts'
import type { FactorState, NewFactor } from './second-factor.ts'
import type { Session, Sessions } from './sessions.ts'
import { requiredPhone } from './signing-in.ts'
import type { DoorKeeping } from './signing-in.ts'
import { updatePhone } from './users.ts'

/** The password, or undefined for somebody who has none: then the session must be fresh. */
type Again = { readonly password?: string | undefined }

export type MyFactors = {
  state(session: Session): Promise<{ readonly hasPassword: boolean; readonly secondFactor: FactorState }>
  /** Throws 422 when `current` is wrong or `next` breaks the rules. Ends the person's other sessions. */
  changePassword(session: Session, input: { current?: string | undefined; next: string }, origin: Origin): Promise<void>
  /** Sends a code to a phone that is to become theirs. The same for a number of somebody else: only its holder learns that. */
  sendPhoneCode(
    session: Session,
    input: Again & { phone: string },
    origin: Origin,
  ): Promise<{ readonly resendIn: number; readonly expiresIn: number }>
  setPhone(session: Session, input: { phone: string; code: string }, origin: Origin): Promise<void>
  removePhone(session: Session, input: Again, origin: Origin): Promise<void>
  /** Throws 409 `second_factor_on`. */
  beginSecondFactor(session: Session, input: Again, origin: Origin): Promise<NewFactor>
  /** Turns it on and answers the recovery codes. Ends the person's other sessions, which were made without it. */
  confirmSecondFactor(session: Session, code: string, origin: Origin): Promise<string[]>
  renewRecoveryCodes(session: Session, input: Again & { code: string }, origin: Origin): Promise<string[]>
  removeSecondFactor(session: Session, input: Again & { code: string }, origin: Origin): Promise<void>
}

const FRESH_MS = 10 * 60_000

export function openMyFactors(
  kept: Omit<DoorKeeping, 'door' | 'challenges' | 'devices'> & { sessions: Sessions; recovery: RecoveryCodes },
): MyFactors {
  const { db, config, brake, codes, factor, recovery, sessions, note, notify } = kept

  /** Throws 422 `wrong_password` at `field`, 403 `sign_in_again`, 429. */
  async function proveAgain(session: Session, password: string | undefined, origin: Origin, field = 'password'): Promise<void> {
    if (!(await hasPassword(db, session.userId))) {
      if (Date.now() - session.createdAt.getTime() < FRESH_MS) return
      throw signInAgain()
    }
    const attempt = await brake.again(session.userId)
    if (password === undefined || !(await passwordMatches(db, session.userId, password))) {
      note('sign_in_failed', session.userId, origin, { again: true })
      if (attempt.locked) {
        note('locked_out', session.userId, origin, { again: true })
        notify(session.user, 'locked_out', origin)
      }
      throw invalid([wrongPassword(field)])
    }
    await attempt.forgive()
  }

  /** A code of the app or a recovery code. Throws 422 at `code`, 429. */
  async function proveFactor(session: Session, code: string, origin: Origin): Promise<void> {
    const attempt = await brake.secondFactor(session.userId, origin.ip, isRecoveryCode(code))
    const proof = await factor.check(session.userId, code)
    if (!proof) {
      note('second_factor_failed', session.userId, origin, { again: true })
      throw invalid([wrongCode])
    }
    if (proof === 'recovery') note('recovery_code_used', session.userId, origin)
    await attempt.forgive()
  }

  return {
    state: async ({ userId }) => ({ hasPassword: await hasPassword(db, userId), secondFactor: await factor.state(userId) }),
    async changePassword(session, { current, next }, origin) {
      await proveAgain(session, current, origin, 'current')
      await updatePassword(db, session.user, next, 'next')
      await sessions.endAll(session.userId, session.id)
      note('password_changed', session.userId, origin)
    },

    async sendPhoneCode(session, { phone: typed, password }, origin) {
      const phone = requiredPhone(typed)
      kept.needSms()
      await proveAgain(session, password, origin)
      const { wait } = await brake.sending(phone, origin.ip)
      const { code, expiresAt } = await codes.make(phoneUse(session.userId, phone))
      await kept.sms(phone, codeMessage(code, CODE_MINUTES, session.user.locale, config.baseUrl), expiresAt)
      note('code_sent', session.userId, origin)
      return { resendIn: wait, expiresIn: CODE_MINUTES * 60 }
    },
    async setPhone(session, { phone: typed, code }, origin) {
      const phone = requiredPhone(typed)
      if (session.user.phone === phone) return
      if (!(await codes.take(phoneUse(session.userId, phone), code))) {
        note('code_failed', session.userId, origin)
        throw invalid([wrongCode])
      }
      // To the former number, while it is still known.
      notify(session.user, 'phone_changed', origin)
      await updatePhone(db, session.userId, phone)
      await sessions.forget(session.userId)
    },
    async removePhone(session, { password }, origin) {
      if (!session.user.phone) return
      if (!(await hasPassword(db, session.userId))) throw onlyWay()
      await proveAgain(session, password, origin)
      notify(session.user, 'phone_changed', origin)
      await updatePhone(db, session.userId, null)
      await sessions.forget(session.userId)
    },

    async beginSecondFactor(session, { password }, origin) {
      await proveAgain(session, password, origin)
      const { user } = session
      const made = await factor.begin(user.id, user.username ?? user.email ?? user.phone ?? user.name)
      if (!made) throw alreadyOn()
      return made
    },
    async confirmSecondFactor(session, code, origin) {
      const attempt = await brake.secondFactor(session.userId, origin.ip, false)
      const recoveryCodes = await factor.confirm(session.userId, code)
      if (!recoveryCodes) throw invalid([wrongCode])
      await attempt.forgive()
      await sessions.endAll(session.userId, session.id)
      note('second_factor_on', session.userId, origin)
      notify(session.user, 'second_factor_on', origin)
      return recoveryCodes
    },
    async renewRecoveryCodes(session, { password, code }, origin) {
      await proveAgain(session, password, origin)
      await proveFactor(session, code, origin)
      note('recovery_codes_made', session.userId, origin)
      return recovery.renew(session.userId)
    },
    async removeSecondFactor(session, { password, code }, origin) {
      await proveAgain(session, password, origin)
      await proveFactor(session, code, origin)
      await factor.remove(session.userId)
      note('second_factor_off', session.userId, origin)
      notify(session.user, 'second_factor_off', origin)
    },
  }
}

const phoneUse = (userId: string, phone: string): string => `phone of ${userId} ${phone}`

const wrongPassword = (field: string): FieldProblem => ({
  field,
  code: 'wrong_password',
  message:
    field === 'current'
      ? { id: 'Kata sandi lama tidak cocok.', en: 'This is not your current password.' }
      : { id: 'Kata sandi tidak cocok.', en: 'This is not your password.' },
})
const wrongCode: FieldProblem = {
  field: 'code',
  code: 'wrong_code',
  message: { id: 'Kode tidak cocok, atau sudah tidak berlaku.', en: 'The code is not right, or no longer good.' },
}
const signInAgain = (): Refusal =>
  new Refusal(403, 'sign_in_again', {
    id: 'Untuk mengubah ini, keluar lalu masuk lagi, supaya kami tahu ini benar Anda.',
    en: 'To change this, sign out and in again, so that we know it is you.',
  })
const alreadyOn = (): Refusal =>
  new Refusal(409, 'second_factor_on', {
    id: 'Masuk dua langkah sudah menyala. Matikan dulu untuk memakai aplikasi lain.',
    en: 'Two-step sign-in is already on. Turn it off first to use another app.',
  })
const onlyWay = (): Refusal =>
  new Refusal(409, 'only_way_in', {
    id: 'Ini satu-satunya cara Anda masuk. Buat kata sandi dulu.',
    en: 'This is your only way in. Make a password first.',
  })
