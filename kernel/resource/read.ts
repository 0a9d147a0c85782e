// Reading rows as the API answers them: one row, a page of a list, a count, names for a picker.
import type { Param } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { escapeLike, MATCHES_MAX, matchesOf } from '#kernel/search/match.ts'
import { clockColumns, clockFacts, clockJoin, overdueSql } from '#kernel/workflow/read-clock.ts'
import type { Stored } from './action.ts'
import { listSelect, presentFields, selectList, type Shape, shapeWith, WHEN } from './columns.ts'
import { isId } from './id.ts'
import { type Condition, encodeCursor, type ListQuery, orderName } from './list-query.ts'
import { mayDo } from './may.ts'
import type { Model } from './model.ts'
import type { Resource } from './resource.ts'
import { paramsOf } from './store.ts'
import { type TitlePlan, titleOf, titlePlan, titlesOf } from './titles.ts'
import { INDEX_SUFFIX, sortColumn } from './to-table.ts'

export type Presented = Record<string, unknown> & { id: string; version: number; may: string[] }

/** A stored row as JSON, with the names of what it refers to and what the caller may do next. */
export function present(ctx: Ctx, model: Model, r: Resource, plan: TitlePlan, row: Stored, shape?: Shape): Presented {
  const presented = presentFields(ctx, r, row, shape)
  presented['titles'] = titlesOf(ctx.seal, plan, row, ctx.locale, shape?.names)
  presented['title'] = titleOf(ctx.seal, plan, r, row, ctx.locale)
  presented['may'] = mayDo(ctx, model, r, row)
  if (model.workflows.has(r.name)) presented['clock'] = clockFacts(ctx.now, row)
  return presented as Presented
}

/** One row by id; 404 when it is not there or not visible. Deleted rows are shown to those who may restore them. */
export async function readOne(ctx: Ctx, model: Model, r: Resource, id: string): Promise<Presented> {
  if (!isId(id)) throw notFound()
  const { values, param } = paramsOf(ctx.tenant.id)
  const key = param(id)
  const plan = titlePlan(ctx, model, r, param)
  const visible = ctx.sees(r.name, param)
  const text =
    (visible === 'true' ? oneOf.get(plan) : undefined) ??
    `select ${selectList(r)}${clockColumns(model.workflows, r)}${plan.columns} from ${r.table} t ${clockJoin(model.workflows, r)} ${plan.joins} where t.tenant_id = $1 and t.id = ${key} and ${visible}`
  if (visible === 'true') oneOf.set(plan, text)
  const { rows } = await ctx.db.query<Stored>(text, values, true)
  const row = rows[0]
  if (!row || (row['deleted_at'] && !ctx.can(`${r.name}:restore`))) throw notFound()
  return present(ctx, model, r, plan, row)
}

/** A row that was just inserted. Who sees all rows sees this one, and if it refers to nothing there are no names to read: then it is answered as it was stored. */
export async function readNew(ctx: Ctx, model: Model, r: Resource, row: Stored): Promise<Presented> {
  const refers = Object.entries(r.fields).some(([name, f]) => f.kind === 'ref' && row[name])
  if (refers || model.workflows.has(r.name) || ctx.sees(r.name, () => '') !== 'true') return readOne(ctx, model, r, row.id)
  return present(
    ctx,
    model,
    r,
    titlePlan(ctx, model, r, () => ''),
    row,
  )
}

// The statement that reads a row for those who see all of them, kept with the plan of its titles.
const oneOf = new WeakMap<TitlePlan, string>()

const CAST: Record<string, string> = {
  day: 'date',
  instant: 'timestamptz',
  integer: 'integer',
  decimal: 'numeric',
  boolean: 'boolean',
  ref: 'uuid',
  id: 'uuid',
}

/** SQL of one condition. The values were checked before; they always travel as parameters. */
function conditionSql(ctx: Ctx, c: Condition, param: Param): string {
  const name = c.path.at(-1) ?? ''
  const alias = c.path.length > 1 ? 'x' : 't'
  const own = columnCondition(ctx, c, `${alias}.${name}`, param)
  if (c.path.length === 1) return own
  const visible = ctx.sees(c.of.name, param).replaceAll(/\bt\./g, 'x.')
  return `t.${c.path[0]} in (select x.id from ${c.of.table} x where x.tenant_id = $1 and ${visible} and ${own})`
}

function columnCondition(ctx: Ctx, c: Condition, column: string, param: Param): string {
  const full = `${c.of.name}.${c.path.at(-1)}`
  if (c.operator === 'null') return `${column} is ${c.values[0] === 'true' ? '' : 'not '}null`
  if (c.field.secret?.find === 'words') return `${column}${INDEX_SUFFIX} @> ${param(ctx.seal.blindWords(c.values[0] ?? '', full))}`
  if (c.field.secret) return `${column}${INDEX_SUFFIX} = ${param(ctx.seal.blind(c.values[0] ?? '', full))}`
  if (c.field.kind === 'tags') return `${column} @> ${param(c.values)}::text[]`
  const type = CAST[c.field.kind] ?? 'text'
  if (c.operator === 'gte') return `${column} >= ${param(c.values[0])}::${type}`
  if (c.operator === 'lte') return `${column} <= ${param(c.values[0])}::${type}`
  return `${c.operator === 'not' ? 'not ' : ''}(${column} = any(${param(c.values)}::${type}[]))`
}

/** What limits the rows of a list before any search: the tenant, the policy, deleted or not, the filters. */
export function whereOf(ctx: Ctx, r: Resource, q: Pick<ListQuery, 'conditions' | 'deleted' | 'overdue'>, param: Param): string {
  return [
    't.tenant_id = $1',
    `t.deleted_at is ${q.deleted ? 'not ' : ''}null`,
    ctx.sees(r.name, param),
    ...q.conditions.map((c) => conditionSql(ctx, c, param)),
    ...(q.overdue === undefined ? [] : [overdueSql(r, ctx.now, q.overdue, param)]),
  ].join(' and ')
}

export type Page = { data: Presented[]; page: { next: string | null; total?: number; capped?: true } }

/** The key columns of an order, as SQL and as text in the cursor. */
function orderOf(r: Resource, q: ListQuery, param: Param): { sql: string; cast: string }[] {
  const f = r.fields[q.sort.field]
  const key = {
    sql: `t.${sortColumn(r, q.sort.field)}`,
    cast: q.sort.field === 'created_at' ? 'timestamptz' : (CAST[f?.kind ?? ''] ?? 'text'),
  }
  const first = r.search?.[0]
  // What begins with the typed words comes before what merely contains them.
  if (q.search && !q.sort.given && first)
    return [{ sql: `(case when t.${first} ilike ${param(`${escapeLike(q.search)}%`)} then 0 else 1 end)`, cast: 'integer' }, key]
  return [key]
}

/** A page of a list. One statement: the page is found by its index first, names are joined to its few rows after. */
export async function readList(ctx: Ctx, model: Model, r: Resource, q: ListQuery): Promise<Page> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const where = whereOf(ctx, r, q, param)
  const keys = orderOf(r, q, param)
  const keyColumns = keys.map((k, i) => `, ${k.sql} as key_${i}`).join('')
  const matches = q.search ? matchesOf(ctx.seal, r, q.search, where, param, keyColumns) : null
  // Nothing of it can be searched for: a statement that uses none of its parameters would be refused.
  if (matches && !matches.length) return { data: [], page: { next: null, ...(q.count ? { total: 0 } : {}) } }
  const direction = q.sort.descending ? 'desc' : 'asc'
  // Matches carry the keys of the order, so that only the rows of the page are visited again.
  const tuple = matches ? [...keys.map((_, i) => `h.key_${i}`), 'h.id'] : [...keys.map((k) => k.sql), 't.id']
  const after = q.after
    ? ` and (${tuple.join(', ')}) ${q.sort.descending ? '<' : '>'} (${[...keys.map((k, i) => `${param(q.after?.keys[i])}::${k.cast}`), `${param(q.after.id)}::uuid`].join(', ')})`
    : ''
  const order = `order by ${tuple.map((t) => `${t} ${direction}`).join(', ')} limit ${q.limit + 1}`
  // Two statements for each resource, not one for every choice of columns: each connection keeps its plans.
  const width = q.fields?.every((name) => r.list.includes(name)) ? 'list' : 'all'
  const plan = titlePlan(ctx, model, r, param, width)
  const page = matches
    ? `hits as materialized (${matches.join(' union ')}), page as (select h.*, (select count(*) from hits) as hits_count from hits h where true${after} ${order})`
    : `page as (select t.*${keyColumns} from ${r.table} t where ${where}${after} ${order})`
  const [from, p] = matches ? [`page p join ${r.table} t on t.tenant_id = $1 and t.id = p.id`, 'p'] : ['page t', 't']
  const { rows } = await ctx.db.query<Stored>(
    `with ${page} select ${width === 'list' ? listSelect(model, r) : selectList(r)}${clockColumns(model.workflows, r)}${plan.columns}${keys.map((_, i) => `, ${p}.key_${i}::text as key_${i}`).join('')}${matches ? ', p.hits_count' : ''}
     from ${from} ${clockJoin(model.workflows, r)} ${plan.joins} order by ${keys.map((_, i) => `${p}.key_${i} ${direction}`).join(', ')}, ${p}.id ${direction}`,
    values,
    q.conditions.length === 0 && q.overdue === undefined,
  )
  const last = rows.length > q.limit ? rows[q.limit - 1] : undefined
  const next = last ? encodeCursor({ order: orderName(q), id: last.id, keys: keys.map((_, i) => String(last[`key_${i}`])) }) : null
  const capped = Number(rows[0]?.['hits_count'] ?? 0) >= MATCHES_MAX
  const shape = listShape(r, q.fields)
  return {
    data: rows.slice(0, q.limit).map((row) => present(ctx, model, r, plan, row, shape)),
    page: { next, ...(q.count ? { total: await countRows(ctx, r, q) } : {}), ...(capped ? { capped: true as const } : {}) },
  }
}

/** What a list answers of a row: what was asked for; without the secrets of a resource whose readings are noticed. */
function listShape(r: Resource, fields: readonly string[] | undefined): Shape | undefined {
  if (!r.noticed) return fields && shapeWith(r, fields)
  return shapeWith(
    r,
    (fields ?? [...Object.keys(r.fields), ...WHEN]).filter((name) => !r.fields[name]?.secret),
  )
}

/** How many rows a list has; a search is counted up to the cap of its matches. */
export async function countRows(ctx: Ctx, r: Resource, q: ListQuery): Promise<number> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const where = whereOf(ctx, r, q, param)
  const matches = q.search ? matchesOf(ctx.seal, r, q.search, where, param) : null
  if (matches && !matches.length) return 0
  const from = matches ? `(${matches.join(' union ')}) hits` : `${r.table} t where ${where}`
  const { rows } = await ctx.db.query<{ n: number }>(`select count(*) as n from ${from}`, values)
  return rows[0]?.n ?? 0
}

/** Rows by name for a picker or the global search: `{ id, title }`, the first `limit`. */
export async function readTitles(
  ctx: Ctx,
  model: Model,
  r: Resource,
  search: string,
  limit: number,
): Promise<{ id: string; title: string }[]> {
  const q: ListQuery = {
    limit,
    after: null,
    search,
    sort: { field: r.sort[0] ?? 'created_at', descending: false, given: false },
    conditions: [],
    deleted: false,
    count: false,
    fields: [],
  }
  const page = await readList(ctx, model, r, q)
  return page.data.map((row) => ({ id: row.id, title: String(row['title'] ?? '') }))
}
