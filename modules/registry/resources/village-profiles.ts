// The village itself: who heads it, where it lies, how to reach its office. One per community.
import { day, decimal, longText, optional, point, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

const digits = (id: string, en: string, pattern: string, max: number, help: { id: string; en: string }) =>
  text({ id, en }, { max, pattern, patternHelp: help })

export const villageProfiles = resource('registry.village_profiles', {
  label: { one: { id: 'Profil desa', en: 'Village profile' }, many: { id: 'Profil desa', en: 'Village profile' } },
  doc: 'The identity of the village: codes, head, office, position and size. New addresses take their place names from here.',
  fields: {
    name: text({ id: 'Nama desa', en: 'Village name' }, { min: 1, max: 100 }),
    code: digits('Kode desa', 'Village code', '[0-9]{10,13}', 20, {
      id: 'Kode desa terdiri dari 10–13 angka.',
      en: 'A village code has 10–13 digits.',
    }),
    bps_code: optional(
      digits('Kode BPS', 'BPS code', '[0-9]{10,13}', 13, { id: 'Kode BPS terdiri dari 10–13 angka.', en: 'A BPS code has 10–13 digits.' }),
    ),
    head_name: text({ id: 'Kepala desa', en: 'Village head' }, { max: 100 }),
    address: optional(text({ id: 'Alamat kantor', en: 'Office address' })),
    postal_code: optional(
      digits('Kode pos', 'Postal code', '[0-9]{5}', 5, { id: 'Kode pos terdiri dari 5 angka.', en: 'A postal code has 5 digits.' }),
    ),
    phone: optional(text({ id: 'Telepon kantor', en: 'Office phone' }, { max: 20, format: 'phone' })),
    email: optional(text({ id: 'Surel kantor', en: 'Office e-mail' }, { max: 100, format: 'email' })),
    website: optional(text({ id: 'Situs web', en: 'Website' }, { format: 'url' })),
    logo: optional(text({ id: 'Berkas logo', en: 'Logo file' })),
    description: optional(longText({ id: 'Tentang desa', en: 'About the village' })),
    location: optional(point({ id: 'Letak kantor', en: 'Place of the office' })),
    books_from: optional(
      day(
        { id: 'Pembukuan penduduk mulai', en: 'Population books begin on' },
        {
          from: '1900-01-01',
          until: 'today',
          help: {
            id: 'Warga yang didata sesudahnya terhitung sejak sehari sebelum tanggal ini, selama bulannya belum ditutup.',
            en: 'Residents entered later count from the day before this date, as long as that month is not closed.',
          },
        },
      ),
    ),
    area_ha: optional(decimal({ id: 'Luas (ha)', en: 'Area (ha)' }, { min: 0, max: 10_000_000 })),
    altitude_m: optional(decimal({ id: 'Ketinggian (m)', en: 'Altitude (m)' }, { min: -500, max: 6000 })),
    district: optional(text({ id: 'Kecamatan', en: 'District' }, { max: 100 })),
    district_code: optional(
      digits('Kode kecamatan', 'District code', '[0-9]{6,7}', 7, {
        id: 'Kode kecamatan terdiri dari 6 angka.',
        en: 'A district code has 6 digits.',
      }),
    ),
    district_head_name: optional(text({ id: 'Camat', en: 'Head of district' }, { max: 100 })),
    regency: optional(text({ id: 'Kabupaten/kota', en: 'Regency/city' }, { max: 100 })),
    regency_code: optional(
      digits('Kode kabupaten/kota', 'Regency code', '[0-9]{4}', 4, {
        id: 'Kode kabupaten terdiri dari 4 angka.',
        en: 'A regency code has 4 digits.',
      }),
    ),
    province: optional(text({ id: 'Provinsi', en: 'Province' }, { max: 100 })),
    province_code: optional(
      digits('Kode provinsi', 'Province code', '[0-9]{2}', 2, {
        id: 'Kode provinsi terdiri dari 2 angka.',
        en: 'A province code has 2 digits.',
      }),
    ),
  },
  title: ['name'],
  list: ['name', 'code', 'head_name', 'district', 'regency'],
  sort: ['name', 'created_at'],
  groups: [
    { label: { id: 'Desa', en: 'Village' }, fields: ['name', 'code', 'bps_code', 'head_name', 'description', 'logo'] },
    { label: { id: 'Kantor', en: 'Office' }, fields: ['address', 'postal_code', 'phone', 'email', 'website', 'location'] },
    { label: { id: 'Letak dan luas', en: 'Position and size' }, fields: ['area_ha', 'altitude_m'] },
    { label: { id: 'Pembukuan', en: 'Books' }, fields: ['books_from'] },
    {
      label: { id: 'Wilayah administrasi', en: 'Administrative region' },
      fields: ['district', 'district_code', 'district_head_name', 'regency', 'regency_code', 'province', 'province_code'],
    },
  ],
  unique: [
    {
      name: 'village_profiles_tenant_key',
      fields: [],
      message: { id: 'Profil desa sudah ada. Ubahlah yang ada.', en: 'The village already has a profile. Edit that one.' },
    },
  ],
  verbs: ['read', 'create', 'update'],
})
