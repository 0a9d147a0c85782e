// Makes an existing person a member of a community, by the name of a role: for the operator, the demo and tests.
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { User } from '#kernel/identity/identity.ts'
import { newId } from '#kernel/resource/id.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { announceMembers } from './members.ts'

/** Throws 422 `unknown_tenant`, `unknown_role` (naming the roles there are), 409 when they already belong. */
export async function addMember(
  house: Pick<House, 'database'>,
  tenantCode: string,
  user: Pick<User, 'id' | 'name' | 'username'>,
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
    await db.query(
      'insert into core.memberships (tenant_id, id, user_id, name, username, role_id, attributes) values ($1, $2, $3, $4, $5, $6, $7)',
      [tenant.id, id, user.id, user.name, user.username, role.id, JSON.stringify(attributes)],
    )
  })
  await announceMembers(house, tenant.id)
  return id
}
