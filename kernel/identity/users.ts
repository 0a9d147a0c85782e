// Accounts of people: made, renamed, closed, given a new password. Plain SQL on the global tables,
// so that making a member and their account can be one transaction.
import type { Db } from '#kernel/db/db.ts'
import { invalid } from '#kernel/http/refusal.ts'
import type { FieldProblem } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Locale, Words } from '#kernel/words.ts'
import { accountProblems, passwordProblems } from './account-rules.ts'
import { hashPassword, verifyPassword } from './password.ts'

export type UserStatus = 'active' | 'inactive' | 'suspended'

export type User = {
  readonly id: string
  readonly name: string
  readonly username: string | null
  /** Null when the person has none; the address kept in its place is never shown. */
  readonly email: string | null
  /** Language of their screens; the installation's when they chose none. */
  readonly locale: Locale
  readonly status: UserStatus
  readonly lastLoginAt: Date | null
}

export type NewUser = {
  readonly name: string
  readonly username: string
  readonly email?: string | null
  readonly password: string
  readonly locale?: Locale
}

/** Columns of a user with the alias `u`. */
export const USER_COLUMNS = 'u.id user_id, u.name, u.username, u.email, u.locale, u.status, u.last_login_at'
export type UserRow = {
  user_id: string
  name: string
  username: string | null
  email: string
  locale: Locale | null
  status: UserStatus
  last_login_at: Date | null
}

const NO_MAIL = '@no-mail.invalid'

export const userOf = (row: UserRow, fallback: Locale): User => ({
  id: row.user_id,
  name: row.name,
  username: row.username,
  email: row.email.endsWith(NO_MAIL) ? null : row.email,
  locale: row.locale ?? fallback,
  status: row.status,
  lastLoginAt: row.last_login_at,
})

/** Makes an account that can sign in at once. Throws 422 with what is wrong with each field. */
export async function insertUser(db: Db, input: NewUser, fallback: Locale): Promise<User> {
  const id = newId()
  const name = input.name.trim().replace(/\s+/g, ' ')
  const username = input.username.trim().toLowerCase()
  const email = input.email?.trim().toLowerCase() || null
  const problems = [...accountProblems({ name, username, email }), ...passwordProblems(input.password, [username, email])]
  if (email?.endsWith(NO_MAIL)) problems.push(taken('email'))
  if (problems.length > 0) throw invalid(problems)
  const hash = await hashPassword(input.password)
  const row = await orTaken(
    // One statement: never an account without the person, nor a person who cannot sign in.
    db.query<UserRow>(
      `with u as (
         insert into core.users (id, name, username, email, locale) values ($1::uuid, $2, $3, $4, $5)
         returning id, name, username, email, locale, status, last_login_at
       ), a as (
         insert into core.accounts (id, user_id, provider_id, account_id, password) values ($6, $1::uuid, 'credential', $1::uuid::text, $7)
       ) select ${USER_COLUMNS} from u`,
      [id, name, username, email ?? id + NO_MAIL, input.locale ?? null, newId(), hash],
    ),
  )
  return userOf(row.rows[0]!, fallback)
}

const TAKEN: Readonly<Record<string, Words>> = {
  username: { id: 'Nama pengguna ini sudah dipakai.', en: 'This username is already taken.' },
  email: { id: 'Alamat e-mail ini sudah dipakai.', en: 'This e-mail address is already in use.' },
}
const taken = (field: string): FieldProblem => ({ field, code: 'taken', message: TAKEN[field]! })

async function orTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string }
    const field = code === '23505' && /^users_(username|email)_key$/.exec(constraint)?.[1]
    throw field ? invalid([taken(field)]) : error
  }
}

export async function findUser(db: Db, userId: string, fallback: Locale): Promise<User | null> {
  const { rows } = await db.query<UserRow>(`select ${USER_COLUMNS} from core.users u where u.id = $1`, [userId])
  return rows[0] ? userOf(rows[0], fallback) : null
}

/** By username or e-mail, as typed at sign-in. */
export async function findUserByLogin(db: Db, login: string, fallback: Locale): Promise<User | null> {
  const { rows } = await db.query<UserRow>(`select ${USER_COLUMNS} from core.users u where u.username = $1 or u.email = $1`, [
    login.trim().toLowerCase(),
  ])
  return rows[0] ? userOf(rows[0], fallback) : null
}

export type Profile = { readonly name?: string | undefined; readonly locale?: Locale | undefined }

/** Changes what a person may change about themselves; what is not given stays. */
export async function updateProfile(db: Db, userId: string, change: Profile, fallback: Locale): Promise<User | null> {
  const name = change.name?.trim().replace(/\s+/g, ' ')
  if (name !== undefined) {
    const problems = accountProblems({ name, username: 'unchanged' })
    if (problems.length > 0) throw invalid(problems)
  }
  const { rows } = await db.query<UserRow>(
    `update core.users u set name = coalesce($2, name), locale = coalesce($3, locale), updated_at = now()
     where id = $1 returning ${USER_COLUMNS}`,
    [userId, name ?? null, change.locale ?? null],
  )
  return rows[0] ? userOf(rows[0], fallback) : null
}

export async function updateStatus(db: Db, userId: string, status: UserStatus): Promise<void> {
  await db.query('update core.users set status = $2, updated_at = now() where id = $1', [userId, status])
}

/** Sets a password by someone who may (an operator, a recovery). Throws 422 when it breaks the rules. */
export async function updatePassword(db: Db, user: User, password: string, field = 'password'): Promise<void> {
  const problems = passwordProblems(password, [user.username, user.email], field)
  if (problems.length > 0) throw invalid(problems)
  await db.query(
    `insert into core.accounts (id, user_id, provider_id, account_id, password) values ($1, $2::uuid, 'credential', $2::uuid::text, $3)
     on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`,
    [newId(), user.id, await hashPassword(password)],
  )
}

export async function passwordMatches(db: Db, userId: string, password: string): Promise<boolean> {
  const { rows } = await db.query<{ password: string | null }>(
    `select password from core.accounts where user_id = $1 and provider_id = 'credential'`,
    [userId],
  )
  return verifyPassword(rows[0]?.password ?? '', password)
}
