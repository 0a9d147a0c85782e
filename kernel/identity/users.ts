// Accounts of people: made, renamed, closed, given a new password. Plain SQL on the global tables,
// so that making a member and their account can be one transaction.
import type { Db } from '#kernel/db/db.ts'
import { invalid } from '#kernel/http/refusal.ts'
import type { FieldProblem } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Locale, Words } from '#kernel/words.ts'
import { accountProblems, NO_MAIL, passwordProblems } from './account-rules.ts'
import { hashPassword } from './password.ts'

export { passwordMatches } from './credentials.ts'

export type UserStatus = 'active' | 'inactive' | 'suspended'

export type User = {
  readonly id: string
  readonly name: string
  readonly username: string | null
  /** Null when the person has none; the address kept in its place is never shown. */
  readonly email: string | null
  /** Their own, proven by a code; E.164. */
  readonly phone: string | null
  /** Language of their screens; the installation's when they chose none. */
  readonly locale: Locale
  readonly status: UserStatus
  readonly lastLoginAt: Date | null
}

export type NewUser = {
  readonly name: string
  readonly username: string
  readonly email?: string | null
  /** E.164, and proven to be theirs by whoever calls this. */
  readonly phone?: string | null
  readonly password: string
  readonly locale?: Locale
}

/** Columns of a user with the alias `u`. */
export const USER_COLUMNS =
  'u.id user_id, u.name, u.username, u.email, case when u.phone_verified then u.phone end phone, u.locale, u.status, u.last_login_at'
export type UserRow = {
  user_id: string
  name: string
  username: string | null
  email: string
  phone: string | null
  locale: Locale | null
  status: UserStatus
  last_login_at: Date | null
}

export const userOf = (row: UserRow, fallback: Locale): User => ({
  id: row.user_id,
  name: row.name,
  username: row.username,
  email: row.email.endsWith(NO_MAIL) ? null : row.email,
  phone: row.phone,
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
         insert into core.users (id, name, username, email, locale, phone, phone_verified) values ($1::uuid, $2, $3, $4, $5, $8, $8::text is not null)
         returning *
       ), a as (
         insert into core.accounts (id, user_id, provider_id, account_id, password) values ($6, $1::uuid, 'credential', $1::uuid::text, $7)
       ) select ${USER_COLUMNS} from u`,
      [id, name, username, email ?? id + NO_MAIL, input.locale ?? null, newId(), hash, input.phone ?? null],
    ),
  )
  return userOf(row.rows[0]!, fallback)
}

const TAKEN: Readonly<Record<string, Words>> = {
  username: { id: 'Nama pengguna ini sudah dipakai.', en: 'This username is already taken.' },
  email: { id: 'Alamat e-mail ini sudah dipakai.', en: 'This e-mail address is already in use.' },
  phone: { id: 'Nomor ini sudah dipakai akun lain.', en: 'This number already belongs to another account.' },
}
const taken = (field: string): FieldProblem => ({ field, code: 'taken', message: TAKEN[field]! })

async function orTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string }
    const field = code === '23505' && /^users_(username|email|phone)_key$/.exec(constraint)?.[1]
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

/** The person whose proven phone this is. `phone`: E.164. */
export async function findUserByPhone(db: Db, phone: string, fallback: Locale): Promise<User | null> {
  const { rows } = await db.query<UserRow>(`select ${USER_COLUMNS} from core.users u where u.phone = $1 and u.phone_verified`, [phone])
  return rows[0] ? userOf(rows[0], fallback) : null
}

/** Makes an account for whoever has just proven this phone: no username, no password, no community. */
export async function insertPhoneUser(db: Db, phone: string, name: string, fallback: Locale): Promise<User> {
  const id = newId()
  const { rows } = await orTaken(
    db.query<UserRow>(
      `insert into core.users as u (id, name, email, phone, phone_verified) values ($1::uuid, $2, $3, $4, true) returning ${USER_COLUMNS}`,
      [id, name, id + NO_MAIL, phone],
    ),
  )
  return userOf(rows[0]!, fallback)
}

/** Sets or takes away a person's proven phone. Throws 422 `taken` when it is another's. */
export async function updatePhone(db: Db, userId: string, phone: string | null): Promise<void> {
  await orTaken(
    db.query('update core.users set phone = $2, phone_verified = $2::text is not null, updated_at = now() where id = $1', [userId, phone]),
  )
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
