// How a key ends: revoked, expired, out of its network, or with what its maker may do.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '#app/api.ts'
import { announceMembers } from '#kernel/access/kept-members.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { type Device, deviceOf, issued, moveTo } from './test-device.ts'
import { prefixOf } from './token.ts'

let world: World
let andi: Client
let sukamaju: string
beforeAll(async () => {
  world = await openWorld()
  andi = await world.as('andi')
  sukamaju = await world.tenantId('sukamaju')
})
afterAll(() => world?.close())

const device = (key: string, more?: Record<string, string>, app?: ReturnType<typeof api>): Device => deviceOf(world, key, more, app)

const forget = (): Promise<void> => announceMembers(world.house, sukamaju)
const move = (username: string, roleId: string): Promise<void> => moveTo(world, username, roleId)

describe('its end', () => {
  const refused = async (key: string, code: string, status = 401): Promise<void> => {
    const answer = await device(key).get('/library/books')
    expect(answer, code).toMatchObject({ status, body: { code, detail: expect.stringMatching(/\S/) } })
    if (status === 401) expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  }

  test('a revoked key is refused with the very next request, and cannot be brought back', async () => {
    const { id, key } = await issued(andi)
    expect((await device(key).get('/library/books')).status).toBe(200)
    expect(await andi.post(`/core/api_keys/${id}/revocation`, {})).toMatchObject({ status: 200, body: { status: 'revoked' } })
    await refused(key, 'key_revoked')
    expect((await andi.post(`/core/api_keys/${id}/revocation`, {})).status).toBe(409)
    for (const path of [`/core/api_keys/${id}/restoration`, '/core/api_keys']) expect((await andi.post(path, {})).status).toBe(404)
    expect((await andi.patch(`/core/api_keys/${id}`, { status: 'active' }, { 'if-match': '"2"' })).status).toBe(404)
  })

  test('an expired one says so', async () => {
    const { id, key } = await issued(andi)
    await world.house.database.owner.query(`update core.api_keys set expires_at = now() - interval '1 second' where id = $1`, [id])
    await refused(key, 'key_expired')
  })

  test('one tied to the office does not work elsewhere', async () => {
    const { key } = await issued(andi, { networks: ['192.168.7.0/24', '2001:db8:7::/48'] })
    const house = { ...world.house, config: { ...world.house.config, trustProxy: true } }
    const from = (ip: string) => device(key, { 'x-forwarded-for': ip }, api(house)).get('/library/books')
    for (const ip of ['192.168.7.9', '::ffff:192.168.7.9', '2001:db8:7::1']) expect((await from(ip)).status, ip).toBe(200)
    for (const ip of ['192.168.8.9', '2001:db8:8::1', '::1'])
      expect(await from(ip), ip).toMatchObject({ status: 403, body: { code: 'outside_network' } })
    await refused(key, 'outside_network', 403)
  })

  test('it never does more than its maker may now: less when they may less, nothing when they are gone', async () => {
    const role = await andi.post('/core/roles', {
      name: 'Penjaga pustaka',
      permissions: ['library.*:*', 'core.api_keys:*'],
      visibility: {},
    })
    await move('rina', role.body.id)
    const { key } = await issued(await world.as('rina', 'sukamaju'), { scopes: ['library.*:*'] })
    expect((await device(key).post('/library/shelves', { code: 'RINA-1' })).status).toBe(201)
    await world.house.database.owner.query(`update core.roles set permissions = '{library.*:read}' where id = $1`, [role.body.id])
    await forget()
    expect((await device(key).post('/library/shelves', { code: 'RINA-2' })).status).toBe(403)
    expect((await device(key).get('/library/shelves')).status).toBe(200)
    await world.house.database.owner.query(`update core.memberships set status = 'inactive' where tenant_id = $1 and username = 'rina'`, [
      sukamaju,
    ])
    await forget()
    await refused(key, 'key_owner_gone')
  })

  test('in Merantian a key of Sukamaju is as unknown as a made-up one, and as one for a place that does not exist', async () => {
    const { key } = await issued(andi)
    const said = async (path: string, with_: string): Promise<unknown> => {
      const { status, body } = await device(with_).get(path)
      return [status, { ...body, request_id: '' }]
    }
    const made = `balai_abcd1234_${'Z'.repeat(40)}`
    const unknown = await said('/library/books', made)
    expect(unknown).toMatchObject([401, { code: 'key_unknown' }])
    for (const place of ['merantian', 'antah-berantah'])
      for (const k of [key, made]) expect(await said(`/api/${place}/library/books`, k)).toEqual(unknown)
    for (const half of [
      key.slice(0, -1),
      `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`,
      `${key}a`,
      key.toUpperCase(),
      prefixOf(key)!,
      'x'.repeat(500),
    ])
      expect(await said('/library/books', half), half).toEqual(unknown)
  })

  test('guessing is slowed, and a good key on the same network is not slowed with it', async () => {
    const { key } = await issued(andi)
    const app = api({ ...world.house, config: { ...world.house.config, signInPerMinute: 5 } })
    expect((await device(key, {}, app).get('/library/books')).status).toBe(200)
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        device(`balai_abcd12${String(n).padStart(2, '0')}_${'Z'.repeat(40)}`, {}, app).get('/library/books'),
      ),
    )
    expect(guesses.filter((g) => g.status === 401).length).toBeLessThanOrEqual(5)
    const slowed = guesses.find((g) => g.status === 429)!
    expect(slowed.body.code).toBe('too_many_attempts')
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await device(key, {}, app).get('/library/books')).status).toBe(200)
  })
})

test('work that a key began is done as the key, not as the system: what it may not do in an import it may not do', async () => {
  const { id, key } = await issued(andi, { scopes: ['library.*:*'] })
  const form = new FormData()
  form.set('file', new File(['Kode\nIMPOR-1\n'], 'rak.csv'))
  form.set('importer', 'library.shelves')
  const app = api(world.house)
  const upload = await app.request('/api/sukamaju/imports', { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: form })
  const { id: importId } = (await upload.json()) as { id: string }
  expect(upload.status).toBe(201)
  await device(key).post(`/imports/${importId}/check`)
  await world.house.jobs.drain()
  expect((await device(key).post(`/imports/${importId}/confirmation`)).status).toBeLessThan(300)
  await world.house.jobs.drain()
  const shelf = (await andi.get('/library/shelves?q=IMPOR-1')).body.data[0]
  expect((await andi.get(`/library/shelves/${shelf.id}/history`)).body.data[0].actor.id).toBe(id)

  const second = new FormData()
  second.set('file', new File(['Kode\nIMPOR-2\n'], 'rak.csv'))
  second.set('importer', 'library.shelves')
  const late = (await (
    await app.request('/api/sukamaju/imports', { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: second })
  ).json()) as { id: string }
  const { body } = await device(key).post(`/imports/${late.id}/check`)
  await andi.post(`/core/api_keys/${id}/revocation`, {})
  await world.house.jobs.drain()
  expect((await andi.get(`/jobs/${body.job.id}`)).body).toMatchObject({ status: 'failed' })
})

test('"last used" moves once a minute, and the security log hears of a key’s day', async () => {
  const { id, key, prefix } = await issued(andi, { name: 'Penghitung' })
  const use = async () => (await andi.get('/core/api-key-uses')).body.data.find((u: { id: string }) => u.id === id)
  expect(await use()).toBe(undefined)
  await device(key).get('/library/books')
  const first = await use()
  expect(Date.now() - Date.parse(first.last_used_at)).toBeLessThan(60_000)
  await device(key).get('/library/books')
  expect(await use()).toEqual(first)
  await world.house.database.owner.query(`update core.api_key_secrets set last_used_at = now() - interval '2 minutes' where key_id = $1`, [
    id,
  ])
  await device(key).get('/library/books')
  expect(Date.parse((await use()).last_used_at)).toBeGreaterThanOrEqual(Date.parse(first.last_used_at))
  await andi.post(`/core/api_keys/${id}/revocation`, {})
  await device(key).get('/library/books')
  await expect
    .poll(
      async () => {
        const { rows } = await world.house.database.owner.query<{ kind: string }>(
          `select kind from core.security_events where tenant_id = $1 and (actor_name = 'Penghitung' or detail ->> 'key' = $2 or detail ->> 'record' = $3) order by id`,
          [sukamaju, prefix, id],
        )
        return rows.map((r) => r.kind)
      },
      { timeout: 5_000 },
    )
    .toEqual(['key_used', 'key_revoked', 'key_refused'])
})
