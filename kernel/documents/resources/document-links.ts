// What a document is about: any record of a resource that may have documents.
import { opaqueId, ref, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const documentLinks = resource('core.document_links', {
  label: { one: { id: 'Tautan dokumen', en: 'Document link' }, many: { id: 'Tautan dokumen', en: 'Document links' } },
  doc: 'That a document is about a record. Whoever may read the record may read the document; the link itself is seen only with both.',
  fields: {
    document_id: ref('core.documents', { id: 'Dokumen', en: 'Document' }, { readonly: true }),
    resource: text({ id: 'Jenis data', en: 'Kind of record' }, { max: 100, pattern: '[a-z_]+\\.[a-z_]+', readonly: true }),
    resource_id: opaqueId({ id: 'Data', en: 'Record' }, { readonly: true }),
  },
  title: ['resource'],
  list: ['document_id', 'resource', 'resource_id'],
  sort: ['created_at'],
  filter: ['document_id', 'resource', 'resource_id'],
  unique: [
    {
      name: 'document_links_record_key',
      fields: ['document_id', 'resource', 'resource_id'],
      message: { id: 'Dokumen ini sudah tertaut ke data itu.', en: 'This document is already linked to that record.' },
    },
  ],
  rules: [
    {
      name: 'document_links_last',
      message: {
        id: 'Ini tautan terakhir dokumen ini. Hapus dokumennya, atau tautkan dahulu ke data lain.',
        en: 'This is the last link of the document. Delete the document, or link it to another record first.',
      },
    },
  ],
  indexes: { document_links_by_record: '(tenant_id, resource, resource_id, document_id) where deleted_at is null' },
  verbs: ['read', 'delete'],
  hidden: true,
})
