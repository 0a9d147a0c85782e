// The people who run the village office: who holds which position, from when until when.
import { day, choice, flag, longText, opaqueId, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { DUTY } from '../codes.ts'

export const apparatus = resource('office.apparatus', {
  label: { one: { id: 'Perangkat desa', en: 'Official' }, many: { id: 'Perangkat desa', en: 'Officials' } },
  doc: 'Somebody who holds a position in the village office: the head, the secretary, heads of sections and of affairs, hamlet heads, staff.',
  attachable: true,
  fields: {
    name: text(
      { id: 'Nama', en: 'Name' },
      { min: 1, max: 100, help: { id: 'Dengan gelar, seperti di tanda tangan.', en: 'With titles, as in the signature.' } },
    ),
    position: text(
      { id: 'Jabatan', en: 'Position' },
      {
        min: 1,
        max: 100,
        suggestions: [
          'Kepala Desa',
          'Sekretaris Desa',
          'Kepala Urusan Tata Usaha dan Umum',
          'Kepala Urusan Keuangan',
          'Kepala Urusan Perencanaan',
          'Kepala Seksi Pemerintahan',
          'Kepala Seksi Kesejahteraan',
          'Kepala Seksi Pelayanan',
        ],
      },
    ),
    duty: choice({ id: 'Tugas', en: 'Duty' }, DUTY, {
      initial: 'STAFF',
      help: { id: 'Menentukan siapa menandatangani sebagai siapa.', en: 'Decides who signs as what.' },
    }),
    nip: optional(text({ id: 'NIP / NIPD', en: 'Employee number' }, { max: 20 })),
    nik: optional(
      secret(
        text(
          { id: 'NIK', en: 'NIK' },
          { max: 16, pattern: '[0-9]{16}', patternHelp: { id: 'NIK terdiri dari 16 angka.', en: 'A NIK has 16 digits.' } },
        ),
        'equal',
        [4, 4],
      ),
    ),
    phone: optional(secret(text({ id: 'Telepon', en: 'Phone' }, { max: 20, format: 'phone' }), 'none', [0, 3])),
    email: optional(secret(text({ id: 'Surel', en: 'E-mail' }, { max: 100, format: 'email' }), 'none', [2, 0])),
    address: optional(secret(longText({ id: 'Alamat', en: 'Address' }, { max: 500 }))),
    start_date: day({ id: 'Mulai menjabat', en: 'In office since' }, { from: '1945-01-01' }),
    end_date: optional(day({ id: 'Sampai', en: 'Until' }, { from: '1945-01-01' })),
    is_active: flag({ id: 'Masih menjabat', en: 'In office' }, { initial: true }),
    photo_id: optional(ref('core.documents', { id: 'Foto', en: 'Photo' })),
    user_id: optional(
      opaqueId(
        { id: 'Akun', en: 'Account' },
        { help: { id: 'Akun anggota desa ini, bila ada.', en: 'Their account in this village, if any.' } },
      ),
    ),
  },
  title: ['name', 'position'],
  search: ['name', 'position'],
  list: ['name', 'position', 'nip', 'start_date', 'is_active'],
  sort: ['name', 'position', 'start_date'],
  filter: ['is_active', 'duty', 'position'],
  groups: [
    { label: { id: 'Jabatan', en: 'Position' }, fields: ['name', 'position', 'duty', 'nip', 'start_date', 'end_date', 'is_active'] },
    { label: { id: 'Pribadi', en: 'Personal' }, fields: ['nik', 'phone', 'email', 'address', 'photo_id', 'user_id'] },
  ],
  unique: [
    {
      name: 'apparatus_nip_key',
      fields: ['nip'],
      where: 'nip is not null',
      message: { id: 'Nomor pegawai ini sudah dipakai orang lain.', en: 'This employee number belongs to somebody else.' },
    },
    {
      name: 'apparatus_nik_key',
      fields: ['nik'],
      where: 'nik_bidx is not null',
      message: { id: 'NIK ini sudah tercatat pada perangkat lain.', en: 'This NIK is already recorded for another official.' },
    },
    {
      name: 'apparatus_user_id_key',
      fields: ['user_id'],
      where: 'user_id is not null and is_active',
      message: { id: 'Akun ini sudah dipakai perangkat lain.', en: 'This account belongs to another official.' },
    },
    {
      name: 'apparatus_one_per_position',
      fields: ['position'],
      where: 'is_active',
      message: {
        id: 'Jabatan ini masih dipegang orang lain. Akhiri dahulu masa jabatannya.',
        en: 'Somebody else still holds this position. End their term first.',
      },
    },
    {
      name: 'apparatus_one_head',
      fields: ['duty'],
      where: "is_active and duty in ('HEAD', 'SECRETARY')",
      message: {
        id: 'Hanya ada satu kepala dan satu sekretaris yang menjabat. Akhiri dahulu masa jabatan yang lama.',
        en: 'There is only one head and one secretary in office. End the former one’s term first.',
      },
    },
  ],
  checks: [
    {
      name: 'apparatus_period_check',
      sql: 'end_date is null or end_date >= start_date',
      field: 'end_date',
      message: { id: 'Tanggal ini mendahului mulai menjabat.', en: 'This is before the term began.' },
    },
    {
      name: 'apparatus_ended_check',
      sql: 'is_active or end_date is not null',
      field: 'end_date',
      message: { id: 'Tulis sampai kapan ia menjabat.', en: 'Say until when they held the position.' },
    },
  ],
})
