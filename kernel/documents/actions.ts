// What is done with documents: bringing one, a new version, another link, and a link to read it by.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { choice, day, integer, longText, opaqueId, optional, ref, tags, text } from '#kernel/resource/field.ts'
import { findRow } from '#kernel/resource/store.ts'
import { type Attached, claimable, link, newDocument, newVersion } from './attach.ts'
import { contentToken } from './content-token.ts'
import type { FileRow } from './files.ts'
import { documentTypes } from './resources/document-types.ts'
import { requireFits } from './type-limits.ts'

const DATES = {
  issue_date: optional(day({ id: 'Tanggal terbit', en: 'Issued on' }, { from: '1900-01-01' })),
  expiry_date: optional(
    day(
      { id: 'Berlaku sampai', en: 'Valid until' },
      {
        from: '1900-01-01',
        help: { id: 'Kosong: tanpa batas. Kami ingatkan sebelum habis.', en: 'Empty: without end. We remind you before.' },
      },
    ),
  ),
  issuing_authority: optional(text({ id: 'Penerbit', en: 'Issuing authority' }, { max: 200 })),
}
type DatesInput = { issue_date?: string | null; expiry_date?: string | null; issuing_authority?: string | null }

const UPLOAD = opaqueId(
  { id: 'Unggahan', en: 'Upload' },
  { help: { id: 'Nomor yang dijawab ketika berkas diunggah.', en: 'The id that uploading the file answered.' } },
)
const RECORD = {
  resource: text({ id: 'Jenis data', en: 'Kind of record' }, { max: 100, pattern: '[a-z_]+\\.[a-z_]+' }),
  resource_id: opaqueId({ id: 'Data', en: 'Record' }),
}

const datesOf = (input: DatesInput): { issueDate: string | null; expiryDate: string | null; issuingAuthority: string | null } => ({
  issueDate: input.issue_date ?? null,
  expiryDate: input.expiry_date ?? null,
  issuingAuthority: input.issuing_authority ?? null,
})

const refineDates = (input: DatesInput, issue: (field: string, message: { id: string; en: string }) => void): void => {
  if (input.issue_date && input.expiry_date && input.expiry_date < input.issue_date)
    issue('expiry_date', { id: 'Berakhir sebelum terbit. Periksa kedua tanggal.', en: 'It ends before it was issued. Check both dates.' })
}

/** The type, as it is now; its limits hold for what was uploaded without naming one. */
async function claimFor(ctx: Ctx, typeId: string, uploadId: string): Promise<FileRow> {
  const type = await findRow(ctx, documentTypes, typeId).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.status !== 404) throw error
    throw invalid([
      {
        field: 'type_id',
        code: 'reference_not_found',
        message: { id: 'Jenis dokumen ini tidak ditemukan. Pilih lagi.', en: 'This document type was not found. Choose again.' },
      },
    ])
  })
  const file = await claimable(ctx, uploadId)
  requireFits(type, file.mime_type, file.size)
  return file
}

const answer = ({ documentId, versionId, sha256, size }: Attached): Record<string, unknown> => ({
  id: documentId,
  version_id: versionId,
  sha256,
  size,
})

type AttachmentInput = DatesInput & {
  upload_id: string
  type_id: string
  title?: string | null
  description?: string | null
  tags?: string[]
  resource: string
  resource_id: string
}

export const attachment = action<AttachmentInput>({
  resource: 'core.documents',
  noun: 'attachment',
  unlisted: true,
  label: { id: 'Tambah dokumen', en: 'Add a document' },
  doc: {
    id: 'Menjadikan berkas yang sudah diunggah sebagai dokumen dari sebuah data.',
    en: 'Makes an uploaded file a document of a record.',
  },
  on: 'many',
  input: {
    upload_id: UPLOAD,
    type_id: ref('core.document_types', { id: 'Jenis', en: 'Type' }),
    title: optional(
      text({ id: 'Judul', en: 'Title' }, { max: 200, help: { id: 'Kosong: nama berkasnya.', en: 'Empty: the file’s name.' } }),
    ),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 2_000 })),
    tags: tags({ id: 'Label', en: 'Tags' }, { max: 60, initial: [] }),
    ...RECORD,
    ...DATES,
  },
  refine: refineDates,
  async run(ctx, _row, input) {
    const file = await claimFor(ctx, input.type_id, input.upload_id)
    return answer(
      await newDocument(
        ctx,
        {
          type: input.type_id,
          title: input.title?.trim() || file.name,
          description: input.description ?? null,
          tags: input.tags ?? [],
          resource: input.resource,
          resourceId: input.resource_id,
          ...datesOf(input),
        },
        file,
      ),
    )
  },
})

export const revision = action<DatesInput & { upload_id: string }>({
  resource: 'core.documents',
  noun: 'revision',
  unlisted: true,
  label: { id: 'Versi baru', en: 'New version' },
  doc: {
    id: 'Menjadikan berkas yang sudah diunggah sebagai versi terbaru dokumen ini. Versi lama tetap ada.',
    en: 'Makes an uploaded file the latest version of this document. The earlier ones stay.',
  },
  input: { upload_id: UPLOAD, ...DATES },
  refine: refineDates,
  async run(ctx, row, input) {
    const file = await claimFor(ctx, String(row['type_id']), input.upload_id)
    return answer(await newVersion(ctx, row.id, datesOf(input), file))
  },
})

export const linking = action<{ resource: string; resource_id: string }>({
  resource: 'core.documents',
  noun: 'link',
  unlisted: true,
  label: { id: 'Tautkan ke data lain', en: 'Link to another record' },
  doc: {
    id: 'Menautkan dokumen ini ke satu data lagi. Siapa pun yang boleh membaca data itu lalu dapat membaca dokumennya.',
    en: 'Links this document to one more record. Whoever may read that record can then read the document.',
  },
  input: RECORD,
  async run(ctx, row, input) {
    await link(ctx, row.id, input.resource, input.resource_id)
  },
})

export const contentLink = action<{ disposition: 'inline' | 'attachment'; seconds: number }>({
  resource: 'core.document_versions',
  noun: 'content-link',
  unlisted: true,
  label: { id: 'Tautan isi', en: 'Content link' },
  doc: {
    id: 'Membuat tautan singkat untuk membaca atau mengunduh isi versi ini.',
    en: 'Makes a short-lived link to read or download the content of this version.',
  },
  input: {
    disposition: choice(
      { id: 'Cara', en: 'How' },
      { inline: { id: 'Tampilkan', en: 'Show' }, attachment: { id: 'Unduh', en: 'Download' } },
      { initial: 'attachment' },
    ),
    seconds: integer({ id: 'Berlaku (detik)', en: 'Valid for (seconds)' }, { min: 60, max: 300, initial: 120 }),
  },
  // An answer kept under an Idempotency-Key would be a link that is over.
  shownOnce: true,
  async run(ctx, row, { disposition, seconds }) {
    requireScanned(row)
    const until = Math.floor(ctx.now.getTime() / 1000) + seconds
    const token = contentToken(ctx.seal, { version: row.id, user: ctx.actor.userId, disposition, until })
    return { url: `/api/${ctx.tenant.code}/core/content/${token}`, expires_at: new Date(until * 1000).toISOString() }
  },
})

/** Nothing of a file leaves while it is being scanned, or when something was found in it. Throws 409 `file_pending`, `file_infected`. */
export function requireScanned(row: Pick<Stored, string>): void {
  if (row['scan_state'] === 'pending')
    throw new Refusal(409, 'file_pending', {
      id: 'Berkas ini sedang diperiksa dari virus. Coba lagi sebentar.',
      en: 'This file is being scanned for viruses. Try again in a moment.',
    })
  if (row['scan_state'] === 'infected')
    throw new Refusal(409, 'file_infected', {
      id: 'Pemeriksaan menemukan virus dalam berkas ini. Isinya tidak dibuka; kirim berkas yang bersih sebagai versi baru.',
      en: 'A virus was found in this file. It is not opened; send a clean file as a new version.',
    })
}

export const documentActions = [attachment, revision, linking, contentLink] as const
