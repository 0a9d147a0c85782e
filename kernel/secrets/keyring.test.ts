// Keys in a real database, behind row security: two villages, rotation while the office works, a new master key.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '#kernel/db/db.ts'
import { migrate, migrationsIn } from '#kernel/db/migrate.ts'
import { openDatabase, type Database } from '#kernel/db/open.ts'
import { transaction } from '#kernel/db/scoped.ts'
import { createTenantKey, forgetTenantKeys, openTenantSeal, rewrapKeys, rotateTenantKey, tenantSeal } from './keyring.ts'
import { masterKey } from './master-key.ts'
import { resealRows } from './reseal.ts'
import { sealedWith } from './tenant-seal.ts'

const NIK = 'registry.citizens.nik'
const NAME = 'registry.citizens.mother_name'
/** A register as small as can be; the real one has more fields but the same wall. */
const REGISTER = `
  create schema family_book;
  create table family_book.residents (
    tenant_id uuid, id uuid, version bigint not null default 1, created_at timestamptz, created_by uuid, updated_at timestamptz,
    updated_by uuid, deleted_at timestamptz, deleted_by uuid, nik bytea, mother_name bytea, primary key (tenant_id, id));
  grant usage on schema family_book to balai_app;
  select core.wall('family_book.residents')`

describe('keys of two villages', () => {
  const server = process.env.TEST_DATABASE_URL
  const name = `balai_keys_${process.pid}_${randomBytes(3).toString('hex')}`
  let folder: string
  let database: Database
  let sukamaju: string
  let mekarsari: string

  const onServer = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'balai-keys-'))
    let url: string | undefined
    if (server) {
      await onServer(`create database ${name}`)
      url = Object.assign(new URL(server), { pathname: name }).href
    }
    database = await openDatabase({ url, dataDir: folder, poolSize: 3, durable: false })
    const kernel = (await migrationsIn(new URL('../../db/migrations/', import.meta.url))).filter((m) => m.name.includes('_core'))
    await migrate(database.owner, kernel)
    await database.owner.query(REGISTER)
  }, 60_000)
  afterAll(async () => {
    await database.close()
    if (server) await onServer(`drop database ${name} with (force)`)
    await rm(folder, { recursive: true })
  })
  beforeEach(async () => {
    sukamaju = randomUUID()
    mekarsari = randomUUID()
    for (const [id, code] of [
      [sukamaju, 'sukamaju'],
      [mekarsari, 'mekarsari'],
    ])
      await database.owner.query(`insert into core.tenants (id, code, name, kind) values ($1, $2, $2, 'village')`, [
        id,
        `${code}-${randomBytes(4).toString('hex')}`,
      ])
  })

  /** One transaction as the application role, inside one village's wall. */
  const inside = <T>(tenant: string, work: (db: Db) => Promise<T>): Promise<T> =>
    transaction(database.app, tenant, { user: null, doing: 'keys', request: 'test', ip: null, agent: null }, work)
  const newMaster = () => masterKey([randomBytes(32)])
  const sealOf = (master: ReturnType<typeof newMaster>, tenant: string) => inside(tenant, (db) => openTenantSeal(db, master, tenant))

  test('a village made twice keeps its keys, and the office opens tomorrow what it sealed today', async () => {
    const master = newMaster()
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    const sealed = (await sealOf(master, sukamaju)).seal('9901012209070012', NIK)
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    const tomorrow = masterKey([master.key])
    expect((await tenantSeal({ database, master: masterKey([master.key]) }, sukamaju)).open(sealed, NIK)).toBe('9901012209070012')
    expect((await sealOf(tomorrow, sukamaju)).open(sealed, NIK)).toBe('9901012209070012')
    expect(await sealOf(tomorrow, sukamaju)).toBe(await sealOf(tomorrow, sukamaju))
  })

  test('a village without keys, and keys without their master, are told apart from damage', async () => {
    const master = newMaster()
    await expect(sealOf(master, mekarsari)).rejects.toMatchObject({ code: 'tenant_key_missing' })
    await inside(mekarsari, (db) => createTenantKey(db, master, mekarsari))
    await expect(sealOf(newMaster(), mekarsari)).rejects.toMatchObject({ code: 'master_key_missing', values: { id: master.id } })
    await database.owner.query(
      `update core.tenant_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where tenant_id = $1 and version = 1`,
      [mekarsari],
    )
    await expect(sealOf(masterKey([master.key]), mekarsari)).rejects.toMatchObject({ code: 'tenant_key_damaged', values: { version: 1 } })
  })

  test('a key row copied from Sukamaju does not open in Mekarsari', async () => {
    const master = newMaster()
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    await inside(mekarsari, (db) => createTenantKey(db, master, mekarsari))
    await database.owner.query(
      `update core.tenant_keys t set wrapped = s.wrapped from core.tenant_keys s
       where t.tenant_id = $1 and s.tenant_id = $2 and t.version = 1 and s.version = 1`,
      [mekarsari, sukamaju],
    )
    await expect(sealOf(master, mekarsari)).rejects.toMatchObject({ code: 'tenant_key_damaged' })
  })

  test('keys of a creation that was rolled back are forgotten', async () => {
    const master = newMaster()
    const failed = inside(sukamaju, async (db) => {
      await createTenantKey(db, master, sukamaju)
      await openTenantSeal(db, master, sukamaju)
      throw new Error('The village head changed his mind.')
    })
    await expect(failed).rejects.toThrow('changed his mind')
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    const sealed = (await sealOf(master, sukamaju)).seal('Sulastri', NAME)
    expect((await sealOf(masterKey([master.key]), sukamaju)).open(sealed, NAME)).toBe('Sulastri')
  })

  test('after a rotation new values use the new key, old ones still open, and searches still find both', async () => {
    const master = newMaster()
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    const before = await sealOf(master, sukamaju)
    const old = before.seal('9901012209070012', NIK)
    const index = before.blind('9901012209070012', NIK)
    expect(await inside(sukamaju, (db) => rotateTenantKey(db, master, sukamaju, 0))).toEqual({ version: 2 })
    forgetTenantKeys(master, sukamaju)
    const after = await sealOf(master, sukamaju)
    expect([sealedWith(old), after.version(), sealedWith(after.seal('x', NIK))]).toEqual([1, 2, 2])
    expect(after.open(old, NIK)).toBe('9901012209070012')
    expect(after.blind('9901012209070012', NIK)).toEqual(index)
  })

  test('a new key waits until every process can know it', async () => {
    const master = newMaster()
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    await inside(sukamaju, (db) => rotateTenantKey(db, master, sukamaju, 0.4))
    const seal = await sealOf(master, sukamaju)
    expect(seal.version()).toBe(1)
    await expect.poll(() => seal.version(), { timeout: 3_000 }).toBe(2)
  })

  test('the rotation command seals the register again in batches, leaves a damaged row alone and can be run again', async () => {
    const master = newMaster()
    await inside(sukamaju, (db) => createTenantKey(db, master, sukamaju))
    const first = await sealOf(master, sukamaju)
    const people = Array.from({ length: 25 }, (_, i) => ({
      id: randomUUID(),
      nik: `99010122090700${10 + i}`,
      mother: i % 3 ? `Ibu ${i}` : null,
    }))
    await inside(sukamaju, async (db) => {
      for (const p of people)
        await db.query(`insert into family_book.residents (tenant_id, id, nik, mother_name) values ($1, $2, $3, $4)`, [
          sukamaju,
          p.id,
          first.seal(p.nik, NIK),
          p.mother && first.seal(p.mother, NAME),
        ])
    })
    const broken = people.toSorted((a, b) => (a.id < b.id ? -1 : 1))[3]!
    await database.owner.query(`update family_book.residents set nik = set_byte(nik, 20, get_byte(nik, 20) # 1) where id = $1`, [broken.id])

    await inside(sukamaju, (db) => rotateTenantKey(db, master, sukamaju, 0))
    forgetTenantKeys(master, sukamaju)
    const seal = await sealOf(master, sukamaju)
    const job = {
      table: 'family_book.residents',
      tenantId: sukamaju,
      fields: [
        { column: 'nik', field: NIK },
        { column: 'mother_name', field: NAME },
      ],
      batch: 4,
    }
    let transactions = 0
    const stopped = resealRows(
      (work) => {
        if (++transactions > 3) throw new Error('The power went out.')
        return inside(sukamaju, work)
      },
      seal,
      job,
    )
    await expect(stopped).rejects.toThrow('power')
    const counts = await resealRows((work) => inside(sukamaju, work), seal, job)
    expect(counts.rows).toBe(25 - 1 - (3 * 4 - 1))
    expect(counts.failed).toEqual([broken.id])
    expect(await resealRows((work) => inside(sukamaju, work), seal, job)).toMatchObject({ rows: 0, values: 0, failed: [broken.id] })

    const { rows } = await inside(sukamaju, (db) =>
      db.query<{ id: string; nik: Buffer; mother_name: Buffer | null }>(
        `select id, nik, mother_name from family_book.residents where tenant_id = $1`,
        [sukamaju],
      ),
    )
    for (const row of rows.filter((r) => r.id !== broken.id)) {
      const person = people.find((p) => p.id === row.id)!
      expect([sealedWith(row.nik), seal.open(row.nik, NIK)]).toEqual([2, person.nik])
      expect(row.mother_name && seal.open(row.mother_name, NAME)).toBe(person.mother)
    }
  })

  test('a new master key takes over without touching the register', async () => {
    const old = newMaster()
    await inside(sukamaju, (db) => createTenantKey(db, old, sukamaju))
    const sealed = (await sealOf(old, sukamaju)).seal('9901012209070012', NIK)
    const fresh = newMaster()
    await expect(inside(sukamaju, (db) => rewrapKeys(db, fresh, [], sukamaju))).rejects.toMatchObject({ code: 'master_key_missing' })
    expect(await inside(sukamaju, (db) => rewrapKeys(db, fresh, [old], sukamaju))).toBe(2)
    expect(await inside(sukamaju, (db) => rewrapKeys(db, fresh, [old], sukamaju))).toBe(0)
    expect((await sealOf(fresh, sukamaju)).open(sealed, NIK)).toBe('9901012209070012')
    await expect(sealOf(masterKey([old.key]), sukamaju)).rejects.toMatchObject({ code: 'master_key_missing' })
  })
})
