// The monthly statistics of Sukamaju: what the ledger says, as long as the ledger says it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepHouse, listDuties } from '#kernel/upkeep/upkeep.ts'
import { openWorld, type World } from '#test/world.ts'
import { addDays, addMonths, monthOf } from '../ledger/days.ts'
import { ok, person, villageIn, type Village } from '../test-village.ts'

let world: World
let village: Village
let family: any
const today = new Date().toISOString().slice(0, 10)
/** Three months, the last of them just over. */
const [first, second, third] = [addMonths(today, -3), addMonths(today, -2), addMonths(today, -1)] as [string, string, string]

beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  ok(
    await (await world.as('andi')).post('/registry/village_profiles', {
      name: 'Sukamaju',
      code: '9902042001',
      head_name: 'Kades',
      books_from: first,
    }),
    201,
  )
  family = (await village.home('Timur')).family
  await village.member(family, 'Ahmad', 'KEPALA_KELUARGA')
  await village.member(family, 'Wati', 'ISTRI', { gender: 'P', birth_date: '1984-01-02' })
  ok(
    await village.act('families', family.id, 'birth', {
      name: 'Sari',
      gender: 'P',
      birth_place: 'Sukamaju',
      birth_date: addDays(second, 4),
      family_relationship: 'ANAK',
      reported_on: addDays(second, 6),
    }),
  )
}, 120_000)
afterAll(() => world?.close())

const months = async (): Promise<any[]> => ok(await village.siti.get('/registry/population_statistics?sort=period&limit=100')).data

/** Every month must say what the ledger's own report and pyramid say. */
async function agreesWithLedger(): Promise<void> {
  for (const row of await months()) {
    const report = ok(await village.siti.get(`/registry/population-report?month=${row.period}`))
    const cell = (key: string) => report.rows.find((r: any) => r.key === key).cells
    expect(row, row.period).toMatchObject({
      total_male: cell('closing').male,
      total_female: cell('closing').female,
      total_families: cell('closing').heads,
      births: cell('birth').total,
      deaths: cell('death').total,
      migrations: cell('arrival').total + cell('departure').total,
    })
    const pyramid = ok(await village.siti.get(`/registry/age-pyramid?day=${report.last}`))
    for (const { from, to, male, female } of pyramid.rows)
      expect(row[`age_${from}_${to ?? 'up'}`], `${row.period} ${from}`).toBe(male + female)
  }
}

test('upkeep counts the months that are over; a second time there is nothing to do; it is listed with what came of it', async () => {
  expect(await months()).toEqual([])
  expect(await keepHouse(world.house, ['registry.monthly-statistics'])).toEqual([])
  const rows = await months()
  expect(rows.map((r) => r.period)).toEqual([addMonths(first, -1), first, second, third])
  expect(rows.at(-1)).toMatchObject({ total_male: 1, total_female: 2, total_families: 1, births: 0, year: Number(third.slice(0, 4)) })
  expect(rows.find((r) => r.period === second)).toMatchObject({ births: 1, age_0_4: 1 })
  await agreesWithLedger()
  const duty = async () => (await listDuties(world.house)).find((d) => d.name === 'registry.monthly-statistics')?.last
  expect(await duty()).toMatchObject({ failed: false, result: { counted: 4 } })
  await keepHouse(world.house, ['registry.monthly-statistics'])
  expect((await duty())?.result).toEqual({ counted: 0 })
})

test('what is booked late takes the months it changes away, and counting again brings them back as the ledger has them', async () => {
  const guest = await village.make('citizens', person('Tamu', { family_id: null }))
  expect((await months()).length, 'entered before the books began, so every month has changed').toBeLessThan(4)
  ok(await village.siti.post('/registry/population_statistics/rebuilding', {}))
  expect(await months()).toHaveLength(4)
  ok(
    await village.act('citizens', guest.id, 'departure', {
      occurred_on: addDays(third, 3),
      reported_on: addDays(third, 5),
      move_kind: 'ANTAR_DESA',
      destination: 'Jauh',
      whole_family: false,
    }),
  )
  expect(
    (await months()).map((r) => r.period),
    'the month of the departure is gone, those before it stand',
  ).toEqual([addMonths(first, -1), first, second])
  expect(ok(await village.siti.post('/registry/population_statistics/rebuilding', {}))).toEqual({ counted: 1 })
  expect((await months()).at(-1)).toMatchObject({ period: third, departures: 1, migrations: 1 })
  await agreesWithLedger()
  expect(ok(await village.siti.post('/registry/population_statistics/rebuilding', { from: second }))).toEqual({ counted: 2 })
  await agreesWithLedger()
  expect(monthOf(today)).not.toBe((await months()).at(-1).period)
})

test('nobody writes a month by hand; who sees a part cannot count; Merantian has its own', async () => {
  expect((await village.siti.post('/registry/population_statistics', { period: first })).status).toBe(404)
  const joko = await world.as('joko')
  expect((await joko.post('/registry/population_statistics/rebuilding', {})).status).toBe(404)
  const rina = await world.as('rina', 'merantian')
  expect(ok(await rina.get('/registry/population_statistics')).data).toEqual([])
  expect(ok(await rina.post('/registry/population_statistics/rebuilding', { from: first }))).toEqual({ counted: 0 })
  expect(await months()).toHaveLength(4)
})
