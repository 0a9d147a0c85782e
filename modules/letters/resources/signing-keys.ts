// The keys that officials sign with: what their certificates say. The keys themselves are sealed and apart (signing/key-safe.ts).
import { choice, instant, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { KEY_STATUS } from '../codes.ts'

const byActs = { readonly: true } as const

export const signingKeys = resource('letters.signing_keys', {
  label: { one: { id: 'Kunci tanda tangan', en: 'Signing key' }, many: { id: 'Kunci tanda tangan', en: 'Signing keys' } },
  doc: 'The key and certificate an official signs letters with. Each official has one at a time and brings it themselves; removed, the key is gone and its facts stay.',
  fields: {
    official_id: ref('office.apparatus', { id: 'Perangkat desa', en: 'Official' }, byActs),
    subject: text({ id: 'Atas nama', en: 'Issued to' }, { max: 500, ...byActs }),
    issuer: text({ id: 'Penerbit sertifikat', en: 'Issued by' }, { max: 500, ...byActs }),
    serial: text({ id: 'Nomor seri', en: 'Serial number' }, { max: 64, ...byActs }),
    fingerprint: text({ id: 'Sidik sertifikat (SHA-256)', en: 'Fingerprint (SHA-256)' }, { min: 64, max: 64, ...byActs }),
    valid_from: instant({ id: 'Berlaku dari', en: 'Valid from' }, byActs),
    valid_to: instant({ id: 'Berlaku sampai', en: 'Valid until' }, byActs),
    status: choice({ id: 'Status', en: 'Status' }, KEY_STATUS, { initial: 'ACTIVE', ...byActs }),
  },
  title: ['subject'],
  list: ['official_id', 'subject', 'issuer', 'valid_to', 'status'],
  sort: ['valid_to', 'created_at'],
  filter: ['official_id', 'status'],
  unique: [
    {
      name: 'signing_keys_one_per_official',
      fields: ['official_id'],
      where: "status = 'ACTIVE'",
      message: { id: 'Perangkat ini sudah mempunyai kunci.', en: 'This official has a key already.' },
    },
  ],
  checks: [
    {
      name: 'signing_keys_period_check',
      sql: 'valid_to > valid_from',
      message: { id: 'Masa berlaku sertifikat ini terbalik.', en: 'This certificate ends before it begins.' },
    },
  ],
  verbs: ['read'],
})
