// The kernel's own resources, declared like any module's: roles, members, saved views.
import { accessRuleGuard, accessRules } from '#kernel/access/access-rules.ts'
import { accountAction } from '#kernel/access/account.ts'
import { memberActions } from '#kernel/access/member-actions.ts'
import type { ResourcePolicy } from '#kernel/access/policy.ts'
import { auditSettings } from '#kernel/audit/settings.ts'
import { membershipGuard, roleGuard, viewGuard } from '#kernel/access/guards.ts'
import { roleHistory } from '#kernel/access/role-history.ts'
import { keyActions } from '#kernel/api-keys/acts.ts'
import { apiKeys } from '#kernel/api-keys/resource.ts'
import { keyUses } from '#kernel/api-keys/uses.ts'
import { inviteAction, reminderAction, withdrawalAction } from '#kernel/identity/invitation-actions.ts'
import { invitations } from '#kernel/identity/invitation-resource.ts'
import { coreNotifications } from '#kernel/notifications/own.ts'
import { notificationWords, wordsGuard } from '#kernel/notifications/words.ts'
import { documentActions } from '#kernel/documents/actions.ts'
import { documentDuties } from '#kernel/documents/duties.ts'
import { recordDocuments } from '#kernel/documents/queries.ts'
import { documentLinks } from '#kernel/documents/resources/document-links.ts'
import { documentTypes } from '#kernel/documents/resources/document-types.ts'
import { documentVersions } from '#kernel/documents/resources/document-versions.ts'
import { documents } from '#kernel/documents/resources/documents.ts'
import { documentPolicy } from '#kernel/documents/visible.ts'
import type { Module } from '#kernel/module.ts'
import { choice, day, flag, json, longText, opaqueId, optional, ref, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { securityQueries } from '#kernel/security-log/queries.ts'
import { coreSettings } from '#kernel/settings/own.ts'
import { settingGuard, settings } from '#kernel/settings/resource.ts'
import { holidays } from '#kernel/workflow/holidays.ts'
import { hourSettings } from '#kernel/workflow/hours.ts'

export const roles = resource('core.roles', {
  label: { one: { id: 'Peran', en: 'Role' }, many: { id: 'Peran', en: 'Roles' } },
  doc: 'What a kind of member may do in this community, and which rows they see.',
  fields: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 50 }),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 255 })),
    permissions: tags({ id: 'Izin', en: 'Permissions' }, { max: 100, initial: [], pattern: '[a-z_*]+(\\.[a-z_*]+)?:[a-z_*-]+' }),
    visibility: json({ id: 'Baris yang terlihat', en: 'Rows they see' }, { initial: {} }),
    is_system: flag({ id: 'Bawaan', en: 'Built in' }, { readonly: true }),
  },
  title: ['name'],
  list: ['name', 'description'],
  sort: ['name'],
  unique: [
    { name: 'roles_name_key', fields: ['name'], message: { id: 'Nama peran ini sudah dipakai.', en: 'This role name is already used.' } },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore'],
  hidden: true,
})

export const memberships = resource('core.memberships', {
  label: { one: { id: 'Anggota', en: 'Member' }, many: { id: 'Anggota', en: 'Members' } },
  doc: 'A person who works in this community: their account, their role, and what limits them.',
  fields: {
    user_id: opaqueId({ id: 'Akun', en: 'Account' }, { readonly: true }),
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100 }),
    username: optional(text({ id: 'Nama pengguna', en: 'Username' }, { max: 50, readonly: true })),
    // Changed by acts that ask for a reason: see kernel/access/member-actions.ts.
    role_id: ref('core.roles', { id: 'Peran', en: 'Role' }, { readonly: true }),
    role_reason: optional(longText({ id: 'Alasan peran', en: 'Reason for the role' }, { max: 500, readonly: true })),
    status: choice(
      { id: 'Status', en: 'Status' },
      {
        active: { id: 'Aktif', en: 'Active' },
        inactive: { id: 'Tidak aktif', en: 'Inactive' },
        suspended: { id: 'Ditangguhkan', en: 'Suspended' },
      },
      { initial: 'active', readonly: true },
    ),
    suspended_reason: optional(longText({ id: 'Alasan penangguhan', en: 'Reason for the suspension' }, { max: 500, readonly: true })),
    expires_on: optional(
      day(
        { id: 'Anggota sampai', en: 'Member until' },
        {
          from: '2000-01-01',
          help: { id: 'Hari terakhir dapat masuk. Kosong: tanpa batas.', en: 'The last day they may come in. Empty: without end.' },
        },
      ),
    ),
    attributes: json(
      { id: 'Batas kerja', en: 'Limits' },
      { initial: {}, help: { id: 'Misalnya wilayah seorang kepala dusun.', en: 'The area of a hamlet head, for example.' } },
    ),
  },
  title: ['name'],
  list: ['name', 'username', 'role_id', 'status'],
  sort: ['name'],
  filter: ['status'],
  unique: [
    {
      name: 'memberships_user_id_key',
      fields: ['user_id'],
      message: { id: 'Orang ini sudah menjadi anggota.', en: 'This person is already a member.' },
    },
  ],
  checks: [
    {
      name: 'memberships_suspended_why_check',
      sql: `status <> 'suspended' or suspended_reason is not null`,
      field: 'suspended_reason',
      message: { id: 'Sebutkan alasan penangguhan.', en: 'Say why they are suspended.' },
    },
  ],
  indexes: { memberships_by_user: '(user_id) where deleted_at is null' },
  verbs: ['read', 'update', 'delete', 'restore'],
  hidden: true,
})

export const savedViews = resource('core.saved_views', {
  label: { one: { id: 'Tampilan tersimpan', en: 'Saved view' }, many: { id: 'Tampilan tersimpan', en: 'Saved views' } },
  doc: 'Filters, order and columns of a list that somebody keeps under a name, for themselves or for everyone.',
  fields: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100 }),
    resource: text({ id: 'Daftar', en: 'List' }, { max: 100 }),
    definition: json({ id: 'Isi', en: 'Definition' }, { initial: {} }),
    shared: flag({ id: 'Untuk semua', en: 'For everyone' }),
  },
  title: ['name'],
  list: ['name', 'resource', 'shared'],
  sort: ['name'],
  filter: ['resource', 'shared'],
  verbs: ['read', 'create', 'update', 'delete', 'restore'],
  hidden: true,
})

const policy: readonly ResourcePolicy[] = [
  { resource: 'core.roles', visibility: [], sensitive: ['update', 'delete'] },
  { resource: 'core.memberships', visibility: [], sensitive: ['delete'] },
  { resource: 'core.saved_views', visibility: [], always: ({ actor }, param) => `t.shared or t.created_by = ${param(actor.userId)}` },
  ...documentPolicy,
]

export const core: Module = {
  name: 'core',
  label: { id: 'Pengaturan', en: 'Settings' },
  doc: 'Who may do what in a community.',
  uses: [],
  resources: [
    roles,
    memberships,
    roleHistory,
    accessRules,
    savedViews,
    settings,
    apiKeys,
    invitations,
    holidays,
    notificationWords,
    documentTypes,
    documents,
    documentVersions,
    documentLinks,
  ],
  actions: [
    accountAction as never,
    ...(memberActions as unknown as never[]),
    inviteAction as never,
    reminderAction as never,
    withdrawalAction as never,
    ...keyActions,
    ...(documentActions as unknown as never[]),
  ],
  queries: [keyUses, ...securityQueries, recordDocuments as never],
  notifications: coreNotifications,
  upkeep: documentDuties,
  settings: [...coreSettings, ...auditSettings, ...hourSettings],
  policy,
  guards: [roleGuard, membershipGuard, viewGuard, accessRuleGuard, settingGuard, wordsGuard],
  roles: [],
}
