// Groups of people that reports ask for by name: voters, and those a village looks after.
import type { Words } from '#kernel/words.ts'
import { ageAtLeast, ageBetween, marriedOnce } from './ages.ts'
import type { OnSpan } from './breakdowns.ts'

export type Group = {
  readonly key: string
  readonly label: Words
  readonly where: OnSpan
  /** Read from an encrypted field: this field has one of these values. Only as of today, for who may reveal it. */
  readonly secret?: {
    readonly field: 'chronic_illness' | 'pregnancy'
    readonly sex: 'L' | 'P'
    readonly except?: string
    readonly is?: string
  }
}

/** Age from which people vote (UU 7/2017 art. 198). */
export const VOTING_AGE = 17

const group = (key: string, id: string, en: string, where: OnSpan, more: Pick<Group, 'secret'> = {}): Group => ({
  key,
  label: { id, en },
  where,
  ...more,
})
const aged =
  (from: number, to: number | null): OnSpan =>
  (a, d) =>
    ageBetween(a, d, from, to)
const disabled =
  (code: string): OnSpan =>
  (a) =>
    `${a}.disability = '${code}'`

export const VOTERS = group(
  'voters',
  'Pemilih',
  'Voters',
  (a, d) => `(${ageAtLeast(a, d, VOTING_AGE)} or ${marriedOnce(a)}) and ${a}.citizenship <> 'WNA' and ${a}.residency = 'TETAP'
    and ${a}.occupation not in ('TENTARA NASIONAL INDONESIA (TNI)', 'KEPOLISIAN RI (POLRI)')`,
)

/** The columns of the report on vulnerable groups (kelompok rentan), in its order. */
export const VULNERABLE: readonly Group[] = [
  group('baby', 'Bayi (< 1 th)', 'Babies (under 1)', aged(0, 0)),
  group('toddler', 'Balita (1–5 th)', 'Toddlers (1–5)', aged(1, 5)),
  group('primary_age', '6–12 th', 'Aged 6–12', aged(6, 12)),
  group('junior_age', '13–15 th', 'Aged 13–15', aged(13, 15)),
  group('senior_age', '16–18 th', 'Aged 16–18', aged(16, 18)),
  group('elderly', 'Lansia (> 60 th)', 'Over 60', aged(61, null)),
  group('disabled_body', 'Disabilitas fisik', 'Physical disability', disabled('FISIK')),
  group('disabled_sight', 'Disabilitas netra', 'Visual disability', disabled('NETRA')),
  group('disabled_hearing', 'Disabilitas rungu/wicara', 'Hearing/speech disability', disabled('RUNGU_WICARA')),
  group('disabled_mind', 'Disabilitas mental', 'Mental disability', disabled('MENTAL')),
  group('disabled_both', 'Disabilitas fisik dan mental', 'Physical and mental disability', disabled('FISIK_MENTAL')),
  group('disabled_other', 'Disabilitas lainnya', 'Other disability', disabled('LAINNYA')),
  group('ill_men', 'Sakit menahun (L)', 'Chronically ill (men)', (a) => `${a}.gender = 'L'`, {
    secret: { field: 'chronic_illness', sex: 'L', except: 'TIDAK_ADA' },
  }),
  group('ill_women', 'Sakit menahun (P)', 'Chronically ill (women)', (a) => `${a}.gender = 'P'`, {
    secret: { field: 'chronic_illness', sex: 'P', except: 'TIDAK_ADA' },
  }),
  group('pregnant', 'Hamil', 'Pregnant', (a) => `${a}.gender = 'P'`, { secret: { field: 'pregnancy', sex: 'P', is: 'HAMIL' } }),
]

export const GROUPS: readonly Group[] = [VOTERS, ...VULNERABLE]
export const groupNamed = (key: string): Group | undefined => GROUPS.find((g) => g.key === key)
