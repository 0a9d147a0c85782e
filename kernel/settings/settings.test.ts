// Settings as a village meets them: what may be set, by whom, who sees it, and that whatever obeys it hears at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse } from '#app/open-house.ts'
import { closedOn, finePerDay, gatewayPassword, lending, loanDays } from '#test/library/index.ts'
import { MIGRATIONS, openWorld, TEST_MODULES, testSettings, type Answer, type Client, type World } from '#test/world.ts'
import { settingId } from './set.ts'
import { settingOf } from './setting-of.ts'

let world: World
let andi: Client
let sukamaju: string
beforeAll(async () => {
  world = await openWorld()
  andi = await world.as('andi')
  sukamaju = await world.tenantId('sukamaju')
})
afterAll(() => world?.close())

type Shown = {
  name: string
  value: unknown
  default: unknown
  set: boolean
  needed: boolean
  misfits: boolean
  version: number
  id: string
}
const shown = async (client: Client, name: string): Promise<Shown> =>
  (await client.get('/settings')).body.data.find((s: Shown) => s.name === name)
const versioned = (version: number): Record<string, string> => ({ 'if-match': `"${version}"` })
const put = async (client: Client, name: string, value: unknown): Promise<Answer> =>
  client.put(`/settings/${name}`, { value }, versioned((await shown(client, name)).version))

test('Andi lengthens the loan period: whoever obeys it knows at once, the history says who, and Merantian is not touched', async () => {
  expect(await settingOf(world.house, sukamaju, loanDays)).toBe(14)
  const answer = await put(andi, 'library.loan_days', 21)
  expect(answer).toMatchObject({ status: 200, body: { value: 21, set: true, default: 14, version: 1 } })
  expect(await settingOf(world.house, sukamaju, loanDays)).toBe(21)
  expect(await settingOf(world.house, sukamaju, 'library.loan_days')).toBe(21)
  expect(await settingOf(world.house, await world.tenantId('merantian'), loanDays)).toBe(14)
  expect(await world.write('siti', 'sukamaju', (ctx) => ctx.setting(loanDays))).toBe(21)
  await put(andi, 'library.loan_days', 30)
  const reset = await andi.delete('/settings/library.loan_days', undefined, versioned(2))
  expect(reset).toMatchObject({ status: 200, body: { value: 14, set: false } })
  expect(await settingOf(world.house, sukamaju, loanDays)).toBe(14)
  const again = await put(andi, 'library.loan_days', 7)
  expect(again.body.version).toBeGreaterThan(reset.body.version)
  const { body } = await andi.get(`/core/settings/${settingId('library.loan_days')}/history`)
  expect(body.data.map((e: { action: string; actor: { name: string } }) => [e.action, e.actor.name])).toEqual([
    ['restored', 'Andi Saputra'],
    ['deleted', 'Andi Saputra'],
    ['changed', 'Andi Saputra'],
    ['created', 'Andi Saputra'],
  ])
})

test('the default is not kept: setting it is a reset', async () => {
  await put(andi, 'library.lending', false)
  expect(await settingOf(world.house, sukamaju, lending)).toBe(false)
  expect((await put(andi, 'library.lending', true)).body).toMatchObject({ value: true, set: false })
  const { rows } = await world.house.database.owner.query(`select 1 from core.settings where key = 'lending' and deleted_at is null`)
  expect(rows).toEqual([])
})

test('every kind comes back as it went in', async () => {
  for (const [name, value, fact] of [
    ['library.fine_per_day', '1250.50', finePerDay],
    ['library.fine_per_day', null, finePerDay],
    ['library.closed_on', ['Minggu', 'Senin'], closedOn],
    ['library.lending', false, lending],
  ] as const) {
    expect((await put(andi, name, value)).body.value, name).toEqual(value)
    expect(await settingOf(world.house, sukamaju, fact as never), name).toEqual(value)
  }
})

test('what the field refuses is refused by name, and nothing changes', async () => {
  const { version, value } = await shown(andi, 'library.loan_days')
  for (const wrong of [0, 61, 1.5, 'dua minggu', null, '', [], {}, true]) {
    const answer = await andi.put('/settings/library.loan_days', { value: wrong }, versioned(version))
    expect(answer, String(wrong)).toMatchObject({ status: 422, body: { errors: [{ field: 'value' }] } })
  }
  expect((await andi.put('/settings/library.loan_days', { value: 5, tenant_id: 'x' }, versioned(version))).body.errors[0].code).toBe(
    'unknown_field',
  )
  for (const body of [[], 'x', 1]) expect((await andi.put('/settings/library.loan_days', body, versioned(version))).status).toBe(422)
  expect((await andi.put('/settings/library.loan_days', { value: 5 })).status).toBe(428)
  expect((await andi.put('/settings/library.nothing', { value: 5 }, versioned(0))).status).toBe(404)
  expect((await andi.put('/settings/constructor', { value: 5 }, versioned(0))).status).toBe(404)
  expect((await shown(andi, 'library.loan_days')).value).toBe(value)
})

test('of two who open it together one is told that the other was faster', async () => {
  const { version } = await shown(andi, 'library.loan_days')
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => andi.put('/settings/library.loan_days', { value: 40 + n }, versioned(version))),
  )
  expect(answers.map((a) => a.status).toSorted((x, y) => x - y)).toEqual([200, 412, 412, 412, 412, 412, 412, 412])
  const won = answers.find((a) => a.status === 200)!
  expect(answers.find((a) => a.status === 412)!.body).toMatchObject({ code: 'version_stale', version: won.body.version })
  expect(await settingOf(world.house, sukamaju, loanDays)).toBe(won.body.value)
})

test('sent twice under one key it is done once', async () => {
  const { version } = await shown(andi, 'library.loan_days')
  const send = () => andi.put('/settings/library.loan_days', { value: 33 }, { ...versioned(version), 'idempotency-key': 'sekali-saja' })
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true'])
  expect(second.body.version).toBe(first.body.version)
})

test('Dewi the auditor reads all and changes none; for Siti there are no settings; Budi cannot reach them by another path', async () => {
  const dewi = await world.as('dewi')
  expect((await dewi.get('/settings')).body.may).toEqual([])
  expect((await dewi.put('/settings/library.loan_days', { value: 5 }, versioned(0))).status).toBe(403)
  for (const person of ['siti', 'budi'] as const) {
    const client = await world.as(person)
    expect((await client.get('/settings')).status).toBe(404)
    expect((await client.put('/settings/library.loan_days', { value: 5 }, versioned(0))).status).toBe(404)
    expect((await client.delete('/settings/library.loan_days', undefined, versioned(0))).status).toBe(404)
    expect((await client.get('/core/settings')).status).toBe(404)
  }
  expect((await world.anonymous().get('/settings')).status).toBe(401)
})

test('a secret setting is sealed: no answer, log or kept reply holds it, and only who obeys it reads it', async () => {
  const password = 'Rahasia-Gerbang-1945'
  const { version } = await shown(andi, 'library.gateway_password')
  const answer = await andi.put(
    '/settings/library.gateway_password',
    { value: password },
    { ...versioned(version), 'idempotency-key': 'rahasia' },
  )
  expect(answer).toMatchObject({ status: 200, body: { value: '••••••••', set: true } })
  expect(await settingOf(world.house, sukamaju, gatewayPassword)).toBe(password)
  const said = [
    await andi.get('/settings'),
    await andi.get('/core/settings?limit=200'),
    await andi.get(`/core/settings/${settingId('library.gateway_password')}`),
    await andi.get(`/core/settings/${settingId('library.gateway_password')}/history`),
    await andi.get('/core/audit_logs?limit=200'),
    await world.anonymous().get('/public-settings'),
    answer,
  ]
  for (const { body } of said) expect(JSON.stringify(body)).not.toContain(password)
  const { rows } = await world.house.database.owner.query<{ text: string }>(
    `select (select string_agg(s::text, ' ') from core.settings s) || (select string_agg(l::text, ' ') from core.audit_logs l) || coalesce((select string_agg(i::text, ' ') from core.idempotency_keys i where key = 'rahasia'), '') as text`,
  )
  expect(rows[0]!.text).not.toContain(password)
  expect(rows[0]!.text).not.toContain(Buffer.from(password).toString('hex'))
})

test('strangers read what is public and nothing else', async () => {
  await andi.post('/core/settings', { key: 'sapaan', data_type: 'STRING', value: 'Sugeng rawuh', is_public: true })
  await andi.post('/core/settings', { key: 'catatan', data_type: 'STRING', value: 'Kunci lemari di laci', is_public: false })
  const answer = await world.anonymous().get('/public-settings')
  expect(answer.status).toBe(200)
  expect(answer.body.data).toMatchObject({ 'core.office_hours': null, 'custom.sapaan': 'Sugeng rawuh' })
  expect(typeof answer.body.data['library.loan_days']).toBe('number')
  expect(Object.keys(answer.body.data).toSorted()).toEqual([
    'core.office_hours',
    'core.privacy_email',
    'custom.sapaan',
    'library.loan_days',
  ])
  expect((await world.anonymous('merantian').get('/public-settings')).body.data['custom.sapaan']).toBe(undefined)
  expect((await world.anonymous().get('/api/antah-berantah/public-settings')).status).toBe(404)
})

test('what must be set and is not waits on the first page of whoever may set it', async () => {
  const made = await world.as('made')
  const waiting = async (client: Client): Promise<number> =>
    (await client.get('/home')).body.waiting.find((w: { key: string }) => w.key === 'settings')?.count ?? 0
  expect(await waiting(made)).toBe(1)
  expect((await shown(made, 'core.privacy_email')).needed).toBe(true)
  expect(await waiting(await world.as('rina', 'merantian'))).toBe(0)
  expect((await put(made, 'core.privacy_email', 'bukan surel')).body.errors[0].code).toBe('not_an_email')
  await put(made, 'core.privacy_email', 'data@merantian.desa.id')
  expect(await waiting(made)).toBe(0)
  expect(await settingOf(world.house, await world.tenantId('merantian'), 'core.privacy_email')).toBe('data@merantian.desa.id')
})

test('a village describes settings of its own, and they keep to what it said', async () => {
  const made = await andi.post('/core/settings', {
    key: 'iuran.sampah',
    data_type: 'NUMBER',
    value: '15000',
    validation_rule: { min: 0, max: 50000 },
    description: 'Iuran per bulan',
  })
  expect(made).toMatchObject({ status: 201, body: { module: 'custom', value: '15000' } })
  expect(await settingOf(world.house, sukamaju, 'custom.iuran.sampah')).toBe(15_000)
  const change = (values: object) => andi.patch(`/core/settings/${made.body.id}`, values, { 'if-match': '*' })
  const latest = async (values: object) =>
    andi.patch(`/core/settings/${made.body.id}`, values, versioned((await andi.get(`/core/settings/${made.body.id}`)).body.version))
  expect((await change({ value: '1' })).status).toBe(428)
  for (const value of ['60000', '-1', 'murah', '1e9', 'NaN'])
    expect((await latest({ value })).body.errors, value).toMatchObject([{ field: 'value' }])
  expect((await latest({ data_type: 'EMAIL' })).status).toBe(422)
  for (const validation_rule of [
    { max: 10 },
    { code: 'process.exit()' },
    { pattern: '(a+)+$' },
    { min: 5, max: 1 },
    ['min'],
    { one_of: [1] },
    { one_of: [] },
    { min: '0' },
  ])
    expect((await latest({ validation_rule })).status, JSON.stringify(validation_rule)).toBe(422)
  expect((await latest({ value: '20000' })).status).toBe(200)
  expect((await andi.post('/core/settings', { key: 'iuran.sampah' })).status).toBe(409)
  expect((await andi.post('/core/settings', { key: 'kode', value: 'AB-12', validation_rule: { pattern: '[A-Z]{2}-\\d+' } })).status).toBe(
    201,
  )
  expect((await andi.post('/core/settings', { key: 'kode2', value: 'ab', validation_rule: { pattern: '[A-Z]{2}-\\d+' } })).status).toBe(422)
  expect(
    (await andi.post('/core/settings', { key: 'musim', value: 'salju', validation_rule: { one_of: ['hujan', 'kemarau'] } })).body.errors[0]
      .message,
  ).toContain('hujan, kemarau')
  expect(await settingOf(world.house, sukamaju, 'custom.tidak.ada')).toBe(null)
})

test('nobody reaches a declared setting past its own rules', async () => {
  await put(andi, 'library.loan_days', 21)
  const id = settingId('library.loan_days')
  const { body } = await andi.get(`/core/settings/${id}`)
  expect(await andi.patch(`/core/settings/${id}`, { value: '9000' }, versioned(body.version))).toMatchObject({
    status: 409,
    body: { code: 'declared_setting' },
  })
  expect((await andi.delete(`/core/settings/${id}`, undefined, versioned(body.version))).status).toBe(409)
  const batch = await andi.post('/core/settings/batch', { action: 'update', items: [{ id }], changes: { value: '9000' } })
  expect(batch.body.results[0].status).toBe(409)
  expect((await andi.post('/core/settings', { key: 'x', module: 'library' })).status).toBe(422)
  const taken = await andi.post('/core/settings', {
    id: settingId('library.closed_on').replace(/^./, (c) => (c === '0' ? '1' : '0')),
    key: 'merebut',
  })
  expect(taken.status, 'an id of the kind declared settings have').toBe(422)
})

test('what a later Balai would refuse counts for nothing, and somebody is asked to set it again', async () => {
  await put(andi, 'library.loan_days', 21)
  await world.house.database.owner.query(`update core.settings set value = '900' where key = 'loan_days' and tenant_id = $1`, [sukamaju])
  await new Promise((resolve) => setTimeout(resolve, 3_100))
  expect(await settingOf(world.house, sukamaju, loanDays)).toBe(14)
  expect(await shown(andi, 'library.loan_days')).toMatchObject({ misfits: true, needed: true, value: 14 })
})

test('a name that no module declares is a mistake of ours and says so', async () => {
  await expect(settingOf(world.house, sukamaju, 'library.loan_dyas')).rejects.toThrow('library.loan_dyas')
})

test('another process on the same database hears of a change well before what it remembers is old', async (story) => {
  if (!world.url) return story.skip('the embedded database has one process')
  const dataDir = mkdtempSync(join(tmpdir(), 'balai-second-'))
  const second = await openHouse(testSettings(dataDir, world.url), { modules: TEST_MODULES, migrations: MIGRATIONS, quiet: true })
  try {
    await put(andi, 'library.loan_days', 9)
    // By now it listens; it remembers 9 from here on.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await settingOf(second, sukamaju, loanDays)).toBe(9)
    await put(andi, 'library.loan_days', 10)
    const changed = Date.now()
    await expect.poll(() => settingOf(second, sukamaju, loanDays), { interval: 20, timeout: 2_500 }).toBe(10)
    expect(Date.now() - changed).toBeLessThan(1_500)
  } finally {
    await second.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
