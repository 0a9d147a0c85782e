// A month of the population in one row. Counted from the ledger, never typed; a row the ledger no longer agrees with is gone until it is counted again.
import { day, integer } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { FIVE_YEARS } from '../ledger/ages.ts'

const count = (id: string, en: string) => integer({ id, en }, { min: 0 })

/** The column of an age group: `age_0_4` … `age_75_up`. */
export const ageColumn = ({ from, to }: { from: number; to: number | null }): string => `age_${from}_${to ?? 'up'}`

const ages = Object.fromEntries(FIVE_YEARS.map((band) => [ageColumn(band), integer(band.label, { min: 0 })]))

export const populationStatistics = resource('registry.population_statistics', {
  label: { one: { id: 'Statistik bulanan', en: 'Monthly statistics' }, many: { id: 'Statistik bulanan', en: 'Monthly statistics' } },
  doc: 'The population at the end of a month and what happened in it, counted from the ledger. Ages are those of the last day.',
  fields: {
    period: day({ id: 'Bulan', en: 'Month' }, { from: '1900-01-01', until: 'today' }),
    year: integer({ id: 'Tahun', en: 'Year' }, { min: 1900, max: 2999, format: 'year' }),
    month: integer({ id: 'Bulan ke', en: 'Month number' }, { min: 1, max: 12 }),
    total_male: count('Laki-laki', 'Male'),
    total_female: count('Perempuan', 'Female'),
    total_families: count('Keluarga', 'Families'),
    births: count('Lahir', 'Births'),
    deaths: count('Meninggal', 'Deaths'),
    arrivals: count('Datang', 'Arrivals'),
    departures: count('Pindah', 'Departures'),
    migrations: count('Datang dan pindah', 'Migrations'),
    ...ages,
  },
  title: ['period'],
  list: ['period', 'total_male', 'total_female', 'total_families', 'births', 'deaths', 'migrations'],
  sort: ['period'],
  filter: ['period', 'year', 'month'],
  groups: [
    {
      label: { id: 'Jumlah pada akhir bulan', en: 'Totals at the end of the month' },
      fields: ['period', 'total_male', 'total_female', 'total_families'],
    },
    { label: { id: 'Peristiwa', en: 'Events' }, fields: ['births', 'deaths', 'arrivals', 'departures', 'migrations'] },
    { label: { id: 'Umur', en: 'Ages' }, fields: Object.keys(ages) },
  ],
  unique: [
    {
      name: 'population_statistics_period_key',
      fields: ['period'],
      message: { id: 'Bulan ini sudah dihitung.', en: 'This month is already counted.' },
    },
  ],
  verbs: ['read', 'export'],
})
