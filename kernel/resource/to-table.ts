// Declaration → table: columns, keys, constraints and indexes as SQL, for a migration that a person reads and names.
import type { Field } from './field.ts'
import type { Resource } from './resource.ts'

export const INDEX_SUFFIX = '_bidx'

/** The column that a text field is ordered by: its letters without capitals and accents, made by the database (docs/decisions/0017). */
export const SORT_SUFFIX = '_sort'

/** Whether lists are ordered by what the field holds, or by its key: text as it is written would put "ZULKIFLI" before "ahmad". */
export const hasSortKey = (f: Field | undefined): boolean => f?.kind === 'text' || f?.kind === 'long_text'

/** The column that orders a list by a field. */
export const sortColumn = (r: Resource, name: string): string => (hasSortKey(r.fields[name]) ? name + SORT_SUFFIX : name)

/** The columns that the database computes: a key for every text that a list may be ordered by. */
export const computedColumns = (r: Resource): { name: string; sql: string }[] =>
  r.sort
    .filter((name) => hasSortKey(r.fields[name]))
    .map((name) => ({
      name: name + SORT_SUFFIX,
      sql: `text collate "C" generated always as (core.sort_key(${name})) stored not null`,
    }))

/** Columns of one field: name and type. A secret also has its blind index. */
export function columnsOf(name: string, f: Field): { name: string; type: string; required: boolean }[] {
  if (!f.secret) return [{ name, type: typeOf(f), required: f.required }]
  const columns = [{ name, type: 'bytea', required: f.required }]
  if (f.secret.find === 'equal') columns.push({ name: name + INDEX_SUFFIX, type: 'bytea', required: f.required })
  if (f.secret.find === 'words') columns.push({ name: name + INDEX_SUFFIX, type: 'bytea[]', required: f.required })
  return columns
}

function typeOf(f: Field): string {
  switch (f.kind) {
    case 'day':
      return 'date'
    case 'instant':
      return 'timestamptz'
    case 'integer':
      return 'integer'
    case 'decimal':
      return `numeric(18,${f.scale ?? 2})`
    case 'boolean':
      return 'boolean'
    case 'ref':
    case 'id':
      return 'uuid'
    case 'point':
      return 'geography(Point,4326)'
    case 'tags':
      return 'text[]'
    case 'json':
      return 'jsonb'
    default:
      return 'text'
  }
}

/** What every tenant table carries. */
export const COMMON_COLUMNS: readonly { name: string; type: string; sql: string }[] = [
  { name: 'version', type: 'bigint', sql: 'bigint not null default 1' },
  { name: 'created_at', type: 'timestamptz', sql: 'timestamptz not null default now()' },
  { name: 'updated_at', type: 'timestamptz', sql: 'timestamptz not null default now()' },
  { name: 'created_by', type: 'uuid', sql: 'uuid' },
  { name: 'updated_by', type: 'uuid', sql: 'uuid' },
  { name: 'deleted_at', type: 'timestamptz', sql: 'timestamptz' },
  { name: 'deleted_by', type: 'uuid', sql: 'uuid' },
]

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** Limits of a field as a condition the database can check; null when only the edge can (secrets, patterns with meaning). */
export function checkOf(name: string, f: Field): string | null {
  if (f.secret) return null
  if (f.kind === 'choice') return `${name} in (${(f.choices ?? []).map((c) => quote(c.value)).join(', ')})`
  const parts: string[] = []
  if (f.kind === 'text' || f.kind === 'long_text') {
    if (f.min !== undefined && f.max !== undefined) parts.push(`length(${name}) between ${f.min} and ${f.max}`)
    else if (f.max !== undefined) parts.push(`length(${name}) <= ${f.max}`)
    if (f.pattern) parts.push(`${name} ~ ${quote(`^(${f.pattern})$`)}`)
  }
  if (f.kind === 'integer' || f.kind === 'decimal') {
    if (f.min !== undefined) parts.push(`${name} >= ${f.min}`)
    if (f.max !== undefined) parts.push(`${name} <= ${f.max}`)
  }
  if (f.kind === 'day' && f.from) parts.push(`${name} >= ${quote(f.from)}`)
  return parts.length ? parts.join(' and ') : null
}

/** Named indexes of a resource: name → SQL after `create index … on table`. */
export function indexesOf(r: Resource): Record<string, { unique: boolean; sql: string }> {
  const found: Record<string, { unique: boolean; sql: string }> = {}
  const add = (name: string, sql: string, unique = false): void => {
    found[`${r.plural}_${name}`] = { unique, sql }
  }
  for (const s of r.sort) add(`by_${s}`, `(tenant_id, ${sortColumn(r, s)}, id)`)
  if (!r.sort.includes('created_at')) add('by_created_at', '(tenant_id, created_at, id)')
  for (const [name, f] of Object.entries(r.fields)) {
    const column = f.secret ? name + INDEX_SUFFIX : name
    // Rows without a value are not in the index: looking for a value never asks for them, and writing them costs less.
    const filled = f.required ? '' : ` where ${column} is not null`
    if (f.kind === 'ref' && !r.sort.includes(name)) add(`by_${name}`, `(tenant_id, ${column})${filled}`)
    if (f.kind === 'point') add(`by_${name}`, `using gist (tenant_id, ${column})${filled}`)
    if (f.secret?.find === 'words') add(`by_${name}`, `using gin (tenant_id, ${column})${filled}`)
    if (f.secret?.find === 'equal') add(`by_${name}`, `(tenant_id, ${column})${filled}`)
  }
  for (const s of r.search ?? []) add(`search_${s}`, `using gin (tenant_id, ${s} gin_trgm_ops)`)
  for (const u of r.unique ?? []) {
    const columns = u.fields.map((f) => (r.fields[f]?.secret ? f + INDEX_SUFFIX : f))
    const where = u.where ? `deleted_at is null and (${u.where})` : 'deleted_at is null'
    found[u.name] = { unique: true, sql: `(${['tenant_id', ...columns].join(', ')}) where ${where}` }
  }
  for (const [name, sql] of Object.entries(r.indexes ?? {})) found[name] = { unique: false, sql }
  return found
}

/** Named constraints besides the primary key: name → SQL. */
export function constraintsOf(r: Resource): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, f] of Object.entries(r.fields)) {
    const check = checkOf(name, f)
    if (check) found[`${r.plural}_${name}_check`] = `check (${check})`
    if (f.kind === 'ref') found[`${r.plural}_${name}_fkey`] = `foreign key (tenant_id, ${name}) references ${f.to} (tenant_id, id)`
  }
  for (const c of r.checks ?? []) found[c.name] = `check (${c.sql})`
  return found
}

/** References, separately: a migration adds them after all its tables exist. */
const isReference = (sql: string): boolean => sql.startsWith('foreign key')

/** The statements that make a resource's table, its wall and its indexes; references last. */
export function toTable(r: Resource): { table: string[]; references: string[] } {
  const columns = Object.entries(r.fields).flatMap(([name, f]) =>
    columnsOf(name, f).map((c) => `  ${c.name} ${c.type}${c.required ? ' not null' : ''}${defaultOf(f, c.name === name)}`),
  )
  const constraints = Object.entries(constraintsOf(r))
  const table = [
    `create table ${r.table} (\n${[
      '  tenant_id uuid not null references core.tenants (id)',
      '  id uuid not null',
      ...columns,
      ...computedColumns(r).map((c) => `  ${c.name} ${c.sql}`),
      ...COMMON_COLUMNS.map((c) => `  ${c.name} ${c.sql}`),
      `  constraint ${r.plural}_pkey primary key (tenant_id, id)`,
      ...constraints.filter(([, sql]) => !isReference(sql)).map(([name, sql]) => `  constraint ${name} ${sql}`),
    ].join(',\n')}\n);`,
    `comment on table ${r.table} is ${quote(r.doc)};`,
    ...Object.entries(indexesOf(r)).map(([name, i]) => `create ${i.unique ? 'unique ' : ''}index ${name} on ${r.table} ${i.sql};`),
    `select core.wall('${r.name}');`,
  ]
  const references = constraints
    .filter(([, sql]) => isReference(sql))
    .map(([name, sql]) => `alter table ${r.table} add constraint ${name} ${sql};`)
  return { table, references }
}

function defaultOf(f: Field, isValue: boolean): string {
  if (!isValue || f.secret || f.initial === undefined || f.initial === null) return ''
  if (f.kind === 'json') return ` default ${quote(JSON.stringify(f.initial))}`
  if (f.kind === 'tags') return ` default '{}'`
  return typeof f.initial === 'string' ? ` default ${quote(f.initial)}` : ` default ${String(f.initial)}`
}
