// Hamlet → RW → RT: the tree every address hangs on. RW is optional, so an RT may hang on a hamlet.
import { choice, optional, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { AREA_KIND } from '../codes.ts'

export const areas = resource('registry.areas', {
  label: { one: { id: 'Wilayah', en: 'Area' }, many: { id: 'Wilayah', en: 'Areas' } },
  doc: 'A part of the village: a hamlet (dusun), an RW in it, or an RT in an RW or directly in a hamlet.',
  fields: {
    kind: choice({ id: 'Jenis', en: 'Kind' }, AREA_KIND),
    code: text(
      { id: 'Nama/nomor', en: 'Name/number' },
      {
        min: 1,
        max: 50,
        help: { id: 'Nama dusun, atau nomor RW/RT seperti 001.', en: 'The name of the hamlet, or the number of the RW/RT such as 001.' },
      },
    ),
    parent_id: optional(ref('registry.areas', { id: 'Bagian dari', en: 'Part of' })),
    head_id: optional(ref('registry.citizens', { id: 'Ketua/kepala', en: 'Head' })),
    name: text({ id: 'Sebutan', en: 'Full name' }, { max: 150, readonly: true, initial: '' }),
    path: text({ id: 'Urutan', en: 'Order' }, { max: 150, readonly: true, initial: '' }),
    hamlet_id: optional({ ...ref('registry.areas', { id: 'Dusun', en: 'Hamlet' }), readonly: true }),
    rw_id: optional({ ...ref('registry.areas', { id: 'RW', en: 'RW' }), readonly: true }),
  },
  title: ['name'],
  search: ['name'],
  list: ['name', 'kind', 'head_id'],
  sort: ['path', 'name', 'created_at'],
  filter: ['kind', 'parent_id', 'hamlet_id', 'rw_id'],
  groups: [{ label: { id: 'Wilayah', en: 'Area' }, fields: ['kind', 'code', 'parent_id', 'head_id'] }],
  unique: [
    {
      name: 'areas_hamlet_key',
      fields: ['kind', 'code'],
      where: 'parent_id is null',
      message: { id: 'Dusun ini sudah ada.', en: 'This hamlet already exists.' },
    },
    {
      name: 'areas_code_key',
      fields: ['parent_id', 'kind', 'code'],
      where: 'parent_id is not null',
      message: { id: 'Nomor ini sudah ada di wilayah induknya.', en: 'This number already exists in that area.' },
    },
  ],
  checks: [
    {
      name: 'areas_number_check',
      sql: "kind = 'hamlet' or code ~ '^[0-9]{1,5}$'",
      field: 'code',
      message: { id: 'Nomor RT/RW hanya angka, paling banyak 5.', en: 'An RT/RW number has only digits, at most 5.' },
    },
    {
      name: 'areas_parent_check',
      sql: "(kind = 'hamlet') = (parent_id is null)",
      field: 'parent_id',
      message: {
        id: 'Dusun tidak punya induk; RW berada di dusun; RT berada di RW atau dusun.',
        en: 'A hamlet has no parent; an RW is part of a hamlet; an RT is part of an RW or a hamlet.',
      },
    },
  ],
  rules: [
    {
      name: 'areas_used_rule',
      message: { id: 'Masih ada wilayah atau alamat di sini. Pindahkan dahulu.', en: 'Areas or addresses are still in it. Move them.' },
    },
  ],
})
