// What is asked of the security log: its entries, newest first, and how many there were on each day.
import type { Ctx } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { deviceOf } from '#kernel/identity/device.ts'
import { day, type Field, integer, opaqueId, optional, tags, text } from '#kernel/resource/field.ts'
import { isId } from '#kernel/resource/id.ts'
import { type Query, query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { type Locale, say } from '#kernel/words.ts'

/** Days a chart shows when nobody says otherwise, and at most. */
const DAYS = 30
const DAYS_MAX = 92

export type SecurityEntry = {
  id: string
  at: Date
  kind: string
  times: number
  actor: { id: string | null; name: string } | null
  ip: string | null
  device: string | null
  request_id: string | null
  detail: Record<string, unknown>
  /** In the platform's log: the community it was about, while it exists. */
  community?: { code: string; name: string }
}
type Row = {
  id: string
  occurred_at: Date
  at_text: string
  kind: string
  times: number
  user_id: string | null
  name: string | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
  detail: Record<string, unknown>
  community: { code: string; name: string } | null
}
export type SecurityFilter = { kind?: string[] | null; user_id?: string | null; from?: string | null; until?: string | null }

/** What both reads can be asked for. */
export const DAYS_INPUT: Readonly<Record<string, Field>> = {
  kind: optional(tags({ id: 'Jenis kejadian', en: 'Kinds of event' }, { pattern: '[a-z_]{2,40}' })),
  user_id: optional(opaqueId({ id: 'Akun', en: 'Account' })),
  from: optional(day({ id: 'Dari', en: 'From' }, { from: '1970-01-01' })),
  until: optional(day({ id: 'Sampai', en: 'Until' }, { from: '1970-01-01' })),
}

export type EventsAsked = SecurityFilter & { limit?: number | null; after?: string | null }
export const EVENTS_INPUT: Readonly<Record<string, Field>> = {
  ...DAYS_INPUT,
  limit: optional(integer({ id: 'Jumlah baris', en: 'Rows' }, { min: 1, max: 200 })),
  after: optional(text({ id: 'Setelah', en: 'After' }, { max: 300 })),
}

/** Whose log is read, and by whom: a community's by its members' names, the platform's by those of accounts. */
export type LogReader = {
  readonly db: Db
  readonly tenantId: string
  readonly names: 'members' | 'accounts'
  readonly timeZone: string
  readonly locale: Locale
  /** `YYYY-MM-DD` in that zone. */
  readonly today: string
}

const readerOf = ({ db, tenant, locale, today }: Ctx): LogReader => ({
  db,
  tenantId: tenant.id,
  names: 'members',
  timeZone: tenant.timeZone,
  locale,
  today,
})

const NAMES = {
  members: {
    community: 'null::jsonb',
    join: 'left join core.memberships m on m.tenant_id = $1 and m.user_id = e.user_id and m.deleted_at is null',
  },
  accounts: {
    community: `case when c.id is not null then jsonb_build_object('code', c.code, 'name', c.name) end`,
    join: `left join core.users m on m.id = e.user_id left join core.tenants c on c.id::text = e.detail ->> 'community'`,
  },
} as const

/** The filter as conditions over the alias `e`; days are those of the reader's zone. */
function eventsWhere({ timeZone }: LogReader, asked: SecurityFilter, param: (value: unknown) => string): string {
  const zone = (): string => param(timeZone)
  return [
    'true',
    ...(asked.kind?.length ? [`e.kind = any(${param(asked.kind)}::text[])`] : []),
    ...(asked.user_id ? [`e.user_id = ${param(asked.user_id)}::uuid`] : []),
    ...(asked.from ? [`e.occurred_at >= ${param(asked.from)}::date::timestamp at time zone ${zone()}`] : []),
    ...(asked.until ? [`e.occurred_at < (${param(asked.until)}::date + 1)::timestamp at time zone ${zone()}`] : []),
  ].join(' and ')
}

function place(after: string): [string, string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(after, 'base64url').toString()) as [string, string]
    if (isId(id) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(at) && !Number.isNaN(Date.parse(at))) return [at, id]
  } catch {
    // fall through: one answer for every marker that is not ours
  }
  throw new Refusal(400, 'invalid_cursor', { id: 'Penunjuk halaman tidak berlaku.', en: 'This page marker is not valid.' })
}

const entryOf = (locale: Locale, row: Row): SecurityEntry => ({
  id: row.id,
  at: row.occurred_at,
  kind: row.kind,
  times: row.times,
  actor: row.user_id || row.name ? { id: row.user_id, name: row.name ?? '—' } : null,
  ip: row.ip,
  device: row.user_agent && say(deviceOf(row.user_agent), locale),
  request_id: row.request_id,
  detail: row.detail,
  ...(row.community ? { community: row.community } : {}),
})

/** A page of a log, newest first. Throws 400 `invalid_cursor`. */
export async function readEvents(reader: LogReader, asked: EventsAsked): Promise<{ data: SecurityEntry[]; page: { next: string | null } }> {
  const { values, param } = paramsOf(reader.tenantId)
  const { community, join } = NAMES[reader.names]
  const limit = asked.limit ?? 50
  let where = eventsWhere(reader, asked, param)
  if (asked.after) {
    const [at, id] = place(asked.after)
    where += ` and (e.occurred_at, e.id) < (${param(at)}::timestamptz, ${param(id)}::uuid)`
  }
  const { rows } = await reader.db.query<Row>(
    `select e.id, e.occurred_at, e.occurred_at::text as at_text, e.kind, e.times, e.user_id, coalesce(e.actor_name, m.name) as name, e.ip, e.user_agent,
       e.request_id, e.detail, ${community} as community
     from core.security_events e ${join}
     where e.tenant_id = $1 and ${where} order by e.occurred_at desc, e.id desc limit ${limit + 1}`,
    values,
  )
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    data: page.map((row) => entryOf(reader.locale, row)),
    page: { next: last ? Buffer.from(JSON.stringify([last.at_text, last.id])).toString('base64url') : null },
  }
}

export type EventDays = { from: string; until: string; data: { day: string; kind: string; times: number }[] }

/** How many events of each kind there were on each day. */
export async function eventDays(reader: LogReader, asked: SecurityFilter): Promise<EventDays> {
  const { values, param } = paramsOf(reader.tenantId)
  const shift = (date: string, n: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
  const until = asked.until ?? reader.today
  const first = shift(until, 1 - DAYS_MAX)
  const from = asked.from ? (asked.from < first ? first : asked.from) : shift(until, 1 - DAYS)
  const where = eventsWhere(reader, { ...asked, from, until }, param)
  const { rows } = await reader.db.query<EventDays['data'][number]>(
    `select (e.occurred_at at time zone ${param(reader.timeZone)})::date as day, e.kind, sum(e.times)::bigint as times
     from core.security_events e where e.tenant_id = $1 and ${where} group by 1, 2 order by 1, 2`,
    values,
  )
  return { from, until, data: rows }
}

const events = query<EventsAsked>({
  name: 'core.security_events',
  label: { id: 'Catatan keamanan', en: 'Security log' },
  doc: `Sign-ins, refusals, lockouts, reads of secrets, exports: newest first. \`times\` counts alike events that were folded into one.
\`after\` takes the \`next\` of the page before. \`kind\` may name several, with commas.`,
  permission: 'core.security_events:read',
  input: EVENTS_INPUT,
  run: (ctx, asked) => readEvents(readerOf(ctx), asked),
})

const days = query<SecurityFilter>({
  name: 'core.security-days',
  label: { id: 'Kejadian keamanan per hari', en: 'Security events per day' },
  doc: `How many events of each kind there were on each day, in the community's time zone: the last ${DAYS} days, or from \`from\` until \`until\` (at most ${DAYS_MAX}).`,
  permission: 'core.security_events:read',
  input: DAYS_INPUT,
  run: (ctx, asked) => eventDays(readerOf(ctx), asked),
})

export const securityQueries: readonly Query<never>[] = [events as unknown as Query<never>, days as unknown as Query<never>]
