// The demo fills a village with letters anybody can look around in: requests in every state, issued letters, mail.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demo as officials } from '#modules/office/demo.ts'
import { demo as register } from '#modules/registry/demo/index.ts'
import { ok } from '#modules/registry/test-village.ts'
import { openWorld, type World } from '#test/world.ts'
import { demo } from './demo.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

test('Made opens the demo of Merantian', async () => {
  for (const fill of [register, officials, demo]) await world.write('made', 'merantian', fill)
  const made = await world.as('made')
  const count = async (path: string) => ok(await made.get(`/letters/${path}`)).data.length
  expect(
    await Promise.all(['PENDING', 'DIPROSES', 'SELESAI', 'DITOLAK'].map((status) => count(`letter_requests?status=${status}`))),
  ).toEqual([2, 2, 1, 1])
  expect(await Promise.all(['awaiting_signature', 'signed'].map((status) => count(`generated_letters?status=${status}`)))).toEqual([4, 1])
  expect(await Promise.all(['incoming_mail', 'outgoing_mail', 'letter_numbers'].map(count))).toEqual([2, 1, 6])
  const { waiting } = ok(await made.get('/home'))
  expect(waiting.map((one: { key: string }) => one.key)).toEqual(expect.arrayContaining(['letters_pending', 'letters_awaiting_signature']))
})
