// What the declarations ask for and the database lacks, as SQL for a migration that a person reads, edits and names.
import type pg from 'pg'
import type { Resource } from '#kernel/resource/resource.ts'
import { toTriggers, triggerArguments, WORKFLOW_TRIGGERS } from '#kernel/workflow/to-trigger.ts'
import type { Workflow } from '#kernel/workflow/workflow.ts'
import { columnsOf, COMMON_COLUMNS, computedColumns, constraintsOf, indexesOf, toTable } from '#kernel/resource/to-table.ts'

export type Difference = { readonly resource: string; readonly problem: string; readonly proposal: string }

type Column = { name: string; type: string; required: boolean; computed?: boolean }

async function columnsIn(owner: pg.Pool, r: Resource): Promise<Map<string, Column>> {
  const { rows } = await owner.query<Column>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required, a.attgenerated <> '' as computed
       from pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped`,
    [r.table],
  )
  return new Map(rows.map((row) => [row.name, row]))
}

const spelled: Record<string, string> = { timestamptz: 'timestamp with time zone', 'geography(Point,4326)': 'geography(Point,4326)' }

async function namesIn(owner: pg.Pool, sql: string, table: string): Promise<Set<string>> {
  const { rows } = await owner.query<{ name: string }>(sql, [table])
  return new Set(rows.map((r) => r.name))
}

/** Differences between one declaration and its table; empty when they agree. */
async function differencesOf(owner: pg.Pool, r: Resource, w: Workflow | undefined): Promise<Difference[]> {
  const found: Difference[] = []
  const say = (problem: string, proposal: string): void => void found.push({ resource: r.name, problem, proposal })
  const columns = await columnsIn(owner, r)
  if (!columns.size) {
    const { table, references } = toTable(r)
    return [{ resource: r.name, problem: 'has no table', proposal: [...table, ...(w ? toTriggers(w) : []), ...references].join('\n') }]
  }
  const wanted = [
    { name: 'tenant_id', type: 'uuid', required: true },
    { name: 'id', type: 'uuid', required: true },
    ...Object.entries(r.fields).flatMap(([name, f]) => columnsOf(name, f)),
    ...COMMON_COLUMNS.map((c) => ({ name: c.name, type: c.type, required: c.sql.includes('not null') })),
  ]
  for (const w of wanted) {
    const type = spelled[w.type] ?? w.type
    const is = columns.get(w.name)
    if (!is) say(`lacks the column ${w.name}`, `alter table ${r.table} add column ${w.name} ${w.type}${w.required ? ' not null' : ''};`)
    else if (is.type !== type)
      say(`${w.name} is ${is.type}, declared ${type}`, `alter table ${r.table} alter column ${w.name} type ${w.type};`)
    else if (is.required !== w.required)
      say(
        `${w.name} is ${is.required ? '' : 'not '}required in the table only`,
        `alter table ${r.table} alter column ${w.name} ${w.required ? 'set' : 'drop'} not null;`,
      )
  }
  const computed = computedColumns(r)
  // A column that is made anew takes its indexes with it.
  const anew = computed.filter((c) => columns.get(c.name)?.computed === false).map((c) => c.name)
  for (const c of computed) {
    if (!columns.has(c.name)) say(`lacks the column ${c.name}`, `alter table ${r.table} add column ${c.name} ${c.sql};`)
    else if (anew.includes(c.name))
      say(`${c.name} is not computed`, `alter table ${r.table} drop column ${c.name}, add column ${c.name} ${c.sql};`)
  }
  for (const name of columns.keys())
    if (![...wanted, ...computed].some((w) => w.name === name))
      say(`has a column ${name} that is not declared`, `alter table ${r.table} drop column ${name};`)
  const constraints = await namesIn(owner, 'select conname as name from pg_constraint where conrelid = to_regclass($1)', r.table)
  for (const [name, sql] of Object.entries(constraintsOf(r)))
    if (!constraints.has(name)) say(`lacks the constraint ${name}`, `alter table ${r.table} add constraint ${name} ${sql};`)
  const indexes = await namesIn(
    owner,
    'select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = to_regclass($1)',
    r.table,
  )
  for (const [name, i] of Object.entries(indexesOf(r)))
    if (!indexes.has(name) || anew.some((column) => i.sql.includes(` ${column},`)))
      say(`lacks the index ${name}`, `create ${i.unique ? 'unique ' : ''}index ${name} on ${r.table} ${i.sql};`)
  const triggers = await namesIn(
    owner,
    'select tgname as name from pg_trigger where tgrelid = to_regclass($1) and not tgisinternal',
    r.table,
  )
  if (!triggers.has('log_change')) say('is not behind the wall', `select core.wall('${r.name}');`)
  found.push(...(await movesDiffer(owner, r, w)))
  return found
}

/** Whether the triggers of a table keep the workflow as it is declared now; one that nobody declares any more is taken off. */
async function movesDiffer(owner: pg.Pool, r: Resource, w: Workflow | undefined): Promise<Difference[]> {
  const { rows } = await owner.query<{ name: string; told: string }>(
    `select tgname as name, encode(tgargs, 'escape') as told from pg_trigger where tgrelid = to_regclass($1) and tgname = any($2)`,
    [r.table, WORKFLOW_TRIGGERS],
  )
  if (!w)
    return rows.map(({ name }) => ({
      resource: r.name,
      problem: `has a trigger ${name} and no workflow`,
      proposal: `drop trigger ${name} on ${r.table};`,
    }))
  // PostgreSQL keeps a trigger's arguments one after the other, each ended by a zero byte.
  const wanted = triggerArguments(w)
    .map((a) => `${a}\\000`)
    .join('')
  const right = WORKFLOW_TRIGGERS.every((name) => rows.some((t) => t.name === name && t.told === wanted))
  return right ? [] : [{ resource: r.name, problem: 'does not keep its workflow', proposal: toTriggers(w).join('\n') }]
}

/** Every difference between the declarations and the database. A new schema, its tables and then all references come in this order. */
export async function diff(
  owner: pg.Pool,
  resources: Iterable<Resource>,
  workflows: ReadonlyMap<string, Workflow> = new Map(),
): Promise<Difference[]> {
  const found: Difference[] = []
  for (const r of resources) found.push(...(await differencesOf(owner, r, workflows.get(r.name))))
  return found
}

/** A whole new module as one migration: schema, tables, then references, so that they may point to each other. */
export function newModule(module: string, resources: readonly Resource[]): string {
  const made = resources.map(toTable)
  return [
    `create schema ${module};`,
    `grant usage on schema ${module} to balai_app;`,
    '',
    ...made.flatMap((m) => [...m.table, '']),
    ...made.flatMap((m) => m.references),
  ].join('\n')
}
