// The language of letter numbers: `[kode_surat]/[nomor_surat, 3]/[kode_desa]/[bulan_romawi]/[tahun]`. Pure: text in, text out.
import type { Words } from '#kernel/words.ts'
import { roman } from '../template/index.ts'

/** What a pattern may name. `day` is the letter's own, `YYYY-MM-DD`; the year and month are those of that day. */
export type NumberFacts = {
  readonly code: string
  readonly sequence: number
  readonly villageCode: string
  readonly classification: string
  readonly day: string
}

const CODES: Readonly<Record<string, (f: NumberFacts, width: number) => string>> = {
  kode_surat: (f) => f.code,
  nomor_surat: (f, width) => String(f.sequence).padStart(width, '0'),
  kode_desa: (f) => f.villageCode,
  klasifikasi: (f) => f.classification,
  tanggal: (f) => f.day.slice(8, 10),
  bulan: (f) => f.day.slice(5, 7),
  bulan_romawi: (f) => roman(Number(f.day.slice(5, 7))) ?? '',
  tahun: (f) => f.day.slice(0, 4),
}

/** Longest number in characters: it has one line of the letter. */
export const NUMBER_MAX = 100
const WIDTH_MAX = 9

type Part = { readonly text: string } | { readonly code: string; readonly width: number }

/** The parts of a pattern, or what is wrong with it. Brackets stand only around codes. */
function partsOf(pattern: string): readonly Part[] | Words {
  const parts: Part[] = []
  for (const piece of pattern.split(/(\[[^[\]]*\])/)) {
    if (!piece) continue
    const code = /^\[\s*([a-z_]+)\s*(?:,\s*(\d+)\s*)?\]$/.exec(piece)
    if (!code) {
      if (/[[\]]/.test(piece))
        return {
          id: 'Ada kurung siku yang tidak berpasangan atau kosong. Tulis seperti [nomor_surat, 3].',
          en: 'A bracket is not closed or is empty. Write it like [nomor_surat, 3].',
        }
      parts.push({ text: piece })
      continue
    }
    const [, name = '', width] = code
    if (!Object.hasOwn(CODES, name))
      return {
        id: 'Ada kode yang tidak dikenal. Yang ada: [kode_surat], [nomor_surat, 3], [klasifikasi], [kode_desa], [tanggal], [bulan], [bulan_romawi], [tahun].',
        en: 'A code is not known. There are [kode_surat], [nomor_surat, 3], [klasifikasi], [kode_desa], [tanggal], [bulan], [bulan_romawi], [tahun].',
      }
    if (width !== undefined && (name !== 'nomor_surat' || Number(width) < 1 || Number(width) > WIDTH_MAX))
      return { id: 'Hanya [nomor_surat] yang mempunyai lebar, 1 sampai 9.', en: 'Only [nomor_surat] has a width, from 1 to 9.' }
    parts.push({ code: name, width: Number(width ?? 1) })
  }
  return parts
}

/**
 * What is wrong with a pattern; null when nothing is. It names the sequence and the year: counting begins anew each year, so without them two
 * letters would have the same number.
 */
export function checkPattern(pattern: string): Words | null {
  const parts = partsOf(pattern)
  if (!Array.isArray(parts)) return parts as Words
  const has = (code: string): boolean => (parts as readonly Part[]).some((part) => 'code' in part && part.code === code)
  if (!has('nomor_surat') || !has('tahun'))
    return {
      id: 'Pola memuat [nomor_surat] dan [tahun]: tanpa itu dua surat dapat bernomor sama.',
      en: 'A pattern has [nomor_surat] and [tahun]: without them two letters could have the same number.',
    }
  return null
}

/** A number in full. Throws when the pattern is broken: it is checked when it is saved. */
export function writeNumber(pattern: string, facts: NumberFacts): string {
  const parts = partsOf(pattern)
  if (!Array.isArray(parts)) throw new Error(`Not a pattern: ${pattern}`)
  return (parts as readonly Part[]).map((part) => ('text' in part ? part.text : (CODES[part.code]?.(facts, part.width) ?? ''))).join('')
}
