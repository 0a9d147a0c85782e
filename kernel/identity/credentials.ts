// A person's password: set, asked, compared. How it is hashed is password.ts.
import type { Db } from '#kernel/db/db.ts'
import { invalid } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import { NO_MAIL, passwordProblems } from './account-rules.ts'
import { hashPassword, verifyPassword } from './password.ts'
import type { User } from './users.ts'

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

/** Null when the person has no password: they sign in by code. */
async function passwordHash(db: Db, userId: string): Promise<string | null> {
  const { rows } = await db.query<{ password: string | null }>(
    `select password from core.accounts where user_id = $1 and provider_id = 'credential'`,
    [userId],
  )
  return rows[0]?.password ?? null
}

export const hasPassword = async (db: Db, userId: string): Promise<boolean> => (await passwordHash(db, userId)) !== null

export const passwordMatches = async (db: Db, userId: string, password: string): Promise<boolean> =>
  verifyPassword((await passwordHash(db, userId)) ?? '', password)

/**
 * Whose name or e-mail this is, and whether the password is theirs. The same work is done for a name that does not exist:
 * one query, one hash. `userId` is known also when the password is wrong: for the log, never for the answer.
 */
export async function provePassword(
  db: Db,
  login: string,
  password: string,
): Promise<{ readonly right: boolean; readonly userId: string | null }> {
  const { rows } = await db.query<{ id: string; password: string | null }>(
    `select u.id, a.password from core.users u
       left join core.accounts a on a.user_id = u.id and a.provider_id = 'credential'
      where u.username = $1 or u.email = $1`,
    [login.endsWith(NO_MAIL) ? '' : login],
  )
  const found = rows[0]
  if (found?.password) return { right: await verifyPassword(found.password, password), userId: found.id }
  await hashPassword(password.slice(0, 128))
  return { right: false, userId: found?.id ?? null }
}
