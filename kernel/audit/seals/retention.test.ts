// Old months leave by rule, sealed ones only, and never while somebody holds them; what is left still proves what was there.
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Client, openWorld, type World } from '#test/world.ts'
import { readKept, sealFile } from './kept-apart.ts'
import { sealEverything } from './test-settled.ts'
import { keepLogs } from './upkeep.ts'
import { verifyLog } from './verify.ts'

const LOG = 'core.audit_logs'

let world: World
let owner: pg.Pool
let sukamaju: string
let merantian: string
beforeAll(async () => {
  world = await openWorld()
  owner = world.house.database.owner
  ;[sukamaju, merantian] = [await world.tenantId('sukamaju'), await world.tenantId('merantian')]
})
afterAll(() => world?.close())

let month = 0
let table: string
let first: string
/** A month of 2018 with a few rows of both villages, as if Balai had run then. */
beforeEach(async () => {
  const name = String(++month).padStart(2, '0')
  table = `audit_logs_2018${name}`
  first = `2018-${name}-01`
  await owner.query(
    `create table core.${table} partition of core.audit_logs for values from ('${first}Z') to (timestamptz '${first}Z' + interval '1 month')`,
  )
  await owner.query(`alter table core.${table} enable row level security; alter table core.${table} force row level security;
    create policy wall on core.${table} using (tenant_id = core.tenant_id())`)
  for (const tenant of [sukamaju, merantian]) await remember(tenant, 3)
})

async function remember(tenant: string, rows: number): Promise<void> {
  const client = await owner.connect()
  await client.query('begin')
  await client.query('select core.enter($1::uuid)', [tenant])
  for (let n = 1; n <= rows; n++)
    await client.query(
      `insert into core.audit_logs (tenant_id, occurred_at, action, resource, resource_id) values ($1, $2::timestamptz + $3 * interval '1 hour', 'created', 'registry.citizens', gen_random_uuid())`,
      [tenant, `${first}T00:00:00Z`, n],
    )
  await client.query('commit')
  client.release()
}

const stands = async (): Promise<boolean> =>
  (await owner.query('select to_regclass($1) is not null as there', [`core.${table}`])).rows[0].there
const verify = (tenant: string) => verifyLog(world.house, tenant, LOG, readKept(sealFile(world.house.config.dataDir, tenant)))

/** Sets a setting as its page does: with the version it was shown. */
async function set(client: Client, name: string, value: unknown): Promise<number> {
  const { body } = await client.get('/settings')
  const { version } = body.data.find((s: { name: string }) => s.name === name)
  return (await client.put(`/settings/${name}`, { value }, { 'if-match': `"${version}"` })).status
}

test('after seven years a month is dropped; the chain holds and says so', async () => {
  await sealEverything(world.house)
  expect((await verify(sukamaju)).finding).toBeNull()
  await keepLogs(world.house, new Date('2025-01-31'))
  expect(await stands()).toBe(true)
  await keepLogs(world.house, new Date('2025-02-01'))
  expect(await stands()).toBe(false)
  for (const tenant of [sukamaju, merantian]) {
    const { finding, checked } = await verify(tenant)
    expect(finding).toBeNull()
    expect(checked).toMatchObject({ dropped: 3, droppedMonths: [first] })
  }
  // A machine whose clock went wrong writes into that month once more: sealed like anything else.
  await remember(sukamaju, 1)
  await sealEverything(world.house)
  expect(await verify(sukamaju)).toMatchObject({ finding: null, checked: { dropped: 3, waiting: 0 } })
})

test('a village that keeps its logs for ten years keeps them for all', async () => {
  await sealEverything(world.house)
  const andi = await world.as('andi')
  expect(await set(andi, 'core.audit_retention_years', 10)).toBeLessThan(300)
  await keepLogs(world.house, new Date('2026-06-01'))
  expect(await stands()).toBe(true)
  expect(await set(andi, 'core.audit_retention_years', 7)).toBeLessThan(300)
})

test('nothing leaves while a village holds it', async () => {
  await sealEverything(world.house)
  const made = await world.as('made')
  expect(await set(made, 'core.audit_legal_hold', true)).toBeLessThan(300)
  await keepLogs(world.house, new Date('2026-06-01'))
  expect(await stands()).toBe(true)
  expect(await set(made, 'core.audit_legal_hold', false)).toBeLessThan(300)
})

test('a month of which one row was tampered away is not dropped: it is evidence', async () => {
  await sealEverything(world.house)
  await owner.query(
    `alter table core.${table} disable trigger user; delete from core.${table} where tenant_id = '${merantian}' and id = (select id from core.${table} where tenant_id = '${merantian}' limit 1)`,
  )
  await keepLogs(world.house, new Date('2026-06-01'))
  expect(await stands()).toBe(true)
})

test('a month that somebody simply dropped is missed', async () => {
  await sealEverything(world.house)
  await owner.query(`drop table core.${table}`)
  expect((await verify(sukamaju)).finding).toMatchObject({ what: 'missing', log: LOG })
})
