// What the placeholders of the village, the signatory and the letter print.
import { roman } from './number-words.ts'
import type { LetterFrame } from './frame.ts'

/** Title and code of the template, as the letter carries them. */
export type Heading = { readonly heading: string; readonly code: string }

/** Lines of a signature: who signs, and for whom (Permendagri 1/2023: a.n. = atas nama, u.b. = untuk beliau). */
export function signingLines({ signatory, village }: LetterFrame): string[] {
  const head = `${village.headTitle} ${village.name}`
  if (signatory.mode === 'direct') return [`${signatory.position} ${village.name}`]
  if (signatory.mode === 'an') return [`a.n. ${head}`, signatory.position]
  return [`a.n. ${head}`, ...(signatory.onBehalfOf ? [signatory.onBehalfOf] : []), 'u.b.', signatory.position]
}

export function fixedValues(frame: LetterFrame, { heading, code }: Heading): Readonly<Record<string, string>> {
  const { village, signatory, day } = frame
  const { district, regency, province } = village
  return {
    nama_desa: village.name,
    sebutan_desa: village.title,
    kode_desa: village.code,
    alamat_kantor: village.address,
    alamat_desa: village.address,
    kode_pos: village.postalCode,
    telepon_desa: village.phone,
    email_desa: village.email,
    website_desa: village.website,
    nama_kecamatan: district.name,
    sebutan_kecamatan: district.title,
    kode_kecamatan: district.code,
    nama_kepala_camat: district.headName,
    nama_kabupaten: regency.name,
    sebutan_kabupaten: regency.title,
    kode_kabupaten: regency.code,
    nama_provinsi: province.name,
    kode_provinsi: province.code,
    nama_kepala_desa: village.headName,
    sebutan_kepala_desa: village.headTitle,
    nama_pamong: signatory.name,
    jabatan: signatory.position,
    nip_pamong: signatory.staffNumber ?? '',
    sebutan_nip_desa: signatory.staffNumberLabel,
    atas_nama: signatory.mode === 'direct' ? '' : signingLines(frame).slice(0, -1).join(' '),
    alamat_pamong: village.address,
    judul_surat: heading,
    format_nomor_surat: frame.number.toUpperCase(),
    kode_surat: code,
    tgl_surat: day,
    mulai_berlaku: frame.validFrom ?? '',
    berlaku_sampai: frame.validUntil ?? '',
    tahun: day.slice(0, 4),
    bulan: String(Number(day.slice(5, 7))),
    bulan_romawi: roman(Number(day.slice(5, 7))) ?? '',
  }
}
