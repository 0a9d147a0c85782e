// What a NIK says about its bearer, and where it may disagree. Pure, so that the browser and the importer use the same rules.
import type { Words } from '#kernel/words.ts'

/**
 * Parts of a NIK (PP 40/2019): region of first registration (6 digits), date of birth as DDMMYY with 40 added to the day
 * for women, serial. There is no check digit, the century is not said, and the region is not where somebody lives now.
 */
export type NikParts = {
  readonly region: string
  readonly day: number
  readonly month: number
  /** Two digits: the century is unknown. */
  readonly year: number
  readonly gender: 'L' | 'P'
  readonly serial: string
}

/** The parts of 16 digits; null when it is not a NIK or its day or month cannot be. */
export function parseNik(nik: string): NikParts | null {
  const m = /^([1-9]\d{5})(\d{2})(\d{2})(\d{2})(\d{4})$/.exec(nik)
  if (!m) return null
  const [, region = '', dd = '', mm = '', yy = '', serial = ''] = m
  const gender = Number(dd) > 40 ? 'P' : 'L'
  const day = Number(dd) - (gender === 'P' ? 40 : 0)
  const month = Number(mm)
  if (day < 1 || day > 31 || month < 1 || month > 12) return null
  return { region, day, month, year: Number(yy), gender, serial }
}

export type NikFacts = {
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string | null
  readonly gender?: string | null
  /** Code of the village's district, 6 digits; dots are ignored. */
  readonly district?: string | null
}

export type NikWarning = { readonly code: string; readonly message: Words }

/** Each is a reason to look again, never to refuse: a NIK is kept for life even when it was made with a mistake. */
export const NIK_WARNINGS = {
  nik_unreadable: { id: 'tanggal di dalam NIK tidak mungkin', en: 'the date inside the NIK cannot be' },
  nik_birth_date: { id: 'tanggal di NIK berbeda', en: 'the date in the NIK differs from the date of birth' },
  nik_gender: { id: 'jenis kelamin di NIK berbeda', en: 'the gender in the NIK differs' },
  nik_region: { id: 'NIK diterbitkan di kecamatan lain', en: 'the NIK was issued in another district' },
} satisfies Record<string, Words>

/** Where a NIK disagrees with what is known. Facts that are not given are not compared. */
export function nikWarnings(nik: string, facts: NikFacts): NikWarning[] {
  const found = (code: keyof typeof NIK_WARNINGS): NikWarning => ({ code, message: NIK_WARNINGS[code] })
  const parts = parseNik(nik)
  if (!parts) return [found('nik_unreadable')]
  const warnings: NikWarning[] = []
  const born = /^\d{2}(\d{2})-(\d{2})-(\d{2})$/.exec(facts.birthDate ?? '')
  const [year, month, day] = (born ?? []).slice(1).map(Number)
  if (born && (year !== parts.year || month !== parts.month || day !== parts.day)) warnings.push(found('nik_birth_date'))
  if (facts.gender && facts.gender !== parts.gender) warnings.push(found('nik_gender'))
  const district = facts.district?.replaceAll(/\D/g, '')
  if (district?.length === 6 && district !== parts.region) warnings.push(found('nik_region'))
  return warnings
}

export type NikReading = { readonly kind: 'permanent'; readonly nik: string } | { readonly kind: 'temporary' } | { readonly kind: 'wrong' }

/**
 * What stands where a NIK should: 16 digits are one; nothing, `-`, zeros, and 16 digits starting with 0 (the stand-ins of the old
 * system: 0, village code, serial) mean "none yet"; anything else is wrong. Spaces, dots and dashes between digits do not count.
 */
export function readNik(raw: string): NikReading {
  const text = raw.trim()
  const digits = text.replaceAll(/[\s.\-–]/g, '')
  if (digits === '' || /^0+$/.test(digits) || /^0\d{15}$/.test(digits)) return { kind: 'temporary' }
  return /^[1-9]\d{15}$/.test(digits) ? { kind: 'permanent', nik: digits } : { kind: 'wrong' }
}

/** A NIK for invented people. `serial` 1–9999. */
export function makeNik(region: string, birthDate: string, gender: 'L' | 'P', serial: number): string {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  const dd = String(Number(day) + (gender === 'P' ? 40 : 0)).padStart(2, '0')
  return `${region}${dd}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`
}
