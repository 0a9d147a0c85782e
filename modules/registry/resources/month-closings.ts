// Months whose books are closed: what they closed with, by whom. Written by the closing itself.
import { day, integer, longText, optional } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

const count = (id: string, en: string) => integer({ id, en }, { min: 0 })

export const monthClosings = resource('registry.month_closings', {
  label: { one: { id: 'Tutup bulan', en: 'Closed month' }, many: { id: 'Tutup bulan', en: 'Closed months' } },
  doc: 'A month whose books are closed: its closing figures, and no event may be booked in it or before it.',
  fields: {
    month: day({ id: 'Bulan', en: 'Month' }, { from: '1900-01-01', until: 'today' }),
    residents: count('Penduduk akhir bulan', 'Residents at its end'),
    men: count('Laki-laki', 'Men'),
    women: count('Perempuan', 'Women'),
    families: count('Kepala keluarga', 'Heads of family'),
    notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2000 })),
  },
  title: ['month'],
  list: ['month', 'residents', 'men', 'women', 'families'],
  sort: ['month'],
  filter: ['month'],
  unique: [
    {
      name: 'month_closings_month_key',
      fields: ['month'],
      message: { id: 'Bulan ini sudah ditutup.', en: 'This month is already closed.' },
    },
  ],
  verbs: ['read', 'export'],
})
