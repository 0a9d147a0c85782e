// The first administrator by invitation: the operator names an address, and whoever reads it makes their own account. Nobody types a
// password for somebody else. Only while nobody administers the community: an operator has no way into one that is inhabited.
import { ADMINISTRATOR } from '#kernel/access/templates.ts'
import type { Origin, Tenant } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { dropPending, type Invitee, inviteeOf, invitePerson } from '#kernel/identity/invitation-actions.ts'
import { systemActor, writing } from '#kernel/tenancy/as-tenant.ts'
import { insideAsOwner } from './owner-db.ts'

/** Who may let others in, and who is asked to: what the operator is told of the people of a community. */
export type Administration = {
  /** Members with the role of the administrator who can come in. */
  readonly administrators: number
  /** The invitation of the installation that still waits; to whom is not told. */
  readonly invitation: { readonly name: string; readonly sent_at: Date; readonly expires_at: Date } | null
}

async function administratorsIn(db: Db, tenantId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from core.memberships m join core.roles r on r.tenant_id = $1 and r.id = m.role_id and r.deleted_at is null
      where m.tenant_id = $1 and m.status = 'active' and m.deleted_at is null
        and (m.expires_on is null or m.expires_on >= current_date) and '*:*' = any(r.permissions)`,
    [tenantId],
  )
  return rows[0]?.n ?? 0
}

export async function administrationOf(house: Pick<House, 'database'>, tenantId: string): Promise<Administration> {
  const db = insideAsOwner(house, tenantId)
  const { rows } = await db.query<NonNullable<Administration['invitation']>>(
    `select name, sent_at, expires_at from core.invitations
      where tenant_id = $1 and status = 'pending' and created_by is null and deleted_at is null order by sent_at desc limit 1`,
    [tenantId],
  )
  return { administrators: await administratorsIn(db, tenantId), invitation: rows[0] ?? null }
}

/** Throws 422 naming the field, 409 `no_mail`, `no_sms`: before a community is made for somebody who cannot be reached. */
export const checkInvitee = (house: Pick<House, 'outbox'>, invitee: Invitee): void =>
  void inviteeOf((channel) => house.outbox.carries(channel), invitee)

/**
 * Invites the first administrator of a community; an earlier invitation of the installation stops working.
 * Throws as `checkInvitee`, and 409 `has_administrator`.
 */
export async function inviteFirst(house: House, tenant: Tenant, invitee: Invitee, origin: Origin): Promise<void> {
  const who = { tenant, actor: systemActor(house.model), origin, locale: tenant.locale }
  await writing(house, who, 'invited', async (ctx) => {
    // One after the other: of two operators at once, the second replaces what the first sent.
    const { rows } = await ctx.db.query<{ id: string }>(
      'select id from core.roles where tenant_id = $1 and name = $2 and deleted_at is null for update',
      [tenant.id, ADMINISTRATOR],
    )
    if (await administratorsIn(ctx.db, tenant.id))
      throw new Refusal(409, 'has_administrator', {
        id: 'Komunitas ini sudah punya administrator; dialah yang mengundang orang lain.',
        en: 'This community has an administrator already; they invite others.',
      })
    await dropPending(ctx)
    await invitePerson(ctx, { ...invitee, role_id: rows[0]?.id ?? '' })
  })
}
