// Sukamaju changes its data key while the office works: everything stays readable, and nothing is left under the old key that could move.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateSecrets } from '#kernel/secrets/rotate.ts'
import { sealedWith } from '#kernel/secrets/tenant-seal.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const PERSON = {
  gender: 'L',
  birth_place: 'Wulu',
  birth_date: '1971-02-03',
  religion: 'ISLAM',
  education: 'SMA',
  occupation: 'NELAYAN',
  marital_status: 'KAWIN',
}

test('after a rotation the NIK is sealed anew, found as before, and a cause of death on the ledger can still be read', async () => {
  const siti = await world.as('siti')
  const made = await siti.post('/registry/citizens', { ...PERSON, name: 'Harun Nelayan', nik: '9902040302710001' })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const death = await siti.post(`/registry/citizens/${made.body.id}/death`, { occurred_on: '2026-01-02', cause: 'KECELAKAAN' })
  expect(death.status, JSON.stringify(death.body)).toBe(200)

  const tenant = await world.tenantId('sukamaju')
  const sealed = async (): Promise<Buffer> =>
    (await world.house.database.owner.query(`select nik from registry.citizens where tenant_id = $1 and id = $2`, [tenant, made.body.id]))
      .rows[0].nik
  const before = await sealed()
  const done = await rotateSecrets(world.house, tenant, 0, () => {})
  expect(done.rows).toBeGreaterThanOrEqual(1)
  expect(done.kept).toContain('registry.population_events')
  expect(done.failed).toEqual([])
  expect(sealedWith(await sealed())).toBe((sealedWith(before) ?? 0) + 1)

  const shown = await siti.get(`/registry/citizens/${made.body.id}`)
  expect(shown.body.nik).toBe('9902••••••••0001')
  expect((await siti.get('/registry/citizens?nik=9902040302710001')).body.data).toHaveLength(1)
  // The event could not be sealed again; its secret still opens, with the key it was sealed with.
  const events = await siti.get(`/registry/population_events?citizen_id=${made.body.id}`)
  expect(events.body.data.find((e: { kind: string }) => e.kind === 'DEATH').cause).toMatch(/^•+$/)
  // The other village kept its key.
  const other = await world.tenantId('merantian')
  const { rows } = await world.house.database.owner.query(`select max(version) as newest from core.tenant_keys where tenant_id = $1`, [
    other,
  ])
  expect(Number(rows[0].newest)).toBe(1)
})
