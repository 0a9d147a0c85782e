// A city gives requests a login of their own: then nothing that runs in one can take the owner's rights back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '#kernel/db/open.ts'
import { openWorld, type World } from '../world.ts'

const onServer = Boolean(process.env['TEST_DATABASE_URL'])
if (!onServer) console.info('own-login: skipped, it needs TEST_DATABASE_URL (logins are a server’s)')

describe.skipIf(!onServer)('requests under a login of their own', () => {
  const login = `balai_web_${process.pid}`
  let world: World
  let database: Database
  beforeAll(async () => {
    world = await openWorld()
    await world.house.database.owner.query(`create role ${login} login password 'pintu' in role balai_app`)
    const appUrl = Object.assign(new URL(world.url ?? ''), { username: login, password: 'pintu' }).href
    database = await openDatabase({ url: world.url ?? '', appUrl, dataDir: world.house.config.dataDir })
  })
  afterAll(async () => {
    await database?.close()
    await world?.house.database.owner.query(`drop role if exists ${login}`)
    await world?.close()
  })

  test('work as balai_app, and giving that role up leaves less, not more', async () => {
    const client = await database.app.connect()
    try {
      expect((await client.query('select current_user, session_user')).rows).toEqual([{ current_user: 'balai_app', session_user: login }])
      await client.query('set role none')
      expect((await client.query('select rolsuper, rolbypassrls from pg_roles where rolname = current_user')).rows).toEqual([
        { rolsuper: false, rolbypassrls: false },
      ])
      expect((await client.query('select count(*)::int as n from registry.citizens')).rows).toEqual([{ n: 0 }])
      await expect(client.query('set role postgres')).rejects.toMatchObject({ code: '42501' })
      await expect(client.query('alter table registry.citizens disable row level security')).rejects.toMatchObject({ code: '42501' })
    } finally {
      client.release(true)
    }
  })
})
