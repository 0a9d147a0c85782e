// The seals over Sukamaju's logs travel with it: they hold on the other server, and what is done there goes on from them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOG_NAMES } from '#kernel/audit/seals/canonical.ts'
import { readKept, sealFile } from '#kernel/audit/seals/kept-apart.ts'
import { sealEverything } from '#kernel/audit/seals/test-settled.ts'
import { verifyLog } from '#kernel/audit/seals/verify.ts'
import { noteSecurity, settleSecurity } from '#kernel/security-log/security-log.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { openWorld, type World } from '#test/world.ts'
import { exportTenant } from './archive/export.ts'
import { importTenant } from './archive/import.ts'
import { eraseTenant } from './erase.ts'

const quiet = (): void => {}
let here: World
let there: World
let folder: string
let id: string

const shelves = async (world: World, prefix: string, n: number): Promise<void> => {
  const andi = await world.as('andi')
  for (let i = 0; i < n; i++) expect((await andi.post('/library/shelves', { code: `${prefix}-${i}` })).status).toBe(201)
}
/** What `balai audit verify` says of both logs, with the seals kept apart in the data folder of that server. */
const verified = (world: World) =>
  Promise.all(LOG_NAMES.map((log) => verifyLog(world.house, id, log, readKept(sealFile(world.house.config.dataDir, id)))))

beforeAll(async () => {
  here = await openWorld()
  there = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'balai-archive-seals-'))
  id = await here.tenantId('sukamaju')
  // The other installation was cloned from the same template: its Sukamaju makes room.
  await there.house.database.owner.query(
    `update core.tenants set status = 'deleting', status_before = 'active', deletion_asked_at = now(), delete_after = now() where id = $1`,
    [id],
  )
  await eraseTenant(there.house, id, quiet)
})
afterAll(async () => {
  await here?.close()
  await there?.close()
  rmSync(folder, { recursive: true, force: true })
})

const move = async (name: string): Promise<void> => {
  const file = join(folder, name)
  await exportTenant(here.house, (await tenantByCode(here.house, 'sukamaju'))!, file, null, quiet)
  await importTenant(there.house, file, {}, quiet)
}

test('a server whose clock is behind does not take it, and keeps nothing', async () => {
  await noteSecurity(here.house, { kind: 'exported', tenantId: id, origin: { requestId: 'x', ip: null, userAgent: null } })
  await settleSecurity(here.house)
  const now = Date.now
  const file = join(folder, 'early.tar.gz')
  await exportTenant(here.house, (await tenantByCode(here.house, 'sukamaju'))!, file, null, quiet)
  try {
    Date.now = () => now() - 3_600_000
    await expect(importTenant(there.house, file, {}, quiet)).rejects.toMatchObject({ status: 422, code: 'clock_behind' })
  } finally {
    Date.now = now
  }
  expect(await tenantByCode(there.house, 'sukamaju')).toBeNull()
})

test('they hold where they came to; what is done there is sealed after them; an edit of what came is found', async () => {
  // This server has counted more transactions than the other will for a while: its numbers mean nothing there.
  await shelves(here, 'L', 40)
  await sealEverything(here.house)
  await shelves(here, 'U', 3)
  await move('journey.tar.gz')

  const arrived = await verified(there)
  expect(arrived.map((v) => v.finding)).toEqual([null, null])
  expect(arrived[0]!.checked).toMatchObject({ waiting: 0 })
  expect(arrived[0]!.checked.rows).toBeGreaterThan(43)

  await shelves(there, 'B', 3)
  const before = await verified(there)
  expect(before.map((v) => v.finding)).toEqual([null, null])
  expect(before[0]!.checked.waiting).toBeGreaterThanOrEqual(3)
  await sealEverything(there.house)
  const after = await verified(there)
  expect(after.map((v) => v.finding)).toEqual([null, null])
  expect(after[0]!.checked.waiting).toBe(0)
  expect(after[0]!.checked.rows).toBe(arrived[0]!.checked.rows + before[0]!.checked.waiting)

  const client = await there.house.database.owner.connect()
  try {
    await client.query('begin')
    await client.query('select core.enter($1::uuid)', [id])
    await client.query('set local session_replication_role = replica')
    const { rows } = await client.query<{ id: string }>(
      `update core.audit_logs set action = 'read' where tenant_id = $1 and after ->> 'code' = 'L-7' returning id`,
      [id],
    )
    await client.query('commit')
    expect((await verified(there))[0]!.finding).toMatchObject({ what: 'changed', id: rows[0]!.id })
  } finally {
    client.release()
  }
})
