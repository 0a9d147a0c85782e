// The days nobody works, as each community keeps them.
import { day, flag, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const holidays = resource('core.holidays', {
  label: { one: { id: 'Hari libur', en: 'Holiday' }, many: { id: 'Hari libur', en: 'Holidays' } },
  doc: 'A day on which nobody works: deadlines in working hours pass over it.',
  fields: {
    date: day({ id: 'Tanggal', en: 'Date' }, { from: '2000-01-01' }),
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100 }),
    yearly: flag(
      { id: 'Setiap tahun', en: 'Every year' },
      {
        help: {
          id: 'Jatuh pada tanggal yang sama setiap tahun, seperti 17 Agustus.',
          en: 'Falls on the same date every year, like 17 August.',
        },
      },
    ),
  },
  title: ['name', 'date'],
  search: ['name'],
  list: ['date', 'name', 'yearly'],
  sort: ['date'],
  filter: ['date', 'yearly'],
  unique: [
    {
      name: 'holidays_date_key',
      fields: ['date'],
      message: { id: 'Tanggal ini sudah menjadi hari libur.', en: 'This date is a holiday already.' },
    },
  ],
  hidden: true,
})
