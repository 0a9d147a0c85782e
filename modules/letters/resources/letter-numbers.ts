// The book of numbers: every number that was ever given, drawn or by hand, used or spoiled. Nothing leaves it.
import { choice, day, integer, longText, optional, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { FLOW } from '../numbers/series.ts'

export const letterNumbers = resource('letters.letter_numbers', {
  label: { one: { id: 'Nomor surat', en: 'Letter number' }, many: { id: 'Buku nomor', en: 'Book of numbers' } },
  doc: 'A number that was given: by the counter, by hand for an earlier day, or spoiled with a reason. Kept for ever.',
  fields: {
    number: text({ id: 'Nomor', en: 'Number' }, { min: 1, max: 100, readonly: true }),
    flow: choice({ id: 'Untuk', en: 'For' }, FLOW, { readonly: true }),
    origin: choice(
      { id: 'Asal', en: 'Origin' },
      {
        DRAWN: { id: 'Urut', en: 'In sequence' },
        BY_HAND: { id: 'Ditulis tangan', en: 'By hand' },
        VOID: { id: 'Batal', en: 'Spoiled' },
      },
      { readonly: true },
    ),
    scope: text({ id: 'Urutan', en: 'Sequence' }, { max: 60, readonly: true }),
    year: integer({ id: 'Tahun', en: 'Year' }, { min: 1900, max: 9999, readonly: true }),
    sequence: optional(integer({ id: 'Urutan ke', en: 'Place in the sequence' }, { min: 1, readonly: true })),
    dated: day({ id: 'Tanggal surat', en: 'Dated' }, { readonly: true }),
    reason: optional(longText({ id: 'Alasan', en: 'Reason' }, { max: 500, readonly: true })),
  },
  title: ['number'],
  search: ['number'],
  list: ['number', 'flow', 'origin', 'dated', 'reason'],
  sort: ['created_at', 'number', 'dated'],
  filter: ['origin', 'flow', 'year', 'scope'],
  unique: [
    {
      name: 'letter_numbers_number_key',
      fields: ['number'],
      message: { id: 'Nomor ini sudah dipakai surat lain.', en: 'Another letter has this number already.' },
    },
    {
      name: 'letter_numbers_sequence_key',
      fields: ['scope', 'year', 'sequence'],
      where: 'sequence is not null',
      message: { id: 'Urutan ini sudah terpakai.', en: 'This place in the sequence is taken.' },
    },
  ],
  checks: [
    {
      name: 'letter_numbers_by_hand_check',
      sql: "case origin when 'BY_HAND' then sequence is null and reason is not null when 'VOID' then sequence is not null and reason is not null else sequence is not null end",
      field: 'reason',
      message: { id: 'Tulis alasannya.', en: 'Say why.' },
    },
  ],
  verbs: ['read', 'export'],
})
