// One build, two kinds of installation; and several processes that agree about a community within the moment.
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '#app/api.ts'
import { openHouse, type OpenHouse } from '#app/open-house.ts'
import type { House } from '#kernel/house.ts'
import { MIGRATIONS, openWorld, TEST_MODULES, testSettings, type Client, type World } from '#test/world.ts'
import { tenantNow } from './communities.ts'
import { switchModule } from './modules.ts'
import { addOperator } from './operators.ts'
import { restore, suspend } from './status.ts'

let world: World
let tamu: Client
let siti: Client

beforeAll(async () => {
  world = await openWorld()
  await addOperator(world.house, (await world.house.identity.userByLogin('tamu'))!.id)
  tamu = await world.as('tamu')
  siti = await world.as('siti')
})
afterAll(() => world?.close())

type Ask = (who: Client, path: string, init?: RequestInit) => Promise<{ status: number; code?: string }>

/** The HTTP side of a house, made once. */
function asking(house: House): Ask & { app: ReturnType<typeof api> } {
  const app = api(house)
  const ask: Ask = async (who, path, init = {}) => {
    const response = await app.request(path, {
      ...init,
      headers: { origin: house.config.baseUrl, cookie: who.cookie, ...(init.headers as object) },
    })
    const body = (await response.json().catch(() => ({}))) as { code?: string }
    return { status: response.status, ...(!response.ok && body.code ? { code: body.code } : {}) }
  }
  return Object.assign(ask, { app })
}

test('in a house of one village nobody is above it: no platform, no other village, and the village works', async () => {
  const alone: House = { ...world.house, config: { ...world.house.config, standalone: 'sukamaju' } }
  const ask = asking(alone)
  for (const path of ['/api/platform', '/api/platform/communities', '/api/platform/plans', '/api/platform/communities/sukamaju']) {
    expect(await ask(tamu, path), path).toEqual({ status: 404, code: 'not_found' })
  }
  expect(await ask(tamu, '/api/platform/communities/sukamaju/suspension', { method: 'POST' })).toEqual({ status: 404, code: 'not_found' })
  expect(await ask(await world.as('made'), '/api/merantian/model')).toEqual({ status: 404, code: 'not_found' })
  expect((await ask(siti, '/api/sukamaju/registry/citizens')).status).toBe(200)
  const me = (await ask.app.request('/api/me', { headers: { cookie: tamu.cookie } })).json() as Promise<{ operator?: boolean }>
  expect((await me).operator).toBeUndefined()
  expect((await tamu.get('/api/me')).body.operator).toBe(true)
  expect((await siti.get('/api/me')).body.operator).toBeUndefined()
  // Its modules are switched from the command line.
  const village = await tenantNow(alone, 'sukamaju')
  await switchModule(alone, village, 'library', false)
  expect((await ask(siti, '/api/sukamaju/library/shelves')).status).toBe(404)
  await switchModule(alone, await tenantNow(alone, 'sukamaju'), 'library', true)
})

test('a person whose village is suspended reads so in the list of their communities', async () => {
  const village = await tenantNow(world.house, 'sukamaju')
  await suspend(world.house, village, null)
  const me = (await siti.get('/api/me')).body
  expect(me.tenants).toEqual([])
  expect(me.former).toMatchObject([{ name: 'Desa Sukamaju', why: 'community_suspended' }])
  await restore(world.house, village)
})

const server = Boolean(process.env['TEST_DATABASE_URL'])
if (!server) process.stderr.write('installations: two processes skipped, they need TEST_DATABASE_URL\n')

describe.skipIf(!server)('two processes on one database', () => {
  let other: OpenHouse
  let there: ReturnType<typeof asking>
  beforeAll(async () => {
    other = await openHouse(
      { ...testSettings(world.house.config.dataDir, world.url ?? ''), poolSize: 4 },
      { modules: TEST_MODULES, migrations: MIGRATIONS, quiet: true },
    )
    there = asking(other)
    // Both listen: until then a process finds out when what it remembers is five seconds old.
    await until(async () => {
      const { rows } = await world.house.database.owner.query(
        `select 1 from pg_stat_activity where datname = current_database() and application_name = 'balai listener' and query ilike 'listen%'`,
      )
      return rows.length === 2
    })
  })
  afterAll(() => other?.close())

  /** How long until an answer is what it should be, in milliseconds. */
  async function until(ask: () => Promise<boolean>): Promise<number> {
    const began = performance.now()
    while (!(await ask())) {
      if (performance.now() - began > 20_000) throw new Error('It never was.')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return performance.now() - began
  }

  test('suspended in one, refused in the other while everybody writes: nothing is written after the first no', async () => {
    const village = await tenantNow(world.house, 'sukamaju')
    const writes: { at: number; status: number; code?: string }[] = []
    let going = true
    const writers = Array.from({ length: 6 }, async (_, hand) => {
      for (let n = 0; going; n++) {
        const answer = await there(siti, '/api/sukamaju/registry/areas', {
          method: 'POST',
          body: JSON.stringify({ kind: 'hamlet', code: `DUSUN ${hand}-${n}` }),
          headers: { 'content-type': 'application/json' },
        })
        writes.push({ at: performance.now(), ...answer })
        // A no comes from memory alone: without this, six hands that only hear no would never let the process listen.
        await setImmediate()
      }
    })
    let told = 0
    let took = 0
    try {
      await until(async () => writes.filter((w) => w.status === 201).length > 20)
      await suspend(world.house, village, null)
      told = performance.now()
      took = await until(async () => (await there(siti, '/api/sukamaju/model')).code === 'community_suspended')
      await new Promise((resolve) => setTimeout(resolve, 300))
    } finally {
      going = false
      await Promise.all(writers)
      expect(new Set(writes.map((w) => w.code ?? w.status))).toEqual(new Set([201, 'community_suspended']))
    }
    expect(took).toBeLessThan(1_500)
    const lastWrite = Math.max(...writes.filter((w) => w.status === 201).map((w) => w.at))
    expect(lastWrite - told).toBeLessThan(1_500)
    await restore(world.house, village)
    await until(async () => (await there(siti, '/api/sukamaju/model')).status === 200)
  })

  test('a module switched off in one is gone in the other, and an open stream ends by itself', async () => {
    const village = await tenantNow(world.house, 'sukamaju')
    expect((await there(siti, '/api/sukamaju/library/shelves')).status).not.toBe(500)
    await switchModule(world.house, village, 'library', false)
    await until(async () => (await there(await world.as('andi'), '/api/sukamaju/library/shelves')).status === 404)
    await switchModule(world.house, await tenantNow(world.house, 'sukamaju'), 'library', true)
    const stream = await there.app.request('/api/sukamaju/jobs/events', { headers: { cookie: siti.cookie } })
    const reader = stream.body!.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('ready')
    await suspend(world.house, village, null)
    const ended = (async () => {
      while (!(await reader.read()).done);
      return 'ended'
    })()
    expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5_000, 'still open'))])).toBe('ended')
    await restore(world.house, village)
  })

  test('twenty switches at once forget none', async () => {
    const village = await tenantNow(world.house, 'merantian')
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => switchModule(i % 2 ? other : world.house, village, i % 4 < 2 ? 'library' : 'letters', i >= 10)),
    )
    const now = await tenantNow(world.house, 'merantian')
    expect(new Set(now.modules).size).toBe(now.modules.length)
    for (const name of ['library', 'letters']) await switchModule(world.house, now, name, true)
    expect([...(await tenantNow(other, 'merantian')).modules].toSorted()).toEqual(
      TEST_MODULES.map((m) => m.name)
        .filter((n) => n !== 'core')
        .toSorted(),
    )
  })
})
