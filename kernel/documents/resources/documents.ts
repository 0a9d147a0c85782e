// A document: what somebody keeps about something. Its files are versions, what it is about are links.
import { choice, longText, optional, ref, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const documents = resource('core.documents', {
  label: { one: { id: 'Dokumen', en: 'Document' }, many: { id: 'Dokumen', en: 'Documents' } },
  doc: 'A document about one or more records. Seen by whoever may read one of those records, and by whoever brought it.',
  fields: {
    title: text({ id: 'Judul', en: 'Title' }, { min: 1, max: 200 }),
    type_id: ref('core.document_types', { id: 'Jenis', en: 'Type' }),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 2_000 })),
    status: choice(
      { id: 'Status', en: 'Status' },
      {
        valid: { id: 'Berlaku', en: 'Valid' },
        expired: { id: 'Kedaluwarsa', en: 'Expired' },
        pending_review: { id: 'Perlu diperiksa', en: 'To be reviewed' },
        rejected: { id: 'Ditolak', en: 'Rejected' },
      },
      { initial: 'valid' },
    ),
    authority: optional(text({ id: 'Penerbit', en: 'Issuing authority' }, { max: 200 })),
    tags: tags({ id: 'Label', en: 'Tags' }, { max: 60, initial: [] }),
    latest_version_id: optional(ref('core.document_versions', { id: 'Versi terbaru', en: 'Latest version' }, { readonly: true })),
  },
  title: ['title'],
  search: ['title'],
  searchIn: [{ resource: 'core.document_versions', by: 'document_id', field: 'ocr_text', where: 'is_latest' }],
  list: ['title', 'type_id', 'status', 'authority'],
  sort: ['title'],
  filter: ['type_id', 'status'],
  rules: [
    {
      name: 'documents_type_alive',
      field: 'type_id',
      message: { id: 'Jenis dokumen ini sudah dihapus. Pilih yang lain.', en: 'This document type was deleted. Choose another.' },
    },
  ],
  verbs: ['read', 'update', 'delete', 'restore'],
})
