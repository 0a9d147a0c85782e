// The last look before a notice leaves by mail, SMS or to a browser: people leave, lose sight of a record, read it meanwhile or go to bed.
import { findMember } from '#kernel/access/members.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { NO_MAIL } from '#kernel/identity/account-rules.ts'
import type { Fresh } from '#kernel/outbox/outbox.ts'
import type { Channel } from '#kernel/outbox/message.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { withinModules } from '#kernel/tenancy/open-modules.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { type Locale, say } from '#kernel/words.ts'
import type { NotificationChannel } from './kind.ts'
import type { Content, NoticeRef } from './notice.ts'
import { SEALED_AS } from './notice.ts'
import { channelsFor } from './notify.ts'
import { addressOf, choicesPage } from './places.ts'
import { digestOf, mailOf, pushOf, smsOf, type Told } from './say-notice.ts'
import { visibleNotices } from './visible.ts'
import { type Hours, quietUntil } from './wall-clock.ts'

type Person = { email: string; phone: string | null; locale: Locale | null }
type Line = {
  id: string
  kind: string
  content: Buffer
  resource: string | null
  resource_id: string | null
  link: string | null
  channels: NotificationChannel[] | null
}

/** `Fresh` of a house: what a queued notice says now, null when nobody needs it any more, or when to ask again. */
export const freshNotices =
  (house: () => House): Fresh =>
  async (notice, channel, said) => {
    const ctx = await asReader(house(), notice)
    const person = ctx && (await personOf(house(), notice.userId))
    if (!ctx || !person) return null
    const locale = person.locale ?? ctx.tenant.locale
    const lines = (await linesOf(house(), ctx, notice)).filter((line) => wants(house(), line, channel))
    if (!lines.length) return null
    const urgent = lines.every((line) => house().model.notifications.get(line.kind)?.urgent)
    const quiet = urgent ? null : await quietNow(ctx, notice.userId)
    if (quiet) return quiet
    const { baseUrl } = house().config
    const told = lines.map((line): Told => {
      const content = JSON.parse(ctx.seal.open(line.content, SEALED_AS)) as Content
      return { title: say(content.title, locale), text: say(content.message, locale), url: addressOf(baseUrl, ctx.tenant.code, line) }
    })
    const first = told[0]!
    if (channel === 'sms') return person.phone ? { to: person.phone, subject: '', text: smsOf(first, ctx.tenant.name) } : null
    // A browser that was signed out meanwhile is not known any more: its sender says so.
    if (channel === 'push') return { to: said.to, subject: '', text: pushOf(first, ctx.tenant.name, lines[0]!.id) }
    if (person.email.endsWith(NO_MAIL)) return null
    const choices = choicesPage(baseUrl, ctx.tenant.code)
    const written = 'digest' in notice ? digestOf(told, ctx.tenant.name, choices, locale) : mailOf(first, ctx.tenant.name, choices, locale)
    return { to: person.email, ...written }
  }

/** As the member they are now; null when they are none, or their community is closed. */
async function asReader(house: House, { tenantId, userId }: NoticeRef): Promise<Ctx | null> {
  const tenant = await tenantById(house, tenantId)
  const member = tenant?.status === 'active' ? await findMember(house, tenant, userId) : null
  if (!tenant || !member) return null
  const origin = { requestId: 'notice', ip: null, userAgent: null }
  return reading(house, { tenant, actor: withinModules(tenant, member.actor), origin, locale: tenant.locale })
}

async function personOf(house: House, userId: string): Promise<Person | null> {
  const { rows } = await globalDb(house.database.app).query<Person>(
    `select email, case when phone_verified then phone end as phone, locale from core.users where id = $1 and status = 'active'`,
    [userId],
  )
  return rows[0] ?? null
}

const wants = (house: House, line: Line, channel: Channel): boolean => {
  const kind = house.model.notifications.get(line.kind)
  return kind !== undefined && channelsFor(kind, line.channels).includes(channel)
}

/** What is still unread and still in sight: the one that is named, or all that a digest tells. */
async function linesOf(house: House, ctx: Ctx, notice: NoticeRef): Promise<Line[]> {
  if ('digest' in notice)
    // What another digest told is not told again; the same digest, tried again, tells the same.
    await ctx.db.query(
      `update core.notifications set digested_at = $3
        where tenant_id = $1 and user_id = $2 and digest_at <= $3 and digested_at is null and not is_read`,
      [ctx.tenant.id, notice.userId, notice.digest],
    )
  const { values, param } = paramsOf(ctx.tenant.id)
  const user = param(notice.userId)
  const which = 'digest' in notice ? `n.digested_at = ${param(notice.digest)}` : `n.id = ${param(notice.id)}`
  const { rows } = await ctx.db.query<Line>(
    `select n.id, n.kind, n.content, n.resource, n.resource_id, n.link, c.channels
       from core.notifications n
       left join core.notification_choices c on c.tenant_id = $1 and c.user_id = n.user_id and c.kind = n.kind
      where n.tenant_id = $1 and n.user_id = ${user} and ${which} and not n.is_read and n.content is not null
        and ${await visibleNotices(ctx, house.model, param)}
      order by n.id limit 200`,
    values,
  )
  return rows
}

async function quietNow(ctx: Ctx, userId: string): Promise<Date | null> {
  const { rows } = await ctx.db.query<Hours & { time_zone: string | null }>(
    `select quiet_from, quiet_until, digest_at, time_zone from core.notification_hours where tenant_id = $1 and user_id = $2`,
    [ctx.tenant.id, userId],
  )
  return rows[0] ? quietUntil(rows[0], rows[0].time_zone ?? ctx.tenant.timeZone, ctx.now) : null
}
