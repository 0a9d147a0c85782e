// The logs as Dewi, the auditor, takes them away: she can check them without Balai, and that she took them is noted.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { sealEverything } from './seals/test-settled.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  const andi = await world.as('andi')
  await andi.post('/core/roles', { name: '=2+5 Bendahara', permissions: [] })
  await sealEverything(world.house)
  await andi.post('/core/roles', { name: 'Belum disegel', permissions: [] })
})
afterAll(() => world?.close())

const linesOf = async (path: string): Promise<any[]> => {
  const response = await (await world.as('dewi')).raw(path)
  expect(response.status).toBe(200)
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Written from docs/decisions/0013 alone, as somebody outside would. */
const COLUMNS = [
  'tenant_id',
  'id',
  'occurred_at',
  'actor_id',
  'action',
  'resource',
  'resource_id',
  'version',
  'before',
  'after',
  'ip_address',
  'user_agent',
  'request_id',
  'transaction_id',
]
const byHand = (log: string, columns: readonly string[], row: Record<string, string | null>): string =>
  createHash('sha256')
    .update(`${log}/1\n${columns.map((c) => (row[c] === null ? '-' : `${Buffer.byteLength(row[c]!)}:${row[c]}`)).join(',')}`)
    .digest('hex')

test('every line of the exact form can be hashed again by hand, and names its seal', async () => {
  const lines = await linesOf('/core/audit_logs/export?format=ndjson')
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) expect(byHand('core.audit_logs', COLUMNS, line.row)).toBe(line.row_hash)
  const seals = (await (await world.as('dewi')).get('/core/audit-seals')).body.data
  expect(lines.filter((l) => l.seal === null)).toMatchObject([{ row: { after: expect.stringContaining('Belum disegel') } }])
  expect(new Set(lines.flatMap((l) => l.seal_hash ?? []))).toContain(seals.find((s: { log: string }) => s.log === 'core.audit_logs').hash)
})

test('CSV and Excel hold the same rows, and nothing in them that a spreadsheet would run', async () => {
  const lines = await linesOf('/core/audit_logs/export?format=ndjson')
  const dewi = await world.as('dewi')
  const csv = new Uint8Array(await (await dewi.raw('/core/audit_logs/export?format=csv')).arrayBuffer())
  expect(new TextDecoder().decode(csv)).not.toMatch(/(^|;)=/m)
  const xlsx = new Uint8Array(await (await dewi.raw('/core/audit_logs/export?format=xlsx')).arrayBuffer())
  expect([...xlsx.subarray(0, 2)]).toEqual([0x50, 0x4b])
  expect(new TextDecoder().decode(csv).split('\r\n').filter(Boolean)).toHaveLength(lines.length + 1)
})

test('only whoever may export it takes it, a period at a time, and taking it is noted', async () => {
  expect((await (await world.as('siti')).get('/core/audit_logs/export')).status).toBe(403)
  expect((await (await world.as('siti')).get('/core/security_events/export')).status).toBe(403)
  const dewi = await world.as('dewi')
  expect((await dewi.get('/core/audit_logs/export?format=pdf')).status).toBe(400)
  expect((await dewi.get('/core/audit_logs/export?from=2026-02-30')).status).toBe(400)
  expect((await dewi.get('/core/audit_logs/export?from=2026-03-01&until=2026-02-01')).status).toBe(400)
  expect(await (await dewi.raw('/core/audit_logs/export?format=ndjson&until=2020-01-01')).text()).toBe('')
  const noted = await linesOf('/core/security_events/export?format=ndjson')
  expect(noted.at(-1)).toMatchObject({
    row: { kind: 'exported', actor_name: 'Dewi Lestari', detail: expect.stringContaining('core.audit_logs') },
  })
})

test('who may not see every row of a list does not take its history either', async () => {
  const andi = await world.as('andi')
  const { body } = await andi.get('/core/roles?limit=100')
  const role = body.data.find((r: { name: string }) => r.name === 'Pembaca novel')
  const patched = await andi.patch(
    `/core/roles/${role.id}`,
    { permissions: [...role.permissions, 'core.audit_logs:read', 'core.audit_logs:export'] },
    { 'if-match': `"${role.version}"` },
  )
  expect(patched.status).toBe(200)
  const taken = await (await world.as('nani')).raw('/core/audit_logs/export?format=ndjson')
  expect(taken.status).toBe(200)
  expect(await taken.text()).not.toContain('core.roles')
})
