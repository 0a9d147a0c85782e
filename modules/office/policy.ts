// Who may see and change the officials.
import type { ResourcePolicy, RoleTemplate } from '#kernel/access/policy.ts'
import { REGISTRAR, roles as villageRoles, VILLAGE_HEAD, VILLAGE_SECRETARY } from '#modules/registry/index.ts'

export const policy: readonly ResourcePolicy[] = [{ resource: 'office.apparatus', visibility: [], sensitive: ['delete'] }]

const gains = (name: string, permissions: readonly string[]): RoleTemplate[] =>
  villageRoles.filter((role) => role.name === name).map((role) => ({ ...role, permissions, visibility: {} }))

export const roles: readonly RoleTemplate[] = [
  ...gains(VILLAGE_SECRETARY, ['office.apparatus:*']),
  ...gains(REGISTRAR, ['office.apparatus:read']),
  ...gains(VILLAGE_HEAD, ['office.apparatus:read', 'office.apparatus:export']),
]
