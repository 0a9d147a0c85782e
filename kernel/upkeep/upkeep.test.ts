// What the house does by itself: every duty is done, remembered, and one that fails stops no other.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { keepHouse, listDuties } from './upkeep.ts'

let world: World
beforeAll(async () => void (world = await openWorld()), 120_000)
afterAll(() => world?.close())

test('all duties run, and the list says when and how', async () => {
  expect((await listDuties(world.house)).every((d) => d.last === null)).toBe(true)
  expect(await keepHouse(world.house)).toEqual([])
  const duties = await listDuties(world.house)
  expect(new Set(duties.map((d) => d.name)).size).toBe(duties.length)
  for (const d of duties) expect(d.last, d.name).toMatchObject({ failed: false, started_at: expect.any(Date) })
})

test('expired sessions leave, others stay', async () => {
  await world.as('siti')
  const { owner } = world.house.database
  const count = async () => Number((await owner.query('select count(*) as n from core.sessions')).rows[0].n)
  const before = await count()
  expect(before).toBeGreaterThan(0)
  await keepHouse(world.house, ['core.expired-sessions'])
  expect(await count()).toBe(before)
  await owner.query(`update core.sessions set expires_at = now() - interval '1 minute'`)
  await keepHouse(world.house, ['core.expired-sessions'])
  expect(await count()).toBe(0)
})

test('a duty that fails is remembered as failed, by its kind of error only, and the rest is done', async () => {
  const house = {
    ...world.house,
    identity: {
      ...world.house.identity,
      sweep: () => Promise.reject(Object.assign(new Error('siti@desa.id is in the way'), { code: '40001' })),
    },
  }
  expect(await keepHouse(house)).toEqual(['core.expired-sessions'])
  const duties = await listDuties(world.house)
  expect(duties.find((d) => d.name === 'core.expired-sessions')?.last).toMatchObject({ failed: true, result: { error: '40001' } })
  expect(duties.filter((d) => d.last?.failed)).toHaveLength(1)
})
