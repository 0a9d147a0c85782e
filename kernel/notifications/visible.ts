// Which of a person's notifications they may still read: those about a record they may still see.
import type { Param } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { Model } from '#kernel/resource/model.ts'

/** SQL over the alias `n`. What is about no record is for whoever was told; a record of a kind that nobody declares any more is seen by nobody. */
export async function visibleNotices(ctx: Ctx, model: Model, param: Param): Promise<string> {
  const { rows } = await ctx.db.query<{ resource: string }>(
    `select distinct resource from core.notifications where tenant_id = $1 and user_id = $2 and resource is not null and content is not null`,
    [ctx.tenant.id, ctx.actor.userId],
  )
  const about = rows.flatMap(({ resource }) => {
    const r = model.resources.get(resource)
    return r
      ? [
          `n.resource = ${param(r.name)} and exists (select 1 from ${r.table} t
             where t.tenant_id = $1 and t.id = n.resource_id and ${ctx.sees(r.name, param)})`,
        ]
      : []
  })
  return `(${['n.resource is null', ...about].join(' or ')})`
}
