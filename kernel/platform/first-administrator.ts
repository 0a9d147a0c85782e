// The first administrator of a new community: somebody who has an account, or a new account made with it.
import { randomBytes } from 'node:crypto'
import { ADMINISTRATOR } from '#kernel/access/templates.ts'
import type { Tenant } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import type { House } from '#kernel/house.ts'
import { invalid } from '#kernel/http/refusal.ts'
import type { Invitee } from '#kernel/identity/invitation-actions.ts'
import { insertUser } from '#kernel/identity/users.ts'
import { newId } from '#kernel/resource/id.ts'

type NewPerson = Extract<Administrator, { username: string }>

export type Administrator =
  | { readonly login: string }
  /** Gets an invitation once the community is there (first-invitation.ts). */
  | { readonly invite: Invitee }
  /** Without a password one has to be set by the link that is mailed to them. */
  | { readonly name: string; readonly username: string; readonly email: string | null; readonly password: string | null }

/** Whether a link to set a password has to be sent after the commit. */
export const needsLink = (who: Administrator | null): who is NewPerson => who !== null && 'name' in who && who.password === null

/** Makes the person an administrator, in the transaction that makes the community. Throws 422 naming the field. */
export async function addMemberWithin(
  db: Db,
  house: Pick<House, 'config'>,
  tenant: Tenant,
  who: Exclude<Administrator, { invite: Invitee }>,
): Promise<void> {
  const person = 'login' in who ? await known(db, who.login) : await fresh(db, house, tenant, who)
  const { rows } = await db.query<{ id: string }>('select id from core.roles where tenant_id = $1 and name = $2 and deleted_at is null', [
    tenant.id,
    ADMINISTRATOR,
  ])
  await db.query('insert into core.memberships (tenant_id, id, user_id, name, username, role_id) values ($1, $2, $3, $4, $5, $6)', [
    ...[tenant.id, newId(), person.id, person.name, person.username, rows[0]?.id],
  ])
}

type Person = { id: string; name: string; username: string | null }

async function known(db: Db, login: string): Promise<Person> {
  const { rows } = await db.query<Person>(
    `select id, name, username from core.users where (username = $1 or email = $1) and status = 'active'`,
    [login.trim().toLowerCase()],
  )
  if (!rows[0])
    throw invalid([
      {
        field: 'administrator.login',
        code: 'unknown_user',
        message: {
          id: 'Tidak ada akun aktif dengan nama pengguna atau surel ini.',
          en: 'There is no active account with this username or e-mail.',
        },
      },
    ])
  return rows[0]
}

async function fresh(db: Db, house: Pick<House, 'config'>, tenant: Tenant, who: NewPerson): Promise<Person> {
  if (who.password === null && !who.email)
    throw invalid([
      {
        field: 'administrator.password',
        code: 'required',
        message: {
          id: 'Beri kata sandi, atau surel agar ia dapat membuatnya sendiri.',
          en: 'Give a password, or an e-mail so that they can set one themselves.',
        },
      },
    ])
  const password = who.password ?? randomBytes(24).toString('base64url')
  try {
    return await insertUser(
      db,
      { name: who.name, username: who.username, email: who.email, password, locale: tenant.locale },
      house.config.locale,
    )
  } catch (error) {
    const fields = (error as { fields?: readonly { field: string; code: string; message: { id: string; en: string } }[] }).fields
    throw fields?.length ? invalid(fields.map((f) => ({ ...f, field: `administrator.${f.field}` }))) : error
  }
}
