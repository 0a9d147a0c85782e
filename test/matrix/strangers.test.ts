// Whoever is not a member: nobody at all, somebody without a community, a member of another one. Every path looks the same to them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type Client, type World } from '../world.ts'
import { askQuery } from './ask.ts'
import { makerOf, pathOf, type Maker } from './maker.ts'
import { watched } from './people.ts'

let world: World
let admin: Maker
beforeAll(async () => {
  world = await openWorld()
  admin = makerOf(world, await world.as('andi'), 'Rahasia-Sukamaju')
})
afterAll(() => world?.close())

async function askEverything(client: Client, place: string): Promise<Set<number>> {
  const statuses = new Set<number>()
  const note = (answer: { status: number }): void => void statuses.add(answer.status)
  for (const r of world.house.model.resources.values()) {
    const { id } = await admin.make(r.name)
    const path = `/api/${place}${pathOf(r)}`
    const version = { 'if-match': '"1"' }
    for (const to of ['', '?q=Rahasia', '?count=true', '/options?q=Rahasia', '/export', `/${id}`, `/${id}/history`])
      note(await client.get(path + to))
    note(await client.post(path, await admin.body(r.name)))
    note(await client.patch(`${path}/${id}`, {}, version))
    note(await client.delete(`${path}/${id}`, undefined, version))
    note(await client.post(`${path}/${id}/restoration`))
    note(await client.post(`${path}/${id}/disclosure`, { fields: Object.keys(r.fields) }))
    note(await client.post(`${path}/batch`, { action: 'delete', items: [{ id, version: 1 }] }))
    for (const a of world.house.model.actions.get(r.name) ?? [])
      note(await client.post(a.on === 'one' ? `${path}/${id}/${a.noun}` : `${path}/${a.noun}`, {}))
  }
  for (const q of world.house.model.queries.values()) note(await askQuery(client, q, {}, `/api/${place}`))
  for (const to of [
    'model',
    'permissions',
    'search?q=Rahasia',
    'home',
    'jobs',
    'imports',
    'importers',
    'core/audit_logs',
    'core/messages',
    'notifications',
    'notifications/unread',
    'notification-choices',
    'notification-words',
    'nothing/at_all',
  ])
    note(await client.get(`/api/${place}/${to}`))
  return statuses
}

test('nobody is asked to sign in, everywhere', async () => {
  expect(
    await askEverything(
      watched(world.anonymous(), () => ['Rahasia-Sukamaju']),
      'sukamaju',
    ),
  ).toEqual(new Set([401]))
})

test('Tamu, who belongs nowhere, finds nothing, whether it exists or not', async () => {
  const tamu = watched(await world.as('tamu'), () => ['Rahasia-Sukamaju'])
  expect(await askEverything(tamu, 'sukamaju')).toEqual(new Set([404]))
  expect(await askEverything(tamu, 'antah-berantah')).toEqual(new Set([404]))
})

test('Made, administrator of Merantian, finds nothing in Sukamaju', async () => {
  expect(
    await askEverything(
      watched(await world.as('made'), () => ['Rahasia-Sukamaju']),
      'sukamaju',
    ),
  ).toEqual(new Set([404]))
})
