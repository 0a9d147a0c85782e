// The documents of one record, as its tab shows them: each with its latest version and what may be done with it.
import type { Ctx } from '#kernel/ctx.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { opaqueId, text } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'

type Input = { resource: string; resource_id: string }
/** Nobody keeps more about one record; the list of all documents has pages. */
const MOST = 200

const NOUNS = ['update', 'delete', 'revision', 'link'] as const

export const recordDocuments = query<Input>({
  name: 'core.record-documents',
  label: { id: 'Dokumen sebuah data', en: 'Documents of a record' },
  doc: 'The documents linked to one record, newest first, each with its latest version. 404 when the record is not visible.',
  permission: 'core.documents:read',
  input: {
    resource: text({ id: 'Jenis data', en: 'Kind of record' }, { max: 100, pattern: '[a-z_]+\\.[a-z_]+' }),
    resource_id: opaqueId({ id: 'Data', en: 'Record' }),
  },
  run: async (ctx, { resource, resource_id }) => {
    if (!ctx.files.mayHold(resource)) throw notFound()
    await requireVisible(ctx, resource, resource_id)
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<Record<string, unknown>>(
      `select t.id, t.version, t.title, t.status, t.type_id, k.name as type, link.id as link_id, link.version as link_version,
              v.id as version_id, v.number, v.file_name, v.mime_type, v.size, v.sha256, v.issue_date, v.expiry_date,
              v.issuing_authority, v.scan_state, v.thumbnail_id is not null as thumbnail, v.summary is not null as summarised, v.uploaded_at
         from core.document_links link
         join core.documents t on t.tenant_id = $1 and t.id = link.document_id and t.deleted_at is null
         join core.document_types k on k.tenant_id = $1 and k.id = t.type_id
         left join core.document_versions v on v.tenant_id = $1 and v.id = t.latest_version_id
        where link.tenant_id = $1 and link.resource = ${param(resource)} and link.resource_id = ${param(resource_id)}
          and link.deleted_at is null and ${ctx.sees('core.documents', param)}
        order by t.created_at desc, t.id desc limit ${MOST}`,
      values,
    )
    const may = NOUNS.filter((noun) => ctx.can(`core.documents:${noun}`))
    const files = ['content-link', 'reveal'].filter((noun) => ctx.can(`core.document_versions:${noun}`))
    return {
      data: rows.map((row) => ({ ...row, may: [...may, ...files] })),
      may: ctx.can('core.documents:attachment') ? ['attachment'] : [],
    }
  },
})

async function requireVisible(ctx: Ctx, resource: string, id: string): Promise<void> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rowCount } = await ctx.db.query(
    `select 1 from ${resource} t where t.tenant_id = $1 and t.id = ${param(id)} and ${ctx.sees(resource, param)}`,
    values,
  )
  if (!rowCount) throw notFound()
}
