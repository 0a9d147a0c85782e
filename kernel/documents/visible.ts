// Who sees a document: whoever may read one of the records it is linked to, or brought it. One rule, as SQL, for every path (docs/decisions/0022).
import type { Param, ResourcePolicy, Visibility } from '#kernel/access/policy.ts'
import { visibleRows } from '#kernel/access/visible-rows.ts'
import type { Model } from '#kernel/resource/model.ts'
import type { Resource } from '#kernel/resource/resource.ts'

type Asker = Parameters<Visibility['rows']>[0]

/** The resources whose rows may have documents. */
export const attachable = (model: Model): Resource[] => [...model.resources.values()].filter((r) => r.attachable)

/** SQL over the alias `link`: the linked record is there, and the asker sees it by the record's own policy. */
function seenRecord({ actor, tenant, model }: Asker, place: string, param: Param): string {
  const kinds = attachable(model).flatMap((r) => {
    const seen = visibleRows(model, { actor, tenant }, r.name, param)
    if (seen === 'false') return []
    // The rule is written over the alias t, and stands here inside a statement that has a t of its own.
    const rule = seen.replaceAll(/\bt\./g, 'held.')
    return [
      `(link.resource = '${r.name}' and exists (select 1 from ${r.table} held
         where held.tenant_id = ${place} and held.id = link.resource_id and held.deleted_at is null and ${rule}))`,
    ]
  })
  return kinds.length ? `(${kinds.join(' or ')})` : 'false'
}

/** Over `t`, a document. */
const linkedOrOwn: Visibility['rows'] = (asker, param) => {
  const place = param(asker.tenant.id)
  const seen = seenRecord(asker, place, param)
  const own = `t.created_by = ${param(asker.actor.userId)}`
  if (seen === 'false') return own
  return `${own} or t.id in (select link.document_id from core.document_links link
    where link.tenant_id = ${place} and link.deleted_at is null and ${seen})`
}

/** Over `t`, something that belongs to a document: seen with it. What belongs to a removed document is gone with it. */
const withDocument: Visibility['rows'] = ({ actor, tenant, model }, param) => {
  const seen = visibleRows(model, { actor, tenant }, 'core.documents', param)
  if (seen === 'false') return 'false'
  // A value, not a set: so the planner asks it of one row after the other in the order of the list, and stops when the page is full.
  return `(select true from core.documents doc
    where doc.tenant_id = ${param(tenant.id)} and doc.id = t.document_id and doc.deleted_at is null
      and (${seen.replaceAll(/\bt\./g, 'doc.')})) is true`
}

/** Over `t`, a link: with the document and with the record, so that a document seen for one record does not tell of another. */
const withBothEnds: Visibility['rows'] = (asker, param) => {
  const seen = seenRecord(asker, param(asker.tenant.id), param)
  return seen === 'false' ? 'false' : `(${withDocument(asker, param)}) and ${seen.replaceAll(/\blink\./g, 't.')}`
}

export const documentPolicy: readonly ResourcePolicy[] = [
  { resource: 'core.document_types', visibility: [] },
  { resource: 'core.documents', visibility: [], always: linkedOrOwn },
  { resource: 'core.document_versions', visibility: [], always: withDocument },
  { resource: 'core.document_links', visibility: [], always: withBothEnds },
]
