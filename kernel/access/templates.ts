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
