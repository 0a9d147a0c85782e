// What areas are called in reports: their full name, the parts of it, and a text that sorts like the tree.
import type { Ctx } from '#kernel/ctx.ts'

export type AreaWords = {
  readonly id: string
  readonly label: string
  readonly path: string
  readonly hamlet: string | null
  readonly rw: string | null
  readonly rt: string | null
}

/** Areas by id, deleted ones too: a past day knew them. Names are today's. */
export async function areaWords(ctx: Ctx, ids: readonly string[]): Promise<Map<string, AreaWords>> {
  const { rows } = await ctx.db.query<AreaWords>(
    `select a.id, a.name as label, a.path, case a.kind when 'hamlet' then a.code else hamlet.code end as hamlet,
       case a.kind when 'rw' then a.code else rw.code end as rw, case a.kind when 'rt' then a.code end as rt
     from registry.areas a
     left join registry.areas hamlet on hamlet.tenant_id = $1 and hamlet.id = a.hamlet_id
     left join registry.areas rw on rw.tenant_id = $1 and rw.id = a.rw_id
     where a.tenant_id = $1 and a.id = any($2::uuid[])`,
    [ctx.tenant.id, ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
