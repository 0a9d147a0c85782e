// Keys of devices and integrations: who made them, what they may do, until when and from where. The key itself is not here.
import { choice, instant, json, optional, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const apiKeys = resource('core.api_keys', {
  label: { one: { id: 'Kunci API', en: 'API key' }, many: { id: 'Kunci API', en: 'API keys' } },
  doc: 'A key with which a device or another program uses the API. It never does more than the member who made it may do now.',
  fields: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100, readonly: true }),
    prefix: text({ id: 'Tanda kunci', en: 'Key mark' }, { min: 8, max: 8, readonly: true }),
    status: choice(
      { id: 'Status', en: 'Status' },
      { active: { id: 'Berlaku', en: 'Active' }, revoked: { id: 'Dicabut', en: 'Revoked' } },
      { readonly: true, initial: 'active' },
    ),
    scopes: tags({ id: 'Izin', en: 'Permissions' }, { max: 100, initial: [], readonly: true }),
    visibility: json({ id: 'Baris yang terlihat', en: 'Rows it sees' }, { initial: {}, readonly: true }),
    attributes: json({ id: 'Batas kerja', en: 'Limits' }, { initial: {}, readonly: true }),
    networks: tags({ id: 'Jaringan', en: 'Networks' }, { max: 60, initial: [], readonly: true }),
    expires_at: instant({ id: 'Berlaku sampai', en: 'Valid until' }, { readonly: true }),
    made_by: text({ id: 'Dibuat oleh', en: 'Made by' }, { max: 100, readonly: true }),
    revoked_at: optional(instant({ id: 'Dicabut pada', en: 'Revoked at' }, { readonly: true })),
  },
  title: ['name'],
  search: ['name'],
  list: ['name', 'prefix', 'status', 'expires_at', 'made_by'],
  sort: ['name'],
  filter: ['status'],
  checks: [
    {
      name: 'api_keys_revoked_rule',
      sql: "(status = 'revoked') = (revoked_at is not null)",
      field: 'status',
      message: { id: 'Kunci yang dicabut punya waktu pencabutan.', en: 'A revoked key has a time of revocation.' },
    },
  ],
  verbs: ['read'],
  hidden: true,
})
