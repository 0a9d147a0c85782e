// A new password for somebody who forgot theirs, proven by a link to their own mailbox. Nobody learns from it who has an account.
import type { Origin } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import type { House } from '#kernel/house.ts'
import { isAddress } from '#kernel/outbox/message.ts'
import { newId } from '#kernel/resource/id.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { passwordProblems } from './account-rules.ts'
import { openBrake, networkOf, type Limit } from './brake.ts'
import { untilGrid } from './grid.ts'
import { changedMessage, resetMessage } from './message-words.ts'
import { momentOf } from './message-moment.ts'
import { dropTokens, makeToken, readToken, spendToken } from './message-token.ts'
import type { User } from './users.ts'

export const MINUTES = 30

/** Messages to one account: more would only fill a mailbox. */
const PER_ACCOUNT: Limit = { free: 3, first: 600, longest: 3600, window: 3600 }
/** Questions and tries from one address, whatever they are about: a village office behind one router must do. */
const PER_ADDRESS: Limit = { free: 20, first: 60, longest: 900, window: 900 }

type Asking = Pick<House, 'database' | 'log' | 'config' | 'identity' | 'outbox'>

const notGood = (): Refusal =>
  new Refusal(410, 'link_not_good', {
    id: 'Tautan ini sudah dipakai atau lewat waktunya. Mintalah tautan baru.',
    en: 'This link was used already or is too old. Ask for a new one.',
  })

/**
 * Sends a link if `login` (username or e-mail) is an active account with an e-mail address; answers alike, and in the same time, if not.
 * Throws 429 `too_many_attempts` by address alone, so that it says nothing about accounts either.
 */
export async function askForReset(house: Asking, login: string, origin: Origin): Promise<void> {
  const started = performance.now()
  const brake = openBrake(house.database.app, house.config.secret)
  await brake.count(brake.key('reset-address', networkOf(origin.ip)), perAddress(house))
  try {
    await sendReset(house, login, origin)
  } finally {
    await untilGrid(started)
  }
}

async function sendReset(house: Asking, login: string, origin: Origin): Promise<void> {
  const brake = openBrake(house.database.app, house.config.secret)
  const user = await house.identity.userByLogin(login)
  await noteSecurity(house, { kind: 'password_reset_asked', userId: user?.id ?? null, origin })
  if (!user || user.status !== 'active' || !user.email || !isAddress('mail', user.email)) return
  try {
    await brake.count(brake.key('reset-account', user.id), PER_ACCOUNT)
  } catch (error) {
    if (error instanceof Refusal) return
    throw error
  }
  const db = globalDb(house.database.app)
  const token = await makeToken(db, 'password_reset', user.id, MINUTES / 60)
  await house.outbox.send({
    channel: 'mail',
    to: user.email,
    // After the #: a browser sends that to nobody, neither to us nor to whatever it opens next.
    ...resetMessage(user.locale, { name: user.name, link: `${house.config.baseUrl}/app/reset#${token}`, minutes: MINUTES }),
    purpose: 'password_reset',
    key: `password_reset:${newId()}`,
    tenantId: null,
    secret: true,
    expiresAt: new Date(Date.now() + MINUTES * 60_000),
  })
}

/**
 * Sets the password and ends every session of the person. The link is used up only by a password that the rules take.
 * Throws 410 `link_not_good`, 422 for the password, 429.
 */
export async function resetPassword(house: Asking, token: string, password: string, origin: Origin): Promise<void> {
  const brake = openBrake(house.database.app, house.config.secret)
  await brake.count(brake.key('reset-address', networkOf(origin.ip)), perAddress(house))
  const db = globalDb(house.database.app)
  const proof = await readToken(db, 'password_reset', token)
  const user = proof && (await house.identity.userById(proof.about))
  if (!user || user.status !== 'active') throw notGood()
  const problems = passwordProblems(password, [user.username, user.email])
  if (problems.length) throw invalid(problems)
  if (!(await spendToken(db, 'password_reset', token))) throw notGood()
  await house.identity.setPassword(user.id, password)
  // The link came by this mailbox, so the mailbox is theirs.
  await db.query('update core.users set email_verified = true where id = $1 and email = $2', [user.id, user.email])
  await noteSecurity(house, { kind: 'password_reset', userId: user.id, origin })
  await tellPasswordChanged(house, user)
}

/** After any change of a password: a word to the mailbox, in case it was somebody else. Links still under way die. Never throws. */
export async function tellPasswordChanged(house: Pick<House, 'database' | 'log' | 'config' | 'outbox'>, user: User): Promise<void> {
  try {
    await dropTokens(globalDb(house.database.app), 'password_reset', user.id)
    if (!user.email || !isAddress('mail', user.email)) return
    const place = `${house.config.baseUrl}/app/forgot`
    await house.outbox.send({
      channel: 'mail',
      to: user.email,
      ...changedMessage(user.locale, { name: user.name, when: await momentOf(house, user, new Date()), place }),
      purpose: 'password_changed',
      key: `password_changed:${newId()}`,
      tenantId: null,
    })
  } catch (error) {
    house.log.error({ error: (error as Error).name, code: (error as { code?: string }).code }, 'nobody could be told of a changed password')
  }
}

/** Load tests and offices behind one address raise the limit of sign-in; it goes for this too. */
const perAddress = ({ config }: Pick<House, 'config'>): Limit => ({
  ...PER_ADDRESS,
  free: Math.max(PER_ADDRESS.free, config.signInPerMinute),
})
