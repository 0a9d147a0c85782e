// Who is told: members of today with their choices and addresses, without those who may not see what it is about.
import { actorOf, type MemberRow } from '#kernel/access/members.ts'
import { visibleRows } from '#kernel/access/visible-rows.ts'
import { type Actor, dayIn, type Tenant } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { isId } from '#kernel/resource/id.ts'
import { type Model, resourceNamed } from '#kernel/resource/model.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { withinModules } from '#kernel/tenancy/open-modules.ts'
import type { Locale } from '#kernel/words.ts'
import { NO_MAIL } from '#kernel/identity/account-rules.ts'
import type { NotificationChannel } from './kind.ts'
import type { Notice, Recipients } from './notice.ts'
import type { Hours } from './wall-clock.ts'

export type Recipient = {
  readonly actor: Actor & { readonly userId: string }
  readonly locale: Locale
  readonly email: string | null
  /** Proven, E.164. */
  readonly phone: string | null
  /** What they chose for this kind; null: nothing. */
  readonly channels: readonly NotificationChannel[] | null
  readonly hours: Hours
  /** IANA. */
  readonly zone: string
}

type Row = Omit<MemberRow, 'rules'> &
  Hours & {
    user_id: string
    email: string
    phone: string | null
    locale: Locale | null
    channels: NotificationChannel[] | null
    time_zone: string | null
  }

type Home = { readonly db: Db; readonly model: Model; readonly tenant: Tenant }

/** The members of today that `to` means, by account. Reads in the caller's transaction. */
export async function membersMeant({ db, model, tenant }: Home, kind: string, to: Recipients, now: Date): Promise<Recipient[]> {
  const users = 'users' in to ? to.users.filter(isId) : null
  if (users?.length === 0) return []
  const { rows } = await db.query<Row>(
    `select m.user_id, m.id, m.name, m.attributes, m.expires_on, r.name as role, r.permissions, r.visibility, null as pin_set_at,
        u.email, case when u.phone_verified then u.phone end as phone, u.locale, c.channels, h.quiet_from, h.quiet_until, h.digest_at, h.time_zone
       from core.memberships m
       join core.roles r on r.tenant_id = $1 and r.id = m.role_id and r.deleted_at is null
       join core.users u on u.id = m.user_id and u.status = 'active'
       left join core.notification_choices c on c.tenant_id = $1 and c.user_id = m.user_id and c.kind = $2
       left join core.notification_hours h on h.tenant_id = $1 and h.user_id = m.user_id
      where m.tenant_id = $1 and m.status = 'active' and m.deleted_at is null
        and ($3::uuid[] is null or m.user_id = any($3)) and ($4::text is null or r.name = $4)
      order by m.user_id`,
    [tenant.id, kind, users, 'role' in to ? to.role : null],
  )
  const today = dayIn(tenant.timeZone, now)
  return rows
    .filter((row) => row.expires_on === null || row.expires_on >= today)
    .map((row): Recipient => {
      const { quiet_from, quiet_until, digest_at } = row
      return {
        actor: { ...withinModules(tenant, actorOf(model, row.user_id, row)), userId: row.user_id },
        locale: row.locale ?? tenant.locale,
        email: row.email.endsWith(NO_MAIL) ? null : row.email,
        phone: row.phone,
        channels: row.channels,
        hours: { quiet_from, quiet_until, digest_at },
        zone: row.time_zone ?? tenant.timeZone,
      }
    })
    .filter(({ actor }) => !('permission' in to) || actor.permissions.has(to.permission))
}

/** How many people's sights are looked through in one statement. */
const AT_ONCE = 50

/** Those who see the record, by the rules that lists and pages keep to. */
export async function seeing({ db, model, tenant }: Home, people: readonly Recipient[], about: Notice['about']): Promise<Recipient[]> {
  if (!about) return [...people]
  const r = resourceNamed(model, about.resource)
  const found: Recipient[] = []
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const some = people.slice(from, from + AT_ONCE)
    const { values, param } = paramsOf(tenant.id)
    const id = param(about.id)
    const tests = some.map(({ actor }) => `(${visibleRows(model, { actor, tenant }, r.name, param)})`)
    const { rows } = await db.query<{ seen: boolean[] }>(
      `select array[${tests.join(', ')}] as seen from ${r.table} t where t.tenant_id = $1 and t.id = ${id}`,
      values,
    )
    found.push(...some.filter((_, n) => rows[0]?.seen[n] === true))
  }
  return found
}
