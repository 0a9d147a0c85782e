// Many rows at once, written by SQL from a declaration: nobody's data, but its shape and its spread.
import type { Field } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { INDEX_SUFFIX } from '#kernel/resource/to-table.ts'
import { valueOf } from './sample.ts'
import { sampleFor } from './samples/index.ts'

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** SQL of the id of row `i`: known in advance, so that references find each other. */
const idOf = (table: string, tenant: string): string => `overlay(md5(${quote(table + tenant)} || i) placing '7' from 13 for 1)::uuid`

/** SQL of a field's value in row `i`. */
function expressionOf(name: string, f: Field, table: string, tenant: string): string {
  if (f.kind === 'ref') return f.required ? idOf(f.to ?? '', tenant) : 'null'
  if (!f.required && !f.secret && f.kind !== 'text') return 'null'
  switch (f.kind) {
    case 'text':
      if (f.pattern?.startsWith('[a-z][a-z0-9_')) return `'siti_' || i || '_' || md5(${quote(table)} || i)`
      // Beyond the codes that a community starts with.
      if (f.pattern?.startsWith('[0-9]')) return f.required ? `(100000 + i)::text` : 'null'
      if (f.pattern) return f.required ? (/^\[A-Z0-9-\]\+$/.test(f.pattern) ? `'R' || i` : quote(String(valueOf(f, 1, '')))) : 'null'
      return f.required ? `left(${quote(name)} || ' siti ' || i || ' ' || md5(${quote(table)} || i), ${f.max ?? 255})` : 'null'
    case 'long_text':
      return `'x'`
    case 'choice':
      return quote(f.choices?.[0]?.value ?? '')
    case 'day':
      return `date ${quote(typeof f.from === 'string' && f.from > '1950' ? f.from : '1950-01-01')} + (i % 20000)`
    case 'instant':
      return 'now()'
    case 'integer':
      return `${f.min ?? 0} + i % ${Math.max(1, Math.min(1000, (f.max ?? 1000) - (f.min ?? 0)))}`
    case 'decimal':
      return String(f.min ?? 0)
    case 'boolean':
      return 'false'
    case 'tags':
      return `'{}'`
    case 'json':
      return quote(JSON.stringify(f.initial ?? {}))
    default:
      return f.required ? 'core.new_id()' : 'null'
  }
}

/** One statement that writes `rows` rows of a tenant. Sealed columns hold bytes nobody can open. */
export function fillSql(r: Resource, tenant: string, rows: number): string {
  const fixed = sampleFor(r.name).values?.(0, undefined as never) ?? {}
  const columns: [string, string][] = [
    ['tenant_id', quote(tenant)],
    ['id', idOf(r.name, tenant)],
    ['created_at', `timestamptz '2020-01-01' + make_interval(secs => i)`],
  ]
  for (const [name, f] of Object.entries(r.fields)) {
    const hash = `decode(md5(${quote(r.name + name)} || i), 'hex')`
    if (f.secret) {
      columns.push([name, hash])
      if (f.secret.find === 'equal') columns.push([name + INDEX_SUFFIX, hash])
      if (f.secret.find === 'words') columns.push([name + INDEX_SUFFIX, `array[${hash}, decode(md5('w' || i % 500), 'hex')]`])
    } else if (typeof fixed[name] === 'string' && !/\d/.test(fixed[name])) columns.push([name, quote(fixed[name])])
    else if (f.readonly && typeof f.initial === 'string') columns.push([name, quote(f.initial)])
    else
      columns.push([
        name,
        fixed[name] === null ? 'null' : expressionOf(name, r.search?.includes(name) ? { ...f, required: true } : f, r.name, tenant),
      ])
  }
  return `insert into ${r.table} (${columns.map(([c]) => c).join(', ')}) select ${columns.map(([, sql]) => sql).join(', ')} from generate_series(1, ${rows}) i`
}
