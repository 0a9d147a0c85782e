// Whom a hamlet head sees, what another village sees, and that the demo fills a village anybody can look around in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { ok, type Village, villageIn } from './test-village.ts'

let world: World
let village: Village
beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
})
afterAll(() => world?.close())

describe('who sees what', () => {
  test('Joko, head of a hamlet without an area, sees nobody; Made of Merantian nothing of Sukamaju', async () => {
    const joko = await world.as('joko')
    for (const what of ['citizens', 'families', 'addresses', 'areas', 'population_events'])
      expect(ok(await joko.get(`/registry/${what}`)).data).toEqual([])
    expect(ok(await joko.get('/registry/household-map')).features).toEqual([])
    const made = await world.as('made')
    expect(ok(await made.get('/registry/citizens')).data).toEqual([])
  })

  test('given his hamlet, Joko sees who lives there and what happened to them, and nobody else', async () => {
    const { home, member } = village
    const [own, other] = [await home('WILAYAH JOKO'), await home('SEBELAH')]
    const neighbour = await member(own.family, 'Tetangga Joko', 'KEPALA_KELUARGA')
    const stranger = await member(other.family, 'Bukan Tetangga', 'KEPALA_KELUARGA')
    const andi = await world.as('andi')
    const membership = ok(await andi.get('/core/memberships')).data.find((m: any) => m.username === 'joko')
    const limits = { attributes: { area_id: own.hamlet.id } }
    ok(await andi.patch(`/core/memberships/${membership.id}`, limits, { 'if-match': `"${membership.version}"` }))
    const joko = await world.as('joko')
    expect(ok(await joko.get('/registry/citizens')).data.map((c: any) => c.name)).toEqual(['Tetangga Joko'])
    expect(ok(await joko.get('/registry/families')).data.map((f: any) => f.id)).toEqual([own.family.id])
    expect(ok(await joko.get('/registry/areas')).data.map((a: any) => a.name)).toEqual(['WILAYAH JOKO', 'RT 001 WILAYAH JOKO'])
    expect(ok(await joko.get('/registry/population_events')).data.map((e: any) => e.citizen_id)).toEqual([neighbour.id])
    expect((await joko.get(`/registry/citizens/${stranger.id}`)).status).toBe(404)
    expect((await joko.get(`/registry/family-card?family_id=${other.family.id}`)).status).toBe(404)
    expect(ok(await joko.get('/home')).numbers[0]).toMatchObject({ key: 'residents', value: 1 })
    expect((await joko.post(`/registry/citizens/${neighbour.id}/death`, { occurred_on: '2026-01-01' })).status).toBe(403)
  })
})

describe('demo', () => {
  test('fills Merantian with forty families and a year of events', async () => {
    const { demo } = await import('./demo/index.ts')
    await world.write('made', 'merantian', demo)
    const made = await world.as('made')
    const families = ok(await made.get('/registry/families?count=true'))
    expect(families.page.total).toBe(40)
    const deaths = ok(await made.get('/registry/population_events?kind=DEATH,BIRTH,DEPARTURE&count=true'))
    expect(deaths.page.total).toBeGreaterThanOrEqual(5)
    const map = ok(await made.get('/registry/household-map'))
    expect(map.features.length).toBeGreaterThan(35)
    expect(map.features[0]).toMatchObject({
      type: 'Feature',
      geometry: { type: 'Point' },
      properties: { hamlet: expect.stringContaining('JORONG') },
    })
    const home = ok(await made.get('/home'))
    expect(home.waiting.map((w: any) => w.key)).toContain('without_head')
    expect(home.numbers.map((n: any) => n.key)).toEqual(['residents', 'men_women', 'families'])
    const someone = ok(await made.get('/registry/citizens?nik_status=PERMANENT')).data[0]
    expect(ok(await made.get(`/registry/nik-warnings?citizen_id=${someone.id}`))).toEqual({ data: [] })
  })
})
