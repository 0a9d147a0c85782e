// Numbers, money, days and moments as people in each language write them.
import type { Locale } from '#kernel/words.ts'

const TAG: Record<Locale, string> = { id: 'id-ID', en: 'en-GB' }

export type Formats = {
  readonly number: (value: number) => string
  /** An exact decimal string, grouped; never goes through a float. */
  readonly decimal: (value: string) => string
  readonly money: (value: string, currency: string) => string
  /** `2024-03-12` → "12 Mar 2024". */
  readonly day: (day: string) => string
  /** An RFC 3339 moment → "12 Mar 2024 09.41". */
  readonly moment: (at: string) => string
  readonly time: (at: string) => string
  /** "5 menit lalu", "kemarin"; for the exact moment show `moment` on hover. */
  readonly ago: (at: string, now?: number) => string
  /** How long something is, in its largest whole unit: "2 hari", "3 hours". */
  readonly length: (ms: number) => string
  readonly list: (items: readonly string[]) => string
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const made = new Map<string, Formats>()

/** The formats of a language and a time zone, made once: every cell of a list asks for them, and making them is slow. */
export function formatsFor(locale: Locale, timeZone: string | undefined): Formats {
  const key = `${locale} ${timeZone ?? ''}`
  let formats = made.get(key)
  if (!formats) made.set(key, (formats = makeFormats(locale, timeZone)))
  return formats
}

function makeFormats(locale: Locale, timeZone: string | undefined): Formats {
  const tag = TAG[locale]
  const zone = timeZone ? { timeZone } : {}
  const number = new Intl.NumberFormat(tag)
  const days = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const moments = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...zone,
  })
  const times = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', ...zone })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' })
  const point = separators(locale).point

  const decimal = (value: string): string => {
    const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? []
    if (!whole) return value
    return `${sign}${number.format(BigInt(whole))}${part && !/^0+$/.test(part) ? point + part : ''}`
  }
  const at = <T>(format: (date: Date) => T, value: string): T | string => {
    const date = new Date(value)
    return Number.isNaN(date.getTime()) ? value : format(date)
  }
  return {
    number: (value) => number.format(value),
    decimal,
    money: (value, currency) => `${currency === 'IDR' ? 'Rp' : currency}\u00a0${decimal(value)}`,
    day: (value) => at((date) => days.format(date), `${value.slice(0, 10)}T00:00:00Z`),
    moment: (value) => at((date) => moments.format(date), value),
    time: (value) => at((date) => times.format(date), value),
    ago: (value, now = Date.now()) =>
      at((date) => {
        const seconds = (date.getTime() - now) / 1000
        const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
        return step ? relative.format(Math.round(seconds / step[1]), step[0]) : relative.format(0, 'second')
      }, value),
    length: (ms) => {
      const [unit, size] = STEPS.find(([, seconds]) => ms >= seconds * 1000) ?? ['minute', 60]
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.max(1, Math.floor(ms / size / 1000)))
    },
    list: (items) => lists.format(items),
  }
}

/** Thousands and decimal signs of a language, for fields that group while a person types. */
export const separators = (locale: Locale): { group: string; point: string } =>
  locale === 'id' ? { group: '.', point: ',' } : { group: ',', point: '.' }
