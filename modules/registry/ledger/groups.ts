// Groups of people that reports ask for by name: voters, and those a village looks after.
import type { Words } from '#kernel/words.ts'
import type { Ages } from './age-settings.ts'
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

const voters = ({ voting, marriedVote }: Ages): Group =>
  group(
    'voters',
    'Pemilih',
    'Voters',
    (a, d) => `(${ageAtLeast(a, d, voting)}${marriedVote ? ` or ${marriedOnce(a)}` : ''}) and ${a}.citizenship <> 'WNA'
      and ${a}.residency = 'TETAP' and ${a}.occupation not in ('TENTARA NASIONAL INDONESIA (TNI)', 'KEPOLISIAN RI (POLRI)')`,
  )

/** The school ages, each from where the one before ends. */
function schoolAges({ toddlerUntil, primaryUntil, juniorUntil, seniorUntil }: Ages): Group[] {
  const steps = [
    ['primary_age', toddlerUntil + 1, primaryUntil],
    ['junior_age', primaryUntil + 1, juniorUntil],
    ['senior_age', juniorUntil + 1, seniorUntil],
  ] as const
  return steps.map(([key, from, to]) => group(key, `${from}–${to} th`, `Aged ${from}–${to}`, aged(from, to)))
}

/** Those of no age. */
const OTHERS: readonly Group[] = [
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

/** The columns of the report on vulnerable groups (kelompok rentan), in its order. */
export const vulnerableOf = (ages: Ages): readonly Group[] => [
  group('baby', 'Bayi (< 1 th)', 'Babies (under 1)', aged(0, 0)),
  group('toddler', `Balita (1–${ages.toddlerUntil} th)`, `Toddlers (1–${ages.toddlerUntil})`, aged(1, ages.toddlerUntil)),
  ...schoolAges(ages),
  group('elderly', `Lansia (${ages.elderly} th ke atas)`, `Elderly (${ages.elderly} and over)`, aged(ages.elderly, null)),
  ...OTHERS,
]

export const groupsOf = (ages: Ages): readonly Group[] => [voters(ages), ...vulnerableOf(ages)]
