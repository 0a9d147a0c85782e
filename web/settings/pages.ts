// Which pages the settings have for this member, in groups a person would look under.
import type { Words } from '#kernel/words.ts'
import { findResource } from '../model.ts'
import { holds, useCommunity } from '../tenant.tsx'

export type SettingsPage = { readonly path: string; readonly label: Words }
export type SettingsGroup = { readonly name: string; readonly label: Words; readonly pages: readonly SettingsPage[] }

export function useGroups(): readonly SettingsGroup[] {
  const { model } = useCommunity()
  const keeps = (resource: string): boolean => findResource(model, resource) !== undefined
  const may = (permission: string): boolean => holds(model.me.permissions, permission)
  const page = (shown: boolean, path: string, label: Words): SettingsPage[] => (shown ? [{ path, label }] : [])
  const groups: SettingsGroup[] = [
    {
      name: 'community',
      label: { id: 'Komunitas', en: 'Community' },
      pages: [
        ...page(true, '', { id: 'Ringkasan', en: 'Overview' }),
        ...page(keeps('core.settings'), 'configuration', { id: 'Konfigurasi', en: 'Configuration' }),
        ...page(keeps('core.holidays'), 'holidays', { id: 'Hari libur', en: 'Holidays' }),
        ...page(keeps('core.notification_words'), 'notification-words', { id: 'Kata pemberitahuan', en: 'Notification words' }),
      ],
    },
    {
      name: 'people',
      label: { id: 'Orang', en: 'People' },
      pages: [
        ...page(keeps('core.memberships'), 'members', { id: 'Anggota', en: 'Members' }),
        ...page(keeps('core.invitations'), 'invitations', { id: 'Undangan', en: 'Invitations' }),
        ...page(keeps('core.roles'), 'roles', { id: 'Peran', en: 'Roles' }),
        ...page(keeps('core.access_rules'), 'access', { id: 'Aturan akses', en: 'Access rules' }),
      ],
    },
    {
      name: 'safety',
      label: { id: 'Pengawasan', en: 'Oversight' },
      pages: [
        ...page(may('core.audit_logs:read'), 'audit', { id: 'Catatan perubahan', en: 'Change log' }),
        ...page(may('core.security_events:read'), 'security', { id: 'Keamanan', en: 'Security' }),
        ...page(may('core.messages:read'), 'messages', { id: 'Pesan keluar', en: 'Outgoing messages' }),
        ...page(keeps('core.api_keys'), 'api-keys', { id: 'Kunci API', en: 'API keys' }),
      ],
    },
    {
      name: 'me',
      label: { id: 'Saya', en: 'Me' },
      pages: [
        ...page(true, 'me', { id: 'Akun saya', en: 'My account' }),
        ...page(true, 'notifications', { id: 'Pemberitahuan saya', en: 'My notifications' }),
      ],
    },
  ]
  return groups.filter((group) => group.pages.length > 0)
}

export const usePages = (): readonly SettingsPage[] => useGroups().flatMap((group) => group.pages)
