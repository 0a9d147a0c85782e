// Inviting: an administrator says who and as what, a message goes out with a link, and until it is used it can be sent again or withdrawn.
import { checkGrant } from '#kernel/access/guards.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { type Channel, isAddress } from '#kernel/outbox/message.ts'
import { action, type Action, type Stored } from '#kernel/resource/action.ts'
import { optional, ref, text } from '#kernel/resource/field.ts'
import { newId } from '#kernel/resource/id.ts'
import { insertRow } from '#kernel/resource/store.ts'
import type { Words } from '#kernel/words.ts'
import { invitations } from './invitation-resource.ts'
import { invitationMessage, invitationSms } from './message-words.ts'
import { dropTokens, makeToken } from './message-token.ts'
import { phoneOf } from './phone.ts'

/** How long a link is good. */
export const DAYS = 7
/** Messages one community may send in an hour: more is somebody using it to pester strangers. */
const PER_HOUR = 60

const R = invitations.name

/** Whom to invite: an e-mail address or a phone number, not both. */
export type Invitee = { readonly name: string; readonly email: string | null; readonly phone: string | null }
type Invite = Invitee & { readonly role_id: string }

const NEITHER: Words = { id: 'Isi surel atau nomor telepon.', en: 'Enter an e-mail address or a phone number.' }
const BOTH: Words = { id: 'Pilih satu: surel atau nomor telepon.', en: 'Choose one: e-mail or phone.' }

export const inviteAction: Action<Invite> = action<Invite>({
  resource: R,
  noun: 'invitation',
  on: 'many',
  label: { id: 'Undang', en: 'Invite' },
  doc: {
    id: 'Mengundang seseorang lewat surel atau SMS untuk menjadi anggota. Tautan di dalamnya berlaku satu kali, selama tujuh hari.',
    en: 'Invites somebody by mail or SMS to become a member with a role. The link in the message works once and for seven days.',
  },
  input: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100 }),
    email: optional(
      text(
        { id: 'Surel', en: 'E-mail' },
        { max: 254, format: 'email', help: { id: 'Undangan dikirim ke sini.', en: 'The invitation goes here.' } },
      ),
    ),
    phone: optional(
      text(
        { id: 'Nomor telepon', en: 'Phone number' },
        {
          max: 20,
          format: 'phone',
          help: { id: 'Bila tidak ada surel: undangan dikirim lewat SMS.', en: 'Without an e-mail address: the invitation goes by SMS.' },
        },
      ),
    ),
    role_id: ref('core.roles', { id: 'Peran', en: 'Role' }),
  },
  refine: ({ email, phone }, issue) => {
    if (!email && !phone) issue('email', NEITHER)
    if (email && phone) issue('phone', BOTH)
  },
  run: (ctx, _row, input) => invitePerson(ctx, input),
})

/** Invites as whoever `ctx` is. Throws 403 `grants_too_much`, 409 `no_mail`, `no_sms`, `already_member`, 422, 429. */
export async function invitePerson(ctx: Ctx, input: Invite): Promise<{ id: string }> {
  await checkGrant(ctx, input.role_id)
  const { channel, contact } = inviteeOf(ctx.messages.carries, input)
  await refuseMember(ctx, channel, contact)
  const now = ctx.now.toISOString()
  const row = await insertRow(ctx, invitations, {
    id: newId(),
    name: input.name,
    channel,
    contact,
    role_id: input.role_id,
    status: 'pending',
    sent_at: now,
    expires_at: endOf(ctx.now),
  })
  await sendLink(ctx, { id: row.id, name: input.name, roleId: input.role_id, channel, contact })
  await ctx.emit('core.person_invited', R, row.id, { role_id: input.role_id, channel })
  return { id: row.id }
}

/** Withdraws what the installation itself has sent (nobody made it) and is not used yet. */
export async function dropPending(ctx: Ctx): Promise<void> {
  const { rows } = await ctx.db.query<{ id: string }>(
    `update core.invitations set status = 'withdrawn'
      where tenant_id = $1 and status = 'pending' and created_by is null and deleted_at is null returning id`,
    [ctx.tenant.id],
  )
  for (const { id } of rows) await dropTokens(ctx.db, 'invitation', aboutInvitation(ctx.tenant.id, id))
}

export const reminderAction: Action = action({
  resource: R,
  noun: 'reminder',
  label: { id: 'Kirim ulang', en: 'Send again' },
  doc: {
    id: 'Mengirim tautan baru untuk tujuh hari lagi; tautan yang lama tidak berlaku.',
    en: 'Sends a new link for seven more days; the earlier link stops working.',
  },
  input: {},
  when: (row) => row['status'] === 'pending',
  run: async (ctx, row) => {
    await checkGrant(ctx, row['role_id'])
    const channel = row['channel'] as Channel
    const contact = ctx.seal.open(row['contact'] as Buffer, `${R}.contact`)
    if (!ctx.messages.carries(channel)) throw noWay(channel)
    await ctx.db.query('update core.invitations set sent_at = $3, expires_at = $4, updated_by = $5 where tenant_id = $1 and id = $2', [
      ctx.tenant.id,
      row.id,
      ctx.now,
      endOf(ctx.now),
      ctx.actor.userId,
    ])
    await sendLink(ctx, { id: row.id, name: String(row['name']), roleId: String(row['role_id']), channel, contact })
  },
})

export const withdrawalAction: Action = action({
  resource: R,
  noun: 'withdrawal',
  label: { id: 'Tarik undangan', en: 'Withdraw' },
  doc: { id: 'Tautannya tidak berlaku lagi.', en: 'The link stops working.' },
  input: {},
  grave: true,
  when: (row) => row['status'] === 'pending',
  run: async (ctx, row: Stored) => {
    await ctx.db.query(`update core.invitations set status = 'withdrawn', updated_by = $3 where tenant_id = $1 and id = $2`, [
      ctx.tenant.id,
      row.id,
      ctx.actor.userId,
    ])
    await dropTokens(ctx.db, 'invitation', aboutInvitation(ctx.tenant.id, row.id))
  },
})

/** What the token of an invitation is about. */
export const aboutInvitation = (tenantId: string, id: string): string => `${tenantId}/${id}`

const endOf = (from: Date): string => new Date(from.getTime() + DAYS * 86_400_000).toISOString()

/** Where the message goes, if it can go: lower case, one way to write a number. Throws 422, 409 `no_mail`, `no_sms`. */
export function inviteeOf(carries: (channel: Channel) => boolean, invitee: Invitee): { channel: Channel; contact: string } {
  const { email, phone } = invitee
  if (!email && !phone) throw invalid([{ field: 'email', code: 'required', message: NEITHER }])
  if (email && phone) throw invalid([{ field: 'phone', code: 'rule_broken', message: BOTH }])
  const to = contactOf(invitee)
  if (!carries(to.channel)) throw noWay(to.channel)
  return to
}

function contactOf({ email, phone }: Invitee): { channel: Channel; contact: string } {
  if (email) {
    const contact = email.toLowerCase()
    if (isAddress('mail', contact)) return { channel: 'mail', contact }
    throw invalid([
      {
        field: 'email',
        code: 'not_an_email',
        message: { id: 'Ke alamat ini surat tidak dapat dikirim.', en: 'No message can be sent to this address.' },
      },
    ])
  }
  const contact = phoneOf(phone ?? '')
  if (contact) return { channel: 'sms', contact }
  throw invalid([
    {
      field: 'phone',
      code: 'not_a_phone',
      message: { id: 'Tulis nomor telepon genggam, seperti 081234567890.', en: 'Write a mobile number, such as 081234567890.' },
    },
  ])
}

const noWay = (channel: Channel): Refusal =>
  channel === 'mail'
    ? new Refusal(409, 'no_mail', {
        id: 'Balai ini belum dapat mengirim surel. Buatkan akunnya langsung, atau minta pengelola server mengatur surel.',
        en: 'This Balai cannot send mail yet. Make the account yourself, or ask whoever runs the server to set up mail.',
      })
    : new Refusal(409, 'no_sms', {
        id: 'Balai ini belum dapat mengirim SMS. Undang lewat surel, atau buatkan akunnya langsung.',
        en: 'This Balai cannot send SMS yet. Invite by e-mail, or make the account yourself.',
      })

/** Only about members of this very community: whether a stranger has an account elsewhere is nobody's business. */
async function refuseMember(ctx: Ctx, channel: Channel, contact: string): Promise<void> {
  const { rows } = await ctx.db.query(
    `select 1 from core.memberships m join core.users u on u.id = m.user_id
      where m.tenant_id = $1 and m.deleted_at is null and ${channel === 'mail' ? 'u.email' : 'u.phone'} = $2`,
    [ctx.tenant.id, contact],
  )
  if (rows.length)
    throw new Refusal(
      409,
      'already_member',
      { id: 'Pemilik alamat ini sudah menjadi anggota.', en: 'Whoever has this address is a member already.' },
      [],
    )
}

async function sendLink(ctx: Ctx, to: { id: string; name: string; roleId: string; channel: Channel; contact: string }): Promise<void> {
  const { rows } = await ctx.db.query<{ role: string; sent: number }>(
    `select r.name as role,
            (select count(*) from core.invitations i where i.tenant_id = $1 and i.sent_at > now() - interval '1 hour') as sent
       from core.roles r where r.tenant_id = $1 and r.id = $2`,
    [ctx.tenant.id, to.roleId],
  )
  if ((rows[0]?.sent ?? 0) > PER_HOUR)
    throw new Refusal(
      429,
      'too_many_invitations',
      { id: 'Terlalu banyak undangan dalam satu jam. Lanjutkan nanti.', en: 'Too many invitations in an hour. Go on later.' },
      [],
      {
        headers: { 'retry-after': '3600' },
      },
    )
  const token = await makeToken(ctx.db, 'invitation', aboutInvitation(ctx.tenant.id, to.id), DAYS * 24)
  // After the #: a browser sends that to nobody.
  const link = `${ctx.baseUrl}/app/invitation#${token}`
  const said = { name: to.name, inviter: ctx.actor.name, community: ctx.tenant.name, role: rows[0]?.role ?? '', link, days: DAYS }
  const words =
    to.channel === 'mail' ? invitationMessage(ctx.tenant.locale, said) : { subject: '', text: invitationSms(ctx.tenant.locale, said) }
  await ctx.messages.send({
    channel: to.channel,
    to: to.contact,
    ...words,
    purpose: 'invitation',
    key: `invitation:${newId()}`,
    secret: true,
    expiresAt: new Date(ctx.now.getTime() + DAYS * 86_400_000),
  })
}
