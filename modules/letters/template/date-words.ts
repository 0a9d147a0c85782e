// Days as Indonesian letters write them, from `YYYY-MM-DD`.
import { terbilang } from './number-words.ts'

const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember']
const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']

type Day = { readonly year: number; readonly month: number; readonly day: number }

/** Null when it is not a day that exists. */
function read(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  const date = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) return null
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

const of =
  (write: (day: Day, text: string) => string) =>
  (text: string): string | null => {
    const day = read(text)
    return day && write(day, text)
  }

/** "21 November 2026". */
export const longDay = of(({ day, month, year }) => `${day} ${MONTHS[month - 1]} ${year}`)
/** "21-11-2026", as identity cards write it. */
export const shortDay = of((_day, text) => text.split('-').toReversed().join('-'))
/** "Sabtu". */
export const weekday = of((_day, text) => DAYS[new Date(`${text}T00:00:00Z`).getUTCDay()] ?? '')
/** "Sabtu, 21 November 2026". */
export const weekdayAndDay = (text: string): string | null => (longDay(text) ? `${weekday(text)}, ${longDay(text)}` : null)
/** "dua puluh satu November dua ribu dua puluh enam". */
export const dayInWords = of(({ day, month, year }) => `${terbilang(day)} ${MONTHS[month - 1]} ${terbilang(year)}`)

/** Whole years between two days. */
export function yearsBetween(born: string, on: string): number | null {
  const [a, b] = [read(born), read(on)]
  if (!a || !b || born > on) return null
  return b.year - a.year - (born.slice(5) > on.slice(5) ? 1 : 0)
}
