// The files of a document, one per version. A version never changes: what is new is another version.
import { choice, day, flag, instant, integer, json, longText, opaqueId, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const documentVersions = resource('core.document_versions', {
  label: { one: { id: 'Versi dokumen', en: 'Document version' }, many: { id: 'Versi dokumen', en: 'Document versions' } },
  doc: 'One file of a document as it was received: its hash, type and size, its dates, and what a machine read in it. It never changes.',
  fields: {
    document_id: ref('core.documents', { id: 'Dokumen', en: 'Document' }, { readonly: true }),
    number: integer({ id: 'Nomor', en: 'Number' }, { min: 1, max: 100_000, readonly: true }),
    is_latest: flag({ id: 'Terbaru', en: 'Latest' }, { initial: true, readonly: true }),
    file_id: opaqueId({ id: 'Berkas', en: 'File' }, { readonly: true }),
    thumbnail_id: optional(opaqueId({ id: 'Gambar kecil', en: 'Thumbnail' }, { readonly: true })),
    storage_provider: text({ id: 'Tempat simpan', en: 'Storage' }, { max: 20, readonly: true }),
    file_name: text({ id: 'Nama berkas', en: 'File name' }, { min: 1, max: 200, readonly: true }),
    mime_type: text({ id: 'Jenis berkas', en: 'File type' }, { max: 100, readonly: true }),
    size: integer({ id: 'Ukuran (bita)', en: 'Size (bytes)' }, { min: 1, max: 2_147_483_647, readonly: true }),
    sha256: text({ id: 'SHA-256', en: 'SHA-256' }, { pattern: '[0-9a-f]{64}', max: 64, readonly: true }),
    issue_date: optional(day({ id: 'Tanggal terbit', en: 'Issued on' }, { from: '1900-01-01', readonly: true })),
    expiry_date: optional(day({ id: 'Berlaku sampai', en: 'Valid until' }, { from: '1900-01-01', readonly: true })),
    issuing_authority: optional(text({ id: 'Penerbit', en: 'Issuing authority' }, { max: 200, readonly: true })),
    scan_state: choice(
      { id: 'Pemeriksaan virus', en: 'Virus scan' },
      {
        not_scanned: { id: 'Tidak diperiksa', en: 'Not scanned' },
        pending: { id: 'Sedang diperiksa', en: 'Being scanned' },
        clean: { id: 'Bersih', en: 'Clean' },
        infected: { id: 'Bervirus', en: 'Infected' },
      },
      { initial: 'not_scanned', readonly: true },
    ),
    ocr_text: optional(
      secret(
        longText(
          { id: 'Teks terbaca', en: 'Text that was read' },
          { max: 100_000, readonly: true, help: { id: 'Dibaca oleh mesin; bisa keliru.', en: 'Read by a machine; it may be wrong.' } },
        ),
        'words',
      ),
    ),
    summary: optional(
      secret(
        longText(
          { id: 'Ringkasan', en: 'Summary' },
          {
            max: 2_000,
            readonly: true,
            help: {
              id: 'Kalimat pertama yang terbaca, dipilih oleh mesin.',
              en: 'The first sentences that were read, chosen by a machine.',
            },
          },
        ),
      ),
    ),
    metadata: json({ id: 'Catatan teknis', en: 'Metadata' }, { initial: {}, readonly: true }),
    uploaded_by: optional(opaqueId({ id: 'Diunggah oleh', en: 'Uploaded by' }, { readonly: true })),
    uploaded_at: instant({ id: 'Diunggah', en: 'Uploaded' }, { readonly: true }),
  },
  title: ['file_name'],
  list: ['file_name', 'number', 'is_latest', 'size', 'uploaded_at'],
  sort: ['number', 'uploaded_at'],
  filter: ['document_id', 'is_latest', 'expiry_date', 'scan_state'],
  unique: [
    {
      name: 'document_versions_latest_key',
      fields: ['document_id'],
      where: 'is_latest',
      message: { id: 'Versi baru lain sedang disimpan. Coba lagi.', en: 'Another new version is being kept. Try again.' },
    },
    {
      name: 'document_versions_number_key',
      fields: ['document_id', 'number'],
      message: { id: 'Versi baru lain sedang disimpan. Coba lagi.', en: 'Another new version is being kept. Try again.' },
    },
  ],
  checks: [
    {
      name: 'document_versions_dates_check',
      sql: 'expiry_date is null or issue_date is null or expiry_date >= issue_date',
      field: 'expiry_date',
      message: { id: 'Berakhir sebelum terbit. Periksa kedua tanggal.', en: 'It ends before it was issued. Check both dates.' },
    },
  ],
  indexes: { document_versions_by_expiry: '(tenant_id, expiry_date) where is_latest and expiry_date is not null' },
  verbs: ['read', 'reveal'],
  hidden: true,
})
