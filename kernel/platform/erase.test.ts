// Merantian asks to be forgotten: thirty days to think better of it, then nothing is left but a certificate.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { globalDb } from '#kernel/db/scoped.ts'
import { gathered } from '#kernel/documents/test-files.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { makerOf } from '#test/matrix/maker.ts'
import { PASSWORD } from '#test/places.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { countRows, tenantTables } from './catalog.ts'
import { certificatesOf } from './certificates.ts'
import { eraseTenant } from './erase.ts'
import { exportFile } from './exports.ts'
import { addOperator } from './operators.ts'
import { insideAsOwner } from './owner-db.ts'

let world: World
let tamu: Client
let id: string
const at = (path: string): string => `/api/platform/communities/merantian${path}`
const quiet = (): void => {}

beforeAll(async () => {
  world = await openWorld()
  await addOperator(world.house, (await world.house.identity.userByLogin('tamu'))!.id)
  tamu = await world.as('tamu')
  await tamu.post('/api/platform/confirmation', { password: PASSWORD })
  id = await world.tenantId('merantian')
  for (const [person, place, marker] of [
    ['made', 'merantian', 'Merantian'],
    ['andi', 'sukamaju', 'Sukamaju'],
  ] as const) {
    const maker = makerOf(world, await world.as(person, place), marker)
    for (const r of world.house.model.resources.values()) if (r.verbs.includes('create') && r.module !== 'core') await maker.make(r.name)
    await maker.make('core.documents')
  }
})
afterAll(() => world?.close())

const countsOf = async (tenantId: string): Promise<Map<string, number>> =>
  countRows(insideAsOwner(world.house, tenantId), tenantId, await tenantTables(globalDb(world.house.database.owner)))
const filesOf = async (tenantId: string): Promise<number> => (await gathered(world.house.storage.list(`${tenantId}/`))).length
const due = (): Promise<unknown> =>
  world.house.database.owner.query(`update core.tenants set delete_after = now() - interval '1 second' where id = $1`, [id])
const statusOf = async (): Promise<string> => (await tamu.get(at(''))).body.status

describe('while it can be called back', () => {
  test('the village is closed at once, its page says so, and nothing is removed before its time', async () => {
    expect((await tamu.post(at('/deletion'), { code: 'merantian' })).body).toMatchObject({ status: 'deleting' })
    const days = (new Date((await tamu.get(at(''))).body.delete_after).getTime() - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(30)
    expect((await (await world.as('made')).get('/model')).body.code).toBe('community_deleting')
    await world.house.platform.upkeep()
    await world.house.platform.drain()
    expect(await eraseTenant(world.house, id, quiet).catch((error: { code: string }) => error.code)).toBe('not_due')
    expect((await countsOf(id)).get('core.roles')).toBeGreaterThan(0)
  })

  test('called back it is what it was before, suspended if it was', async () => {
    expect((await tamu.delete(at('/deletion'))).body.status).toBe('active')
    expect((await (await world.as('made')).get('/model')).status).toBe(200)
    await tamu.post(at('/suspension'), {})
    await tamu.post(at('/deletion'), { code: 'merantian', grace_days: 1 })
    expect((await tamu.delete(at('/deletion'))).body.status).toBe('suspended')
    expect((await tamu.delete(at('/deletion'))).body.code).toBe('wrong_status')
    await tamu.post(at('/restoration'))
    expect(await statusOf()).toBe('active')
  })
})

test('archives are made on request, with the password, and go when the village goes', async () => {
  const asked = await tamu.post(at('/archives'), { passphrase: 'sawah yang luas sekali' })
  expect(asked.status, JSON.stringify(asked.body)).toBe(202)
  expect(JSON.stringify(asked.body)).not.toContain('relocked')
  await world.house.platform.drain()
  const done = (await tamu.get(`/api/platform/jobs/${asked.body.id}`)).body
  expect(done).toMatchObject({ status: 'succeeded', may: ['download'], result: { locked_with: 'passphrase' } })
  const file = await tamu.raw(`/api/platform/jobs/${done.id}/file`)
  const bytes = Buffer.from(await file.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(done.result.sha256)
  expect(file.headers.get('content-disposition')).toContain('merantian-')
  expect((await (await world.as('made')).get(`/api/platform/jobs/${done.id}/file`)).status).toBe(404)
  expect(exportFile(world.house, id, done.id)).toContain(id)
})

/** Begins to erase in a process of its own, and kills it in the middle. */
async function killedInTheMiddle(): Promise<void> {
  const script = `
    import { openHouse } from '#app/open-house.ts'
    import { MIGRATIONS, TEST_MODULES, testSettings } from '#test/world.ts'
    import { eraseTenant } from '#kernel/platform/erase.ts'
    const house = await openHouse(testSettings(process.env.DATA, process.env.URL), { modules: TEST_MODULES, migrations: MIGRATIONS, quiet: true })
    let n = 0
    await eraseTenant(house, process.env.TENANT, () => void (++n === 12 && process.stdout.write('middle\\n')), 2)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'] ?? '', DATA: world.house.config.dataDir, URL: world.url ?? '', TENANT: id },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.on('exit', resolve))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGKILL')
  await gone
}

test('deleted for good: interrupted and taken up again, no row of any table is left, the other village keeps all of its own', async () => {
  await tamu.post(at('/deletion'), { code: 'merantian' })
  const [before, others] = [await countsOf(id), await countsOf(await world.tenantId('sukamaju'))]
  expect([...before.values()].filter((n) => n > 0).length).toBeGreaterThan(12)
  await due()
  if (world.kind === 'server') await killedInTheMiddle()
  else {
    let n = 0
    const interrupted = eraseTenant(
      world.house,
      id,
      () => {
        if (++n === 12) throw new Error('power cut')
      },
      2,
    )
    await expect(interrupted).rejects.toThrow('power cut')
  }
  const middle = [...(await countsOf(id)).values()].reduce((a, b) => a + b, 0)
  expect(middle).toBeLessThan([...before.values()].reduce((a, b) => a + b, 0))
  expect(middle).toBeGreaterThan(0)
  expect((await tamu.delete(at('/deletion'))).body.code).toBe('too_late')
  expect((await countsOf(id)).get('core.tenant_keys'), 'keys go last').toBe(2)

  await world.house.platform.upkeep()
  await world.house.platform.drain()
  expect([...(await countsOf(id))].filter(([, n]) => n > 0)).toEqual([])
  expect(await filesOf(id)).toBe(0)
  expect(await filesOf(await world.tenantId('sukamaju'))).toBe(1)
  expect(await tenantByCode(world.house, 'merantian')).toBeNull()
  expect((await tamu.get(at(''))).status).toBe(404)
  const kept = await countsOf(await world.tenantId('sukamaju'))
  // The logs of the other village may have grown meanwhile; nothing of it has gone.
  for (const [table, n] of others) expect(kept.get(table) ?? 0, table).toBeGreaterThanOrEqual(n)
  const queued = await world.house.database.owner.query(`select 1 from jobs.job where data ->> 'tenant_id' = $1`, [id])
  expect(queued.rows).toEqual([])

  const certificate = (await certificatesOf(world.house)).find((c) => c.community_id === id)!
  expect(certificate).toMatchObject({
    code_hash: createHash('sha256').update('merantian').digest('hex'),
    asked_by_name: 'Tamu Tanpa Desa',
    intact: true,
  })
  expect(certificate.deleted_at).not.toBeNull()
  for (const [table, n] of before) expect(certificate.counts[table] ?? 0, table).toBeGreaterThanOrEqual(n)
  expect(certificate.row_total).toBe(Object.values(certificate.counts).reduce((a, b) => a + b, 0))
  expect(certificate.master_key_ids).toEqual([world.house.master.id])
  expect(JSON.stringify(certificate)).not.toContain('Nagari')
  expect((await tamu.get('/api/platform/deletions')).body.data).toHaveLength(1)
  expect((await (await world.as('andi')).get('/api/platform/deletions')).status).toBe(404)
})

test('a certificate does not change, not even for the owner of the database', async () => {
  const { owner, app } = world.house.database
  for (const sql of [`update core.deletions set row_total = 0`, 'delete from core.deletions', 'truncate core.deletions']) {
    await expect(owner.query(sql), sql).rejects.toMatchObject({ code: '42501' })
    await expect(app.query(sql), sql).rejects.toMatchObject({ code: '42501' })
  }
})

test('people of the deleted village keep their accounts, and Rina her other village', async () => {
  const rina = await world.as('rina', 'sukamaju')
  expect((await rina.get('/api/me')).body.tenants.map((t: { code: string }) => t.code)).toEqual(['sukamaju'])
  expect((await (await world.as('made')).get('/model')).status).toBe(404)
})
