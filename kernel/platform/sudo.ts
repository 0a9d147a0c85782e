// Grave acts ask who is really there: an operator's password, given again in this very session within the last ten minutes.
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Session } from '#kernel/identity/identity.ts'
import { openBrake } from '#kernel/identity/brake.ts'
import { signInBrake } from '#kernel/identity/sign-in-brake.ts'
import { passwordMatches } from '#kernel/identity/users.ts'

/** How long a confirmation holds, in minutes. */
export const SUDO_MINUTES = 10

type Who = Pick<Session, 'id' | 'userId'>

/** Keeps that this session's person gave their password now. Throws 422 when it is wrong, 429 after too many tries. */
export async function confirm(house: House, { id, userId }: Who, password: string): Promise<Date> {
  const { app, owner } = house.database
  const attempt = await signInBrake(openBrake(app, house.config.secret), 100).again(userId)
  if (!(await passwordMatches(globalDb(app), userId, password)))
    throw invalid([
      { field: 'password', code: 'wrong_password', message: { id: 'Kata sandi tidak cocok.', en: 'This is not your password.' } },
    ])
  await attempt.forgive()
  await owner.query(
    `insert into core.operator_confirmations (session_id, user_id) values ($1, $2)
     on conflict (session_id) do update set confirmed_at = now(), user_id = excluded.user_id`,
    [id, userId],
  )
  await owner.query(`delete from core.operator_confirmations where confirmed_at < now() - interval '1 day'`)
  return new Date(Date.now() + SUDO_MINUTES * 60_000)
}

/** Until when grave acts are open to this session; null when the password must be given first. */
export async function confirmedUntil(house: Pick<House, 'database'>, { id, userId }: Who): Promise<Date | null> {
  const { rows } = await house.database.owner.query<{ until: Date }>(
    `select confirmed_at + make_interval(mins => $3) as until from core.operator_confirmations
      where session_id = $1 and user_id = $2 and confirmed_at > now() - make_interval(mins => $3)`,
    [id, userId, SUDO_MINUTES],
  )
  return rows[0]?.until ?? null
}

/** Throws 403 `confirmation_needed`: the browser asks for the password and tries again. */
export async function requireConfirmation(house: Pick<House, 'database'>, who: Who): Promise<void> {
  if (await confirmedUntil(house, who)) return
  throw new Refusal(403, 'confirmation_needed', {
    id: 'Masukkan kata sandi Anda lagi untuk melanjutkan.',
    en: 'Enter your password again to continue.',
  })
}
