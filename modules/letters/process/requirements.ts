// What a template asks for on paper, and whether it is there: among the documents of the request, of the applicant and of their family.
import type { Ctx } from '#kernel/ctx.ts'
import { paramsOf } from '#kernel/resource/store.ts'

export type Requirement = { readonly type: string; readonly present: boolean }

/**
 * What the template asks for, each with whether a valid document of that type is there that the actor sees. The type is named by how the words end:
 * "Fotokopi KTP" asks for a KTP.
 */
export async function requirementsOf(
  ctx: Ctx,
  asked: readonly string[],
  of: { readonly requestId: string | null; readonly citizenId: string },
): Promise<Requirement[]> {
  if (!asked.length) return []
  const { values, param } = paramsOf(ctx.tenant.id)
  const citizen = param(of.citizenId)
  const { rows } = await ctx.db.query<{ name: string }>(
    `select distinct lower(k.name) as name
       from core.document_links link
       join core.documents t on t.tenant_id = $1 and t.id = link.document_id and t.deleted_at is null
       join core.document_types k on k.tenant_id = $1 and k.id = t.type_id
      where link.tenant_id = $1 and link.deleted_at is null and t.status = 'valid'
        and ((link.resource = 'letters.letter_requests' and link.resource_id = ${param(of.requestId)}::uuid)
          or (link.resource = 'registry.citizens' and link.resource_id = ${citizen}::uuid)
          or (link.resource = 'registry.families' and link.resource_id = (
            select c.family_id from registry.citizens c where c.tenant_id = $1 and c.id = ${citizen}::uuid)))
        and ${ctx.sees('core.documents', param)}`,
    values,
  )
  const named = (type: string): boolean => rows.some(({ name }) => type === name || type.endsWith(` ${name}`))
  return asked.map((type) => ({ type, present: named(type.toLowerCase()) }))
}
