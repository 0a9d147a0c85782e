// The migrated schema as text, read from the database's own catalogue: the same on every machine, without pg_dump.
import type pg from 'pg'

// Ours: not PostgreSQL's, not an extension's, not the queue library's; months of the change log come and go.
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', 'jobs') and n.nspname not like 'pg\\_%'
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`
const NOT_MONTHS = `c.relname !~ '^(audit_logs|security_events)_[0-9]{6}'`

type Part = { schema: string; name: string; sql: string }

const TABLES = `select n.nspname as schema, c.relname as name, c.relkind = 'p' as partitioned, pg_get_partkeydef(c.oid) as key,
    (select pn.nspname || '.' || p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid) as parent,
    pg_get_expr(c.relpartbound, c.oid) as bound, obj_description(c.oid) as comment, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    array(select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attcollation = 'pg_catalog."C"'::regcollation then ' collate "C"' else '' end
        || coalesce(case when a.attgenerated = '' then ' default ' || pg_get_expr(d.adbin, d.adrelid) else ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored' end, '') || case when a.attnotnull then ' not null' else '' end
      from pg_attribute a left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
    array(select 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k
      where k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'f', 'x') and k.conislocal order by array_position('{p,u,x,c,f}', k.contype::text), k.conname) as constraints,
    array(select p.polname || ' as ' || case when p.polpermissive then 'permissive' else 'restrictive' end || ' for ' || case p.polcmd when '*' then 'all' else p.polcmd::text end
      || ' using (' || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ')' || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') from pg_policy p where p.polrelid = c.oid order by 1) as policies,
    array(select p from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p where has_table_privilege('balai_app', c.oid, p)) as may
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${OURS} and ${NOT_MONTHS} order by 1, 2`

type TableRow = {
  schema: string
  name: string
  partitioned: boolean
  key: string | null
  parent: string | null
  bound: string | null
  comment: string | null
  enabled: boolean
  forced: boolean
  columns: string[]
  constraints: string[]
  policies: string[]
  may: string[]
}

function tableText(t: TableRow): string {
  const name = `${t.schema}.${t.name}`
  const inside = [...(t.parent ? [] : t.columns), ...t.constraints].map((line) => `  ${line}`).join(',\n')
  const head = t.parent
    ? `create table ${name} partition of ${t.parent}${inside ? ` (\n${inside}\n)` : ''} ${t.bound};`
    : `create table ${name} (\n${inside}\n)${t.partitioned ? ` partition by ${t.key}` : ''};`
  return [
    head,
    ...(t.comment ? [`comment on table ${name} is '${t.comment.replaceAll("'", "''")}';`] : []),
    ...(t.enabled ? [`alter table ${name} enable row level security;`] : []),
    ...(t.forced ? [`alter table ${name} force row level security;`] : []),
    ...t.policies.map((p) => `create policy ${p.replace(' as ', ` on ${name} as `)};`),
    ...(t.may.length ? [`grant ${t.may.join(', ')} on ${name} to balai_app;`] : []),
  ].join('\n')
}

const INDEXES = `select n.nspname as schema, c.relname as name, pg_get_indexdef(x.indexrelid) || ';' as sql
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and ${NOT_MONTHS} and not i.relispartition and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x')) order by 1, 2, i.relname`
const TRIGGERS = `select n.nspname as schema, c.relname as name, pg_get_triggerdef(t.oid) || ';' as sql
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where ${OURS} and ${NOT_MONTHS} and not t.tgisinternal and t.tgparentid = 0 order by 1, 2, t.tgname`
const FUNCTIONS = `select n.nspname as schema, c.proname as name, pg_get_functiondef(c.oid) || ';' as sql
  from pg_proc c join pg_namespace n on n.oid = c.pronamespace where ${OURS} order by 1, 2, pg_get_function_identity_arguments(c.oid)`

/** The whole schema but `without` some, in one order: by schema, functions first, then each table with all that belongs to it. */
export async function schemaText(owner: pg.Pool, without: readonly string[] = []): Promise<string> {
  const read = async <T>(sql: string): Promise<T[]> => (await owner.query(sql)).rows as T[]
  const [tables, indexes, triggers, functions] = [
    await read<TableRow>(TABLES),
    await read<Part>(INDEXES),
    await read<Part>(TRIGGERS),
    await read<Part>(FUNCTIONS),
  ]
  const of = (parts: Part[], t: TableRow): string[] => parts.filter((p) => p.schema === t.schema && p.name === t.name).map((p) => p.sql)
  const schemas = [...new Set([...functions, ...tables].map((p) => p.schema))].filter((schema) => !without.includes(schema)).toSorted()
  const parts = schemas.flatMap((schema) => [
    `-- ── ${schema} ${'─'.repeat(Math.max(0, 100 - schema.length))}`,
    `create schema ${schema};`,
    ...functions.filter((f) => f.schema === schema).map((f) => f.sql),
    ...tables.filter((t) => t.schema === schema).map((t) => [tableText(t), ...of(indexes, t), ...of(triggers, t)].join('\n')),
  ])
  return `${['-- The schema after every migration, to be read. Generated by `npm run generate`; what runs is db/migrations/.', ...parts].join('\n\n')}\n`
}
