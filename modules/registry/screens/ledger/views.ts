// What the statistics page can show, in groups: the breakdowns the server knows, and the reports that are not one.
import type { Words } from '#kernel/words.ts'

export const REPORTS = {
  'age-pyramid': { id: 'Piramida umur', en: 'Age pyramid' },
  'vulnerable-groups': { id: 'Kelompok rentan per RT', en: 'Vulnerable groups by RT' },
  voters: { id: 'Pemilih pada suatu tanggal', en: 'Voters on a date' },
} satisfies Record<string, Words>
export type Report = keyof typeof REPORTS
export const isReport = (view: string): view is Report => Object.hasOwn(REPORTS, view)

const REST: Words = { id: 'Lainnya', en: 'Others' }
const GROUPS: readonly { label: Words; keys: readonly string[] }[] = [
  {
    label: { id: 'Diri', en: 'Persons' },
    keys: ['gender', 'age_range', 'age_category', 'age_stage', 'marital_status', 'religion', 'ethnicity', 'citizenship', 'residency'],
  },
  { label: { id: 'Pendidikan dan pekerjaan', en: 'Education and work' }, keys: ['education', 'schooling', 'literacy', 'occupation'] },
  {
    label: { id: 'Kesehatan', en: 'Health' },
    keys: ['blood_type', 'disability', 'chronic_illness', 'contraception', 'pregnancy', 'insurance', 'labour_insurance'],
  },
  {
    label: { id: 'Surat dan kartu', en: 'Papers and cards' },
    keys: ['birth_certificate', 'identity_card', 'child_card', 'marriage_certificate', 'death_certificate'],
  },
  { label: { id: 'Keluarga', en: 'Families' }, keys: ['relationship', 'welfare_class', 'social_status'] },
  { label: { id: 'Wilayah', en: 'Areas' }, keys: ['hamlet', 'rw', 'area'] },
]

type Known = { readonly key: string; readonly label: string }

/** The breakdowns in their groups; one that no group knows stands among the others. */
export function grouped<B extends Known>(breakdowns: readonly B[]): { label: Words; items: B[] }[] {
  const of = (keys: readonly string[]): B[] => keys.flatMap((key) => breakdowns.filter((b) => b.key === key))
  const known = new Set(GROUPS.flatMap((group) => group.keys))
  return [
    ...GROUPS.map(({ label, keys }) => ({ label, items: of(keys) })),
    { label: REST, items: breakdowns.filter((b) => !known.has(b.key)) },
  ].filter((g) => g.items.length > 0)
}
