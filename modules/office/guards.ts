// An official's account is that of a member here: nobody is linked to somebody from another community.
import { invalid } from '#kernel/http/refusal.ts'
import type { Guard } from '#kernel/resource/guard.ts'

export const accountGuard: Guard = {
  resource: 'office.apparatus',
  check: async (ctx, { values }) => {
    const account = values['user_id']
    if (!account) return
    const { rowCount } = await ctx.db.query('select 1 from core.memberships where tenant_id = $1 and user_id = $2 and deleted_at is null', [
      ctx.tenant.id,
      account,
    ])
    if (!rowCount)
      throw invalid([
        {
          field: 'user_id',
          code: 'reference_not_found',
          message: { id: 'Akun ini bukan anggota desa ini.', en: 'This account is no member of this village.' },
        },
      ])
  },
}
