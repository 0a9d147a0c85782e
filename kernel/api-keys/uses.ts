// When each key was last used, and from where: kept beside the keys, since it moves too often for the change log.
import { paramsOf } from '#kernel/resource/store.ts'
import { type Query, query } from '#kernel/resource/query.ts'

type Use = { id: string; last_used_at: Date; last_used_ip: string | null }

export const keyUses = query<Record<string, never>>({
  name: 'core.api-key-uses',
  label: { id: 'Pemakaian kunci API', en: 'Use of API keys' },
  doc: 'When each key was last used, to the minute, and from which address. Keys that were never used are not in it.',
  permission: 'core.api_keys:read',
  input: {},
  async run(ctx) {
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<Use>(
      `select t.id, s.last_used_at, s.last_used_ip
         from core.api_keys t join core.api_key_secrets s on s.tenant_id = $1 and s.key_id = t.id
        where t.tenant_id = $1 and t.deleted_at is null and s.last_used_at is not null and ${ctx.sees('core.api_keys', param)}
        order by s.last_used_at desc, t.id limit 1000`,
      values,
    )
    return { data: rows }
  },
}) as unknown as Query<never>
