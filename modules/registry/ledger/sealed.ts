// Counting what is encrypted: the few health facts are opened one by one, as they are today, for who may reveal them.
import type { Ctx } from '#kernel/ctx.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { type Filter, heldOn, mayUseSecrets, passes } from './filter.ts'
import type { Breakdown } from './breakdowns.ts'
import type { Group } from './groups.ts'

export type Opened = { readonly id: string; readonly gender: 'L' | 'P'; readonly area_id: string | null; readonly value: string | null }

/** Everybody who passes the filter, with an encrypted field in clear. Throws 403 for who may not reveal it, 422 for a past day. */
export async function opened(ctx: Ctx, f: Filter, field: NonNullable<Breakdown['secret']>, b: Breakdown | null = null): Promise<Opened[]> {
  mayUseSecrets(ctx, f)
  const { values, param } = paramsOf(ctx.tenant.id)
  const day = `${param(f.booked)}::date`
  const { rows } = await ctx.db.query<Omit<Opened, 'value'> & { sealed: Buffer | null }>(
    `select t.citizen_id as id, t.gender, t.area_id, c.${field} as sealed
     from registry.citizen_spans t join registry.citizens c on c.tenant_id = $1 and c.id = t.citizen_id
     where t.tenant_id = $1 and ${heldOn('t', day)} and ${passes(ctx, f, param, undefined, b)('t', day)}`,
    values,
  )
  return rows.map(({ sealed, ...row }) => ({ ...row, value: sealed && ctx.seal.open(sealed, `registry.citizens.${field}`) }))
}

/** Whether what was opened puts somebody into the group. */
export const inGroup = (g: Group, o: Opened): boolean =>
  !g.secret ||
  (o.gender === g.secret.sex && o.value !== null && o.value !== g.secret.except && (g.secret.is === undefined || o.value === g.secret.is))

/** Notes in the change log that somebody saw, of these people, what an encrypted field says: which field, never the value. */
export async function noteOpened(ctx: Ctx, ids: readonly string[], field: string): Promise<void> {
  const { actor, origin, tenant } = ctx
  await ctx.db.query(
    `insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, after, ip_address, user_agent, request_id)
     select $1, $2, 'revealed', 'registry.citizens', id, $4, $5, $6, $7 from unnest($3::uuid[]) id`,
    [tenant.id, actor.userId, ids, JSON.stringify({ [field]: null }), origin.ip, origin.userAgent, origin.requestId],
  )
}
