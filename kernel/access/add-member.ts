// Makes a person a member of a community, by the name of a role: for the operator, the demo and tests.
import type { Db } from '#kernel/db/db.ts'
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { User } from '#kernel/identity/identity.ts'
import { newId } from '#kernel/resource/id.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { announceMembers } from './members.ts'

type Person = Pick<User, 'id' | 'name' | 'username'>

/**
 * `user` may be made in the same transaction: then there is an account and a membership, or neither.
 * Throws 422 `unknown_tenant`, `unknown_role` (naming the roles there are), 409 `already_member`.
 */
export async function addMember(
  house: Pick<House, 'database'>,
  tenantCode: string,
  user: Person | ((db: Db) => Promise<Person>),
  roleName: string,
  attributes: Record<string, unknown> = {},
): Promise<string> {
  const tenant = await tenantByCode(house, tenantCode)
  if (!tenant)
    throw new Refusal(422, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code: tenantCode },
    })
  const said = { user: null, doing: 'created', request: 'operator', ip: null, agent: null }
  const id = newId()
  await transaction(house.database.app, tenant.id, said, async (db) => {
    const { rows } = await db.query<{ id: string; name: string }>(
      'select id, name from core.roles where tenant_id = $1 and deleted_at is null order by name_sort, id',
      [tenant.id],
    )
    const role = rows.find((r) => r.name.toLowerCase() === roleName.toLowerCase())
    if (!role)
      throw new Refusal(
        422,
        'unknown_role',
        { id: 'Tidak ada peran "{role}". Yang ada: {roles}.', en: 'There is no role "{role}". There are: {roles}.' },
        [],
        {
          more: { role: roleName, roles: rows.map((r) => r.name).join(', ') },
        },
      )
    const person = typeof user === 'function' ? await user(db) : user
    const { rowCount } = await db.query(
      `insert into core.memberships (tenant_id, id, user_id, name, username, role_id, attributes) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tenant_id, user_id) where deleted_at is null do nothing`,
      [tenant.id, id, person.id, person.name, person.username, role.id, JSON.stringify(attributes)],
    )
    if (!rowCount)
      throw new Refusal(409, 'already_member', {
        id: 'Orang ini sudah menjadi anggota di sana.',
        en: 'They are a member there already.',
      })
  })
  await announceMembers(house, tenant.id)
  return id
}
