// What people type into cells: stray apostrophes, dashes for "none", dates in several orders. Pure.

/** The text without surrounding blanks and the apostrophes that spreadsheets and people put around numbers. */
export const clean = (raw: string | undefined): string =>
  raw === undefined || CLEAN.test(raw)
    ? (raw ?? '')
    : raw
        .normalize('NFC')
        .replaceAll(/[\s\u00a0]+/g, ' ')
        .replaceAll(/^[\s'’‘`´]+|[\s'’‘`´]+$/g, '')

/** Most cells are clean already: words of plain characters with single blanks between them. */
const CLEAN = /^(?:[!-&(-_a-~]+(?: [!-&(-_a-~]+)*)?$/

/** Clean text, or null where a cell means "none": empty or only dashes. */
export function textOf(raw: string | undefined): string | null {
  const text = clean(raw)
  return /^[-–—]*$/.test(text) ? null : text
}

/** For comparing labels and headings: letters and digits only, lower case. `+` and `-` after a letter stay: A+ is not A-. */
export const folded = (text: string): string =>
  clean(text)
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/(?<=^(?:a|b|ab|o))\s*\+$/g, 'plus')
    .replaceAll(/(?<=^(?:a|b|ab|o))\s*[-–]$/g, 'minus')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

export type DayReading = { readonly day: string } | { readonly fault: 'missing' | 'unreadable' | 'impossible' }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des']
const ENGLISH: Readonly<Record<string, number>> = { may: 5, aug: 8, agt: 8, ags: 8, oct: 10, nop: 11, dec: 12 }

function monthOf(text: string): number {
  const short = text.slice(0, 3).toLowerCase()
  return MONTHS.indexOf(short) + 1 || (ENGLISH[short] ?? 0)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** The day, if the calendar has it: 30 February becomes neither 1 March nor anything else. */
function dayFrom(year: number, month: number, day: number): DayReading {
  const at = new Date(Date.UTC(year, month - 1, day))
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return exists ? { day: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` } : { fault: 'impossible' }
}

/** Day 1 of a spreadsheet's calendar is 1900-01-01; it believes in 29 February 1900, so later numbers are one too high. */
const SHEET_EPOCH = Date.UTC(1899, 11, 30)

/**
 * A calendar day as people write it: `2006-05-01`, `01-05-2006` (day first), `1/5/2006`, `1 Mei 2006`, or a spreadsheet's day number.
 * Two-digit years are unreadable: they could be two centuries.
 */
export function dayOf(raw: string | undefined): DayReading {
  const text = textOf(raw)
  if (text === null || /^0+([-/.]0+)*$/.test(text)) return { fault: 'missing' }
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text)
  if (iso) return dayFrom(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?$/.exec(text)
  if (dayFirst) return dayFrom(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]))
  const worded = /^(\d{1,2})[ -]+([a-z]{3,9})\.?[ -]+(\d{4})$/i.exec(text)
  if (worded && monthOf(worded[2] ?? '')) return dayFrom(Number(worded[3]), monthOf(worded[2] ?? ''), Number(worded[1]))
  if (/^\d{5}$/.test(text)) return { day: new Date(SHEET_EPOCH + Number(text) * 86_400_000).toISOString().slice(0, 10) }
  return { fault: 'unreadable' }
}

export type NumberReading = { readonly code: string } | { readonly fault: 'wrong' } | { readonly none: true }

/** The number of an RT or RW, three digits at least: `2`, `02` and `'002` are `002`; `-` and `0` are none. */
export function areaNumberOf(raw: string | undefined): NumberReading {
  const text = textOf(raw)
  if (text === null || /^0+$/.test(text)) return { none: true }
  const digits = /^(?:r[tw]\.?\s*)?(\d{1,5})$/i.exec(text)?.[1]
  return digits ? { code: String(Number(digits)).padStart(3, '0') } : { fault: 'wrong' }
}

/** A hamlet's name: capitals, without the word "dusun", underscores as blanks. Null where there is none. */
export function hamletOf(raw: string | undefined): string | null {
  const name = clean((raw ?? '').replaceAll('_', ' '))
    .toUpperCase()
    .replace(/^DUSUN\s+/, '')
  return /^[-–—0]*$/.test(name) ? null : name.slice(0, 50)
}

/** A place from two cells in degrees; null unless both are numbers on earth. A comma may be the decimal point. */
export function placeOf(lat: string | undefined, lng: string | undefined): { lat: number; lng: number } | null {
  const [y, x] = [lat, lng].map((raw) => {
    const text = textOf(raw)?.replace(',', '.')
    return text !== undefined && /^-?\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  }) as [number, number]
  return Math.abs(y) <= 90 && Math.abs(x) <= 180 && (y !== 0 || x !== 0) ? { lat: y, lng: x } : null
}
