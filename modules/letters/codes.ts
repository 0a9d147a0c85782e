// The code lists of letters; those of the requirements exactly as they stand there.
import type { Words } from '#kernel/words.ts'

const w = (id: string, en: string): Words => ({ id, en })

export const LETTER_TYPE = {
  SURAT_KETERANGAN_DOMISILI: w('Keterangan domisili', 'Statement of residence'),
  SURAT_KETERANGAN_USAHA: w('Keterangan usaha', 'Statement of business'),
  SURAT_KETERANGAN_TIDAK_MAMPU: w('Keterangan tidak mampu', 'Statement of need'),
  SURAT_PENGANTAR: w('Pengantar', 'Introduction'),
  LAINNYA: w('Lainnya', 'Other'),
} satisfies Record<string, Words>

/** F4 is the folio of Indonesian offices, 215 × 330 mm. */
export const PAPER = { A4: w('A4', 'A4'), F4: w('F4 (folio)', 'F4 (folio)'), A5: w('A5', 'A5') } satisfies Record<string, Words>
export type PaperName = keyof typeof PAPER

export const VALIDITY_UNIT = {
  DAY: w('hari', 'days'),
  WEEK: w('minggu', 'weeks'),
  MONTH: w('bulan', 'months'),
  YEAR: w('tahun', 'years'),
} satisfies Record<string, Words>

/** What a field that a template asks for may be. `resident` picks one person, `members` some of the applicant's family. */
export const FIELD_TYPE = {
  text: w('Teks', 'Text'),
  textarea: w('Teks panjang', 'Long text'),
  number: w('Angka', 'Number'),
  date: w('Tanggal', 'Date'),
  time: w('Jam', 'Time'),
  choice: w('Pilihan', 'Choice'),
  resident: w('Warga', 'Resident'),
  members: w('Anggota keluarga', 'Family members'),
} satisfies Record<string, Words>
export type FieldType = keyof typeof FIELD_TYPE

/** Where a person that a letter is about is found: in the register, written down at the counter, or either. */
export const SUBJECT_SOURCE = {
  resident: w('Warga desa', 'Resident'),
  outside: w('Orang luar desa', 'Somebody from elsewhere'),
  either: w('Warga desa atau orang luar', 'Resident or somebody from elsewhere'),
} satisfies Record<string, Words>
export type SubjectSource = keyof typeof SUBJECT_SOURCE

/** How an official signs: as head, for the head (a.n.), or for whoever signs for the head (u.b.). Permendagri 1/2023. */
export const SIGNING_MODE = {
  direct: w('Sebagai kepala', 'As the head'),
  an: w('Atas nama kepala (a.n.)', 'For the head (a.n.)'),
  ub: w('Untuk beliau (u.b.)', 'For whoever signs for the head (u.b.)'),
} satisfies Record<string, Words>
export type SigningMode = keyof typeof SIGNING_MODE

export const SIGNED_HOW = {
  WET: w('Tanda tangan di kertas', 'Signed on paper'),
  ELECTRONIC: w('Tanda tangan elektronik', 'Signed electronically'),
} satisfies Record<string, Words>

/** Why a letter no longer holds, as strangers may know it. */
export const REVOCATION = {
  ERROR: w('Ada kekeliruan', 'It had a mistake'),
  REPLACED: w('Diganti surat lain', 'Replaced by another letter'),
  NO_LONGER_TRUE: w('Keadaan sudah berubah', 'Things have changed'),
  MISUSED: w('Disalahgunakan', 'It was misused'),
} satisfies Record<string, Words>

export const KEY_STATUS = {
  ACTIVE: w('Dipakai', 'In use'),
  REMOVED: w('Dihapus', 'Removed'),
} satisfies Record<string, Words>

/** Where an electronic signature is that somebody asked for. */
export const SIGNING_STATE = {
  QUEUED: w('Menunggu giliran', 'Waiting its turn'),
  SIGNING: w('Sedang ditandatangani', 'Being signed'),
  SIGNED: w('Ditandatangani', 'Signed'),
  FAILED: w('Gagal', 'Failed'),
} satisfies Record<string, Words>
