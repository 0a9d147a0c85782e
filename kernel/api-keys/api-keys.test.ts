// The village's weather board and the library's counter use keys: what a key may do, what it never may, and when it ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '#app/api.ts'
import { makerOf, pathOf } from '#test/matrix/maker.ts'
import { permissionsOf } from '#test/matrix/people.ts'
import type { PersonName } from '#test/places.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { keyMayHold } from './key-actor.ts'
import { type Asked, type Device, deviceOf, issue, issued, moveTo, soon } from './test-device.ts'
import { prefixOf } from './token.ts'

let world: World
let andi: Client
beforeAll(async () => {
  world = await openWorld()
  andi = await world.as('andi')
})
afterAll(() => world?.close())

const device = (key: string, more?: Record<string, string>, app?: ReturnType<typeof api>): Device => deviceOf(world, key, more, app)
const move = (username: string, roleId: string): Promise<void> => moveTo(world, username, roleId)

describe('making one', () => {
  test('the key is shown once and kept nowhere: not in the table, the log, the answers kept for sending twice', async () => {
    const answer = await andi.post(
      '/core/api_keys/issuance',
      { name: 'Sekali', scopes: ['library.*:read'], expires_at: soon() },
      { 'idempotency-key': 'buat-kunci' },
    )
    const { key, prefix, id } = answer.body
    expect(key).toMatch(/^balai_[0-9a-z]{8}_[0-9A-Za-z]{40}$/)
    expect(prefixOf(key)).toBe(prefix)
    const proof = key.slice(15)
    for (const path of [
      '/core/api_keys',
      `/core/api_keys/${id}`,
      `/core/api_keys/${id}/history`,
      '/core/api-key-uses',
      '/core/audit_logs?limit=200',
    ])
      expect(JSON.stringify((await andi.get(path)).body), path).not.toContain(proof)
    const { rows } = await world.house.database.owner.query<{ text: string }>(
      `select (select string_agg(k::text, ' ') from core.api_keys k) || (select string_agg(s::text, ' ') from core.api_key_secrets s)
        || (select string_agg(l::text, ' ') from core.audit_logs l) || coalesce((select string_agg(i::text, ' ') from core.idempotency_keys i), '') as text`,
    )
    expect(rows[0]!.text).not.toContain(proof)
    expect((await andi.get(`/core/api_keys/${id}`)).body).toMatchObject({
      name: 'Sekali',
      status: 'active',
      made_by: 'Andi Saputra',
      may: ['history', 'revocation'],
    })
  })

  test('two keys never look alike', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => issued(andi)))
    expect(new Set(keys.map((k) => k.key)).size).toBe(20)
    expect(new Set(keys.map((k) => k.prefix)).size).toBe(20)
  })

  test('what is wrong is said by name', async () => {
    for (const [asked, field] of [
      [{ name: '' }, 'name'],
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['semua'] }, 'scopes'],
      [{ scopes: ['gudang.beras:read'] }, 'scopes'],
      [{ scopes: ['core.roles:update', 'core.api_keys:issuance'] }, 'scopes'],
      [{ networks: ['kantor'] }, 'networks'],
      [{ networks: ['10.0.0.0/33'] }, 'networks'],
      [{ networks: Array.from({ length: 21 }, (_, n) => `10.0.${n}.0/24`) }, 'networks'],
      [{ expires_at: soon(-1) }, 'expires_at'],
      [{ expires_at: soon(401) }, 'expires_at'],
      [{ expires_at: 'besok' }, 'expires_at'],
      [{ visibility: { 'library.books': 7 } }, 'visibility'],
      [{ attributes: ['x'] }, 'attributes'],
    ] as const)
      expect(await issue(andi, asked as Asked), JSON.stringify(asked)).toMatchObject({ status: 422, body: { errors: [{ field }] } })
  })

  test('how long one may live is the community’s own setting', async () => {
    const { version } = (await andi.get('/settings')).body.data.find((s: { name: string }) => s.name === 'core.key_longest_days')
    expect((await andi.put('/settings/core.key_longest_days', { value: 10 }, { 'if-match': `"${version}"` })).status).toBe(200)
    expect((await issue(andi, { expires_at: soon(11) })).body.errors[0].message).toContain('10')
    expect((await issue(andi, { expires_at: soon(10) })).status).toBe(200)
    await andi.delete('/settings/core.key_longest_days', undefined, { 'if-match': '"1"' })
  })

  test('nobody gives a key what they do not hold, and who may not make keys finds none', async () => {
    const role = await andi.post('/core/roles', {
      name: 'Juru kunci',
      permissions: ['core.api_keys:*', 'library.shelves:read'],
      visibility: {},
    })
    const joko = await world.as('joko')
    await move('joko', role.body.id)
    expect(await issue(joko, { scopes: ['library.*:read'] })).toMatchObject({ status: 403, body: { code: 'grants_too_much' } })
    expect((await issue(joko, { scopes: ['library.shelves:read'] })).status).toBe(200)
    expect((await issue(await world.as('siti'))).status).toBe(404)
    expect((await issue(await world.as('dewi'))).status).toBe(403)
  })
})

describe('using one', () => {
  test('it reads and writes what it was given, and the log names it', async () => {
    const { key, id } = await issued(andi, { name: 'Loket pustaka', scopes: ['library.*:*'] })
    const counter = device(key)
    expect((await counter.get('/library/books')).status).toBe(200)
    const made = await counter.post('/library/shelves', { code: 'LOKET-1' })
    expect(made.status).toBe(201)
    const { body } = await andi.get(`/library/shelves/${made.body.id}/history`)
    expect(body.data[0]).toMatchObject({ action: 'created', actor: { id, name: 'Loket pustaka' } })
    expect((await counter.get('/registry/citizens')).status).toBe(404)
    const { body: model } = await counter.get('/model')
    expect(model.modules.map((m: { name: string }) => m.name)).toEqual(['library'])
    expect(model.me).toMatchObject({ name: 'Loket pustaka', user_id: id })
  })

  test('a write sent twice under one key is done once, also by a device', async () => {
    const { key } = await issued(andi, { scopes: ['library.*:*'] })
    const send = () => device(key).post('/library/shelves', { code: 'DUA-KALI' }, { 'idempotency-key': 'rak-dua-kali' })
    const answers = await Promise.all(Array.from({ length: 6 }, send))
    expect(answers.map((a) => a.status)).toEqual([201, 201, 201, 201, 201, 201])
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
    // Its maker's own key of the same name is another one.
    expect((await andi.post('/library/shelves', { code: 'DUA-KALI-2' }, { 'idempotency-key': 'rak-dua-kali' })).body.id).not.toBe(
      answers[0]!.body.id,
    )
  })

  test('it needs no origin, and a cookie beside it is not looked at', async () => {
    const { key } = await issued(andi, { scopes: ['library.*:*'] })
    const foreign = { origin: 'https://jahat.example', 'sec-fetch-site': 'cross-site' }
    expect((await device(key, foreign).post('/library/shelves', { code: 'ASAL' })).status).toBe(201)
    expect((await device(key, { cookie: andi.cookie }).get('/core/roles')).status).toBe(404)
    expect((await device('balai_tidakada_' + 'x'.repeat(40), { cookie: andi.cookie }).get('/library/books')).body.code).toBe('key_unknown')
    expect((await device('', { cookie: andi.cookie, ...foreign }).post('/library/shelves', { code: 'LAIN' })).status).toBe(401)
    // Without a key, the cookie alone from another site is still refused.
    expect(
      (
        await andi.raw('/library/shelves', {
          method: 'POST',
          headers: { ...foreign, 'content-type': 'application/json' },
          body: '{"code":"LAIN"}',
        })
      ).status,
    ).toBe(403)
    // What belongs to a person at their desk is not for a device.
    for (const path of ['/pin', '/step-up'])
      expect([401, 403, 404], path).toContain(
        (path === '/pin' ? await device(key).get(path) : await device(key).post(path, { pin: '738214' })).status,
      )
    // A key opens a community, not a person's account.
    expect((await device(key).get('/api/me')).status).toBe(401)
  })

  test('what its rule hides stays hidden from it, and what its maker does not see it does not see', async () => {
    const maker = makerOf(world, andi, 'Sukamaju')
    const novel = await maker.make('library.books', { kind: 'novel' })
    const guide = await maker.make('library.books', { kind: 'guide' })
    const reader = device((await issued(andi, { scopes: ['library.*:*'], visibility: { 'library.books': 'novels' } })).key)
    expect([(await reader.get(`/library/books/${novel.id}`)).status, (await reader.get(`/library/books/${guide.id}`)).status]).toEqual([
      200, 404,
    ])
    expect((await reader.patch(`/library/books/${guide.id}`, {}, { 'if-match': '"1"' })).status).toBe(404)
    const listed = (await reader.get('/library/books?limit=200')).body.data
    expect(listed.every((b: { kind: string }) => b.kind === 'novel')).toBe(true)
    expect(listed.map((b: { id: string }) => b.id)).toContain(novel.id)
    const wrong = device((await issued(andi, { scopes: ['library.*:*'], visibility: { 'library.books': 'aturan yang tidak ada' } })).key)
    expect((await wrong.get('/library/books')).body.data).toEqual([])

    const role = await andi.post('/core/roles', {
      name: 'Pembaca pembuat kunci',
      permissions: ['library.*:read', 'core.api_keys:*'],
      visibility: { 'library.books': 'novels' },
    })
    await move('nani', role.body.id)
    const nanis = device((await issued(await world.as('nani'), { visibility: { 'library.books': 'all' } })).key)
    expect((await nanis.get(`/library/books/${guide.id}`)).status).toBe(404)
    expect((await nanis.get(`/library/books/${novel.id}`)).status).toBe(200)
  })

  test('views that people keep for themselves are not its business', async () => {
    await andi.post('/core/saved_views', { name: 'Milik Andi', resource: 'library.books', definition: {}, shared: false })
    const { key } = await issued(andi, { scopes: ['*:*'] })
    const { body } = await device(key).get('/core/saved_views?limit=200')
    expect(body.data.map((v: { name: string }) => v.name)).not.toContain('Milik Andi')
  })

  test('for every permission there is: a key made with everything holds what a key may hold, and no more', async () => {
    const { key } = await issued(andi, { scopes: ['*:*'] })
    const held = new Set((await device(key).get('/model')).body.me.permissions as string[])
    const { model } = world.house
    expect([...held].toSorted()).toEqual([...model.permissions].filter((p) => keyMayHold(model, p)).toSorted())
    for (const p of model.sensitive) expect(held.has(p), p).toBe(false)
    for (const p of held) if (p.startsWith('core.')) expect(p).toMatch(/:(read|export)$/)
    for (const p of [
      'core.roles:update',
      'core.memberships:account',
      'core.api_keys:issuance',
      'core.api_keys:revocation',
      'core.settings:update',
    ])
      expect(held.has(p), p).toBe(false)
    const strong = device(key)
    expect(
      (await strong.post('/core/api_keys/issuance', { name: 'Anak kunci', scopes: ['library.*:read'], expires_at: soon() })).status,
    ).toBe(403)
    expect((await strong.post('/core/roles', { name: 'Raja', permissions: ['*:*'], visibility: {} })).status).toBe(403)
  })

  test('role × verb: a key with all that a member holds does exactly what they do, but for what no key does', async () => {
    const { model } = world.house
    for (const person of ['andi', 'budi', 'dewi', 'siti'] as PersonName[]) {
      const permissions = permissionsOf(world, person, 'sukamaju')
      const makesKeys = ['core.api_keys:read', 'core.api_keys:issuance']
      const role = await andi.post('/core/roles', {
        name: `Seperti ${person}`,
        permissions: [...new Set([...permissions, ...makesKeys])],
        visibility: {},
      })
      if (person !== 'andi') await move(person, role.body.id)
      const client = device((await issued(await world.as(person), { scopes: [...permissions] })).key)
      for (const r of model.resources.values()) {
        const can = (verb: string): boolean => permissions.has(`${r.name}:${verb}`) && keyMayHold(model, `${r.name}:${verb}`)
        const what = (verb: string): string => `${person} ${r.name}:${verb}`
        expect((await client.get(pathOf(r))).status, what('read')).toBe(can('read') ? 200 : 404)
        if (!r.verbs.includes('create')) continue
        const { status } = await client.post(pathOf(r), {})
        if (can('read') && can('create')) expect([201, 409, 422], what('create')).toContain(status)
        else expect(status, what('create')).toBe(can('read') ? 403 : 404)
      }
    }
  })

  test('many at once: each write is its own, none is lost', async () => {
    const { key } = await issued(andi, { scopes: ['library.*:*'] })
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => device(key).post('/library/shelves', { code: `RAMAI-${n}` })))
    expect(answers.every((a) => a.status === 201)).toBe(true)
  })
})
