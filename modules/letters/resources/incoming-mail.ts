// Mail that came in, in the order of its arrival, and who was told to do what about it.
import { day, flag, instant, integer, longText, optional, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

/** What is written down about mail as it comes in. */
export const INCOMING = {
  received_on: day({ id: 'Diterima', en: 'Received' }, { from: '1945-01-01', until: 'today' }),
  sender: text({ id: 'Pengirim', en: 'Sender' }, { min: 1, max: 200 }),
  mail_number: optional(text({ id: 'Nomor surat', en: 'Number of the letter' }, { max: 100 })),
  mail_date: optional(day({ id: 'Tanggal surat', en: 'Date of the letter' }, { from: '1945-01-01', until: 'today' })),
  subject: text({ id: 'Perihal', en: 'Subject' }, { min: 1, max: 255 }),
  classification_id: optional(ref('letters.classification_codes', { id: 'Klasifikasi', en: 'Classification' })),
  notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2_000 })),
} as const

export const incomingMail = resource('letters.incoming_mail', {
  label: { one: { id: 'Surat masuk', en: 'Incoming letter' }, many: { id: 'Surat masuk', en: 'Incoming mail' } },
  doc: 'The register of incoming mail (Permendagri 47/2016, agenda book). The scan is attached as a document.',
  attachable: true,
  fields: {
    agenda_number: integer({ id: 'Nomor agenda', en: 'Agenda number' }, { min: 1, readonly: true }),
    agenda_year: integer({ id: 'Tahun agenda', en: 'Agenda year' }, { min: 1900, max: 9999, readonly: true }),
    ...INCOMING,
  },
  title: ['subject', 'sender'],
  search: ['subject', 'sender', 'mail_number'],
  list: ['agenda_number', 'received_on', 'sender', 'subject', 'mail_number'],
  sort: ['received_on', 'agenda_number', 'sender'],
  filter: ['agenda_year', 'received_on', 'classification_id'],
  unique: [
    {
      name: 'incoming_mail_agenda_key',
      fields: ['agenda_year', 'agenda_number'],
      message: { id: 'Nomor agenda ini sudah terpakai.', en: 'This agenda number is taken.' },
    },
  ],
  verbs: ['read', 'update', 'export'],
})

export const dispositions = resource('letters.dispositions', {
  label: { one: { id: 'Disposisi', en: 'Disposition' }, many: { id: 'Disposisi', en: 'Dispositions' } },
  doc: 'Who is to do what about an incoming letter, until when, and whether it is done.',
  fields: {
    mail_id: ref('letters.incoming_mail', { id: 'Surat masuk', en: 'Incoming letter' }),
    official_id: ref('office.apparatus', { id: 'Kepada', en: 'To' }),
    instruction: longText({ id: 'Isi disposisi', en: 'Instruction' }, { min: 1, max: 1_000 }),
    due_on: optional(day({ id: 'Tenggat', en: 'Due' }, { from: '1945-01-01' })),
    is_done: flag({ id: 'Selesai', en: 'Done' }, { readonly: true }),
    done_at: optional(instant({ id: 'Selesai pada', en: 'Done at' }, { readonly: true })),
    done_note: optional(longText({ id: 'Hasil', en: 'Result' }, { max: 1_000, readonly: true })),
  },
  title: ['instruction'],
  search: ['instruction'],
  list: ['mail_id', 'official_id', 'instruction', 'due_on', 'is_done'],
  sort: ['created_at'],
  filter: ['is_done', 'official_id', 'mail_id', 'due_on'],
  checks: [
    {
      name: 'dispositions_done_at_check',
      sql: 'is_done = (done_at is not null)',
      message: { id: 'Yang selesai mempunyai waktu selesai.', en: 'What is done says when.' },
    },
  ],
})
