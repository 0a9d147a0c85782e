// Requests for letters: who asks for what, where it is, who has it in hand, and how it ended.
import { choice, day, instant, integer, json, longText, opaqueId, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { LETTER_TYPE } from '../codes.ts'

const byActs = { readonly: true } as const

/** What is asked when a request comes in; the row keeps it, read-only. */
export const REQUEST_INPUT = {
  citizen_id: ref('registry.citizens', { id: 'Pemohon', en: 'Applicant' }),
  template_id: ref('letters.letter_templates', { id: 'Surat', en: 'Letter' }),
  purpose: optional(text({ id: 'Keperluan', en: 'Purpose' }, { max: 300 })),
  notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2_000 })),
  values: json({ id: 'Isian surat', en: 'What is filled in' }, { initial: {} }),
  subjects: json({ id: 'Orang lain dalam surat', en: 'Other people of the letter' }, { initial: {} }),
} as const

export const letterRequests = resource('letters.letter_requests', {
  label: { one: { id: 'Permohonan surat', en: 'Letter request' }, many: { id: 'Permohonan surat', en: 'Letter requests' } },
  doc: 'Somebody asks for a letter: at the counter, or by themselves. It waits, is taken up by an officer, and ends done or refused.',
  attachable: true,
  fields: {
    queue_number: integer({ id: 'Nomor antrean', en: 'Queue number' }, { min: 1, ...byActs }),
    queue_day: day({ id: 'Tanggal antrean', en: 'Day of the queue' }, byActs),
    citizen_id: { ...REQUEST_INPUT.citizen_id, ...byActs },
    template_id: { ...REQUEST_INPUT.template_id, ...byActs },
    letter_type: choice({ id: 'Jenis', en: 'Type' }, LETTER_TYPE, byActs),
    purpose: { ...REQUEST_INPUT.purpose, ...byActs },
    notes: REQUEST_INPUT.notes,
    status: choice(
      { id: 'Status', en: 'Status' },
      {
        PENDING: { id: 'Menunggu', en: 'Waiting' },
        DIPROSES: { id: 'Diproses', en: 'In progress' },
        SELESAI: { id: 'Selesai', en: 'Done' },
        DITOLAK: { id: 'Ditolak', en: 'Refused' },
      },
      { initial: 'PENDING', ...byActs },
    ),
    details: secret(json({ id: 'Isian', en: 'What was filled in' }, byActs)),
    requested_at: instant({ id: 'Diajukan', en: 'Asked' }, byActs),
    processed_by: optional(opaqueId({ id: 'Akun petugas', en: 'Account of the officer' }, byActs)),
    officer: optional(text({ id: 'Petugas', en: 'Officer' }, { max: 100, ...byActs })),
    processed_at: optional(instant({ id: 'Mulai diproses', en: 'Taken up' }, byActs)),
    requirements_note: optional(longText({ id: 'Syarat yang dikecualikan', en: 'Requirements that were waived' }, { max: 500, ...byActs })),
    refusal_reason: optional(longText({ id: 'Alasan ditolak', en: 'Why it was refused' }, { max: 1_000, ...byActs })),
    ready_at: optional(instant({ id: 'Siap diambil', en: 'Ready' }, byActs)),
    collected_at: optional(instant({ id: 'Diambil', en: 'Collected' }, byActs)),
    collected_by: optional(text({ id: 'Diambil oleh', en: 'Collected by' }, { max: 100, ...byActs })),
  },
  title: ['queue_number', 'queue_day'],
  list: ['queue_number', 'queue_day', 'citizen_id', 'template_id', 'status', 'officer'],
  sort: ['requested_at', 'queue_number'],
  filter: ['status', 'queue_day', 'letter_type', 'template_id', 'citizen_id'],
  groups: [
    {
      label: { id: 'Permohonan', en: 'Request' },
      fields: ['queue_number', 'queue_day', 'citizen_id', 'template_id', 'letter_type', 'purpose', 'status', 'notes', 'details'],
    },
    {
      label: { id: 'Penanganan', en: 'Handling' },
      fields: ['requested_at', 'officer', 'processed_at', 'requirements_note', 'refusal_reason'],
    },
    { label: { id: 'Penyerahan', en: 'Handing over' }, fields: ['ready_at', 'collected_at', 'collected_by'] },
  ],
  unique: [
    {
      name: 'letter_requests_queue_key',
      fields: ['queue_day', 'queue_number'],
      message: { id: 'Nomor antrean ini sudah terpakai.', en: 'This queue number is taken.' },
    },
  ],
  checks: [
    {
      name: 'letter_requests_reason_check',
      sql: "status <> 'DITOLAK' or refusal_reason is not null",
      field: 'refusal_reason',
      message: { id: 'Tulis alasannya: pemohon membacanya.', en: 'Say why: the applicant reads it.' },
    },
    {
      name: 'letter_requests_collected_check',
      sql: "status <> 'SELESAI' or (collected_at is not null and collected_by is not null)",
      field: 'collected_by',
      message: { id: 'Tulis siapa yang mengambil.', en: 'Say who collected it.' },
    },
  ],
  verbs: ['read', 'update', 'export', 'reveal'],
})
