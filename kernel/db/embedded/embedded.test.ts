// One session, many connections: what each may believe about the embedded database, as if it were alone on a server.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copyDatabase, openDatabase, type Database } from '#kernel/db/open.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'balai-embedded-'))
let db: Database

beforeAll(async () => {
  db = await openDatabase({ dataDir: path.join(folder, 'sukamaju'), durable: false })
  await db.owner.query(`
    create schema core;
    create role balai_app;
    create table core.notes (id int primary key, text text);
    grant usage on schema core to balai_app;
    grant select, insert on core.notes to balai_app`)
}, 60_000)
afterAll(async () => {
  await db.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

type Who = { role: string; path: string }
const WHO = `select current_user::text as role, current_setting('search_path') as path`

describe('connections of the embedded database', () => {
  test('work under their own role, however they are mixed with errors, transactions and departures', async () => {
    const wrong: string[] = []
    const errand = async (n: number): Promise<void> => {
      const [pool, role] = n % 2 === 0 ? [db.owner, 'postgres'] : [db.app, 'balai_app']
      const check = ({ rows }: { rows: Who[] }): void => {
        if (rows[0]?.role !== role || rows[0].path.replace(' ', '') !== 'core,public') wrong.push(`${n}: ${JSON.stringify(rows[0])}`)
      }
      if (n % 5 === 0) await expect(pool.query('select 1/0')).rejects.toMatchObject({ code: '22012' })
      if (n % 7 === 0) {
        const client = await pool.connect()
        await client.query('begin')
        check(await client.query(WHO))
        if (n % 3 === 0) await client.query('selec').catch(() => {})
        if (n % 21 === 0) await client.query('rollback')
        client.release(n % 21 !== 0)
      }
      check(await pool.query(n % 4 === 0 ? { name: 'who', text: WHO } : WHO))
    }
    await Promise.all(Array.from({ length: 400 }, (_, n) => errand(n)))
    expect(wrong).toEqual([])
  })

  test('what the application may not do, it may not do', async () => {
    await expect(db.app.query('create table core.mine (id int)')).rejects.toMatchObject({ code: '42501' })
    await expect(db.app.query('delete from core.notes')).rejects.toMatchObject({ code: '42501' })
  })

  test('keep their settings to themselves', async () => {
    const rude = await db.owner.connect()
    await rude.query(`set search_path = nowhere; set role balai_app`)
    expect((await rude.query<Who>(WHO)).rows[0]).toEqual({ role: 'balai_app', path: 'nowhere' })
    expect((await db.owner.query<Who>(WHO)).rows[0]).toEqual({ role: 'postgres', path: 'core,public' })
    rude.release(true)
  })

  test('keep the session while their transaction is open, and nobody sees inside', async () => {
    const Budi = await db.app.connect()
    await Budi.query('begin')
    await Budi.query(`insert into core.notes values (1, 'Budi')`)
    const seen = db.app.query('select count(*)::int as n from core.notes where id = 1')
    await Budi.query('rollback')
    Budi.release()
    expect((await seen).rows[0]).toEqual({ n: 0 })
  })

  test('that vanish in a transaction leave nothing behind', async () => {
    const Siti = await db.app.connect()
    await Siti.query('begin')
    await Siti.query(`insert into core.notes values (2, 'Siti')`)
    Siti.release(true)
    expect((await db.app.query('select count(*)::int as n from core.notes where id = 2')).rows[0]).toEqual({ n: 0 })
  })

  test('may name their prepared statements alike', async () => {
    const [one, two] = [await db.app.connect(), await db.owner.connect()]
    expect((await one.query({ name: 'q', text: 'select 1 as n' })).rows).toEqual([{ n: 1 }])
    expect((await two.query({ name: 'q', text: 'select 2 as n' })).rows).toEqual([{ n: 2 }])
    expect((await one.query({ name: 'q', text: 'select 1 as n' })).rows).toEqual([{ n: 1 }])
    one.release()
    two.release()
  })

  test('carry five megabytes each way, and answers of any length', async () => {
    const photo = 'é'.repeat(2_500_000)
    expect((await db.app.query('select $1::text as photo', [photo])).rows[0].photo).toBe(photo)
    // Around the sizes at which the server's buffer fills up in the middle of its last message.
    for (let length = 8_100; length < 8_230; length++) {
      const { rows } = await db.app.query(`select repeat('x', ${length}) as x`)
      expect(rows[0].x).toHaveLength(length)
    }
  })

  test('read in portions through a cursor', async () => {
    const client = await db.owner.connect()
    await client.query('begin')
    await client.query('declare c cursor for select generate_series(1, 1000) as n')
    expect((await client.query('fetch 400 from c')).rows).toHaveLength(400)
    await client.query('commit')
    client.release()
  })

  test('survive thousands of errors', async () => {
    for (let n = 0; n < 3_000; n++) await db.app.query('select 1/0').catch(() => {})
    expect((await db.app.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  }, 30_000)

  test('are told at once what cannot work here', async () => {
    await expect(db.owner.query('copy core.notes from stdin')).rejects.toMatchObject({ code: '0A000' })
    expect((await db.owner.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  })
})

describe('the embedded database', () => {
  test('has the extensions that migrations ask for', async () => {
    for (const name of ['postgis', 'pg_trgm', 'btree_gist', 'btree_gin', 'pgcrypto', 'unaccent']) {
      await db.owner.query(`create extension if not exists ${name} with schema public`)
    }
    const { rows } = await db.owner.query(`
      select round(ST_Distance(ST_Point(106.82, -6.2)::geography, ST_Point(106.83, -6.2)::geography)) as metres, unaccent('Désa') as plain`)
    expect(rows[0]).toEqual({ metres: 1107, plain: 'Desa' })
  }, 30_000)

  test('comes back by itself after a crash, with everything confirmed', async () => {
    await db.owner.query(`insert into core.notes values (3, 'Wayan')`)
    const idle = await db.app.connect()
    idle.on('error', () => {})
    // Deeper than the WebAssembly can go: the check that would refuse this is switched off.
    const tooDeep = `set max_stack_depth = '4MB'; select ${'1+'.repeat(60_000)}1`
    await expect(db.owner.query(tooDeep)).rejects.toMatchObject({ code: '57P02' })
    idle.release(true)
    expect((await db.app.query('select text from core.notes where id = 3')).rows).toEqual([{ text: 'Wayan' }])
  }, 30_000)

  test('confirms nothing that the disk refused', async () => {
    const dataDir = path.join(folder, 'full-disk')
    const own = await openDatabase({ dataDir })
    await own.owner.query('create schema core; create table core.t (id int)')
    const { fsyncSync } = fs
    fs.fsyncSync = () => {
      throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
    }
    const refused = own.owner.query('insert into core.t values (1)').catch((error: { code: string }) => error.code)
    expect(await refused).toBe('57P02')
    fs.fsyncSync = fsyncSync
    const count = (): Promise<number> => own.owner.query('select count(*)::int as n from core.t').then(({ rows }) => rows[0].n)
    await vi.waitFor(async () => expect(await count()).toBeLessThanOrEqual(1), { timeout: 30_000, interval: 500 })
    await own.close()
  }, 60_000)

  test('can be copied while closed, and a copy goes its own way', async () => {
    const [from, to] = [path.join(folder, 'template'), path.join(folder, 'copy')]
    const first = await openDatabase({ dataDir: from, durable: false })
    await first.owner.query('create schema core; create table core.t as select 7 as n')
    await first.close()
    const second = await openDatabase({ dataDir: path.join(folder, 'second'), template: from, durable: false })
    expect((await second.owner.query('select n from core.t')).rows).toEqual([{ n: 7 }])
    await second.close()
    await copyDatabase(from, to)
    expect(fs.existsSync(path.join(to, 'db', 'PG_VERSION'))).toBe(true)
  }, 60_000)

  test('begins again when its first start was interrupted', async () => {
    const dataDir = path.join(folder, 'interrupted')
    fs.mkdirSync(path.join(dataDir, 'db'), { recursive: true })
    fs.writeFileSync(path.join(dataDir, 'db', 'PG_VERSION'), '18')
    fs.writeFileSync(path.join(dataDir, 'db.unfinished'), '')
    const again = await openDatabase({ dataDir, durable: false })
    expect((await again.owner.query('select 1 as n')).rows).toEqual([{ n: 1 }])
    await again.close()
  }, 60_000)
})
