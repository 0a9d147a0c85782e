// Documents come to be: a file claimed as the first version of something, linked to a record that whoever links it can see.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import { insertRow, paramsOf } from '#kernel/resource/store.ts'
import type { MadeFile } from './ctx-files.ts'
import { type FileRow, fileRow } from './files.ts'
import { documentLinks } from './resources/document-links.ts'
import { documentVersions } from './resources/document-versions.ts'
import { documents } from './resources/documents.ts'

export type Dates = { readonly issueDate?: string | null; readonly expiryDate?: string | null; readonly issuingAuthority?: string | null }

export type Attached = { readonly documentId: string; readonly versionId: string; readonly sha256: string; readonly size: number }

export type Attachment = Dates & {
  /** A type's id, or its name and category: made when it is not there yet. */
  readonly type: string | { readonly name: string; readonly category: string }
  readonly title: string
  readonly description?: string | null
  readonly tags?: readonly string[]
  /** What it is about: `registry.citizens` and the row's id. */
  readonly resource: string
  readonly resourceId: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

/**
 * Keeps a file that the server made (a letter's PDF) as a new document, in the caller's transaction. The bytes are written first; rolled back,
 * they are swept up within a day. The record must be there and visible to the actor. Throws 404, 422 `not_attachable`, 503 `storage_unavailable`.
 */
export async function attach(ctx: Ctx, given: Attachment & { readonly file: MadeFile }): Promise<Attached> {
  const { id } = await ctx.files.keep(given.file)
  return newDocument(ctx, given, await fileRow(ctx, id))
}

/** A further version of a document, of a file that the server made. As `attach`. */
export async function attachVersion(ctx: Ctx, documentId: string, given: Dates & { readonly file: MadeFile }): Promise<Attached> {
  const { id } = await ctx.files.keep(given.file)
  return newVersion(ctx, documentId, given, await fileRow(ctx, id))
}

/** A document of a file that has its row. */
export async function newDocument(ctx: Ctx, given: Attachment, file: FileRow): Promise<Attached> {
  const typeId = typeof given.type === 'string' ? given.type : await typeNamed(ctx, given.type.name, given.type.category)
  await requireRecord(ctx, given.resource, given.resourceId)
  const { id } = await insertRow(ctx, documents, {
    id: newId(),
    type_id: typeId,
    title: given.title,
    description: given.description ?? null,
    authority: given.issuingAuthority ?? null,
    tags: given.tags ?? [],
  })
  // The link first: without it the document would be seen by nobody but whoever made it.
  await link(ctx, id, given.resource, given.resourceId)
  return newVersion(ctx, id, given, file, given.metadata)
}

/** A further version, which becomes the latest; the database numbers it. A document that had expired is valid again. */
export async function newVersion(
  ctx: Ctx,
  documentId: string,
  dates: Dates,
  file: FileRow,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<Attached> {
  const made = file.state === 'kept'
  const row = await insertRow(ctx, documentVersions, {
    document_id: documentId,
    // Set by the database, under the document's lock.
    number: 1,
    file_id: file.id,
    thumbnail_id: file.thumbnail_id,
    storage_provider: file.provider,
    file_name: file.name,
    mime_type: file.mime_type,
    size: file.size,
    sha256: file.sha256,
    issue_date: dates.issueDate ?? null,
    expiry_date: dates.expiryDate ?? null,
    issuing_authority: dates.issuingAuthority ?? null,
    // What we made ourselves needs no scan.
    scan_state: !made && ctx.files.scanned ? 'pending' : 'not_scanned',
    metadata: { ...file.metadata, ...metadata },
    uploaded_by: ctx.actor.userId,
    uploaded_at: ctx.now.toISOString(),
  })
  await ctx.db.query(`update core.files set state = 'kept' where tenant_id = $1 and id in ($2, $3)`, [
    ctx.tenant.id,
    file.id,
    file.thumbnail_id,
  ])
  if (!made) await ctx.files.arrived(row.id, file.mime_type)
  return { documentId, versionId: row.id, sha256: file.sha256, size: file.size }
}

/** Links a document to a record that the actor sees. Throws 422 `not_attachable`, 404; 409 when it is linked already. */
export async function link(ctx: Ctx, documentId: string, resource: string, resourceId: string): Promise<void> {
  await requireRecord(ctx, resource, resourceId)
  await insertRow(ctx, documentLinks, { document_id: documentId, resource, resource_id: resourceId })
}

/** An upload that this person made and nothing has claimed; locked, so that it is claimed once. Throws 422 naming the field. */
export async function claimable(ctx: Ctx, uploadId: string): Promise<FileRow> {
  const file = await fileRow(ctx, uploadId, true).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return null
    throw error
  })
  const own = file && file.state === 'unclaimed' && file.created_by === ctx.actor.userId
  if (!own)
    throw invalid([
      {
        field: 'upload_id',
        code: 'upload_not_found',
        message: {
          id: 'Unggahan ini tidak ada lagi atau sudah dipakai. Unggah berkasnya sekali lagi.',
          en: 'This upload is no longer there, or was used already. Upload the file once more.',
        },
      },
    ])
  return file
}

async function requireRecord(ctx: Ctx, resource: string, id: string): Promise<void> {
  if (!ctx.files.mayHold(resource))
    throw new Refusal(422, 'not_attachable', { id: 'Data ini tidak memuat dokumen.', en: 'This kind of record has no documents.' }, [
      { field: 'resource', code: 'not_attachable', message: { id: 'Tidak memuat dokumen.', en: 'Has no documents.' } },
    ])
  if (!isId(id)) throw notFound()
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rowCount } = await ctx.db.query(
    `select 1 from ${resource} t where t.tenant_id = $1 and t.id = ${param(id)} and t.deleted_at is null and ${ctx.sees(resource, param)} for share of t`,
    values,
  )
  if (!rowCount) throw notFound()
}

async function typeNamed(ctx: Ctx, name: string, category: string): Promise<string> {
  const known = async (): Promise<string | undefined> =>
    (
      await ctx.db.query<{ id: string }>(
        'select id from core.document_types where tenant_id = $1 and name = $2 and category = $3 and deleted_at is null',
        [ctx.tenant.id, name, category],
      )
    ).rows[0]?.id
  const found = await known()
  if (found) return found
  await ctx.db.query(
    `insert into core.document_types (tenant_id, id, name, category, created_by, updated_by) values ($1, $2, $3, $4, $5, $5)
     on conflict (tenant_id, name, category) where deleted_at is null do nothing`,
    [ctx.tenant.id, newId(), name, category, ctx.actor.userId],
  )
  return (await known()) ?? ''
}
