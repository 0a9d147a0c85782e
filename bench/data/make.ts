// Makes the databases of the benchmark: migrated as any installation, filled by large statements, indexed afterwards.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { readConfig, type Settings } from '#app/config.ts'
import { openHouse, type OpenHouse } from '#app/open-house.ts'
import { addMember } from '#kernel/access/add-member.ts'
import { ADMINISTRATOR } from '#kernel/access/templates.ts'
import { migrationsIn } from '#kernel/db/migrate.ts'
import { tenantSeal } from '#kernel/secrets/keyring.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import { createTenant } from '#kernel/tenancy/tenants.ts'
import { fill, SESSION } from './fill.ts'
import type { Community } from './people.ts'

const MIGRATIONS = new URL('../../db/migrations/', import.meta.url)

export const CLERK = { username: 'petugas', password: 'Gotong-Royong-1945' } as const

/** Settings of every server that is measured: limits that a load test would meet are out of the way. */
export const benchSettings = (dataDir: string, url?: string): Settings => ({
  ...readConfig({
    BALAI_DATA: dataDir,
    PORT: '0',
    BALAI_SECRET: 'a secret that only the benchmark knows, and it is long',
    BALAI_KEY: 'YmFsYWktdGVzdC1rZXktYmFsYWktdGVzdC1rZXktMDE=',
    BALAI_SIGN_IN_PER_MINUTE: '100000',
    BALAI_REQUESTS_PER_MINUTE: '100000000',
  }),
  databaseUrl: url,
})

export const named = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

export async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Whether the database of an earlier run is there, complete and of this schema. */
export async function isMade(url: string, database: string, residents: number): Promise<boolean> {
  const there = await asAdmin(url, async (c) => (await c.query('select 1 from pg_database where datname = $1', [database])).rowCount)
  if (!there) return false
  return asAdmin(named(url, database), async (c) => {
    const { rows } = await c.query(`select to_regclass('public.bench_made') is not null as made`)
    if (!rows[0].made || !(await c.query('select 1 from public.bench_made where residents = $1', [residents])).rowCount) return false
    const applied = await c.query<{ name: string; sha256: string }>('select name, sha256 from public.schema_migrations order by name')
    const wanted = (await migrationsIn(MIGRATIONS)).map((m) => `${m.name} ${createHash('sha256').update(m.sql).digest('hex')}`)
    return applied.rows.map((m) => `${m.name} ${m.sha256}`).join() === wanted.join()
  })
}

/** Drops and makes a database with these communities and one clerk who administers all of them. */
export async function makeDatabase(
  url: string,
  database: string,
  villages: readonly Community[],
  dataDir: string,
  tell: (text: string) => void,
): Promise<void> {
  await asAdmin(url, async (c) => {
    await c.query(`drop database if exists ${database} with (force)`)
    await c.query(`create database ${database}`)
  })
  const house = await openHouse(benchSettings(dataDir, named(url, database)), { quiet: true })
  try {
    await fillHouse(house, villages, (work) => asAdmin(named(url, database), work), tell)
  } finally {
    await house.close()
  }
  tell(`${database}: vacuum`)
  await asAdmin(named(url, database), async (c) => {
    await c.query('vacuum (analyze, parallel 2)')
    await c.query('create table public.bench_made as select $1::int as residents', [villages.reduce((sum, v) => sum + v.residents, 0)])
    await c.query('checkpoint')
  })
}

/** The same data in an open house of either kind; `as` gives a connection of the owner. */
export async function fillHouse(
  house: OpenHouse,
  villages: readonly Community[],
  as: <T>(work: (c: pg.ClientBase) => Promise<T>) => Promise<T>,
  tell: (text: string) => void,
): Promise<void> {
  const clerk = await house.identity.createUser({ name: 'Petugas Uji', username: CLERK.username, password: CLERK.password, locale: 'id' })
  const tenants: { id: string; residents: number; code: string; seal: Seal }[] = []
  for (const v of villages) {
    const tenant = await createTenant(house, { code: v.code, name: v.name, kind: 'village', modules: ['registry'] })
    await addMember(house, v.code, clerk, ADMINISTRATOR)
    tenants.push({ id: tenant.id, residents: v.residents, code: v.code, seal: await tenantSeal(house, tenant.id) })
  }
  await as(async (c) => {
    // One transaction: the embedded database has one session, whose settings others would take away in between.
    await c.query('begin')
    await c.query(SESSION)
    const { rows: indexes } = await c.query<{ name: string; def: string }>(
      `select format('%I.%I', schemaname, indexname) as name, indexdef as def from pg_indexes i
        where schemaname = 'registry' and not exists (select 1 from pg_constraint k where k.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass)`,
    )
    for (const { name } of indexes) await c.query(`drop index ${name}`)
    for (const [i, tenant] of tenants.entries()) {
      if (tenants.length > 1 && (i < 3 || i % 10 === 9)) tell(`${tenant.code}: ${tenant.residents} residents`)
      await fill(c, tenant.id, i + 1, tenant.residents, tenant.seal)
    }
    for (const [i, { name, def }] of indexes.entries()) {
      if (i % 10 === 0) tell(`indexes: ${i} of ${indexes.length} (${name})`)
      await c.query(def)
    }
    await c.query('commit')
  })
}
