// The letters every village starts with: what each is called, what it asks for, and the file of its words.
import { readFileSync } from 'node:fs'
import type { FormField, Subject } from '../template/definition.ts'

type Asked = Omit<FormField, 'code'>
/** A letter as we ship it; what is left out is the default of `letters.letter_templates`. */
export type Shipped = {
  readonly file: string
  readonly name: string
  readonly heading: string
  readonly code: string
  readonly letter_type: string
  readonly description: string
  readonly variables: readonly FormField[]
  readonly subjects: readonly Subject[]
  readonly requirements: readonly string[]
  readonly classification_code: string
  readonly validity_count: number | null
  readonly self_service: boolean
  readonly holder_signs: boolean
  readonly district_acknowledges: boolean
}

const text = (label: string, more: Partial<Asked> = {}): Asked => ({ type: 'text', label, required: true, ...more })
const maybe = (label: string, more: Partial<Asked> = {}): Asked => ({ type: 'text', label, ...more })
const PURPOSE = text('Keperluan', { help: 'Misalnya: melamar pekerjaan, membuka rekening bank.' })
const applicant = (more: Partial<Subject> = {}): Subject => ({
  key: 'individu',
  label: 'Pemohon',
  source: 'resident',
  required: true,
  ...more,
})
const person = (key: string, label: string, more: Partial<Subject> = {}): Subject => ({
  key,
  label,
  source: 'either',
  required: true,
  ...more,
})
const KTP_KK = ['Fotokopi KTP', 'Fotokopi KK']

type Told = Partial<Shipped> &
  Pick<Shipped, 'name' | 'heading' | 'code' | 'description' | 'classification_code'> & { readonly asks: Readonly<Record<string, Asked>> }

/** Classification codes follow the list of Permendagri 83/2022 in its main groups; a village changes them as its own list says. */
const told: Readonly<Record<string, Told>> = {
  domisili: {
    name: 'Keterangan Domisili',
    heading: 'Surat Keterangan Domisili',
    code: 'S-41',
    letter_type: 'SURAT_KETERANGAN_DOMISILI',
    description: 'Menerangkan bahwa seseorang bertempat tinggal di desa.',
    classification_code: '470',
    self_service: true,
    asks: { sejak: text('Tinggal sejak', { help: 'Misalnya: tahun 2012, lahir.' }), keperluan: PURPOSE },
  },
  usaha: {
    name: 'Keterangan Usaha',
    heading: 'Surat Keterangan Usaha',
    code: '500',
    letter_type: 'SURAT_KETERANGAN_USAHA',
    description: 'Menerangkan usaha seorang warga, misalnya untuk pinjaman bank.',
    classification_code: '500',
    self_service: true,
    asks: {
      nama_usaha: text('Nama usaha'),
      jenis_usaha: text('Jenis usaha', { help: 'Misalnya: warung kelontong, bengkel.' }),
      alamat_usaha: text('Alamat usaha'),
      sejak: text('Berjalan sejak'),
      keperluan: PURPOSE,
    },
  },
  'tidak-mampu': {
    name: 'Keterangan Tidak Mampu',
    heading: 'Surat Keterangan Tidak Mampu',
    code: 'S-11',
    letter_type: 'SURAT_KETERANGAN_TIDAK_MAMPU',
    description: 'Menerangkan keadaan ekonomi keluarga yang kurang mampu.',
    classification_code: '400',
    self_service: true,
    asks: { penghasilan: text('Penghasilan keluarga per bulan (Rp)', { type: 'number' }), keperluan: PURPOSE },
  },
  pengantar: {
    name: 'Pengantar',
    heading: 'Surat Pengantar',
    code: 'S-01',
    letter_type: 'SURAT_PENGANTAR',
    description: 'Mengantar warga mengurus sesuatu di kantor lain.',
    classification_code: '470',
    self_service: true,
    holder_signs: true,
    asks: { keperluan: PURPOSE, tujuan: text('Tujuan (kantor)'), keterangan: maybe('Keterangan lain') },
  },
  skck: {
    name: 'Pengantar SKCK',
    heading: 'Surat Pengantar Catatan Kepolisian',
    code: 'S-07',
    letter_type: 'SURAT_PENGANTAR',
    description: 'Pengantar untuk mengurus SKCK di kepolisian.',
    classification_code: '330',
    self_service: true,
    holder_signs: true,
    district_acknowledges: true,
    asks: { kepolisian: text('Kantor polisi', { help: 'Misalnya: Polsek Karangjaya.' }), keperluan: PURPOSE },
  },
  penduduk: {
    name: 'Keterangan Penduduk',
    heading: 'Surat Keterangan Penduduk',
    code: 'S-02',
    description: 'Menerangkan bahwa seseorang tercatat sebagai penduduk desa.',
    classification_code: '470',
    self_service: true,
    asks: { keperluan: PURPOSE },
  },
  kelahiran: {
    name: 'Keterangan Kelahiran',
    heading: 'Surat Keterangan Kelahiran',
    code: 'S-17',
    description: 'Dasar akta kelahiran: anak, ibu, ayah dan pelapornya.',
    classification_code: '474.1',
    validity_count: null,
    requirements: [...KTP_KK, 'Surat kelahiran dari bidan/rumah sakit', 'Fotokopi buku nikah'],
    subjects: [
      applicant({ label: 'Anak' }),
      person('ibu', 'Ibu', { gender: 'P' }),
      person('ayah', 'Ayah', { gender: 'L' }),
      person('pelapor', 'Pelapor'),
    ],
    asks: {
      pukul: text('Jam lahir', { type: 'time' }),
      tempat: text('Tempat dilahirkan', { type: 'choice', choices: ['Rumah Sakit', 'Puskesmas', 'Polindes', 'Rumah', 'Lainnya'] }),
      penolong: text('Penolong kelahiran', { type: 'choice', choices: ['Dokter', 'Bidan/Perawat', 'Dukun', 'Lainnya'] }),
      anak_ke: text('Anak ke', { type: 'number' }),
      berat: text('Berat (gram)', { type: 'number' }),
      panjang: text('Panjang (cm)', { type: 'number' }),
      hubungan: text('Hubungan pelapor dengan anak'),
    },
  },
  kematian: {
    name: 'Keterangan Kematian',
    heading: 'Surat Keterangan Kematian',
    code: 'S-21',
    description: 'Dasar akta kematian.',
    classification_code: '474.3',
    validity_count: null,
    requirements: [...KTP_KK, 'Surat kematian dari rumah sakit/dokter bila ada'],
    subjects: [
      applicant({ label: 'Almarhum/almarhumah', statuses: ['ALIVE', 'MISSING', 'AWAY', 'DECEASED'] }),
      person('pelapor', 'Pelapor'),
    ],
    asks: {
      tanggal: text('Tanggal meninggal', { type: 'date' }),
      pukul: maybe('Jam meninggal', { type: 'time' }),
      tempat: text('Tempat meninggal'),
      penyebab: text('Penyebab', {
        type: 'choice',
        choices: ['Sakit biasa/tua', 'Wabah penyakit', 'Kecelakaan', 'Kriminalitas', 'Bunuh diri', 'Lainnya'],
      }),
      makam: maybe('Tempat pemakaman'),
      hubungan: text('Hubungan pelapor dengan almarhum'),
    },
  },
  pindah: {
    name: 'Pengantar Pindah',
    heading: 'Surat Pengantar Pindah',
    code: 'S-04',
    letter_type: 'SURAT_PENGANTAR',
    description: 'Pengantar pindah penduduk, dengan keluarga yang ikut.',
    classification_code: '475',
    asks: {
      alamat_tujuan: text('Alamat tujuan'),
      desa_tujuan: text('Desa/kelurahan tujuan'),
      kecamatan_tujuan: text('Kecamatan tujuan'),
      kabupaten_tujuan: text('Kabupaten/kota tujuan'),
      provinsi_tujuan: text('Provinsi tujuan'),
      tanggal: text('Tanggal pindah', { type: 'date' }),
      alasan: text('Alasan pindah', {
        type: 'choice',
        choices: ['Pekerjaan', 'Pendidikan', 'Keamanan', 'Kesehatan', 'Perumahan', 'Keluarga', 'Lainnya'],
      }),
      pengikut: maybe('Anggota keluarga yang ikut', { type: 'members' }),
    },
  },
  nikah: {
    name: 'Pengantar Nikah',
    heading: 'Surat Pengantar Nikah',
    code: 'S-23',
    letter_type: 'SURAT_PENGANTAR',
    description: 'Pengantar menikah ke KUA atau catatan sipil.',
    classification_code: '474.2',
    requirements: [...KTP_KK, 'Fotokopi akta kelahiran', 'Pasfoto'],
    subjects: [
      applicant({ label: 'Calon pengantin' }),
      person('ayah', 'Ayah', { gender: 'L', required: false }),
      person('ibu', 'Ibu', { gender: 'P', required: false }),
      person('pasangan', 'Calon pasangan'),
    ],
    asks: {
      status: text('Status sebelum menikah', { type: 'choice', choices: ['Jejaka', 'Perawan', 'Duda', 'Janda', 'Beristri'] }),
      tanggal: text('Rencana tanggal nikah', { type: 'date' }),
      tempat: text('Rencana tempat nikah'),
    },
  },
  'ktp-dalam-proses': {
    name: 'Keterangan KTP dalam Proses',
    heading: 'Surat Keterangan KTP dalam Proses',
    code: 'S-08',
    description: 'Pengganti sementara selama KTP elektronik dicetak.',
    classification_code: '471',
    requirements: ['Fotokopi KK', 'Bukti perekaman KTP elektronik'],
    self_service: true,
    asks: { tanggal_rekam: text('Tanggal perekaman', { type: 'date' }), keperluan: PURPOSE },
  },
  'permohonan-kk': {
    name: 'Permohonan Kartu Keluarga',
    heading: 'Surat Permohonan Kartu Keluarga',
    code: 'S-36',
    description: 'Permohonan KK baru atau perubahan KK, dengan susunan keluarga.',
    classification_code: '471',
    requirements: ['KK lama', 'Fotokopi KTP', 'Fotokopi akta kelahiran/nikah'],
    asks: {
      alasan: text('Alasan permohonan', {
        type: 'choice',
        choices: [
          'Membentuk keluarga baru',
          'Penambahan anggota',
          'Pengurangan anggota',
          'Perubahan data',
          'KK hilang atau rusak',
          'Pindah datang',
        ],
      }),
      keterangan: maybe('Keterangan'),
    },
  },
  kehilangan: {
    name: 'Keterangan Kehilangan',
    heading: 'Surat Pengantar Laporan Kehilangan',
    code: 'S-13',
    letter_type: 'SURAT_PENGANTAR',
    description: 'Pengantar melapor kehilangan ke kepolisian.',
    classification_code: '330',
    self_service: true,
    asks: {
      barang: text('Barang atau surat yang hilang'),
      rincian: text('Ciri atau nomor'),
      tanggal: text('Tanggal hilang', { type: 'date' }),
      tempat: text('Tempat hilang'),
      kejadian: text('Kejadian', { type: 'textarea' }),
      kepolisian: text('Kantor polisi'),
    },
  },
  'belum-menikah': {
    name: 'Keterangan Belum Menikah',
    heading: 'Surat Keterangan Belum Pernah Menikah',
    code: 'S-51',
    description: 'Menerangkan bahwa seseorang belum pernah menikah.',
    classification_code: '474.2',
    self_service: true,
    asks: { keperluan: PURPOSE },
  },
  'penghasilan-orang-tua': {
    name: 'Keterangan Penghasilan Orang Tua',
    heading: 'Surat Keterangan Penghasilan Orang Tua',
    code: 'S-42',
    description: 'Penghasilan ayah atau ibu, misalnya untuk beasiswa.',
    classification_code: '400',
    self_service: true,
    subjects: [applicant({ label: 'Anak' }), person('orang_tua', 'Ayah atau ibu')],
    asks: {
      utama: text('Penghasilan utama per bulan (Rp)', { type: 'number' }),
      lain: text('Penghasilan lain per bulan (Rp)', { type: 'number', help: 'Tulis 0 bila tidak ada.' }),
      sekolah: text('Sekolah atau kampus'),
      kelas: maybe('Jurusan atau kelas'),
      keperluan: PURPOSE,
    },
  },
}

export const SHIPPED: readonly Shipped[] = Object.entries(told).map(([file, { asks, ...facts }]) => ({
  letter_type: 'LAINNYA',
  subjects: [applicant()],
  requirements: KTP_KK,
  validity_count: 1,
  self_service: false,
  holder_signs: false,
  district_acknowledges: false,
  ...facts,
  file,
  variables: Object.entries(asks).map(([name, field]) => ({ code: `form_${name}`, ...field })),
}))

/** The words of a shipped letter. */
export const wordsOf = ({ file }: Pick<Shipped, 'file'>): string => readFileSync(new URL(`./${file}.html`, import.meta.url), 'utf8')
