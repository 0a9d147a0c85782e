// Which PINs are too easy. Six digits are guessed by trying what people choose: repeats, runs, dates, years of birth, keyboard walks.
import type { Words } from '#kernel/words.ts'

export const PIN = /^\d{6}$/

/** Often chosen although no rule below makes them: from published counts of leaked PINs, and walks over a phone's keys. */
const COMMON = new Set([
  '123321',
  '112358',
  '142857',
  '314159',
  '271828',
  '159753',
  '159357',
  '147258',
  '258369',
  '369258',
  '258147',
  '147369',
  '741852',
  '852963',
  '963852',
  '789456',
  '456123',
  '321654',
  '654987',
  '789654',
  '135790',
  '246810',
  '135792',
  '246802',
  '102030',
  '203040',
  '520131',
  '520520',
  '147896',
  '236987',
  '143143',
  '696969',
  '420420',
  '100200',
  '200300',
  '159951',
  '951753',
  '753951',
  '123654',
  '456654',
  '124578',
  '235689',
  '147852',
  '258852',
  '134679',
  '179346',
  '007007',
  '911911',
  '110110',
  '520999',
  '131420',
  '201314',
])

const digits = (pin: string): number[] => [...pin].map(Number)

/** The same group again and again: 111111, 121212, 123123; and pairs: 112233. */
function repeats(pin: string): boolean {
  return /^(\d{1,3})\1+$/.test(pin) || /^(\d)\1(\d)\2(\d)\3$/.test(pin) || /^(\d)\1\1(\d)\2\2$/.test(pin) || new Set(pin).size < 3
}

/** Every step the same: 123456, 987654, 890123, 135791, 024680. */
function runs(pin: string): boolean {
  const d = digits(pin)
  const step = (i: number): number => (d[i + 1]! - d[i]! + 10) % 10
  return [1, 2, 3, 4].every((i) => step(i) === step(0)) && [0, 1, 2, 8, 9].includes(step(0))
}

const mirrored = (pin: string): boolean => pin === [...pin].toReversed().join('')

/** Day, month and year in any usual order: 170845, 450817, 081745. */
function dates(pin: string): boolean {
  const [a = 0, b = 0, c = 0] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number)
  const fits = (day: number, month: number): boolean => day >= 1 && day <= 31 && month >= 1 && month <= 12
  return fits(a, b) || fits(b, a) || fits(c, b)
}

/** A year somebody alive was born in, with a month or a day beside it: 199001, 011990. */
function years(pin: string): boolean {
  const year = (text: string): boolean => Number(text) >= 1920 && Number(text) <= 2039
  return year(pin.slice(0, 4)) || year(pin.slice(2))
}

const FAULTS: readonly (readonly [test: (pin: string) => boolean, message: Words])[] = [
  [repeats, { id: 'Angkanya berulang. Pilih yang lebih sulit ditebak.', en: 'The digits repeat. Choose something harder to guess.' }],
  [
    runs,
    { id: 'Angkanya berurutan. Pilih yang lebih sulit ditebak.', en: 'The digits follow each other. Choose something harder to guess.' },
  ],
  [dates, { id: 'Ini dapat dibaca sebagai tanggal. Tanggal mudah ditebak.', en: 'This can be read as a date. Dates are easily guessed.' }],
  [years, { id: 'Ini memuat sebuah tahun. Tahun lahir mudah ditebak.', en: 'This has a year in it. Years of birth are easily guessed.' }],
  [
    (pin) => mirrored(pin) || COMMON.has(pin),
    { id: 'PIN ini banyak dipakai orang. Pilih yang lain.', en: 'Many people use this PIN. Choose another.' },
  ],
]

/** What is wrong with a PIN of six digits, or null. */
export const easyToGuess = (pin: string): Words | null => FAULTS.find(([test]) => test(pin))?.[1] ?? null
