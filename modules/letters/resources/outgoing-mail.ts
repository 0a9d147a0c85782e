// Mail that the office sent in its own name; letters to residents are in the archive of letters.
import { day, longText, optional, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

/** What is written down about mail that goes out. */
export const OUTGOING = {
  recipient: text({ id: 'Kepada', en: 'To' }, { min: 1, max: 200 }),
  subject: text({ id: 'Perihal', en: 'Subject' }, { min: 1, max: 255 }),
  classification_id: ref('letters.classification_codes', { id: 'Klasifikasi', en: 'Classification' }),
  mail_date: day({ id: 'Tanggal surat', en: 'Date of the letter' }, { from: '1945-01-01', until: 'today' }),
  notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2_000 })),
} as const

const { recipient, subject, classification_id, mail_date, notes } = OUTGOING

export const outgoingMail = resource('letters.outgoing_mail', {
  label: { one: { id: 'Surat keluar', en: 'Outgoing letter' }, many: { id: 'Surat keluar', en: 'Outgoing mail' } },
  doc: 'The register of outgoing mail (Permendagri 47/2016, agenda book), with the number it was given. The scan is attached as a document.',
  attachable: true,
  fields: {
    number: text({ id: 'Nomor', en: 'Number' }, { min: 1, max: 100, readonly: true }),
    number_id: ref('letters.letter_numbers', { id: 'Di buku nomor', en: 'In the book of numbers' }, { readonly: true }),
    // The number was drawn by them: they stay.
    classification_id: { ...classification_id, readonly: true },
    mail_date: { ...mail_date, readonly: true },
    recipient,
    subject,
    notes,
  },
  title: ['number', 'subject'],
  search: ['number', 'recipient', 'subject'],
  list: ['number', 'mail_date', 'recipient', 'subject'],
  sort: ['mail_date', 'number', 'recipient'],
  filter: ['mail_date', 'classification_id'],
  verbs: ['read', 'update', 'export'],
})
