// Classification codes of official letters: what a letter is about, as a number that archives are ordered by.
import { optional, longText, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const classificationCodes = resource('letters.classification_codes', {
  label: { one: { id: 'Kode klasifikasi', en: 'Classification code' }, many: { id: 'Kode klasifikasi', en: 'Classification codes' } },
  doc: 'A code of the classification of archives (Permendagri 83/2022). The ten main groups come with the module; a village imports the rest it uses.',
  fields: {
    code: text(
      { id: 'Kode', en: 'Code' },
      {
        max: 20,
        pattern: '[0-9][0-9.]{0,19}',
        patternHelp: { id: 'Angka dan titik, seperti 400.10.', en: 'Digits and points, such as 400.10.' },
      },
    ),
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 200 }),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 1_000 })),
  },
  title: ['code', 'name'],
  search: ['code', 'name'],
  list: ['code', 'name'],
  sort: ['code', 'name'],
  unique: [
    {
      name: 'classification_codes_code_key',
      fields: ['code'],
      message: { id: 'Kode ini sudah ada.', en: 'This code exists already.' },
    },
  ],
})
