// What a template asks for on paper, and whether it is there: among the documents of the request, of the applicant and of their family.
import type { Ctx } from '#kernel/ctx.ts'
import { paramsOf } from '#kernel/resource/store.ts'

export type Requirement = { readonly type: string; readonly present: boolean }

/** The template's document types by name, each with whether a valid document of it is there that the actor sees. */
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
        and lower(k.name) = any(${param(asked.map((name) => name.toLowerCase()))}::text[])
        and ((link.resource = 'letters.letter_requests' and link.resource_id = ${param(of.requestId)}::uuid)
          or (link.resource = 'registry.citizens' and link.resource_id = ${citizen}::uuid)
          or (link.resource = 'registry.families' and link.resource_id = (
            select c.family_id from registry.citizens c where c.tenant_id = $1 and c.id = ${citizen}::uuid)))
        and ${ctx.sees('core.documents', param)}`,
    values,
  )
  const there = new Set(rows.map((row) => row.name))
  return asked.map((type) => ({ type, present: there.has(type.toLowerCase()) }))
}
