// Where people live. The street is personal and encrypted; RT, RW and hamlet follow the area when one is chosen.
import { optional, point, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

const number = (id: string, en: string) =>
  optional(
    text(
      { id, en },
      { max: 5, pattern: '[0-9]{1,5}', patternHelp: { id: 'Hanya angka, paling banyak 5.', en: 'Only digits, at most 5.' } },
    ),
  )

const place = (id: string, en: string) => optional(text({ id, en }, { max: 100 }))

export const addresses = resource('registry.addresses', {
  label: { one: { id: 'Alamat', en: 'Address' }, many: { id: 'Alamat', en: 'Addresses' } },
  doc: 'A place where families live. Village, district, regency and province are taken from the village profile when left empty.',
  fields: {
    street: optional(secret(text({ id: 'Jalan dan nomor', en: 'Street and number' }), 'words', [6, 2])),
    area_id: optional(ref('registry.areas', { id: 'RT/RW/dusun', en: 'RT/RW/hamlet' })),
    hamlet_id: optional({ ...ref('registry.areas', { id: 'Dusun', en: 'Hamlet' }), readonly: true }),
    hamlet: place('Nama dusun', 'Name of hamlet'),
    rt: number('RT', 'RT'),
    rw: number('RW', 'RW'),
    village: place('Desa/kelurahan', 'Village'),
    district: place('Kecamatan', 'District'),
    regency: place('Kabupaten/kota', 'Regency/city'),
    province: place('Provinsi', 'Province'),
    postal_code: optional(
      text(
        { id: 'Kode pos', en: 'Postal code' },
        { max: 5, pattern: '[0-9]{5}', patternHelp: { id: 'Kode pos terdiri dari 5 angka.', en: 'A postal code has 5 digits.' } },
      ),
    ),
    location: optional(point({ id: 'Lokasi di peta', en: 'Place on the map' })),
  },
  title: ['street', 'area_id'],
  list: ['street', 'area_id', 'village', 'postal_code'],
  sort: ['created_at'],
  filter: ['area_id', 'hamlet_id', 'rt', 'rw', 'street'],
  groups: [
    { label: { id: 'Alamat', en: 'Address' }, fields: ['street', 'area_id', 'location'] },
    { label: { id: 'RT, RW dan dusun', en: 'RT, RW and hamlet' }, fields: ['rt', 'rw', 'hamlet'] },
    {
      label: { id: 'Desa dan seterusnya', en: 'Village and beyond' },
      fields: ['village', 'district', 'regency', 'province', 'postal_code'],
    },
  ],
  indexes: { addresses_by_rw_rt: '(tenant_id, rw, rt)' },
  rules: [
    {
      name: 'addresses_used_rule',
      message: {
        id: 'Masih ada keluarga atau warga di alamat ini. Pindahkan dahulu.',
        en: 'Families or residents still live here. Move them first.',
      },
    },
  ],
})
