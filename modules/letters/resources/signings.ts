// Signatures that were asked for: one per letter, from the queue to the signed file or to why it failed.
import { choice, instant, integer, json, optional, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { SIGNING_STATE } from '../codes.ts'

const byActs = { readonly: true } as const

export const signings = resource('letters.signings', {
  label: {
    one: { id: 'Tanda tangan elektronik', en: 'Electronic signature' },
    many: { id: 'Tanda tangan elektronik', en: 'Electronic signatures' },
  },
  doc: 'That an official asked to sign a letter electronically, and what came of it. There is one per letter; what is signed stays as it is.',
  fields: {
    letter_id: ref('letters.generated_letters', { id: 'Surat', en: 'Letter' }, byActs),
    official_id: ref('office.apparatus', { id: 'Penanda tangan', en: 'Signed by' }, byActs),
    key_id: ref('letters.signing_keys', { id: 'Kunci', en: 'Key' }, byActs),
    state: choice({ id: 'Keadaan', en: 'State' }, SIGNING_STATE, { initial: 'QUEUED', ...byActs }),
    attempts: integer({ id: 'Percobaan', en: 'Attempts' }, { min: 0, initial: 0, ...byActs }),
    asked_at: instant({ id: 'Diminta', en: 'Asked at' }, byActs),
    problem: optional(json({ id: 'Mengapa gagal', en: 'Why it failed' }, byActs)),
    signed_at: optional(instant({ id: 'Ditandatangani', en: 'Signed at' }, byActs)),
    version_id: optional(ref('core.document_versions', { id: 'Berkas bertanda tangan', en: 'Signed file' }, byActs)),
    sha256: optional(
      text({ id: 'Sidik berkas bertanda tangan (SHA-256)', en: 'Fingerprint of the signed file (SHA-256)' }, { max: 64, ...byActs }),
    ),
  },
  title: ['letter_id'],
  list: ['letter_id', 'official_id', 'state', 'asked_at', 'signed_at'],
  sort: ['asked_at'],
  filter: ['state', 'letter_id', 'official_id'],
  unique: [
    {
      name: 'signings_letter_key',
      fields: ['letter_id'],
      message: { id: 'Tanda tangan surat ini sudah diminta.', en: 'This letter’s signature has been asked for already.' },
    },
  ],
  checks: [
    {
      name: 'signings_signed_check',
      sql: "(state = 'SIGNED') = (version_id is not null) and (state = 'SIGNED') = (sha256 is not null) and (state = 'SIGNED') = (signed_at is not null)",
      message: { id: 'Surat bertanda tangan mempunyai berkasnya.', en: 'A signed letter has its file.' },
    },
    {
      name: 'signings_problem_check',
      sql: "(state = 'FAILED') = (problem is not null)",
      message: { id: 'Yang gagal mempunyai sebab.', en: 'What failed says why.' },
    },
  ],
  rules: [
    {
      name: 'signings_final',
      message: { id: 'Surat ini sudah ditandatangani dan tetap seperti itu.', en: 'This letter is signed and stays so.' },
    },
  ],
  verbs: ['read'],
})
