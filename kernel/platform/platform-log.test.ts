// The platform's own log: what operators did and who tried to come in, read by operators alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealEverything } from '#kernel/audit/seals/test-settled.ts'
import { PASSWORD } from '#test/places.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { addOperator } from './operators.ts'

let world: World
let tamu: Client
const at = (path: string): string => `/api/platform${path}`
type Line = { kind: string; actor: { name: string } | null; community?: object; detail: Record<string, unknown>; times: number }
const lines = async (query = ''): Promise<Line[]> => (await tamu.get(at(`/security-events${query}`))).body.data

beforeAll(async () => {
  world = await openWorld()
  for (const name of ['tamu', 'made']) await addOperator(world.house, (await world.house.identity.userByLogin(name))!.id)
  tamu = await world.as('tamu')
})
afterAll(() => world?.close())

test('an operator who signs in stands there, also one who is a member somewhere; a villager who signs in does not', async () => {
  await world.as('made')
  await world.as('siti')
  const names = (await lines('?kind=signed_in')).map((line) => line.actor?.name)
  expect(names).toHaveLength(2)
  expect(await (await world.as('andi')).get('/core/security_events?kind=signed_in')).toMatchObject({ status: 200 })
  for (const name of ['tamu', 'made']) {
    const { name: full } = (await world.house.identity.userByLogin(name))!
    expect(names).toContain(full)
  }
})

test('somebody whom nobody knows fails to sign in: counted there, without a name', async () => {
  await world.anonymous().post('/api/session', { login: 'siapa-saja', password: PASSWORD })
  expect((await lines('?kind=sign_in_failed,locked_out'))[0]).toMatchObject({ kind: 'sign_in_failed', actor: null })
})

test('closing a village is there with its name and a way to it, and the day counts it', async () => {
  await tamu.post(at('/communities/merantian/suspension'), { reason: 'pindah' })
  const [line] = await lines('?kind=tenant_suspended')
  expect(line).toMatchObject({ kind: 'tenant_suspended', community: { code: 'merantian' } })
  const { body } = await tamu.get(at('/security-days?kind=tenant_suspended&time_zone=Asia/Jakarta'))
  expect(body.data).toMatchObject([{ kind: 'tenant_suspended', times: 1 }])
  await tamu.post(at('/communities/merantian/restoration'))
})

test('it is read by pages, sealed like every log, and what is asked wrongly is said', async () => {
  const first = (await tamu.get(at('/security-events?limit=1'))).body
  const second = (await tamu.get(at(`/security-events?limit=1&after=${first.page.next}`))).body
  expect(second.data[0].id).not.toBe(first.data[0].id)
  await sealEverything(world.house)
  expect((await tamu.get(at('/audit-seals'))).body.data).toEqual(
    expect.arrayContaining([expect.objectContaining({ log: 'core.security_events', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })]),
  )
  for (const query of ['?from=kemarin', '?time_zone=Mars/Base', '?limit=9999', '?sapi=1', '?kind=%00'])
    expect((await tamu.get(at(`/security-events${query}`))).status, query).toBe(422)
  expect((await tamu.get(at('/security-events?after=x'))).body.code).toBe('invalid_cursor')
})

test('whoever administers a village finds no such address', async () => {
  const andi = await world.as('andi')
  for (const path of ['/security-events', '/security-days', '/audit-seals']) expect((await andi.get(at(path))).status).toBe(404)
})
