// Writing and finding rows: the only SQL that touches a declared table without being written by hand.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import type { Stored } from './action.ts'
import { selectList, written } from './columns.ts'
import { isId, newId } from './id.ts'
import type { Resource } from './resource.ts'

export type Params = { readonly values: unknown[]; readonly param: (value: unknown) => string }

/** Collects parameters; `$1` is always the tenant. */
export function paramsOf(tenantId: string): Params {
  const values: unknown[] = [tenantId]
  return { values, param: (value) => `$${values.push(value)}` }
}

/** A row by id that the actor may see, or null. `lock` holds it until the transaction ends. */
export async function seekRow(
  ctx: Ctx,
  r: Resource,
  id: string,
  options: { lock?: boolean; deleted?: boolean } = {},
): Promise<Stored | null> {
  if (!isId(id)) return null
  const { values, param } = paramsOf(ctx.tenant.id)
  const alive = options.deleted ? '' : ' and t.deleted_at is null'
  const { rows } = await ctx.db.query<Stored>(
    `select ${selectList(r)} from ${r.table} t where t.tenant_id = $1 and t.id = ${param(id)}${alive} and ${ctx.sees(r.name, param)}${options.lock ? ' for no key update of t' : ''}`,
    values,
    true,
  )
  return rows[0] ?? null
}

/** As `seekRow`; a row that is not there, or not visible, is a 404 `not_found`. */
export async function findRow(ctx: Ctx, r: Resource, id: string, options: { lock?: boolean; deleted?: boolean } = {}): Promise<Stored> {
  const row = await seekRow(ctx, r, id, options)
  if (!row) throw notFound()
  return row
}

/**
 * Refuses references to rows that are deleted or that the actor may not see.
 * The foreign key keeps the tenant; this keeps people from attaching what is hidden from them.
 */
export async function checkReferences(ctx: Ctx, r: Resource, values: Record<string, unknown>): Promise<void> {
  const refs = Object.entries(r.fields).filter(([name, f]) => f.kind === 'ref' && values[name])
  if (!refs.length) return
  const { values: params, param } = paramsOf(ctx.tenant.id)
  const tests = refs.map(
    ([name, f]) =>
      `exists (select 1 from ${f.to} t where t.tenant_id = $1 and t.id = ${param(values[name])} and t.deleted_at is null and ${ctx.sees(f.to ?? '', param)}) as ${name}`,
  )
  const { rows } = await ctx.db.query<Record<string, boolean>>(`select ${tests.join(', ')}`, params, true)
  const missing = refs.filter(([name]) => !rows[0]?.[name])
  if (missing.length)
    throw invalid(
      missing.map(([field]) => ({
        field,
        code: 'reference_not_found',
        message: {
          id: 'Data yang dirujuk tidak ditemukan. Pilih lagi dari daftar.',
          en: 'What this refers to was not found. Choose again from the list.',
        },
      })),
    )
}

function insertParts(ctx: Ctx, r: Resource, input: Record<string, unknown>, param: Params['param']): Map<string, string> {
  const parts = new Map<string, string>([
    ['tenant_id', '$1'],
    ['id', param(input['id'] ?? newId())],
    ['created_by', param(ctx.actor.userId)],
    ['updated_by', param(ctx.actor.userId)],
  ])
  for (const [name, f] of Object.entries(r.fields)) {
    const value = Object.hasOwn(input, name) ? input[name] : (f.initial ?? null)
    if (value === null && !Object.hasOwn(input, name)) continue
    for (const w of written(ctx.seal, r, name, value, param)) parts.set(w.column, w.sql)
  }
  return parts
}

/** Inserts one row from its JSON form (secrets in plain text; `id` optional) and answers it as stored. */
export async function insertRow(ctx: Ctx, r: Resource, input: Record<string, unknown>): Promise<Stored> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const parts = insertParts(ctx, r, input, param)
  const { rows } = await ctx.db.query<Stored>(
    `insert into ${r.table} as t (${[...parts.keys()].join(', ')}) values (${[...parts.values()].join(', ')}) returning ${selectList(r)}`,
    values,
    true,
  )
  return rows[0]!
}

/** Parameters one statement may carry: the protocol allows 65,535. */
const PARAMS_MAX = 30_000

/** Inserts many rows, several hundred per statement, all with the same fields. */
export async function insertRows(ctx: Ctx, r: Resource, inputs: readonly Record<string, unknown>[]): Promise<void> {
  if (!inputs.length) return
  const names = Object.keys(r.fields).filter((name) => inputs.some((input) => Object.hasOwn(input, name) && input[name] !== undefined))
  const perRow = 3 + names.length * 2
  const batch = Math.max(1, Math.min(500, Math.floor(PARAMS_MAX / perRow)))
  for (let start = 0; start < inputs.length; start += batch) {
    const { values, param } = paramsOf(ctx.tenant.id)
    let columns: string[] = []
    const tuples = inputs.slice(start, start + batch).map((input) => {
      const whole = Object.fromEntries(names.map((name) => [name, input[name] ?? r.fields[name]?.initial ?? null]))
      const parts = insertParts(ctx, r, { ...whole, ...(input['id'] ? { id: input['id'] } : {}) }, param)
      columns = [...parts.keys()]
      return `(${[...parts.values()].join(', ')})`
    })
    await ctx.db.query(`insert into ${r.table} (${columns.join(', ')}) values ${tuples.join(', ')}`, values)
  }
}

/**
 * Changes fields of a row (JSON form). `version`: only if the row still has it.
 * Answers the row as stored; 404 when not visible, 412 `version_stale` when somebody was faster.
 */
export async function updateRow(ctx: Ctx, r: Resource, id: string, changes: Record<string, unknown>, version?: number): Promise<Stored> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const sets = Object.entries(changes).flatMap(([name, value]) =>
    written(ctx.seal, r, name, value, param).map((w) => `${w.column} = ${w.sql}`),
  )
  return change(ctx, r, id, sets.length ? sets : ['updated_at = now()'], { values, param }, version)
}

/** Marks a row deleted, or brings it back. Its data stays until retention removes it. */
export async function setDeleted(ctx: Ctx, r: Resource, id: string, deleted: boolean, version?: number): Promise<Stored> {
  const p = paramsOf(ctx.tenant.id)
  const sets = deleted ? ['deleted_at = now()', `deleted_by = ${p.param(ctx.actor.userId)}`] : ['deleted_at = null', 'deleted_by = null']
  return change(ctx, r, id, sets, p, version, deleted ? 't.deleted_at is null' : 't.deleted_at is not null')
}

async function change(
  ctx: Ctx,
  r: Resource,
  id: string,
  sets: string[],
  p: Params,
  version?: number,
  state = 't.deleted_at is null',
): Promise<Stored> {
  if (!isId(id)) throw notFound()
  const where = [
    't.tenant_id = $1',
    `t.id = ${p.param(id)}`,
    state,
    ctx.sees(r.name, p.param),
    ...(version === undefined ? [] : [`t.version = ${p.param(version)}`]),
  ]
  const { rows } = await ctx.db.query<Stored>(
    `update ${r.table} as t set ${sets.join(', ')} where ${where.join(' and ')} returning ${selectList(r)}`,
    p.values,
    true,
  )
  if (rows[0]) return rows[0]
  const current = await seekRow(ctx, r, id, { deleted: state !== 't.deleted_at is null' })
  if (!current || (state.endsWith('not null') && current['deleted_at'] === null)) throw notFound()
  throw stale(current)
}

/** Somebody changed the row since the caller read it; carries the row so that nothing has to be typed again. */
export const stale = (current: Stored): Refusal =>
  new Refusal(
    412,
    'version_stale',
    {
      id: 'Data ini sudah diubah orang lain sejak Anda membukanya. Bandingkan, lalu simpan lagi.',
      en: 'Somebody changed this since you opened it. Compare, then save again.',
    },
    [],
    { more: { currentRow: current } },
  )
