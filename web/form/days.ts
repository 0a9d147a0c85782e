// Days as people type them: 31-12-2024, 31/12/24, 31122024, 31 des 2024, 2024-12-31.

const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  peb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  mei: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  agu: 8,
  agt: 8,
  ags: 8,
  sep: 9,
  oct: 10,
  okt: 10,
  nov: 11,
  nop: 11,
  dec: 12,
  des: 12,
}

const two = (value: number): string => String(value).padStart(2, '0')

/** A two-digit year is the latest one that is not in the future. */
const fullYear = (text: string, today: string): number => {
  const year = Number(text)
  if (text.length > 2) return year
  const now = Number(today.slice(0, 4))
  const guess = Math.floor(now / 100) * 100 + year
  return guess > now ? guess - 100 : guess
}

/** The day `YYYY-MM-DD` that a person typed; undefined when it is no day at all. Day before month, as both languages write it. */
export function readDay(text: string, today: string): string | undefined {
  const clean = text.trim().toLowerCase()
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(clean)
  const common = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$/.exec(clean)
  const tight = /^(\d{2})(\d{2})(\d{4})$/.exec(clean)
  const spoken = /^(\d{1,2})[-/. ]+([a-z]{3})[a-z]*\.?[-/., ]+(\d{4}|\d{2})$/.exec(clean)
  const parts: (string | undefined)[] | undefined = iso ? [iso[3], iso[2], iso[1]] : (common ?? tight ?? spoken)?.slice(1)
  if (!parts) return undefined
  const [d = '', m = '', y = ''] = parts
  const month = MONTHS[m] ?? Number(m)
  const year = fullYear(y, today)
  const date = new Date(Date.UTC(year, month - 1, Number(d)))
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(d)
  return real ? `${String(year).padStart(4, '0')}-${two(month)}-${two(Number(d))}` : undefined
}

/** `2024-12-31` → `31-12-2024`, the form in which it can be typed again. */
export const typedDay = (day: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? day.split('-').reverse().join('-') : day)
