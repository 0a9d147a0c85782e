// Is this row in the register already? Asked for many rows with one statement.
import type { Ctx } from '#kernel/ctx.ts'
import type { Field, Kind } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { INDEX_SUFFIX } from '#kernel/resource/to-table.ts'

const TYPE: Partial<Record<Kind, string>> = {
  day: 'date',
  instant: 'timestamptz',
  integer: 'integer',
  decimal: 'numeric',
  boolean: 'boolean',
  ref: 'uuid',
}

/** Whether the database can tell that two values of a field are the same. */
const comparable = (f: Field | undefined): boolean =>
  f !== undefined && (f.secret ? f.secret.find === 'equal' : !['json', 'point', 'tags'].includes(f.kind))

/**
 * The fields by which two rows are the same record: those of the first uniqueness rule that a sheet can fill,
 * else everything that can be compared.
 */
export function keyFields(r: Resource): readonly string[] {
  const rule = r.unique?.find((u) => u.fields.every((name) => comparable(r.fields[name]) && !r.fields[name]?.readonly))
  return rule?.fields ?? Object.keys(r.fields).filter((name) => comparable(r.fields[name]) && !r.fields[name]?.readonly)
}

/** The key of a row within a file. A value that is missing is a value: it equals another that is missing. */
export const keyOf = (keys: readonly string[], values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(keys.map((k) => (typeof values[k] === 'string' ? values[k].toLowerCase() : (values[k] ?? null))))

/** Positions of the rows that are in the register already. At most 500 rows at a time. */
export async function findExisting(
  ctx: Ctx,
  r: Resource,
  keys: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<ReadonlySet<number>> {
  if (!rows.length || !keys.length) return new Set()
  const { values, param } = paramsOf(ctx.tenant.id)
  const tuples = rows.map((row, at) => {
    const cells = keys.map((name) => {
      const f = r.fields[name]
      const value = row[name] ?? null
      if (f?.secret) return `${param(value === null ? null : ctx.seal.blind(String(value), `${r.name}.${name}`))}::bytea`
      return `${param(value)}::${TYPE[f?.kind ?? 'text'] ?? 'text'}`
    })
    return `(${at}, ${cells.join(', ')})`
  })
  const same = keys.map((name, i) => `t.${r.fields[name]?.secret ? name + INDEX_SUFFIX : name} is not distinct from v.k${i}`)
  const { rows: found } = await ctx.db.query<{ at: number }>(
    `select v.at from (values ${tuples.join(', ')}) as v (at, ${keys.map((_, i) => `k${i}`).join(', ')})
     where exists (select 1 from ${r.table} t where t.tenant_id = $1 and t.deleted_at is null and ${same.join(' and ')})`,
    values,
  )
  return new Set(found.map((f) => f.at))
}
