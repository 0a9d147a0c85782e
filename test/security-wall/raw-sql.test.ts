// Somebody with the application's own database connection and nothing else: without a tenant they see nothing, with one nothing of the other.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealEverything } from '#kernel/audit/seals/test-settled.ts'
import { tenantNow } from '#kernel/platform/communities.ts'
import { createPlan, subscribe } from '#kernel/platform/plans.ts'
import { countUsage } from '#kernel/platform/usage.ts'
import { keepHouse } from '#kernel/upkeep/upkeep.ts'
import { makerOf } from '../matrix/maker.ts'
import { PASSWORD, PIN } from '../places.ts'
import { openWorld, type World } from '../world.ts'

type Table = { name: string; columns: { name: string; type: string; needed: boolean }[]; may: string[] }

let world: World
let pool: pg.Pool
let tables: Table[]
let here: string
let there: string

beforeAll(async () => {
  world = await openWorld()
  pool = world.house.database.app
  for (const [person, place] of [
    ['andi', 'sukamaju'],
    ['made', 'merantian'],
  ] as const) {
    const maker = makerOf(world, await world.as(person, place), place)
    for (const r of world.house.model.resources.values()) await maker.make(r.name)
    const form = new FormData()
    form.set('file', new File(['Kode\nA-1\n'], 'rak.csv'))
    form.set('importer', 'library.shelves')
    const { body } = await maker.client.post('/imports', form, { 'idempotency-key': randomUUID() })
    await maker.client.post(`/imports/${body.id}/check`)
    const book = await maker.make('library.books')
    await maker.client.post(`/library/books/${book.id}/loan`, { to: 'Made' })
    await maker.client.get('/library/books/export?format=csv')
    await maker.client.put('/pin', { pin: PIN, password: PASSWORD })
    await maker.client.put('/notification-choices/core.import_applied', { channels: ['mail'] })
    await maker.client.put('/notification-hours', { quiet_from: '21:00', quiet_until: '06:00', digest_at: null, time_zone: null })
    // What was counted before the last resident came was dropped when they came.
    await maker.client.post('/registry/population_statistics/rebuilding', {})
  }
  const plan = await createPlan(world.house, {
    code: 'desa',
    name: 'Desa',
    description: null,
    price: '0',
    currency: 'IDR',
    period: 'month',
    limits: {},
    modules: null,
    offered: true,
  })
  for (const place of ['sukamaju', 'merantian']) {
    const tenant = await tenantNow(world.house, place)
    await subscribe(world.house, tenant, { plan_id: plan.id }, null)
    await countUsage(world.house, tenant)
  }
  await world.house.jobs.drain()
  await keepHouse(world.house, ['core.expiring-documents'])
  // As if somebody had verified each letter: the codes are sealed, and only the paper tells them.
  await world.house.database.owner.query(
    'insert into letters.verification_counts (tenant_id, letter_id, day, seen, files) select tenant_id, id, current_date, 1, 0 from letters.generated_letters',
  )
  await sealEverything(world.house)
  here = await world.tenantId('sukamaju')
  there = await world.tenantId('merantian')
  const { rows } = await world.house.database.owner.query(
    `select n.nspname || '.' || c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'needed', a.attnotnull and not a.atthasdef) order by a.attnum)
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p where has_table_privilege('balai_app', c.oid, p)) as may
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'jobs')
       and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) order by 1`,
  )
  tables = rows
})
afterAll(() => world?.close())

/** Runs statements on one connection of the application role, inside a tenant or in none; always rolled back. */
async function inside<T>(
  tenant: string | null,
  work: (query: (text: string, values?: unknown[]) => Promise<pg.QueryResult>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    if (tenant) await client.query('select core.enter($1::uuid, $2)', [tenant, ''])
    return await work((text, values) => client.query(text, values))
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
  return 'done'
}
const DENIED = '42501'
/** By the wall, or before it by a trigger that looked for what the row belongs to and, behind the wall, did not find it. */
const REFUSED = [DENIED, '23514']
const readable = (): Table[] => tables.filter((t) => t.may.includes('SELECT'))

test('the connection is the application role, which owns and may nothing special', async () => {
  const { rows } = await pool.query(
    `select current_user as me, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb from pg_roles r where r.rolname = current_user`,
  )
  expect(rows).toEqual([{ me: 'balai_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
  const owned = await pool.query(
    `select 1 from pg_class where relowner = 'balai_app'::regrole union all select 1 from pg_proc where proowner = 'balai_app'::regrole union all select 1 from pg_namespace where nspowner = 'balai_app'::regrole`,
  )
  expect(owned.rows).toEqual([])
  expect(tables.length).toBeGreaterThan(15)
  for (const t of tables)
    expect(
      t.may.filter((p) => ['TRUNCATE', 'REFERENCES', 'TRIGGER'].includes(p)),
      t.name,
    ).toEqual([])
})

test('there is something of both villages in every table, or the test would prove nothing', async () => {
  const empty: string[] = []
  for (const t of readable())
    for (const tenant of [here, there]) {
      const n = await inside(tenant, async (query) => (await query(`select count(*)::int as n from ${t.name}`)).rows[0].n)
      if (n === 0 && !t.name.startsWith('core.audit_logs_')) empty.push(t.name)
    }
  expect([...new Set(empty)]).toEqual([])
})

describe('without a tenant', () => {
  test('every table is empty', async () => {
    for (const t of readable()) expect((await inside(null, (query) => query(`select * from ${t.name}`))).rows, t.name).toEqual([])
  })
  test('a tenant that is empty, unknown or nonsense opens nothing', async () => {
    for (const t of readable()) {
      expect((await inside(randomUUID(), (query) => query(`select 1 from ${t.name}`))).rows, t.name).toEqual([])
      expect(
        (await inside(null, async (query) => (await query(`set local app.tenant_id = ''`), query(`select 1 from ${t.name}`)))).rows,
        t.name,
      ).toEqual([])
      expect(
        await refused(
          inside(null, async (query) => (await query(`set local app.tenant_id = 'x'' or true'`), query(`select 1 from ${t.name}`))),
        ),
        t.name,
      ).toBe('22P02')
    }
  })
  test('nothing can be written', async () => {
    for (const t of tables) {
      expect(REFUSED, t.name).toContain(await copyInto(t, null, here))
      if (t.may.includes('UPDATE'))
        expect((await inside(null, (query) => query(`update ${t.name} set tenant_id = tenant_id`))).rowCount, t.name).toBe(0)
      if (t.may.includes('DELETE')) expect((await inside(null, (query) => query(`delete from ${t.name}`))).rowCount, t.name).toBe(0)
    }
  })
})

/** Tries to write a true row of a tenant once more under a new id: whatever refuses it, it is not the row's own fault. */
async function copyInto(t: Table, into: string | null, of: string): Promise<string> {
  const places = t.columns.filter((c) => c.type.startsWith('geography')).map((c) => c.name)
  const row = t.may.includes('SELECT')
    ? (await inside(of, (query) => query(`select to_jsonb(x) - $1::text[] as row from ${t.name} x limit 1`, [places]))).rows[0].row
    : {}
  const copy = { ...row, ...('id' in row ? { id: randomUUID() } : {}) }
  // Columns that the database computes cannot be written by anybody.
  const names = t.columns.map((c) => `"${c.name}"`).join(', ')
  return inside(into, (query) =>
    refused(
      query(`insert into ${t.name} (${names}) select ${names} from jsonb_populate_record(null::${t.name}, $1)`, [JSON.stringify(copy)]),
    ),
  )
}

describe('inside Sukamaju', () => {
  test('nothing of Merantian is seen, counted, joined or guessed', async () => {
    for (const t of readable()) {
      const { rows } = await inside(here, (query) => query(`select distinct tenant_id from ${t.name}`))
      expect(rows, t.name).toEqual(rows.length ? [{ tenant_id: here }] : [])
      const tricks = [
        `select 1 from ${t.name} where tenant_id = '${there}'`,
        `select 1 from ${t.name} where tenant_id <> '${here}'`,
        `select 1 from ${t.name} where tenant_id = '${there}' or true limit 0`,
      ]
      for (const trick of tricks) expect((await inside(here, (query) => query(trick))).rows, trick).toEqual([])
    }
  })
  test('nothing of Merantian can be written, changed, moved or removed', async () => {
    for (const t of tables) {
      expect(REFUSED, t.name).toContain(await copyInto(t, here, there))
      if (t.may.includes('UPDATE')) {
        expect(
          (await inside(here, (query) => query(`update ${t.name} set tenant_id = tenant_id where tenant_id = $1`, [there]))).rowCount,
          t.name,
        ).toBe(0)
        // Moving one's own row out: refused by the wall, or held back by the trigger that keeps a row's tenant.
        const moved = await inside(here, (query) =>
          refused(query(`update ${t.name} set tenant_id = $1 where tenant_id = $2`, [there, here])),
        )
        if (moved === 'done')
          expect(
            (
              await inside(here, (query) =>
                query(`update ${t.name} set tenant_id = $1 where tenant_id = $2 returning tenant_id`, [there, here]),
              )
            ).rows.every((r) => r.tenant_id === here),
            t.name,
          ).toBe(true)
        else expect([DENIED, '23503', '23514'], t.name).toContain(moved)
      }
      if (t.may.includes('DELETE'))
        expect((await inside(here, (query) => query(`delete from ${t.name} where tenant_id = $1`, [there]))).rowCount, t.name).toBe(0)
    }
  })
  test('a reference into Merantian is refused', async () => {
    const { rows } = await inside(there, (query) => query('select id from library.shelves limit 1'))
    expect(
      await inside(here, (query) => refused(query('update library.books set shelf_id = $1 where tenant_id = $2', [rows[0].id, here]))),
    ).toBe('23503')
  })
  test('the tenant is forgotten with the transaction', async () => {
    const client = await pool.connect()
    await client.query(`begin; select core.enter('${here}', ''); commit`)
    expect((await client.query('select 1 from core.roles')).rows).toEqual([])
    await client.query(`begin; select core.enter('${here}', '')`)
    await client.query('select 1/0').catch(() => {})
    await client.query('rollback')
    expect((await client.query('select 1 from core.roles')).rows).toEqual([])
    client.release()
  })
})

test('the wall cannot be taken down from inside', async () => {
  const attempts = [
    'alter table registry.citizens disable row level security',
    'alter table registry.citizens no force row level security',
    'drop policy wall on registry.citizens',
    'create policy door on registry.citizens using (true)',
    'alter policy wall on registry.citizens using (true)',
    'alter table registry.citizens owner to balai_app',
    'alter table registry.citizens disable trigger log_change',
    'drop trigger log_change on registry.citizens',
    'drop table registry.citizens',
    'truncate registry.citizens',
    'create table core.loot as select 1',
    'create function core.tenant_id2() returns uuid language sql as $$ select null::uuid $$',
    `create or replace function core.tenant_id() returns uuid language sql as $$ select '${'0'.repeat(8)}-0000-0000-0000-000000000000'::uuid $$`,
    `alter function core.tenant_id() owner to balai_app`,
    'alter role balai_app bypassrls',
    'alter role balai_app superuser',
    'create role intruder',
    'set session_replication_role = replica',
    'create schema loot',
    'update core.tenants set code = code',
    'delete from core.tenants',
    'delete from core.users',
    'delete from registry.citizens',
    'delete from library.books',
    'update core.audit_logs set actor_id = null',
    'delete from core.audit_logs',
    'update core.security_events set times = 1',
    'delete from core.security_events',
    'update core.audit_seals set hash = hash',
    'delete from core.audit_seals',
    'insert into core.audit_seals select * from core.audit_seals',
    'delete from core.events',
    'update registry.population_events set kind = kind',
    'delete from registry.population_events',
  ]
  for (const attempt of attempts) expect(await inside(here, (query) => refused(query(attempt))), attempt).toMatch(/^(42501|0LP01|42P17)$/)
  for (const month of tables.filter((t) => /^core\.(audit_logs|security_events)_/.test(t.name))) expect(month.may, month.name).toEqual([])
  // row_security = off is a request, not a right: the statement fails instead of showing more.
  expect(
    await inside(here, async (query) => (await query('set local row_security = off'), refused(query('select 1 from registry.citizens')))),
  ).toBe(DENIED)
})

test('only the operator’s own session may become another role, and the application has no other session', async () => {
  // On a server the application's login should be a role of its own; here both pools share a login, so what counts is that a request cannot carry such a command.
  const { rows } = await pool.query(`select count(*)::int as n from pg_auth_members m where m.member = 'balai_app'::regrole`)
  expect(rows).toEqual([{ n: 0 }])
  expect(await inside(here, (query) => refused(query('grant postgres to balai_app')))).toMatch(/^(42501|42704|0LP01)$/)
})

test('the logs are append-only for their owner too', async () => {
  const { owner } = world.house.database
  for (const table of ['core.audit_logs', 'core.security_events', 'core.audit_seals', 'core.events', 'registry.population_events']) {
    expect(await refused(owner.query(`update ${table} set tenant_id = tenant_id`)), table).toMatch(/^(42501|42P10)$/)
    expect(await refused(owner.query(`delete from ${table}`)), table).toBe(DENIED)
  }
  for (const table of ['core.audit_logs', 'core.security_events', 'core.audit_seals', 'registry.population_events'])
    expect(await refused(owner.query(`truncate ${table}`)), table).toMatch(/^(42501|0A000)$/)
})
