// Every placeholder there is: what it says, which group it belongs to, and which right reading it asks for.
import type { Words } from '#kernel/words.ts'
import { type Definition, MAIN } from './definition.ts'

export type ValueKind = 'text' | 'day' | 'number' | 'code'
/** Resources whose `reveal` a placeholder asks for: what it prints is a secret there. */
export type Sealed = 'registry.citizens' | 'registry.families' | 'registry.addresses'

export type Entry = {
  readonly code: string
  readonly label: Words
  readonly kind: ValueKind
  readonly sealed?: Sealed
  readonly example: string
}
export type Group = { readonly name: string; readonly label: Words; readonly entries: readonly Entry[] }

const e = (code: string, id: string, en: string, example: string, more: Partial<Entry> = {}): Entry => ({
  code,
  label: { id, en },
  kind: 'text',
  example,
  ...more,
})
const CITIZEN = { kind: 'code', sealed: 'registry.citizens' } as const

export const VILLAGE: Group = {
  name: 'village',
  label: { id: 'Desa', en: 'Village' },
  entries: [
    e('nama_desa', 'Nama desa', 'Name of the village', 'Sukamaju'),
    e('sebutan_desa', 'Sebutan desa (Desa, Nagari, …)', 'What a village is called (Desa, Nagari, …)', 'Desa'),
    e('kode_desa', 'Kode desa', 'Village code', '9902042003', { kind: 'code' }),
    e('alamat_kantor', 'Alamat kantor', 'Address of the office', 'Jalan Balai Desa Nomor 1, Sukamaju'),
    e('alamat_desa', 'Alamat kantor (nama lama)', 'Address of the office (old name)', 'Jalan Balai Desa Nomor 1, Sukamaju'),
    e('kode_pos', 'Kode pos', 'Postal code', '99204', { kind: 'code' }),
    e('telepon_desa', 'Telepon kantor', 'Phone of the office', '08000001945', { kind: 'code' }),
    e('email_desa', 'Surel kantor', 'E-mail of the office', 'desa@sukamaju.example', { kind: 'code' }),
    e('website_desa', 'Situs web', 'Website', 'https://sukamaju.example', { kind: 'code' }),
    e('nama_kecamatan', 'Nama kecamatan', 'Name of the district', 'Karangjaya'),
    e('sebutan_kecamatan', 'Sebutan kecamatan', 'What a district is called', 'Kecamatan'),
    e('kode_kecamatan', 'Kode kecamatan', 'District code', '990204', { kind: 'code' }),
    e('nama_kepala_camat', 'Nama camat', 'Name of the head of district', 'Drs. Suparman'),
    e('nama_kabupaten', 'Nama kabupaten/kota', 'Name of the regency', 'Wanareja Selatan'),
    e('sebutan_kabupaten', 'Sebutan kabupaten (Kabupaten, Kota)', 'What a regency is called', 'Kabupaten'),
    e('kode_kabupaten', 'Kode kabupaten', 'Regency code', '9902', { kind: 'code' }),
    e('nama_provinsi', 'Nama provinsi', 'Name of the province', 'Nusa Contoh'),
    e('kode_provinsi', 'Kode provinsi', 'Province code', '99', { kind: 'code' }),
    e('nama_kepala_desa', 'Nama kepala desa', 'Name of the village head', 'Haji Mulyadi'),
    e('sebutan_kepala_desa', 'Sebutan kepala desa', 'Title of the village head', 'Kepala Desa'),
  ],
}

export const SIGNATORY: Group = {
  name: 'signatory',
  label: { id: 'Penanda tangan', en: 'Signatory' },
  entries: [
    e('nama_pamong', 'Nama penanda tangan', 'Name of the signatory', 'Haji Mulyadi'),
    e('jabatan', 'Jabatan penanda tangan', 'Position of the signatory', 'Kepala Desa'),
    e('nip_pamong', 'NIP penanda tangan', 'Staff number of the signatory', '196811021990031004', { kind: 'code' }),
    e('sebutan_nip_desa', 'Sebutan NIP (NIP, NIPD, NIAP)', 'What a staff number is called', 'NIP', { kind: 'code' }),
    e('atas_nama', 'Atas nama', 'On behalf of', ''),
    e('alamat_pamong', 'Alamat penanda tangan (kantor)', 'Address of the signatory (the office)', 'Jalan Balai Desa Nomor 1, Sukamaju'),
  ],
}

export const LETTER: Group = {
  name: 'letter',
  label: { id: 'Surat', en: 'Letter' },
  entries: [
    e('judul_surat', 'Judul surat', 'Title of the letter', 'Surat Keterangan'),
    e('format_nomor_surat', 'Nomor surat', 'Number of the letter', 'S-41/012/9902042003/XI/2026', { kind: 'code' }),
    e('kode_surat', 'Kode surat', 'Code of the letter', 'S-41', { kind: 'code' }),
    e('tgl_surat', 'Tanggal surat', 'Day of the letter', '2026-11-21', { kind: 'day' }),
    e('mulai_berlaku', 'Berlaku mulai', 'Valid from', '2026-11-21', { kind: 'day' }),
    e('berlaku_sampai', 'Berlaku sampai', 'Valid until', '2026-12-21', { kind: 'day' }),
    e('tahun', 'Tahun surat', 'Year of the letter', '2026', { kind: 'number' }),
    e('bulan', 'Bulan surat (angka)', 'Month of the letter (number)', '11', { kind: 'number' }),
    e('bulan_romawi', 'Bulan surat (Romawi)', 'Month of the letter (Roman)', 'XI', { kind: 'code' }),
  ],
}

/** What is known of a person. Each may end in the code of another person of the letter: `[nama_pelapor]`. */
export const PERSON: Group = {
  name: 'person',
  label: { id: 'Warga', en: 'Resident' },
  entries: [
    e('nama', 'Nama lengkap', 'Full name', 'Siti Aminah'),
    e('nik', 'NIK', 'NIK', '9902044507900003', CITIZEN),
    e('no_kk', 'Nomor KK', 'Family card number', '9902041203110007', { kind: 'code', sealed: 'registry.families' }),
    e('kepala_kk', 'Kepala keluarga', 'Head of family', 'Bambang Hidayat'),
    e('hubungan_kk', 'Hubungan dalam keluarga', 'Place in the family', 'Istri'),
    e('ttl', 'Tempat dan tanggal lahir', 'Place and date of birth', 'Karangjaya, 5 Juli 1990'),
    e('tempatlahir', 'Tempat lahir', 'Place of birth', 'Karangjaya'),
    e('tanggallahir', 'Tanggal lahir', 'Date of birth', '1990-07-05', { kind: 'day' }),
    e('usia', 'Umur', 'Age', '36 tahun'),
    e('umur', 'Umur (angka)', 'Age (number)', '36', { kind: 'number' }),
    e('jenis_kelamin', 'Jenis kelamin', 'Gender', 'Perempuan'),
    e('agama', 'Agama', 'Religion', 'Islam'),
    e('status_kawin', 'Status perkawinan', 'Marital status', 'Kawin'),
    e('pekerjaan', 'Pekerjaan', 'Occupation', 'Pedagang'),
    e('pendidikan_kk', 'Pendidikan terakhir', 'Education', 'SLTA/sederajat'),
    e('pendidikan_sedang', 'Pendidikan sedang ditempuh', 'Studying now', 'Tidak sedang sekolah'),
    e('warga_negara', 'Kewarganegaraan', 'Citizenship', 'WNI'),
    e('gol_darah', 'Golongan darah', 'Blood type', 'O'),
    e('alamat', 'Alamat lengkap', 'Whole address', 'Jalan Melati 5, RT 002/RW 001, Dusun Karanganyar', { sealed: 'registry.addresses' }),
    e('alamat_jalan', 'Jalan dan nomor', 'Street and number', 'Jalan Melati 5', { sealed: 'registry.addresses' }),
    e('rt', 'RT', 'RT', '002', { kind: 'code' }),
    e('rw', 'RW', 'RW', '001', { kind: 'code' }),
    e('dusun', 'Dusun', 'Hamlet', 'Karanganyar'),
    e('alamat_sebelumnya', 'Alamat sebelumnya', 'Previous address', 'Jalan Pasar 12', { sealed: 'registry.citizens' }),
    e('telepon', 'Telepon', 'Phone', '081234567890', CITIZEN),
    e('email', 'Surel', 'E-mail', 'siti@contoh.example', CITIZEN),
    e('nama_ayah', 'Nama ayah', 'Name of the father', 'Suherman'),
    e('nik_ayah', 'NIK ayah', 'NIK of the father', '9902041004630001', CITIZEN),
    e('nama_ibu', 'Nama ibu', 'Name of the mother', 'Kartini'),
    e('nik_ibu', 'NIK ibu', 'NIK of the mother', '9902045508660002', CITIZEN),
    e('akta_lahir', 'Nomor akta kelahiran', 'Birth certificate', 'AL-2031/1990', { kind: 'code' }),
    e('akta_perkawinan', 'Nomor akta perkawinan', 'Marriage certificate', 'AP-77/2012', { kind: 'code' }),
    e('tanggalperkawinan', 'Tanggal perkawinan', 'Married on', '2012-03-11', { kind: 'day' }),
    e('akta_perceraian', 'Nomor akta perceraian', 'Divorce certificate', '', { kind: 'code' }),
    e('tanggalperceraian', 'Tanggal perceraian', 'Divorced on', '', { kind: 'day' }),
    e('dokumen_pasport', 'Nomor paspor', 'Passport number', '', CITIZEN),
    e('dokumen_kitas', 'Nomor KITAS', 'Stay permit number', '', CITIZEN),
    e('waktu_lahir', 'Jam lahir', 'Time of birth', '06:15', { kind: 'code' }),
    e('tempat_dilahirkan', 'Tempat dilahirkan', 'Born in', 'Puskesmas'),
    e('jenis_kelahiran', 'Jenis kelahiran', 'Kind of birth', 'Tunggal'),
    e('kelahiran_anak_ke', 'Anak ke', 'Birth order', '2', { kind: 'number' }),
    e('penolong_kelahiran', 'Penolong kelahiran', 'Birth attendant', 'Bidan/perawat'),
    e('berat_lahir', 'Berat lahir (gram)', 'Birth weight (grams)', '3100', { kind: 'number' }),
    e('panjang_lahir', 'Panjang lahir (cm)', 'Birth length (cm)', '49', { kind: 'number' }),
    e('suku', 'Suku', 'Ethnic group', 'Sunda'),
    e('cacat', 'Disabilitas', 'Disability', 'Tidak ada'),
    e('negara_asal', 'Negara asal', 'Country of origin', ''),
  ],
}

export const GROUPS: readonly Group[] = [PERSON, LETTER, VILLAGE, SIGNATORY]
const FIXED = new Map(
  [VILLAGE, SIGNATORY, LETTER].flatMap((g) => g.entries.map((entry) => [entry.code, { group: g.name, entry }] as const)),
)
const OF_PERSON = new Map(PERSON.entries.map((entry) => [entry.code, entry]))

/** Rows of a family: `klg_nama` in a table row repeats it for every member, `klg2_nama` is the second. */
export const FAMILY = 'klg'
/** The running number of a repeated row. */
const ROW_NUMBER: Entry = e('no', 'Nomor urut', 'Running number', '1', { kind: 'number' })
export const FAMILY_MAX = 20

/** What a placeholder means. */
export type Meaning =
  | { readonly of: 'village' | 'signatory' | 'letter'; readonly code: string; readonly entry: Entry }
  | { readonly of: 'person'; readonly who: string; readonly code: string; readonly entry: Entry }
  | { readonly of: 'field'; readonly code: string; readonly kind: ValueKind }
  | { readonly of: 'row'; readonly group: string; readonly code: string; readonly entry: Entry }
  | { readonly of: 'member'; readonly nth: number; readonly code: string; readonly entry: Entry }

const FIELD_KIND = { number: 'number', date: 'day', time: 'code' } as const

/** Names of lists of people that a row may repeat: the family, and every field of family members without its `form_`. */
export const rowGroups = (d: Definition): string[] => [
  FAMILY,
  ...d.variables.filter((f) => f.type === 'members').map((f) => f.code.slice('form_'.length)),
]

/** Suffixes of people: the others of the letter, and every field that picks a resident. */
export const suffixes = (d: Definition): string[] => [
  ...d.subjects.map((s) => s.key).filter((key) => key !== MAIN),
  ...d.variables.filter((f) => f.type === 'resident').map((f) => f.code),
]

/** The meaning of a code (small letters) in a template with this definition; null when it has none. */
export function meaningOf(code: string, d: Definition): Meaning | null {
  const fixed = FIXED.get(code)
  if (fixed) return { of: fixed.group as 'village', code, entry: fixed.entry }
  const field = d.variables.find((f) => f.code === code)
  if (field && field.type !== 'members')
    return { of: 'field', code, kind: field.type in FIELD_KIND ? FIELD_KIND[field.type as keyof typeof FIELD_KIND] : 'text' }
  // The longest suffix wins: `saksi_i` before `i`.
  for (const who of suffixes(d).toSorted((a, b) => b.length - a.length)) {
    const entry = code.endsWith(`_${who}`) ? OF_PERSON.get(code.slice(0, -who.length - 1)) : undefined
    if (entry) return { of: 'person', who, code: entry.code, entry }
  }
  const own = OF_PERSON.get(code)
  if (own) return { of: 'person', who: MAIN, code, entry: own }
  const nth = /^klg(\d{1,2})_([a-z_]+)$/.exec(code)
  if (nth) {
    const entry = nth[2] === ROW_NUMBER.code ? ROW_NUMBER : OF_PERSON.get(nth[2] ?? '')
    const n = Number(nth[1])
    return entry && n >= 1 && n <= FAMILY_MAX ? { of: 'member', nth: n, code: entry.code, entry } : null
  }
  for (const group of rowGroups(d))
    if (code.startsWith(`${group}_`)) {
      const rest = code.slice(group.length + 1)
      const entry = rest === ROW_NUMBER.code ? ROW_NUMBER : OF_PERSON.get(rest)
      if (entry) return { of: 'row', group, code: rest, entry }
    }
  return null
}

export const kindOf = (meaning: Meaning): ValueKind => (meaning.of === 'field' ? meaning.kind : meaning.entry.kind)
export const sealedOf = (meaning: Meaning): Sealed | null => (meaning.of === 'field' ? null : (meaning.entry.sealed ?? null))

/** Every code a template with this definition may use, for the editor's list and for "did you mean". */
export function codesOf(
  d: Definition,
): { readonly code: string; readonly label: Words; readonly group: Words; readonly sealed?: Sealed }[] {
  const listed = (g: Group, make: (code: string) => string = (code) => code, group: Words = g.label) =>
    g.entries.map(({ code, label, sealed }) => ({ code: make(code), label, group, ...(sealed ? { sealed } : {}) }))
  const named = (name: string): Words => ({ id: name, en: name })
  const fields = d.variables
    .filter((f) => f.type !== 'members')
    .map((f) => ({ code: f.code, label: named(f.label), group: { id: 'Isian surat ini', en: 'Fields of this letter' } }))
  const main = d.subjects.find((s) => s.key === MAIN)
  return [
    ...fields,
    ...listed(PERSON, undefined, named(main?.label ?? 'Pemohon')),
    ...d.subjects.filter((s) => s.key !== MAIN).flatMap((s) => listed(PERSON, (code) => `${code}_${s.key}`, named(s.label))),
    ...d.variables.filter((f) => f.type === 'resident').flatMap((f) => listed(PERSON, (code) => `${code}_${f.code}`, named(f.label))),
    ...listed(LETTER),
    ...listed(VILLAGE),
    ...listed(SIGNATORY),
    ...rowGroups(d).flatMap((group) => {
      const field = d.variables.find((f) => f.code === `form_${group}`)
      const words: Words = field
        ? { id: `Baris: ${field.label}`, en: `Rows: ${field.label}` }
        : { id: 'Baris keluarga (berulang)', en: 'Family rows (repeated)' }
      const rows: Group = { ...PERSON, entries: [ROW_NUMBER, ...PERSON.entries] }
      return listed(rows, (code) => `${group}_${code}`, words)
    }),
  ]
}
