// Placeholders of the old system that have another name here, and those that the page lays out itself.
import { caseOf, inCase } from '../template/case.ts'

/** Other spellings of the same thing, also with a person's suffix. */
const RENAMED: Readonly<Record<string, string>> = {
  tempat_tgl_lahir: 'ttl',
  tempat_lahir: 'tempatlahir',
  tanggal_lahir: 'tanggallahir',
  nomer_surat: 'format_nomor_surat',
  nomor_surat: 'format_nomor_surat',
  tanggal_surat: 'tgl_surat',
  nama_kepala_keluarga: 'kepala_kk',
  pendidikan: 'pendidikan_kk',
  nama_dusun: 'dusun',
  nama_rt: 'rt',
  nama_rw: 'rw',
  tempat_dilahirkann: 'tempat_dilahirkan',
  kelahiran_anak: 'kelahiran_anak_ke',
  nama_kab: 'nama_kabupaten',
  nama_kec: 'nama_kecamatan',
  nama_des: 'nama_desa',
}
/** Pictures: the page has its own. */
export const PICTURES: ReadonlySet<string> = new Set(['logo', 'logo_garuda', 'qr_code', 'qr_bsre', 'logo_bsre', 'foto_penduduk'])
/** What stands in the head of the page: title and number. */
export const HEADING: ReadonlySet<string> = new Set(['judul_surat', 'format_nomor_surat', 'kode_surat'])
/** What stands in the signature block. */
export const SIGNING: ReadonlySet<string> = new Set([
  'atas_nama',
  'nama_pamong',
  'nip_pamong',
  'sebutan_nip_desa',
  'jabatan',
  'tgl_surat',
  'nama_desa',
  'sebutan_desa',
  'sebutan_kepala_desa',
])
/** Of these, what only a signature has. */
export const ONLY_SIGNING: ReadonlySet<string> = new Set(['atas_nama', 'nama_pamong', 'nip_pamong'])

/** A code as it was written, under its name here; its letters keep saying upper or lower. */
export function renamed(written: string): string {
  const lower = written.toLowerCase()
  for (const [old, now] of Object.entries(RENAMED)) {
    if (lower === old) return inCase(now, caseOf(written))
    if (lower.startsWith(`${old}_`)) return inCase(now + lower.slice(old.length), caseOf(written))
  }
  return written
}
