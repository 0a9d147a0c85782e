// What a community may set differently about its letters.
import { optional, text } from '#kernel/resource/field.ts'
import { setting } from '#kernel/settings/fact.ts'

const category = 'letters'

export const letterSettings = {
  emptyValue: setting({
    name: 'letters.empty_value',
    category,
    field: text(
      { id: 'Pengganti data kosong', en: 'In place of an empty value' },
      {
        min: 1,
        max: 20,
        initial: '-',
        help: { id: 'Dicetak di surat bila suatu data belum ada.', en: 'Printed where something is not known.' },
      },
    ),
  }),
  villageTitle: setting({
    name: 'letters.village_title',
    category,
    field: optional(
      text(
        { id: 'Sebutan desa', en: 'Title of the village' },
        {
          max: 30,
          suggestions: ['Desa', 'Kelurahan', 'Nagari', 'Gampong', 'Kampung', 'Pekon'],
          help: { id: 'Kosong: menurut nama komunitas.', en: 'Empty: as the name of the community says.' },
        },
      ),
    ),
  }),
  headTitle: setting({
    name: 'letters.head_title',
    category,
    field: optional(
      text(
        { id: 'Sebutan kepala desa', en: 'Title of the village head' },
        {
          max: 50,
          help: {
            id: 'Kosong: menurut sebutan desa, misalnya Wali Nagari.',
            en: 'Empty: by the title of the village, such as Wali Nagari.',
          },
        },
      ),
    ),
  }),
  districtTitle: setting({
    name: 'letters.district_title',
    category,
    field: text({ id: 'Sebutan kecamatan', en: 'Title of the district' }, { min: 1, max: 30, initial: 'Kecamatan' }),
  }),
  staffNumberLabel: setting({
    name: 'letters.staff_number_label',
    category,
    field: text(
      { id: 'Sebutan nomor pegawai', en: 'What a staff number is called' },
      { min: 1, max: 20, initial: 'NIP', suggestions: ['NIP', 'NIPD', 'NIAP'] },
    ),
  }),
} as const
