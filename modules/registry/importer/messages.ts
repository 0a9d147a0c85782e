// Everything the importer says about a row. Short, because it stands in a table beside the row.
import type { Issue } from '#kernel/imports/importer.ts'
import type { Words } from '#kernel/words.ts'

const MESSAGES = {
  nik_length: { id: 'NIK harus 16 angka', en: 'a NIK must have 16 digits' },
  nik_in_file: { id: 'NIK sudah dipakai di baris {row}', en: 'the NIK is already used in row {row}' },
  nik_taken: { id: 'NIK sudah dipakai warga lain di buku penduduk', en: 'another resident of the register already has this NIK' },
  nik_temporary: { id: 'NIK sementara', en: 'temporary NIK' },
  person_in_file: { id: 'orang yang sama dengan baris {row}', en: 'the same person as row {row}' },
  person_without_nik: {
    id: 'mungkin sudah terdaftar tanpa NIK: nama, tempat dan tanggal lahir sama',
    en: 'perhaps already registered without a NIK: same name, place and date of birth',
  },
  status_differs: {
    id: 'status di buku penduduk berbeda; catat peristiwanya pada warga itu',
    en: 'the status in the register differs; record the event on the resident',
  },
  family_number_length: { id: 'nomor KK harus 16 angka', en: 'a family card number must have 16 digits' },
  family_missing: { id: 'tanpa nomor KK; dicatat tanpa keluarga', en: 'no family card number; recorded without a family' },
  relationship_missing: { id: 'hubungan dalam keluarga wajib diisi', en: 'the place in the family is missing' },
  second_head: { id: 'kepala keluarga kedua; hubungan menjadi Lainnya', en: 'second head of the family; recorded as Other' },
  no_head: { id: 'keluarga tanpa kepala', en: 'family without a head' },
  address_differs: {
    id: 'alamat berbeda dari keluarganya; dipakai alamat keluarga',
    en: "the address differs from the family's; the family's is used",
  },
  birth_date_missing: { id: 'tanggal lahir wajib diisi', en: 'the date of birth is missing' },
  birth_date_impossible: { id: 'tanggal lahir tidak ada', en: 'this date of birth does not exist' },
  birth_date_unreadable: {
    id: 'tanggal lahir tidak terbaca; tulis seperti 1990-12-31',
    en: 'the date of birth cannot be read; write it like 1990-12-31',
  },
  birth_date_early: { id: 'tanggal lahir sebelum tahun 1900', en: 'the date of birth is before 1900' },
  birth_date_future: { id: 'tanggal lahir di masa depan', en: 'the date of birth is in the future' },
  date_suspicious: { id: 'tanggal 1970-01-01 perlu diperiksa', en: 'check the date 1970-01-01' },
  date_dropped: { id: '{column} tidak terbaca; dikosongkan', en: '{column} cannot be read; left empty' },
  value_dropped: { id: '{column} tidak dikenal; dikosongkan', en: '{column} is not known; left empty' },
  value_missing: { id: '{column} wajib diisi', en: '{column} is missing' },
  value_unknown: { id: '{column} tidak dikenal', en: '{column} is not known' },
  value_wrong: { id: '{column} tidak dapat disimpan seperti ini', en: '{column} cannot be stored like this' },
  hamlet_missing: { id: 'dusun wajib diisi', en: 'the hamlet is missing' },
  rt_wrong: { id: 'RT harus angka', en: 'an RT is a number' },
  rw_wrong: { id: 'RW harus angka', en: 'an RW is a number' },
  already_there: {
    id: 'sudah ada di buku penduduk dan tidak diubah; impor hanya menambah',
    en: 'already in the register and left unchanged; an import only adds',
  },
} satisfies Record<string, Words>

export type MessageName = keyof typeof MESSAGES

/** An issue by name. `label` fills `{column}` in both languages. */
export function issue(code: MessageName, column?: string, values?: Readonly<Record<string, unknown>>, label?: Words): Issue {
  const { id, en } = MESSAGES[code]
  const message = label ? { id: id.replace('{column}', lower(label.id)), en: en.replace('{column}', lower(label.en)) } : { id, en }
  return { code, message, ...(column ? { column } : {}), ...(values ? { values } : {}) }
}

/** A label inside a sentence: `Agama` is agama, `NIK ayah` stays. */
const lower = (label: string): string => (/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label)
