// Kinds of document a community keeps, each with what files it takes: KTP, KK, IJAZAH, … Every community has its own list.
import { flag, integer, json, longText, optional, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const documentTypes = resource('core.document_types', {
  label: { one: { id: 'Jenis dokumen', en: 'Document type' }, many: { id: 'Jenis dokumen', en: 'Document types' } },
  doc: 'A kind of document: what it is called, who issues it, and which files it takes. One that is in use cannot be deleted.',
  fields: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100 }),
    category: text(
      { id: 'Kelompok', en: 'Category' },
      { min: 1, max: 100, suggestions: ['IDENTITAS', 'PENDIDIKAN', 'PERIZINAN', 'SURAT', 'LAINNYA'] },
    ),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 500 })),
    tags: tags({ id: 'Label', en: 'Tags' }, { max: 60, initial: [] }),
    authority: optional(text({ id: 'Penerbit', en: 'Issuing authority' }, { max: 200 })),
    mime_types: tags(
      { id: 'Berkas yang diterima', en: 'Accepted files' },
      {
        max: 100,
        initial: [],
        pattern: '[a-z]+/[a-z0-9.+-]+',
        help: {
          id: 'Jenis MIME, misalnya image/jpeg atau application/pdf. Kosong: semua yang dikenal.',
          en: 'MIME types such as image/jpeg or application/pdf. Empty: all that are known.',
        },
      },
    ),
    max_bytes: optional(
      integer(
        { id: 'Ukuran terbesar (bita)', en: 'Largest size (bytes)' },
        { min: 1, max: 2_000_000_000, help: { id: 'Kosong: batas instalasi.', en: 'Empty: the limit of the installation.' } },
      ),
    ),
    personal: flag(
      { id: 'Data pribadi', en: 'Personal' },
      {
        initial: true,
        help: { id: 'Setiap kali isinya dibuka, hal itu dicatat.', en: 'Each time its content is opened, that is recorded.' },
      },
    ),
    metadata: json({ id: 'Catatan teknis', en: 'Metadata' }, { initial: {} }),
  },
  title: ['name'],
  search: ['name'],
  list: ['name', 'category', 'authority', 'personal'],
  sort: ['name', 'category'],
  filter: ['category', 'personal'],
  unique: [
    {
      name: 'document_types_name_key',
      fields: ['name', 'category'],
      message: { id: 'Jenis dokumen ini sudah ada dalam kelompoknya.', en: 'This document type already exists in its category.' },
    },
  ],
  rules: [
    {
      name: 'document_types_in_use',
      message: {
        id: 'Masih ada dokumen berjenis ini. Pindahkan dahulu ke jenis lain.',
        en: 'There still are documents of this type. Give them another type first.',
      },
    },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore'],
  hidden: true,
})
