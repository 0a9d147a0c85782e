// My own e-mail address: asked for with the password, proven by a link to the mailbox, and only then it takes the place of the old one.
import type { Origin } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import type { House } from '#kernel/house.ts'
import { isAddress } from '#kernel/outbox/message.ts'
import { newId } from '#kernel/resource/id.ts'
import { openBrake, networkOf, type Limit } from './brake.ts'
import { untilGrid } from './grid.ts'
import type { Session } from './identity.ts'
import { momentOf } from './message-moment.ts'
import { movedMessage, takenMessage, verifyMessage } from './message-words.ts'
import { makeToken, readToken, spendToken } from './message-token.ts'
import { passwordMatches } from './users.ts'

export const HOURS = 24

const PER_PERSON: Limit = { free: 5, first: 300, longest: 3600, window: 3600 }
const PER_ADDRESS: Limit = { free: 30, first: 60, longest: 900, window: 900 }

type Asking = Pick<House, 'database' | 'log' | 'config' | 'identity' | 'outbox'>

export type MyEmail = {
  readonly email: string | null
  readonly verified: boolean
  /** Whether this installation can send mail at all. */
  readonly can_send: boolean
  /** Whether the person must say their password: everybody who has one. */
  readonly asks_password: boolean
}

export async function myEmail(house: Asking, { user }: Session): Promise<MyEmail> {
  const { rows } = await house.database.app.query<{ verified: boolean; has: boolean }>(
    `select u.email_verified as verified,
            exists (select 1 from core.accounts a where a.user_id = u.id and a.provider_id = 'credential' and a.password is not null) as has
       from core.users u where u.id = $1`,
    [user.id],
  )
  return {
    email: user.email,
    verified: user.email !== null && (rows[0]?.verified ?? false),
    can_send: house.outbox.carries('mail'),
    asks_password: rows[0]?.has ?? false,
  }
}

/**
 * Sends a link to the new address (or to the present one, to prove it). An address that belongs to somebody else gets another message
 * and the same answer. Throws 422, 409 `no_mail`, 429 `too_many_attempts`.
 */
export async function askForEmail(house: Asking, session: Session, input: { email: string; password: string }): Promise<void> {
  const started = performance.now()
  const { user } = session
  const email = input.email.trim().toLowerCase()
  if (!isAddress('mail', email) || email.endsWith('@no-mail.invalid'))
    throw invalid([
      {
        field: 'email',
        code: 'not_an_email',
        message: { id: 'Tulis alamat surel seperti nama@desa.id.', en: 'Write an e-mail address like name@village.id.' },
      },
    ])
  if (!house.outbox.carries('mail'))
    throw new Refusal(409, 'no_mail', {
      id: 'Balai ini belum dapat mengirim surel. Tanyakan kepada pengelola server.',
      en: 'This Balai cannot send mail yet. Ask whoever runs the server.',
    })
  const brake = openBrake(house.database.app, house.config.secret)
  // Guesses of the password and messages to strangers are counted alike.
  await brake.count(brake.key('email-person', user.id), PER_PERSON)
  const db = globalDb(house.database.app)
  const { asks_password } = await myEmail(house, session)
  if (asks_password && !(await passwordMatches(db, user.id, input.password)))
    throw invalid([
      { field: 'password', code: 'wrong_password', message: { id: 'Kata sandi tidak cocok.', en: 'This is not your password.' } },
    ])
  const { rows } = await db.query<{ id: string }>('select id from core.users where email = $1', [email])
  const taken = rows[0] !== undefined && rows[0].id !== user.id
  const token = await makeToken(db, 'verify_email', user.id, HOURS, email)
  const link = `${house.config.baseUrl}/app/verify#${token}`
  await house.outbox.send({
    channel: 'mail',
    to: email,
    ...(taken ? takenMessage(user.locale) : verifyMessage(user.locale, { name: user.name, link, hours: HOURS })),
    purpose: 'verify_email',
    key: `verify_email:${newId()}`,
    tenantId: null,
    secret: true,
    expiresAt: new Date(Date.now() + HOURS * 3_600_000),
  })
  await untilGrid(started)
}

/** Makes the address the account's own. Throws 410 `link_not_good`, 429. The old address is told. */
export async function verifyEmail(house: Asking, token: string, origin: Origin): Promise<{ email: string }> {
  const brake = openBrake(house.database.app, house.config.secret)
  await brake.count(brake.key('email-address', networkOf(origin.ip)), {
    ...PER_ADDRESS,
    free: Math.max(PER_ADDRESS.free, house.config.signInPerMinute),
  })
  const db = globalDb(house.database.app)
  const meant = await readToken(db, 'verify_email', token)
  const before = meant && (await house.identity.userById(meant.about))
  const proof = before?.status === 'active' ? await spendToken(db, 'verify_email', token) : null
  if (!before || !proof) throw notGood()
  if (!(await takes(house, before.id, proof.value))) throw notGood()
  await house.identity.forget(before.id)
  if (before.email && before.email !== proof.value && isAddress('mail', before.email))
    await house.outbox.send({
      channel: 'mail',
      to: before.email,
      ...movedMessage(before.locale, { name: before.name, when: await momentOf(house, before, new Date()) }),
      purpose: 'email_changed',
      key: `email_changed:${newId()}`,
      tenantId: null,
    })
  return { email: proof.value }
}

/** False when the address has become somebody else's in the meantime. */
async function takes(house: Asking, userId: string, email: string): Promise<boolean> {
  try {
    await house.database.app.query('update core.users set email = $2, email_verified = true, updated_at = now() where id = $1', [
      userId,
      email,
    ])
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return false
    throw error
  }
}

const notGood = (): Refusal =>
  new Refusal(410, 'link_not_good', {
    id: 'Tautan ini sudah dipakai atau lewat waktunya. Mintalah lagi dari akun Anda.',
    en: 'This link was used already or is too old. Ask again from your account.',
  })
