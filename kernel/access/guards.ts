// Nobody gives away more than they hold, nobody locks the community out of itself.
import type { Ctx } from '#kernel/ctx.ts'
import { forbidden, invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Guard } from '#kernel/resource/guard.ts'

const tooMuch = (): Refusal =>
  new Refusal(403, 'grants_too_much', {
    id: 'Anda tidak dapat memberi izin yang tidak Anda miliki sendiri.',
    en: 'You cannot grant permissions that you do not hold yourself.',
  })

/** Refuses to hand a role to somebody when it holds more than the actor does. */
export async function checkGrant(ctx: Ctx, roleId: unknown): Promise<void> {
  const { rows } = await ctx.db.query<{ permissions: string[] }>(
    'select permissions from core.roles where tenant_id = $1 and id = $2 and deleted_at is null',
    [ctx.tenant.id, roleId],
  )
  const role = rows[0]
  if (!role)
    throw invalid([
      { field: 'role_id', code: 'reference_not_found', message: { id: 'Peran ini tidak ada.', en: 'This role does not exist.' } },
    ])
  if (!ctx.mayGrant(role.permissions)) throw tooMuch()
}

export const roleGuard: Guard = {
  resource: 'core.roles',
  check: async (ctx, { verb, values, row }) => {
    const asked = (values['permissions'] ?? row?.['permissions'] ?? []) as string[]
    if (!ctx.mayGrant(asked) || (row && !ctx.mayGrant(row['permissions'] as string[]))) throw tooMuch()
    if (row && (row['permissions'] as string[]).includes('*:*') && verb !== 'restore')
      throw new Refusal(409, 'role_is_fixed', {
        id: 'Peran pengelola tidak dapat diubah atau dihapus.',
        en: 'The administrator role cannot be changed or deleted.',
      })
    if (verb !== 'delete') return
    const { rows } = await ctx.db.query<{ n: number }>(
      'select count(*) as n from core.memberships where tenant_id = $1 and role_id = $2 and deleted_at is null',
      [ctx.tenant.id, row?.id],
    )
    if (rows[0]?.n)
      throw new Refusal(409, 'role_in_use', {
        id: 'Masih ada anggota dengan peran ini. Pindahkan dulu.',
        en: 'Members still have this role. Move them first.',
      })
  },
}

export const membershipGuard: Guard = {
  resource: 'core.memberships',
  check: async (ctx, { verb, values, row }) => {
    const ends = verb === 'delete' || 'expires_on' in values
    const narrows = 'attributes' in values
    if (row && row['user_id'] === ctx.actor.userId && (ends || narrows))
      throw new Refusal(409, 'own_membership', {
        id: 'Anda tidak dapat mengubah peran atau status Anda sendiri.',
        en: 'You cannot change your own role or status.',
      })
    if (row) await checkGrant(ctx, row['role_id'])
  },
}

/** A shared view is seen by everybody; only its owner, or who manages roles, changes it. */
export const viewGuard: Guard = {
  resource: 'core.saved_views',
  check: async (ctx, { row }) => {
    if (row && row['created_by'] !== ctx.actor.userId && !ctx.can('core.roles:update')) throw forbidden('core.roles:update')
  },
}
