// The roles every community starts with, whatever its modules.
import type { RoleTemplate } from './policy.ts'

export const ADMINISTRATOR = 'Administrator'
export const AUDITOR = 'Auditor'

export const MASTER_ROLES: readonly RoleTemplate[] = [
  {
    name: ADMINISTRATOR,
    description: { id: 'Mengatur semuanya, termasuk siapa boleh apa.', en: 'Manages everything, including who may do what.' },
    permissions: ['*:*'],
  },
  {
    name: AUDITOR,
    description: { id: 'Membaca semuanya, tidak mengubah apa pun.', en: 'Reads everything, changes nothing.' },
    permissions: ['*:read', '*:export'],
  },
]

/** The roles that a community with these modules starts with: what several propose under one name is one role with all of it. */
export function rolesOf(modules: readonly { readonly roles: readonly RoleTemplate[] }[]): readonly RoleTemplate[] {
  const byName = new Map<string, RoleTemplate>()
  for (const role of [...MASTER_ROLES, ...modules.flatMap((m) => m.roles)]) {
    const known = byName.get(role.name)
    byName.set(
      role.name,
      known
        ? { ...known, permissions: [...known.permissions, ...role.permissions], visibility: { ...known.visibility, ...role.visibility } }
        : role,
    )
  }
  return [...byName.values()]
}
