// Every table that holds rows of a community, as the database itself knows them: no list that a new module could be missing from.
import type { Db } from '#kernel/db/db.ts'

export type TenantColumn = {
  readonly name: string
  /** A place: written as text (EWKB), because its JSON form loses digits. */
  readonly spatial: boolean
}

export type TenantTable = {
  /** `registry.citizens`, quoted where it must be. */
  readonly name: string
  /** In order, without those the database computes. */
  readonly columns: readonly TenantColumn[]
  /** SQL of the primary key's columns in an order that does not depend on the server's language. */
  readonly order: readonly string[]
  readonly key: readonly string[]
}

/** The keys of a community: what is removed last, since without them nothing sealed can be read. */
export const KEYS = 'core.tenant_keys'

/** All tables with a `tenant_id`, partitions under their parent, by name. `db` as the owner. */
export async function tenantTables(db: Db): Promise<TenantTable[]> {
  const { rows } = await db.query<TenantTable>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name,
        (select json_agg(json_build_object('name', a.attname, 'spatial', t.typname in ('geography', 'geometry')) order by a.attnum)
           from pg_attribute a join pg_type t on t.oid = a.atttypid
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
        array(select quote_ident(a.attname) from pg_index i cross join unnest(i.indkey::int[]) with ordinality k (num, at)
                join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
               where i.indrelid = c.oid and i.indisprimary order by k.at) as key,
        array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
                from pg_index i cross join unnest(i.indkey::int[]) with ordinality k (num, at)
                join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
               where i.indrelid = c.oid and i.indisprimary order by k.at) as "order"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'jobs')
        and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
      order by n.nspname collate "C", c.relname collate "C"`,
  )
  for (const table of rows)
    if (!table.key.length) throw new Error(`${table.name} has no primary key: its rows can be neither ordered nor removed in parts.`)
  return rows
}

/** Counts every row of a community, by table. `db` as the owner, inside the tenant. */
export async function countRows(db: Db, tenantId: string, tables: readonly TenantTable[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { name } of tables) {
    const { rows } = await db.query<{ n: number }>(`select count(*) as n from ${name} where tenant_id = $1`, [tenantId])
    counts.set(name, rows[0]?.n ?? 0)
  }
  return counts
}
