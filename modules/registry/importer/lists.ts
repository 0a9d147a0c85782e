// Code lists of the population workbook: every coded cell may hold the number, the label, or a habit of people.
import { OCCUPATIONS } from '../occupations.ts'
import { clean, folded } from './cells.ts'

/** Number in the workbook → our code, and the labels by which people write it (compared without case, blanks and punctuation). */
type Entry = readonly [number: number, code: string, ...labels: string[]]

const list = (...entries: Entry[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [number, code, ...labels] of entries) {
    found.set(String(number), code)
    for (const label of [code, ...labels]) if (!found.has(folded(label))) found.set(folded(label), code)
  }
  return found
}

export const LISTS = {
  gender: list([1, 'L', 'Laki-laki', 'LK', 'Laki', 'Pria'], [2, 'P', 'Perempuan', 'Pr', 'Wanita']),
  religion: list(
    [1, 'ISLAM'],
    [2, 'KRISTEN', 'Kristen Protestan', 'Protestan'],
    [3, 'KATOLIK', 'Katholik'],
    [4, 'HINDU'],
    [5, 'BUDDHA', 'Budha'],
    [6, 'KONGHUCU', 'Khonghucu', 'Kong Hu Cu'],
    [7, 'KEPERCAYAAN', 'Kepercayaan Terhadap Tuhan YME / Lainnya', 'Kepercayaan Terhadap Tuhan YME', 'Lainnya'],
  ),
  education: list(
    [1, 'TIDAK_SEKOLAH', 'Tidak / Belum Sekolah', 'Tidak/Blm Sekolah', 'Belum Sekolah'],
    [2, 'BELUM_TAMAT_SD', 'Belum Tamat SD/Sederajat', 'Tidak Tamat SD/Sederajat'],
    [3, 'SD', 'Tamat SD / Sederajat', 'SD/Sederajat'],
    [4, 'SMP', 'SLTP/Sederajat', 'SLTP'],
    [5, 'SMA', 'SLTA / Sederajat', 'SLTA', 'SMK'],
    [6, 'D1_D2', 'Diploma I / II', 'D1/D2'],
    [7, 'D3', 'Akademi/ Diploma III/S. Muda', 'Akademi/Diploma III/Sarjana Muda', 'Diploma III'],
    [8, 'S1', 'Diploma IV/ Strata I', 'Strata I', 'Strata-I', 'D4'],
    [9, 'S2', 'Strata II', 'Strata-II'],
    [10, 'S3', 'Strata III', 'Strata-III'],
    [1001, 'D1', 'Diploma I'],
    [1002, 'D2', 'Diploma II'],
  ),
  schooling: list(
    [1, 'BELUM_TK', 'Belum Masuk TK/Kelompok Bermain'],
    [2, 'TK', 'Sedang TK/Kelompok Bermain'],
    [3, 'TIDAK_PERNAH', 'Tidak Pernah Sekolah'],
    [4, 'SD', 'Sedang SD/Sederajat'],
    [5, 'TIDAK_TAMAT_SD', 'Tidak Tamat SD/Sederajat'],
    [6, 'SMP', 'Sedang SLTP/Sederajat'],
    [7, 'SMA', 'Sedang SLTA/Sederajat'],
    [8, 'D1', 'Sedang D-1/Sederajat'],
    [9, 'D2', 'Sedang D-2/Sederajat'],
    [10, 'D3', 'Sedang D-3/Sederajat'],
    [11, 'S1', 'Sedang S-1/Sederajat'],
    [12, 'S2', 'Sedang S-2/Sederajat'],
    [13, 'S3', 'Sedang S-3/Sederajat'],
    [14, 'SLB_A', 'Sedang SLB A/Sederajat'],
    [15, 'SLB_B', 'Sedang SLB B/Sederajat'],
    [16, 'SLB_C', 'Sedang SLB C/Sederajat'],
    [17, 'BUTA_HURUF', 'Tidak Dapat Membaca dan Menulis Huruf Latin/Arab'],
    [18, 'TIDAK_SEDANG', 'Tidak Sedang Sekolah'],
  ),
  marital: list(
    [1, 'BELUM_KAWIN', 'Belum Kawin', 'BK'],
    [2, 'KAWIN', 'K', 'Kawin Tercatat', 'Kawin Belum Tercatat'],
    [3, 'CERAI_HIDUP', 'Cerai Hidup', 'CH'],
    [4, 'CERAI_MATI', 'Cerai Mati', 'CM'],
  ),
  relationship: list(
    [1, 'KEPALA_KELUARGA', 'Kepala Keluarga', 'KK', 'Kepala'],
    [2, 'SUAMI'],
    [3, 'ISTRI', 'Isteri'],
    [4, 'ANAK'],
    [5, 'MENANTU'],
    [6, 'CUCU'],
    [7, 'ORANG_TUA', 'Orangtua'],
    [8, 'MERTUA'],
    [9, 'FAMILI_LAIN', 'Famili Lain'],
    [10, 'PEMBANTU'],
    [11, 'LAINNYA'],
  ),
  citizenship: list([1, 'WNI'], [2, 'WNA'], [3, 'DUA_KEWARGANEGARAAN', 'Dua Kewarganegaraan']),
  /** Type and rhesus in one; split by `bloodOf`. */
  blood: list(
    ...(['A', 'B', 'AB', 'O'] as const).map((t, i): Entry => [i + 1, t]),
    ...(['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'] as const).map((t, i): Entry => [i + 5, t]),
    [13, 'TIDAK_TAHU', 'Tidak Tahu', 'Tdk Th', 'Tdk Tahu'],
  ),
  disability: list(
    [1, 'FISIK', 'Cacat Fisik'],
    [2, 'NETRA', 'Cacat Netra/Buta'],
    [3, 'RUNGU_WICARA', 'Cacat Rungu/Wicara'],
    [4, 'MENTAL', 'Cacat Mental/Jiwa'],
    [5, 'FISIK_MENTAL', 'Cacat Fisik dan Mental'],
    [6, 'LAINNYA', 'Cacat Lainnya'],
    [7, 'TIDAK_ADA', 'Tidak Cacat'],
  ),
  contraception: list(
    [1, 'PIL'],
    [2, 'IUD'],
    [3, 'SUNTIK'],
    [4, 'KONDOM'],
    [5, 'SUSUK', 'Susuk KB', 'Implan'],
    [6, 'STERILISASI_WANITA'],
    [7, 'STERILISASI_PRIA'],
    [99, 'LAINNYA'],
    [100, 'TIDAK_MENGGUNAKAN'],
  ),
  pregnancy: list([1, 'HAMIL'], [2, 'TIDAK_HAMIL', 'Tidak Hamil']),
  identityCard: list([1, 'BELUM'], [2, 'KTP_EL', 'KTP-EL'], [3, 'KIA']),
  cardStage: list(
    [1, 'BELUM_WAJIB'],
    [2, 'BELUM_REKAM'],
    [3, 'SUDAH_REKAM'],
    [4, 'CARD_PRINTED'],
    [5, 'PRINT_READY_RECORD'],
    [6, 'CARD_SHIPPED'],
    [7, 'SENT_FOR_PRINTING', 'Sent For Card Printing'],
    [8, 'CARD_ISSUED'],
  ),
  status: list(
    [1, 'ALIVE', 'Hidup'],
    [2, 'DECEASED', 'Mati', 'Meninggal'],
    [3, 'MOVED', 'Pindah', 'Pindah Dalam Negeri', 'Pindah Luar Negeri'],
    [4, 'MISSING', 'Hilang'],
    [6, 'AWAY', 'Pergi'],
    [9, 'INVALID', 'Tidak Valid', '-1'],
  ),
  insurance: list(
    [1, 'TIDAK_PUNYA', 'Tidak/Belum Punya'],
    [2, 'BPJS_PBI', 'BPJS Penerima Bantuan Iuran'],
    [3, 'BPJS_NON_PBI', 'BPJS Non Penerima Bantuan Iuran'],
    [4, 'BPJS_DAERAH', 'BPJS Bantuan Daerah'],
    [99, 'LAINNYA', 'Asuransi Lainnya'],
  ),
} satisfies Record<string, ReadonlyMap<string, string>>

export type ListName = keyof typeof LISTS

export type CodeReading = { readonly code: string } | { readonly none: true } | { readonly fault: 'unknown' }

/** The code a cell means. Empty, `-` and (except as a number of the list) `0` mean none. */
export function codeOf(name: ListName, raw: string | undefined): CodeReading {
  const text = clean(raw)
  if (name === 'status' && text === '-1') return { code: 'INVALID' }
  if (/^[-–—0]*$/.test(text)) return { none: true }
  const key = /^0*\d+$/.test(text) ? String(Number(text)) : folded(text)
  const code = LISTS[name].get(key)
  return code ? { code } : { fault: 'unknown' }
}

/** Blood type and rhesus out of one code: `AB+` is AB, positive. */
export function bloodOf(code: string): { type: string; rhesus: string | null } {
  const m = /^(A|B|AB|O)([+-])$/.exec(code)
  return m ? { type: m[1] ?? '', rhesus: m[2] === '+' ? 'POSITIF' : 'NEGATIF' } : { type: code, rhesus: null }
}

const OCCUPATION_BY_LABEL = new Map(OCCUPATIONS.map((o) => [folded(o), o]))

/** An occupation by its number (1–89) or in words; words that are not on the list stay as they are. */
export function occupationOf(raw: string | undefined): CodeReading {
  const text = clean(raw)
  if (/^[-–—0]*$/.test(text)) return { none: true }
  if (/^\d+$/.test(text)) {
    const found = OCCUPATIONS[Number(text) - 1]
    return found ? { code: found } : { fault: 'unknown' }
  }
  return { code: OCCUPATION_BY_LABEL.get(folded(text)) ?? text.slice(0, 100) }
}
