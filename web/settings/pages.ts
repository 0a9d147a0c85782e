// Which pages the settings have for this member.
import type { Words } from '#kernel/words.ts'
import { findResource } from '../model.ts'
import { holds, useCommunity } from '../tenant.tsx'

export type SettingsPage = { readonly path: string; readonly label: Words }

export function usePages(): readonly SettingsPage[] {
  const { model } = useCommunity()
  const has = (resource: string): boolean => findResource(model, resource) !== undefined
  return [
    { path: '', label: { id: 'Komunitas', en: 'Community' } },
    ...(has('core.memberships') ? [{ path: 'members', label: { id: 'Anggota', en: 'Members' } }] : []),
    ...(has('core.roles') ? [{ path: 'roles', label: { id: 'Peran', en: 'Roles' } }] : []),
    ...(holds(model.me.permissions, 'core.audit_logs:read')
      ? [{ path: 'audit', label: { id: 'Catatan perubahan', en: 'Change log' } }]
      : []),
    { path: 'me', label: { id: 'Akun saya', en: 'My account' } },
  ]
}
