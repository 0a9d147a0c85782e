// The schema as the database knows it, in the shape the rules read.
import type pg from 'pg'

export type Policy = { name: string; permissive: boolean; command: string; using: string | null; check: string | null }
export type Table = {
  name: string
  tenant: boolean
  enabled: boolean
  forced: boolean
  partitionOf: string | null
  key: string[]
  policies: Policy[]
}
export type Index = { name: string; table: string; unique: boolean; columns: string[] }
export type Reference = {
  name: string
  table: string
  columns: string[]
  to: string
  toColumns: string[]
  onDelete: string
  onUpdate: string
}
export type Column = { table: string; name: string; identity: boolean; default: string | null }
export type Routine = { name: string; settings: string[]; definer: boolean; body: string }
export type Trigger = { name: string; table: string; routine: string; args: string[]; enabled: boolean }
export type Catalog = {
  tables: Table[]
  indexes: Index[]
  references: Reference[]
  columns: Column[]
  routines: Routine[]
  triggers: Trigger[]
  names: string[]
}

// Ours: not PostgreSQL's, not an extension's, not the queue library's.
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'jobs', 'topology', 'tiger') and n.nspname not like 'pg\\_%'
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`
const NAME = `n.nspname || '.' || c.relname`
const columnsOf = (array: string, relation: string): string =>
  `array(select a.attname::text from unnest(${array}) with ordinality k(num, at) join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.num order by k.at)`
const ACTION = `case %s when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end`

const QUERIES = {
  tables: `select ${NAME} as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant,
      (select pn.nspname || '.' || p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid) as "partitionOf",
      coalesce((select ${columnsOf('k.conkey', 'c.oid')} from pg_constraint k where k.conrelid = c.oid and k.contype = 'p'), '{}') as key,
      coalesce((select json_agg(json_build_object('name', p.polname, 'permissive', p.polpermissive, 'command', p.polcmd,
        'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname) from pg_policy p where p.polrelid = c.oid), '[]') as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${OURS} order by 1`,
  indexes: `select i.relname as name, ${NAME} as table, x.indisunique or x.indisexclusion as unique, ${columnsOf('x.indkey', 'c.oid')} as columns
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} order by 1`,
  references: `select k.conname as name, ${NAME} as table, ${columnsOf('k.conkey', 'c.oid')} as columns, tn.nspname || '.' || t.relname as to, ${columnsOf('k.confkey', 't.oid')} as "toColumns",
      ${ACTION.replace('%s', 'k.confdeltype')} as "onDelete", ${ACTION.replace('%s', 'k.confupdtype')} as "onUpdate"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace where k.contype = 'f' and ${OURS} order by 2, 1`,
  columns: `select ${NAME} as table, a.attname as name, a.attidentity <> '' as identity, pg_get_expr(d.adbin, d.adrelid) as default
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relkind in ('r', 'p') and ${OURS} order by 1, a.attnum`,
  routines: `select n.nspname || '.' || c.proname as name, coalesce(c.proconfig, '{}') as settings, c.prosecdef as definer, c.prosrc as body
    from pg_proc c join pg_namespace n on n.oid = c.pronamespace where ${OURS} order by 1`,
  triggers: `select t.tgname as name, ${NAME} as table, pn.nspname || '.' || p.proname as routine, t.tgenabled <> 'D' as enabled,
      array_remove(string_to_array(replace(encode(t.tgargs, 'escape'), '\\000', ','), ','), '') as args
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace join pg_proc p on p.oid = t.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
    where not t.tgisinternal and ${OURS} order by 2, 1`,
  // PostgreSQL itself names the indexes of partitions.
  names: `select ${NAME} as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind <> 't' and not (c.relkind in ('i', 'I') and c.relispartition)
    union select ${NAME} || '.' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} order by 1`,
}

export async function catalogOf(owner: pg.Pool): Promise<Catalog> {
  const rows = async <T>(sql: string): Promise<T[]> => (await owner.query(sql)).rows as T[]
  return {
    tables: await rows<Table>(QUERIES.tables),
    indexes: await rows<Index>(QUERIES.indexes),
    references: await rows<Reference>(QUERIES.references),
    columns: await rows<Column>(QUERIES.columns),
    routines: await rows<Routine>(QUERIES.routines),
    triggers: await rows<Trigger>(QUERIES.triggers),
    names: (await rows<{ name: string }>(QUERIES.names)).map((r) => r.name),
  }
}
