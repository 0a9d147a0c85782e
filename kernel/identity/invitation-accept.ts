// Accepting: whoever holds the link makes an account, or joins with the one they have, and is a member in the same transaction.
import { checkGrant } from '#kernel/access/guards.ts'
import { forgetMembers, whoIs } from '#kernel/access/members.ts'
import type { Ctx, Origin, Tenant } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { House } from '#kernel/house.ts'
import { invitationAccepted } from '#kernel/notifications/own.ts'
import { newId } from '#kernel/resource/id.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { reading, systemActor, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { aboutInvitation } from './invitation-actions.ts'
import { invitations } from './invitation-resource.ts'
import { readToken, spendToken } from './message-token.ts'
import type { User } from './users.ts'

type Row = {
  id: string
  name: string
  role_id: string
  role: string
  channel: 'mail' | 'sms'
  contact: Buffer
  created_by: string | null
  expires_at: Date
}

/** All that a stranger with the link is told. */
export type InvitationFacts = {
  readonly community: string
  readonly role: string
  readonly invited_by: string
  readonly name: string
  readonly expires_at: Date
}

export type NewAccount = { readonly name: string; readonly username: string; readonly password: string }

const notGood = (): Refusal =>
  new Refusal(410, 'link_not_good', {
    id: 'Tautan ini sudah dipakai, ditarik, atau lewat waktunya. Minta undangan baru kepada pengundang.',
    en: 'This link was used, withdrawn, or is too old. Ask whoever invited you for a new one.',
  })

/** Throws 410 `link_not_good`, the same whatever is wrong with it. */
export async function showInvitation(house: House, token: string, origin: Origin): Promise<InvitationFacts> {
  const { tenant, id } = await meant(house, token)
  const ctx = await reading(house, systemWho(house, tenant, origin))
  const row = await pending(ctx, id, false)
  const inviter = await inviterOf(house, tenant, row)
  return { community: tenant.name, role: row.role, invited_by: inviter.actor.name, name: row.name, expires_at: row.expires_at }
}

/**
 * Makes the member: with `account` a new account whose address is proven by the link, else the one of `user`, who is signed in.
 * Throws 410 `link_not_good`, 422 (names, password), 409 `account_exists`, `already_member`.
 */
export async function acceptInvitation(
  house: House,
  token: string,
  by: { account: NewAccount } | { user: User },
  origin: Origin,
): Promise<{ tenant: string; username: string | null }> {
  const { tenant, id } = await meant(house, token)
  const who = systemWho(house, tenant, origin)
  await inviterOf(house, tenant, await pending(await reading(house, who), id, false))
  const { userId, username, role } = await writing(house, who, 'accepted', async (ctx) => {
    if (!(await spendToken(ctx.db, 'invitation', token))) throw notGood()
    const row = await pending(ctx, id, true)
    const person = 'user' in by ? { id: by.user.id, name: by.user.name, username: by.user.username } : await newPerson(ctx, row, by.account)
    const membership = newId()
    await refuseTwice(ctx, person.id)
    await ctx.db.query('insert into core.memberships (tenant_id, id, user_id, name, username, role_id) values ($1, $2, $3, $4, $5, $6)', [
      tenant.id,
      membership,
      person.id,
      person.name,
      person.username,
      row.role_id,
    ])
    await ctx.db.query(`update core.invitations set status = 'accepted', membership_id = $3 where tenant_id = $1 and id = $2`, [
      tenant.id,
      id,
      membership,
    ])
    await ctx.emit('core.invitation_accepted', invitations.name, id, { membership_id: membership })
    if (row.created_by)
      await ctx.notify({
        kind: invitationAccepted.name,
        to: { users: [row.created_by] },
        link: 'settings/members',
        data: { name: person.name, role: row.role },
        key: `invitation:${id}`,
      })
    return { userId: person.id, username: person.username, role: row.role }
  })
  forgetMembers(house, tenant.id)
  await noteSecurity(house, { kind: 'invitation_accepted', tenantId: tenant.id, userId, origin, detail: { role } })
  return { tenant: tenant.code, username }
}

async function meant(house: House, token: string): Promise<{ tenant: Tenant; id: string }> {
  const proof = await readToken(globalDb(house.database.app), 'invitation', token)
  const [tenantId = '', id = ''] = proof?.about.split('/') ?? []
  const tenant = proof && (await tenantById(house, tenantId))
  const open = tenant && tenant.status === 'active' && (!house.config.standalone || house.config.standalone === tenant.code)
  if (!open || aboutInvitation(tenant.id, id) !== proof.about) throw notGood()
  return { tenant, id }
}

const systemWho = (house: House, tenant: Tenant, origin: Origin): Who => ({
  tenant,
  actor: systemActor(house.model),
  origin,
  locale: tenant.locale,
})

async function pending(ctx: Ctx, id: string, lock: boolean): Promise<Row> {
  const { rows } = await ctx.db.query<Row>(
    `select i.id, i.name, i.role_id, r.name as role, i.channel, i.contact, i.created_by, i.expires_at
       from core.invitations i join core.roles r on r.tenant_id = $1 and r.id = i.role_id and r.deleted_at is null
      where i.tenant_id = $1 and i.id = $2 and i.status = 'pending'
        and i.deleted_at is null and i.expires_at > now()${lock ? ' for update of i' : ''}`,
    [ctx.tenant.id, id],
  )
  if (!rows[0]) throw notGood()
  return rows[0]
}

/** An invitation is worth what whoever sent it may still give: it dies with their membership, and with their right to the role. */
async function inviterOf(house: House, tenant: Tenant, row: Row): Promise<Who> {
  // The installation itself, for the first administrator (kernel/platform/first-invitation.ts).
  if (row.created_by === null) return systemWho(house, tenant, { requestId: newId(), ip: null, userAgent: null })
  try {
    const who = await whoIs(house, tenant.id, row.created_by)
    const ctx = await reading(house, who)
    if (!ctx.can(`${invitations.name}:invitation`)) throw notGood()
    await checkGrant(ctx, row.role_id)
    return who
  } catch (error) {
    throw error instanceof Refusal ? notGood() : error
  }
}

async function newPerson(ctx: Ctx, row: Row, account: NewAccount): Promise<{ id: string; name: string; username: string }> {
  const contact = ctx.seal.open(row.contact, `${invitations.name}.contact`)
  const column = row.channel === 'mail' ? 'email' : 'phone'
  const { rows } = await ctx.db.query(`select 1 from core.users where ${column} = $1`, [contact])
  // Whoever holds the link reads this mailbox, so they may know that it has an account.
  if (rows.length)
    throw new Refusal(409, 'account_exists', {
      id: 'Alamat tujuan undangan ini sudah punya akun. Masuk dulu dengan akun itu, lalu buka lagi tautan undangannya.',
      en: 'The address this was sent to has an account already. Sign in with it, then open the link again.',
    })
  const name = account.name.trim().replace(/\s+/g, ' ')
  const username = account.username.trim().toLowerCase()
  const { id } = await ctx.createAccount({
    name,
    username,
    password: account.password,
    ...(row.channel === 'mail' ? { email: contact } : {}),
  })
  const proven = row.channel === 'mail' ? 'email_verified = true' : 'phone = $2, phone_verified = true'
  await ctx.db.query(`update core.users set ${proven}, updated_at = now() where id = $1`, row.channel === 'mail' ? [id] : [id, contact])
  return { id, name, username }
}

async function refuseTwice(ctx: Ctx, userId: string): Promise<void> {
  const { rows } = await ctx.db.query('select 1 from core.memberships where tenant_id = $1 and user_id = $2 and deleted_at is null', [
    ctx.tenant.id,
    userId,
  ])
  if (rows.length)
    throw new Refusal(409, 'already_member', { id: 'Anda sudah menjadi anggota di sini.', en: 'You are a member here already.' })
}
