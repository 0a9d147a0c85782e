// Reading the change log: what happened to one record, and to everything in a community. Secrets stay masked.
import type { Ctx } from '#kernel/ctx.ts'
import { shown } from '#kernel/resource/columns.ts'
import { isId } from '#kernel/resource/id.ts'
import type { Model } from '#kernel/resource/model.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { titleOf, titlePlan } from '#kernel/resource/titles.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { Refusal } from '#kernel/http/refusal.ts'

export type Change = { field: string; before: unknown; after: unknown; before_title?: string; after_title?: string }
export type Entry = {
  id: string
  at: Date
  actor: { id: string; name: string } | null
  action: string
  resource: string
  resource_id: string
  /** What the record is called now, as far as the reader may know. */
  title?: string
  changes: Change[]
  ip: string | null
  user_agent: string | null
  request_id: string | null
}
type LogRow = {
  id: string
  occurred_at: Date
  at_text: string
  actor_id: string | null
  actor_name: string | null
  action: string
  resource: string
  resource_id: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  ip_address: string | null
  user_agent: string | null
  request_id: string | null
}

export type AuditFilter = {
  resource?: string
  resourceId?: string /** The caller has checked that the actor sees this row. */
  seen?: true
  actorId?: string
  action?: string
  from?: string
  until?: string
  limit: number
  after: string | null
}

const badCursor = (): Refusal =>
  new Refusal(400, 'invalid_cursor', { id: 'Penunjuk halaman tidak berlaku.', en: 'This page marker is not valid.' })

function place(after: string): [string, string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(after, 'base64url').toString()) as [string, string]
    if (isId(id) && /^\d{4}-\d\d-\d\d[ T0-9:.+-]*$/.test(at)) return [at, id]
  } catch {
    // fall through
  }
  throw badCursor()
}

/** The whole log shows only what the actor could read in full: a rule that hides rows hides their history too. */
export const readableResources = (ctx: Ctx, model: Model): string[] =>
  [...model.resources.keys()].filter((name) => ctx.can(`${name}:read`) && ctx.sees(name, () => '') === 'true')

/** Entries, newest first. */
export async function readLog(ctx: Ctx, model: Model, filter: AuditFilter): Promise<{ data: Entry[]; page: { next: string | null } }> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const where = ['l.tenant_id = $1']
  if (!filter.seen) {
    where.push(`l.resource = any(${param(readableResources(ctx, model))})`)
  }
  if (filter.resource) where.push(`l.resource = ${param(filter.resource)}`)
  if (filter.resourceId) where.push(`l.resource_id = ${param(filter.resourceId)}`)
  if (filter.actorId) where.push(`l.actor_id = ${param(filter.actorId)}`)
  if (filter.action) where.push(`l.action = ${param(filter.action)}`)
  if (filter.from) where.push(`l.occurred_at >= ${param(filter.from)}::date`)
  if (filter.until) where.push(`l.occurred_at < ${param(filter.until)}::date + 1`)
  if (filter.after) {
    const [at, id] = place(filter.after)
    where.push(`(l.occurred_at, l.id) < (${param(at)}::timestamptz, ${param(id)}::uuid)`)
  }
  const { rows } = await ctx.db.query<LogRow>(
    `select l.id, l.occurred_at, l.occurred_at::text as at_text, l.actor_id, coalesce(m.name, k.name) as actor_name, l.action, l.resource, l.resource_id, l.before, l.after, l.ip_address, l.user_agent, l.request_id
       from core.audit_logs l left join core.memberships m on m.tenant_id = $1 and m.user_id = l.actor_id and m.deleted_at is null
       left join core.api_keys k on k.tenant_id = $1 and k.id = l.actor_id
      where ${where.join(' and ')} order by l.occurred_at desc, l.id desc limit ${filter.limit + 1}`,
    values,
  )
  const shownRows = rows.slice(0, filter.limit)
  const data = shownRows.map((row) => entryOf(ctx, model, row, filter.seen === true))
  await nameReferences(ctx, model, data)
  if (!filter.seen) await nameRecords(ctx, model, data)
  const last = rows.length > filter.limit ? shownRows.at(-1) : undefined
  return { data, page: { next: last ? Buffer.from(JSON.stringify([last.at_text, last.id])).toString('base64url') : null } }
}

function entryOf(ctx: Ctx, model: Model, row: LogRow, seen: boolean): Entry {
  const r = model.resources.get(row.resource)
  const before = row.before ?? {}
  const after = row.after ?? {}
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (f) => !['deleted_at', 'deleted_by', 'is_system'].includes(f) && (seen || !r?.noticed || !r.fields[f]?.secret),
  )
  return {
    id: row.id,
    at: row.occurred_at,
    actor: row.actor_id ? { id: row.actor_id, name: row.actor_name ?? '—' } : null,
    action: row.action,
    resource: row.resource,
    resource_id: row.resource_id,
    changes: fields.map((field) => ({ field, before: logged(ctx, r, field, before[field]), after: logged(ctx, r, field, after[field]) })),
    ip: row.ip_address,
    user_agent: row.user_agent,
    request_id: row.request_id,
  }
}

/** A value as the log keeps it: sealed bytes are `\x…` text there. */
function logged(ctx: Ctx, r: Resource | undefined, field: string, value: unknown): unknown {
  const f = r?.fields[field]
  if (value === null || value === undefined || !r || !f) return value ?? null
  if (!f.secret || typeof value !== 'string') return value
  return shown(ctx.seal, r, field, Buffer.from(value.slice(2), 'hex'))
}

/** Names of the records that a page of the log is about: one statement per kind of record. */
async function nameRecords(ctx: Ctx, model: Model, entries: Entry[]): Promise<void> {
  for (const [resource, about] of Map.groupBy(entries, (e) => e.resource)) {
    const names = await titlesByIds(ctx, model, model.resources.get(resource), [...new Set(about.map((e) => e.resource_id))])
    for (const e of about) {
      const title = names.get(e.resource_id)
      if (title) e.title = title
    }
  }
}

/** Names of the rows that changed references point to: one statement per kind of row. */
async function nameReferences(ctx: Ctx, model: Model, entries: Entry[]): Promise<void> {
  const wanted = new Map<string, Set<string>>()
  const refOf = (e: Entry, c: Change): string | undefined => {
    const f = model.resources.get(e.resource)?.fields[c.field]
    return f?.kind === 'ref' ? f.to : undefined
  }
  for (const e of entries)
    for (const c of e.changes) {
      const to = refOf(e, c)
      if (to) for (const id of [c.before, c.after]) if (isId(id)) wanted.set(to, (wanted.get(to) ?? new Set()).add(id))
    }
  const names = new Map<string, string>()
  for (const [to, ids] of wanted)
    for (const [id, title] of await titlesByIds(ctx, model, model.resources.get(to), [...ids])) names.set(id, title)
  for (const e of entries)
    for (const c of e.changes)
      if (refOf(e, c)) {
        c.before_title = names.get(String(c.before)) ?? ''
        c.after_title = names.get(String(c.after)) ?? ''
      }
}

/** What rows are called, by id, as far as the actor may see them. */
export async function titlesByIds(ctx: Ctx, model: Model, r: Resource | undefined, ids: readonly string[]): Promise<Map<string, string>> {
  if (!r || !ids.length || !ctx.can(`${r.name}:read`)) return new Map()
  const { values, param } = paramsOf(ctx.tenant.id)
  const key = param(ids)
  const plan = titlePlan(ctx, model, r, param)
  const columns = r.title.filter((f) => r.fields[f]?.kind !== 'point').map((f) => `t.${f}`)
  const { rows } = await ctx.db.query<Stored>(
    `select t.id, ${columns.join(', ')}${plan.columns} from ${r.table} t ${plan.joins} where t.tenant_id = $1 and t.id = any(${key}::uuid[]) and ${ctx.sees(r.name, param)}`,
    values,
  )
  return new Map(rows.map((row) => [row.id, titleOf(ctx.seal, plan, r, row, ctx.locale)]))
}
