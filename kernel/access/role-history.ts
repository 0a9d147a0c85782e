// Who had which role, from when, why and by whom: written by the database with the change itself (note_role, db/migrations/0022).
import { flag, longText, optional, ref } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const roleHistory = resource('core.role_history', {
  label: { one: { id: 'Perubahan peran', en: 'Change of role' }, many: { id: 'Riwayat peran', en: 'Role history' } },
  doc: 'Who had which role from when, why, and by whom it was given. Written by the database with the change itself; never updated or deleted.',
  fields: {
    membership_id: ref('core.memberships', { id: 'Anggota', en: 'Member' }, { readonly: true }),
    from_role_id: optional(ref('core.roles', { id: 'Dari peran', en: 'From role' }, { readonly: true })),
    to_role_id: ref('core.roles', { id: 'Menjadi', en: 'To role' }, { readonly: true }),
    reason: optional(longText({ id: 'Alasan', en: 'Reason' }, { max: 500, readonly: true })),
    changed_by_id: optional(ref('core.memberships', { id: 'Oleh', en: 'By' }, { readonly: true })),
    automatic: flag({ id: 'Otomatis', en: 'Automatic' }, { readonly: true }),
  },
  title: ['to_role_id'],
  list: ['membership_id', 'from_role_id', 'to_role_id', 'reason', 'changed_by_id', 'automatic'],
  sort: ['created_at'],
  filter: ['membership_id', 'to_role_id'],
  verbs: ['read'],
  hidden: true,
})
