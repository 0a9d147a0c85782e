// A family card (kartu keluarga, KK). Who belongs to it stands with the residents; its head is whoever they say.
import { choice, day, flag, longText, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { SOCIAL_STATUS, WELFARE_CLASS } from '../codes.ts'

/** Number of a family card: 16 digits (region, day of issue, serial); room for 20 as the requirement has it. */
export const FAMILY_NUMBER = '[0-9]{16,20}'
export const FAMILY_NUMBER_HELP = {
  id: 'Nomor KK terdiri dari 16 angka; ini {length}.',
  en: 'A family card number has 16 digits; this has {length}.',
}

export const families = resource('registry.families', {
  label: { one: { id: 'Keluarga', en: 'Family' }, many: { id: 'Keluarga', en: 'Families' } },
  doc: 'A family as registered on one family card (KK): its number, where it lives and how it fares.',
  fields: {
    family_number: secret(
      text({ id: 'Nomor KK', en: 'Family card number' }, { max: 20, pattern: FAMILY_NUMBER, patternHelp: FAMILY_NUMBER_HELP }),
      'equal',
      [4, 4],
    ),
    head_name: text({ id: 'Kepala keluarga', en: 'Head of family' }, { max: 100, readonly: true, initial: '' }),
    needs_head: flag({ id: 'Belum punya kepala', en: 'Has no head' }, { readonly: true }),
    address_id: ref('registry.addresses', { id: 'Alamat', en: 'Address' }),
    area_id: optional({ ...ref('registry.areas', { id: 'RT/RW/dusun', en: 'RT/RW/hamlet' }), readonly: true }),
    hamlet_id: optional({ ...ref('registry.areas', { id: 'Dusun', en: 'Hamlet' }), readonly: true }),
    social_status: optional(choice({ id: 'Status sosial', en: 'Social status' }, SOCIAL_STATUS)),
    welfare_class: optional(choice({ id: 'Kelas kesejahteraan', en: 'Welfare class' }, WELFARE_CLASS)),
    registered_on: optional(day({ id: 'Terdaftar sejak', en: 'Registered on' }, { from: '1900-01-01', until: 'today' })),
    card_printed_on: optional(day({ id: 'KK dicetak pada', en: 'Card printed on' }, { from: '1900-01-01', until: 'today' })),
    split_from_id: optional({ ...ref('registry.families', { id: 'Pecahan dari keluarga', en: 'Split from family' }), readonly: true }),
    notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2000 })),
  },
  attachable: true,
  title: ['family_number', 'head_name'],
  search: ['head_name'],
  list: ['family_number', 'head_name', 'area_id', 'social_status', 'registered_on'],
  sort: ['head_name', 'created_at'],
  filter: ['family_number', 'needs_head', 'social_status', 'welfare_class', 'area_id', 'hamlet_id', 'address_id', 'registered_on'],
  groups: [
    {
      label: { id: 'Kartu keluarga', en: 'Family card' },
      fields: ['family_number', 'head_name', 'address_id', 'area_id', 'hamlet_id', 'registered_on', 'card_printed_on'],
    },
    { label: { id: 'Kesejahteraan', en: 'Welfare' }, fields: ['social_status', 'welfare_class'] },
    { label: { id: 'Lainnya', en: 'Other' }, fields: ['split_from_id', 'notes'] },
  ],
  unique: [
    {
      name: 'families_family_number_key',
      fields: ['family_number'],
      message: { id: 'Nomor KK ini sudah terdaftar.', en: 'This family card number is already registered.' },
    },
  ],
  rules: [
    {
      name: 'families_used_rule',
      message: { id: 'Masih ada warga di keluarga ini. Pindahkan dahulu.', en: 'Residents still belong to this family. Move them first.' },
    },
  ],
})
