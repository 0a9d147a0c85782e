// The ages that decide who is counted as what: set by each community where law or custom changes, with the law of today as default.
import type { Ctx } from '#kernel/ctx.ts'
import { flag, integer } from '#kernel/resource/field.ts'
import { setting, type SettingFact } from '#kernel/settings/fact.ts'
import type { Words } from '#kernel/words.ts'

/** Ages in whole years, inclusive. School ages follow one another: each begins where the one before ends. */
export type Ages = {
  readonly voting: number
  /** Whether somebody who is or was married votes at any age. */
  readonly marriedVote: boolean
  readonly elderly: number
  readonly toddlerUntil: number
  readonly primaryUntil: number
  readonly juniorUntil: number
  readonly seniorUntil: number
  readonly productiveFrom: number
  readonly productiveUntil: number
}

// The limits of one never reach those of the next, so that the ages stay in order whatever is set.
const age = (name: string, label: Words, [min, initial, max]: readonly [number, number, number], help: Words): SettingFact<number> =>
  setting({ name: `registry.${name}`, category: 'statistics', field: integer(label, { min, max, initial, help }) })

/** UU 7/2017 (elections) art. 1 number 34 and art. 198: 17 years old by polling day, or married, or married once. */
export const votingAge = age('minimum_voting_age', { id: 'Umur pemilih', en: 'Voting age' }, [15, 17, 25], {
  id: 'Sudah berumur sekian pada hari pemungutan suara (UU 7/2017 tentang Pemilu: 17).',
  en: 'So old by polling day (UU 7/2017 on elections: 17).',
})

export const marriedVote = setting({
  name: 'registry.married_people_vote',
  category: 'statistics',
  field: flag(
    { id: 'Yang sudah atau pernah kawin memilih pada umur berapa pun', en: 'Who is or was married votes at any age' },
    { initial: true, help: { id: 'UU 7/2017 tentang Pemilu: ya.', en: 'UU 7/2017 on elections: yes.' } },
  ),
})

/** UU 13/1998 (welfare of the elderly) art. 1 number 2: 60 years and older. */
export const elderlyAge = age('elderly_age', { id: 'Umur lansia', en: 'Age of the elderly' }, [50, 60, 80], {
  id: 'Umur sekian ke atas (UU 13/1998 tentang Kesejahteraan Lanjut Usia: 60).',
  en: 'This age and older (UU 13/1998 on the welfare of the elderly: 60).',
})

/** The report on vulnerable groups counts toddlers up to 5; the Ministry of Health's balita end before 5 (Permenkes 25/2014): then 4. */
export const toddlerUntil = age('toddler_until_age', { id: 'Balita sampai umur', en: 'Toddlers up to age' }, [3, 5, 6], {
  id: 'Laporan kelompok rentan memakai 5; Permenkes 25/2014 memakai 4 (di bawah lima tahun).',
  en: 'The report on vulnerable groups uses 5; Permenkes 25/2014 uses 4 (under five).',
})

/** School ages as the statistical office counts them (BPS, school participation: 7–12, 13–15, 16–18). */
const SCHOOL: Words = {
  id: 'Usia sekolah menurut BPS: 7–12, 13–15, 16–18.',
  en: 'School ages of the statistical office: 7–12, 13–15, 16–18.',
}
export const primaryUntil = age('primary_until_age', { id: 'Usia SD sampai umur', en: 'Primary school up to age' }, [10, 12, 13], SCHOOL)
export const juniorUntil = age('junior_until_age', { id: 'Usia SMP sampai umur', en: 'Junior school up to age' }, [14, 15, 16], SCHOOL)
export const seniorUntil = age('senior_until_age', { id: 'Usia SMA sampai umur', en: 'Senior school up to age' }, [17, 18, 21], SCHOOL)

/** Working age of the dependency ratio: 15–64 (BPS; UU 13/2003 takes nobody under 15 as a worker). */
const WORK: Words = {
  id: 'Usia produktif menurut BPS: 15–64. Menentukan angka beban ketergantungan.',
  en: 'Working age of the statistical office: 15–64. Decides the dependency ratio.',
}
export const productiveFrom = age('productive_from_age', { id: 'Usia produktif dari', en: 'Working age from' }, [10, 15, 21], WORK)
export const productiveUntil = age('productive_until_age', { id: 'Usia produktif sampai', en: 'Working age up to' }, [50, 64, 79], WORK)

export const ageSettings: readonly SettingFact[] = [
  votingAge,
  marriedVote,
  elderlyAge,
  toddlerUntil,
  primaryUntil,
  juniorUntil,
  seniorUntil,
  productiveFrom,
  productiveUntil,
]

/** What the community has set. */
export async function agesOf({ setting: said }: Pick<Ctx, 'setting'>): Promise<Ages> {
  return {
    voting: await said(votingAge),
    marriedVote: await said(marriedVote),
    elderly: await said(elderlyAge),
    toddlerUntil: await said(toddlerUntil),
    primaryUntil: await said(primaryUntil),
    juniorUntil: await said(juniorUntil),
    seniorUntil: await said(seniorUntil),
    productiveFrom: await said(productiveFrom),
    productiveUntil: await said(productiveUntil),
  }
}
