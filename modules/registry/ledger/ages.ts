// Ages in SQL: bands and limits, compared as dates of birth so that a whole village is counted without computing anybody's age.
import type { Words } from '#kernel/words.ts'

/** From and to in whole years, inclusive; `to: null` has no end. */
export type Band = { readonly key: string; readonly from: number; readonly to: number | null; readonly label: Words }

/** A band of whole years, named by its ends. */
export const years = (from: number, to: number | null): Band => ({
  key: to === null ? `${from}+` : from === to ? String(from) : `${from}-${to}`,
  from,
  to,
  label:
    to === null
      ? { id: `${from} tahun ke atas`, en: `${from} years and older` }
      : from === 0 && to === 0
        ? { id: 'Di bawah 1 tahun', en: 'Under 1 year' }
        : { id: `${from}–${to} tahun`, en: `${from}–${to} years` },
})
const named = (key: string, id: string, en: string, from: number, to: number | null): Band => ({
  key,
  from,
  to,
  label: {
    id: `${id} (${to === null ? `${from} tahun ke atas` : `${from}–${to} tahun`})`,
    en: `${en} (${to === null ? `${from} and older` : `${from}–${to}`})`,
  },
})
const fives = (from: number): Band[] => Array.from({ length: (75 - from) / 5 }, (_, i) => years(from + 5 * i, from + 5 * i + 4))

/** The old system's first band is called "<1" but holds 0 and 1; here it is what it says. */
export const AGE_RANGES: readonly Band[] = [years(0, 0), years(1, 4), ...fives(5), years(75, null)]
export const FIVE_YEARS: readonly Band[] = [...fives(0), years(75, null)]
/** As the old system is delivered. */
export const AGE_CATEGORIES: readonly Band[] = [
  named('BALITA', 'Balita', 'Toddlers', 0, 5),
  named('ANAK', 'Anak-anak', 'Children', 6, 17),
  named('DEWASA', 'Dewasa', 'Adults', 18, 30),
  named('TUA', 'Tua', 'Older', 31, null),
]
export const AGE_STAGES: readonly Band[] = [
  named('BALITA', 'Balita', 'Toddlers', 0, 5),
  named('KANAK', 'Kanak-kanak', 'Children', 6, 11),
  named('REMAJA_AWAL', 'Remaja awal', 'Early teens', 12, 16),
  named('REMAJA_AKHIR', 'Remaja akhir', 'Late teens', 17, 25),
  named('DEWASA_AWAL', 'Dewasa awal', 'Young adults', 26, 35),
  named('DEWASA_AKHIR', 'Dewasa akhir', 'Adults', 36, 45),
  named('LANSIA_AWAL', 'Lansia awal', 'Early old age', 46, 55),
  named('LANSIA_AKHIR', 'Lansia akhir', 'Late old age', 56, 65),
  named('MANULA', 'Manula', 'Old age', 66, null),
]

export const bandWords = (bands: readonly Band[]): Readonly<Record<string, Words>> => Object.fromEntries(bands.map((b) => [b.key, b.label]))

/** The latest birthday of somebody who is `age` on a day. Born on 29 February: a year older on 1 March. */
const bornUntil = (day: string, age: number): string => (age === 0 ? day : `(${day} - interval '${age} years')::date`)

export const ageAtLeast = (alias: string, day: string, age: number): string => `${alias}.birth_date <= ${bornUntil(day, age)}`

/** Whole years between `from` and `to`, inclusive. */
export function ageBetween(alias: string, day: string, from: number | null, to: number | null): string {
  const parts = [...(from ? [ageAtLeast(alias, day, from)] : []), ...(to === null ? [] : [`not ${ageAtLeast(alias, day, to + 1)}`])]
  return parts.length ? `(${parts.join(' and ')})` : 'true'
}

/** The key of the band an age falls into. Who is not born yet on that day counts as newborn: a date of birth may be written a day ahead. */
export const ageBand =
  (bands: readonly Band[]) =>
  (alias: string, day: string): string => {
    const [youngest, ...older] = bands
    const cases = older.toReversed().map((b) => `when ${ageAtLeast(alias, day, b.from)} then '${b.key}'`)
    return `case ${cases.join(' ')} else '${youngest!.key}' end`
  }

/** Age from which somebody must have an identity card, unless married before (UU 24/2013 art. 63). */
export const CARD_AGE = 17

/** Ever married: also divorced and widowed people. */
export const marriedOnce = (alias: string): string => `${alias}.marital_status <> 'BELUM_KAWIN'`
