// The example villages: what a visitor finds on the health pages, as whole and as plausible as a cadre would leave it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, openWorld, type World } from '#test/world.ts'
import { ok } from '../test-village.ts'
import { cadresHamlet } from './health.ts'
import { demo } from './index.ts'

let world: World
let andi: Client
beforeAll(async () => {
  world = await openWorld()
  andi = await world.as('andi')
  await world.write('andi', 'sukamaju', demo)
}, 120_000)
afterAll(() => world?.close())

test('every small child has a record, is weighed and vaccinated, and grows within what children do', async () => {
  const measured = ok(await andi.get('/registry/health_measurements?limit=200&sort=measured_on')).data
  expect(measured.length).toBeGreaterThan(50)
  const children = [...new Set(measured.map((m: any) => m.citizen_id))] as string[]
  expect(children.length).toBeGreaterThan(3)
  for (const id of children) {
    const growth = ok(await andi.get(`/registry/growth?citizen_id=${id}`))
    expect(growth.standard.weight_kg).toHaveLength(61)
    const heights = growth.data.map((m: any) => Number(m.height_cm))
    for (const m of growth.data) {
      const month = Math.min(60, Math.round((Date.parse(m.measured_on) - Date.parse(growth.birth_date)) / 86_400_000 / 30.4375))
      expect(Number(m.weight_kg)).toBeGreaterThan(growth.standard.weight_kg[month].minus3 * 0.9)
      expect(Number(m.weight_kg)).toBeLessThan(growth.standard.weight_kg[month].median * 1.3)
    }
    expect(heights.at(-1), 'nobody shrinks').toBeGreaterThanOrEqual(heights[0])
    const [record] = ok(await andi.get(`/registry/health_records?citizen_id=${id}`)).data
    const { values } = ok(await andi.post(`/registry/health_records/${record.id}/disclosure`, { fields: ['vaccinations', 'last_checkup'] }))
    expect(values.last_checkup).toBe(growth.data.at(-1).measured_on)
    for (const given of values.vaccinations) expect(given.given_on >= growth.birth_date).toBe(true)
  }
})

test('the example cadre has a hamlet with children in it', async () => {
  const hamlet = await world.read('andi', 'sukamaju', cadresHamlet)
  expect(ok(await andi.get(`/registry/areas/${hamlet}`)).kind).toBe('hamlet')
})
