// Where a record has been: every state, since when, by which move and by whom, for whoever may see the record.
import type { Ctx } from '#kernel/ctx.ts'

/** `by` null: by itself. `move` and `from` null: how it began. */
export type StatusChange = {
  readonly at: Date
  readonly by: { readonly id: string; readonly name: string } | null
  readonly move: string | null
  readonly from: string | null
  readonly to: string
  readonly note: string | null
}

/** No honest record moves more often; of one that does, the newest are shown. */
const SHOWN_MAX = 500

/** The changes of a row's state, newest first. The caller has checked that the actor sees the row. */
export async function statusHistory(
  ctx: Pick<Ctx, 'db' | 'tenant'>,
  resource: string,
  id: string,
  limit = SHOWN_MAX,
): Promise<StatusChange[]> {
  const { rows } = await ctx.db.query<Omit<StatusChange, 'by'> & { actor_id: string | null; name: string | null }>(
    `select h.occurred_at as at, h.actor_id, h.move, h.from_state as from, h.to_state as to, h.note, coalesce(m.name, k.name) as name
       from core.status_history h
       left join lateral (
         select x.name from core.memberships x where x.tenant_id = $1 and x.user_id = h.actor_id order by x.deleted_at desc nulls first limit 1
       ) m on true
       left join core.api_keys k on k.tenant_id = $1 and k.id = h.actor_id
      where h.tenant_id = $1 and h.resource = $2 and h.resource_id = $3 order by h.occurred_at desc, h.id desc limit $4`,
    [ctx.tenant.id, resource, id, limit],
    true,
  )
  return rows.map(({ actor_id, name, ...row }) => ({ ...row, by: actor_id ? { id: actor_id, name: name ?? '—' } : null }))
}

/** How a row came into its present state; null when that was before its resource had a workflow. */
export const lastChange = async (ctx: Pick<Ctx, 'db' | 'tenant'>, resource: string, id: string): Promise<StatusChange | null> =>
  (await statusHistory(ctx, resource, id, 1))[0] ?? null
