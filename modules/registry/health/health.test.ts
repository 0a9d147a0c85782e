// The health of residents: sealed, seen by the cadre of the hamlet and nobody of the office, and never looked at unnoticed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleSecurity } from '#kernel/security-log/security-log.ts'
import { PASSWORD } from '#test/places.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { ok, villageIn, type Village } from '../test-village.ts'
import { HEALTH_CADRE } from '../policy.ts'

let world: World
let village: Village
let andi: Client
let lina: Client
let putri: any
let yusuf: any

const RECORD = {
  height_cm: '71.5',
  weight_kg: '8.60',
  blood_pressure: '90/60',
  chronic_diseases: ['Asma'],
  allergies: ['Kacang tanah', 'Debu'],
  medications: [],
  insurance_type: 'BPJS_KESEHATAN',
  insurance_number: '0001234567890',
  emergency_contact: 'Nenek Salamah',
  emergency_phone: '081234567001',
  last_checkup: '2026-05-04',
  notes: 'Rujuk bila sesak',
}
const NO_ID = '00000000-0000-4000-8000-000000000000'

beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  andi = await world.as('andi')
  const [east, west] = [await village.home('Timur'), await village.home('Barat')]
  putri = await village.member(east.family, 'Putri Ayu', 'KEPALA_KELUARGA', {
    gender: 'P',
    birth_date: '2025-06-01',
    marital_status: 'BELUM_KAWIN',
  })
  yusuf = await village.member(west.family, 'Yusuf', 'KEPALA_KELUARGA')
  const role = ok(await andi.get('/core/roles?limit=100')).data.find((r: any) => r.name === HEALTH_CADRE)
  const account = ok(
    await andi.post('/core/memberships/account', {
      name: 'Lina Marlina',
      username: 'lina',
      email: null,
      password: PASSWORD,
      role_id: role.id,
    }),
  )
  const member = ok(await andi.get(`/core/memberships/${account.id}`))
  ok(await andi.patch(`/core/memberships/${member.id}`, { attributes: { area_id: east.hamlet.id } }, { 'if-match': `"${member.version}"` }))
  const signedIn = await world.anonymous().post('/api/session', { login: 'lina', password: PASSWORD })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const nobody = world.anonymous()
  const send =
    (method: 'get' | 'post' | 'patch' | 'put' | 'delete') =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      nobody[method](path, body, { cookie, ...headers })
  lina = { get: send('get'), post: send('post'), put: send('put'), patch: send('patch'), delete: send('delete'), cookie, raw: nobody.raw }
}, 120_000)
afterAll(() => world?.close())

/** What the security log says about readings, in the order they happened. */
async function readings(): Promise<{ actor_name: string; detail: Record<string, unknown> }[]> {
  await settleSecurity(world.house)
  const { rows } = await world.house.database.owner.query(
    `select actor_name, detail from core.security_events where kind = 'health_read' and tenant_id = $1 order by occurred_at, id`,
    [await world.tenantId('sukamaju')],
  )
  return rows
}

describe('the health record of a child', () => {
  let record: any
  test('Lina, cadre of Timur, records what she knows; the database holds only seals', async () => {
    record = ok(await lina.post('/registry/health_records', { citizen_id: putri.id, ...RECORD }), 201)
    const { rows } = await world.house.database.owner.query('select h.*::text as whole from registry.health_records h')
    for (const word of ['Asma', 'Kacang', 'Salamah', '0001234567890', '2026-05-04', '71.5', 'BPJS', '081234567001'])
      expect(JSON.stringify(rows), word).not.toContain(word)
    const log = await world.house.database.owner.query(
      `select before::text, after::text from core.audit_logs where resource = 'registry.health_records'`,
    )
    expect(log.rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(log.rows)).not.toMatch(/Asma|Salamah|8\.60/)
  })

  test('a list tells whose record it is and when it changed, not even whether somebody is ill', async () => {
    for (const query of ['', `?citizen_id=${putri.id}`, '?fields=citizen_id,chronic_diseases,weight_kg']) {
      const { data } = ok(await lina.get(`/registry/health_records${query}`))
      expect(data).toHaveLength(1)
      for (const name of Object.keys(RECORD)) expect(data[0], query).not.toHaveProperty(name)
      expect(JSON.stringify(data)).not.toContain('••')
    }
    expect(ok(await lina.get('/registry/health_records')).data[0]).toMatchObject({
      citizen_id: putri.id,
      title: 'Putri Ayu',
      updated_at: expect.any(String),
    })
  })

  test('opened, it is what she wrote, of every kind; each look is noted with the record and without a value', async () => {
    const before = (await readings()).length
    const one = ok(await lina.get(`/registry/health_records/${record.id}`))
    expect(one['chronic_diseases']).toBe('••••••••')
    ok(await lina.get(`/registry/health_records/${record.id}/history`))
    const { values } = ok(await lina.post(`/registry/health_records/${record.id}/disclosure`, { fields: Object.keys(RECORD) }))
    expect(values).toEqual(RECORD)
    const noted = (await readings()).slice(before)
    expect(noted.map((n) => [n.actor_name, n.detail['record']])).toEqual(Array.from({ length: 3 }, () => ['Lina Marlina', record.id]))
    expect(JSON.stringify(noted)).not.toMatch(/Asma|8\.60|Salamah/)
  })

  test('vaccinations are added one by one, not twice, and a mistake is taken out', async () => {
    const at = `/registry/health_records/${record.id}`
    ok(await lina.post(`${at}/vaccination`, { vaccine: 'MR', given_on: '2026-03-02', place: 'Posyandu Melati' }))
    ok(await lina.post(`${at}/vaccination`, { vaccine: 'HB0', given_on: '2025-06-01' }))
    expect((await lina.post(`${at}/vaccination`, { vaccine: 'HB0', given_on: '2025-06-01' })).body).toMatchObject({
      status: 409,
      code: 'already_given',
    })
    const list = async () => ok(await lina.post(`${at}/disclosure`, { fields: ['vaccinations'] })).values.vaccinations
    expect(await list()).toEqual([
      { vaccine: 'HB0', given_on: '2025-06-01', place: null },
      { vaccine: 'MR', given_on: '2026-03-02', place: 'Posyandu Melati' },
    ])
    ok(await lina.post(`${at}/vaccination-removal`, { vaccine: 'MR', given_on: '2026-03-02' }))
    expect(await list()).toHaveLength(1)
    expect((await lina.post(`${at}/vaccination-removal`, { vaccine: 'MR', given_on: '2026-03-02' })).body.code).toBe('not_given')
  })

  test('one record per resident; nonsense is refused in words', async () => {
    expect((await lina.post('/registry/health_records', { citizen_id: putri.id })).body).toMatchObject({ status: 409 })
    const wrong = await lina.patch(
      `/registry/health_records/${record.id}`,
      { blood_pressure: 'tinggi', weight_kg: '900' },
      { 'if-match': '"1"' },
    )
    expect(wrong.body).toMatchObject({ status: 422 })
    expect(wrong.body.errors.map((e: any) => e.field).toSorted()).toEqual(['blood_pressure', 'weight_kg'])
  })

  test('nobody else finds it: not Siti of the registry, not Joko, not a cadre of another hamlet, not Made of Merantian', async () => {
    for (const name of ['siti', 'joko', 'made'] as const) {
      const other = await world.as(name)
      const list = await other.get('/registry/health_records')
      if (name !== 'made') expect(list.status, name).toBe(404)
      else expect(list.body.data).toEqual([])
      expect((await other.get(`/registry/health_records/${record.id}`)).status, name).toBe(404)
      expect((await other.post(`/registry/health_records/${record.id}/disclosure`, { fields: ['notes'] })).status, name).toBe(404)
      expect([403, 404], name).toContain((await other.get(`/registry/growth?citizen_id=${putri.id}`)).status)
    }
    const foreign = await lina.post('/registry/health_records', { citizen_id: yusuf.id, weight_kg: '60' })
    expect(foreign.body).toMatchObject({ status: 422, errors: [{ field: 'citizen_id', code: 'reference_not_found' }] })
    const west = ok(await andi.post('/registry/health_records', { citizen_id: yusuf.id, weight_kg: '60' }), 201)
    expect((await lina.get(`/registry/health_records/${west.id}`)).status).toBe(404)
    expect(ok(await lina.get('/registry/health_records?count=true')).page.total).toBe(1)
    const before = (await readings()).length
    await lina.get(`/registry/health_records/${west.id}`)
    await lina.get(`/registry/health_records/${NO_ID}`)
    expect((await readings()).length, 'what was not found was not read').toBe(before)
  })

  test('the auditor reads the change log without learning who has what', async () => {
    const dewi = await world.as('dewi')
    const { data } = ok(await dewi.get('/core/audit_logs?resource=registry.health_records&limit=50'))
    expect(data.length).toBeGreaterThan(0)
    for (const entry of data) expect(entry.changes.map((c: any) => c.field)).not.toContain('chronic_diseases')
    expect((await dewi.post(`/registry/health_records/${record.id}/disclosure`, { fields: ['notes'] })).status).toBe(403)
  })
})

describe('growth', () => {
  test('weighings become a line, oldest first; the reading is noted; two on one day are refused', async () => {
    for (const [measured_on, weight_kg] of [
      ['2026-02-01', '7.20'],
      ['2025-12-01', '6.40'],
      ['2026-05-01', '8.60'],
    ])
      ok(await lina.post('/registry/health_measurements', { citizen_id: putri.id, measured_on, weight_kg }), 201)
    expect(
      (await lina.post('/registry/health_measurements', { citizen_id: putri.id, measured_on: '2026-05-01', height_cm: '70' })).status,
    ).toBe(409)
    expect((await lina.post('/registry/health_measurements', { citizen_id: putri.id, measured_on: '2026-05-02' })).body.status).toBe(422)
    const before = (await readings()).length
    const line = ok(await lina.get(`/registry/growth?citizen_id=${putri.id}`))
    expect(line).toMatchObject({ birth_date: '2025-06-01', gender: 'P' })
    expect(line.standard.weight_kg[12], 'a girl of one year').toEqual({ month: 12, median: 8.9481, minus2: 7.0426, minus3: 6.2743 })
    expect(line.data.map((m: any) => [m.measured_on, m.weight_kg])).toEqual([
      ['2025-12-01', '6.40'],
      ['2026-02-01', '7.20'],
      ['2026-05-01', '8.60'],
    ])
    expect((await readings()).slice(before)).toEqual([
      { actor_name: 'Lina Marlina', detail: { query: 'registry.growth', record: putri.id } },
    ])
    expect((await lina.get(`/registry/growth?citizen_id=${yusuf.id}`)).status).toBe(404)
  })

  test('the summary of the village hides what only a few have', async () => {
    const summary = ok(await andi.get('/registry/health-summary'))
    expect(summary).toMatchObject({ records: 2, chronic_diseases: [] })
    expect(summary.insurance.every((i: any) => i.count === null)).toBe(true)
    expect(ok(await lina.get('/registry/health-summary')).records).toBe(1)
    expect((await world.as('siti').then((siti) => siti.get('/registry/health-summary'))).status).toBe(403)
  })
})
