// Who may do what with letters: the village's own roles gain what they need for them.
import type { ResourcePolicy, RoleTemplate } from '#kernel/access/policy.ts'
import { REGISTRAR, roles as villageRoles, VILLAGE_HEAD, VILLAGE_SECRETARY } from '#modules/registry/index.ts'

export const policy: readonly ResourcePolicy[] = [{ resource: 'letters.letter_templates', visibility: [] }]

const gains = (name: string, permissions: readonly string[]): RoleTemplate[] =>
  villageRoles.filter((role) => role.name === name).map((role) => ({ ...role, permissions, visibility: {} }))

export const roles: readonly RoleTemplate[] = [
  ...gains(VILLAGE_SECRETARY, ['letters.letter_templates:*']),
  ...gains(REGISTRAR, ['letters.letter_templates:read']),
  ...gains(VILLAGE_HEAD, ['letters.letter_templates:read', 'letters.letter_templates:export']),
]
