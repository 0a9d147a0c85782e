// Who may come in, when and from where: Joko's office hours, an administrator's mistake, members who leave, roles that change.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { api } from '#app/api.ts'
import { switchRulesOff } from '#app/cli/access.ts'
import { openHouse, type OpenHouse } from '#app/open-house.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayIn } from '#kernel/ctx.ts'
import { announceMembers } from './kept-members.ts'
import { settleSecurity } from '#kernel/security-log/security-log.ts'
import { type Client, MIGRATIONS, openWorld, TEST_MODULES, testSettings, type World } from '#test/world.ts'
import { WEEKDAYS, type Weekday } from './rules.ts'

let world: World
let andi: Client
let joko: Client
let siti: Client
beforeAll(async () => {
  world = await openWorld()
  ;[andi, joko, siti] = [await world.as('andi'), await world.as('joko'), await world.as('siti')]
})
afterAll(() => world?.close())
afterEach(async () => {
  vi.useRealTimers()
  await switchRulesOff(world.house, 'sukamaju')
})

const OFFICE = '192.168.7.0/24'
const idOf = async (path: string, name: string): Promise<string> =>
  (await andi.get(`${path}?limit=200`)).body.data.find((row: { name: string }) => row.name === name).id
const roleId = (name: string): Promise<string> => idOf('/core/roles', name)
const rule = async (role: string, more: object = {}): Promise<string> => {
  const made = await andi.post('/core/access_rules', { description: 'Kantor desa', role_id: await roleId(role), ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
const version = async (path: string): Promise<Record<string, string>> => ({ 'if-match': `"${(await andi.get(path)).body.version}"` })

/** The next Monday, Tuesday … at a time on the wall clock of Jakarta (UTC+7, without changes): soon enough for a session made today. */
function next(day: Weekday, time: string): Date {
  const today = new Date(`${dayIn('Asia/Jakarta', new Date())}T00:00:00Z`)
  const ahead = ((WEEKDAYS.indexOf(day) + 1 - today.getUTCDay() + 6) % 7) + 1
  return new Date(`${new Date(today.getTime() + ahead * 86_400_000).toISOString().slice(0, 10)}T${time}:00+07:00`)
}
const itIs = (at: Date): void => void vi.useFakeTimers({ toFake: ['Date'], now: at })

/** Asks through a reverse proxy, from an address. */
async function from(ip: string, who: Client, path: string): Promise<{ status: number; body: any }> {
  const app = api({ ...world.house, config: { ...world.house.config, trustProxy: true } })
  const response = await app.request(path.startsWith('/api') ? path : `/api/sukamaju${path}`, {
    headers: { cookie: who.cookie, 'x-forwarded-for': ip, 'accept-language': 'id' },
  })
  return { status: response.status, body: await response.json() }
}

describe('Joko, hamlet head, works Monday to Friday from 8 to 16, at the office', () => {
  beforeAll(
    async () =>
      void (await rule('Kepala Dusun', {
        weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
        from_time: '08:00',
        until_time: '16:00',
        networks: [OFFICE],
      })),
  )

  const on = async (): Promise<void> => {
    const { body } = await andi.get('/core/access_rules?is_active=false')
    for (const { id } of body.data)
      expect((await andi.patch(`/core/access_rules/${id}`, { is_active: true }, await version(`/core/access_rules/${id}`))).status).toBe(
        200,
      )
  }

  test('he comes in on Monday morning at the office, and is refused elsewhere and at night, with words', async () => {
    await on()
    itIs(next('mon', '10:00'))
    expect((await from('192.168.7.20', joko, '/home')).status).toBe(200)
    expect((await from('::ffff:192.168.7.20', joko, '/home')).status).toBe(200)
    const elsewhere = await from('36.71.2.3', joko, '/home')
    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'outside_network', detail: expect.stringContaining('“Kantor desa”') } })
    expect(JSON.stringify(elsewhere.body)).not.toContain('192.168.7')
    vi.setSystemTime(next('mon', '22:00'))
    expect(await from('192.168.7.20', joko, '/home')).toMatchObject({
      status: 403,
      body: { code: 'outside_hours', detail: expect.stringContaining('Senin–Jumat 08.00–16.00 WIB') },
    })
    for (const path of ['/model', '/registry/citizens', '/jobs/events', '/pin', '/core/roles'])
      expect((await from('192.168.7.20', joko, path)).body.code, path).toBe('outside_hours')
    vi.setSystemTime(next('sat', '10:00'))
    expect((await from('192.168.7.20', joko, '/home')).body.code).toBe('outside_hours')
  })

  test('his own account is his at any hour, and others are not touched by his hours', async () => {
    await on()
    itIs(next('mon', '22:00'))
    expect(await from('36.71.2.3', joko, '/api/me')).toMatchObject({ status: 200, body: { tenants: [{ code: 'sukamaju' }] } })
    expect((await from('36.71.2.3', siti, '/home')).status).toBe(200)
  })

  test('work he began runs on after hours', async () => {
    await on()
    itIs(next('mon', '22:00'))
    expect(await world.read('joko', 'sukamaju', async (ctx) => ctx.actor.name)).toBe('Joko Widagdo')
  })

  test('a rule out of force is as if it were not there', async () => {
    itIs(next('mon', '22:00'))
    expect((await joko.get('/home')).status).toBe(200)
  })

  test('the security log knows that he was refused, and by what', async () => {
    await on()
    itIs(next('sun', '03:00'))
    expect((await joko.get('/home')).status).toBe(403)
    vi.useRealTimers()
    await settleSecurity(world.house)
    const { rows } = await world.house.database.owner.query(
      `select actor_name, detail from core.security_events where kind = 'refused_by_rule' and detail ->> 'code' = 'outside_hours' limit 1`,
    )
    expect(rows).toMatchObject([{ actor_name: 'Joko Widagdo', detail: { code: 'outside_hours' } }])
  })
})

describe('nobody locks the village out', () => {
  test('Andi cannot shut out his own role as he sits there; the rule of another role is fine', async () => {
    const administrators = await roleId('Administrator')
    const elsewhere = { description: 'Balai kota', role_id: administrators, networks: ['10.9.9.0/24'] }
    expect(await andi.post('/core/access_rules', elsewhere)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'networks', code: 'locks_you_out' }] },
    })
    const now = WEEKDAYS.filter((day) => ![dayBefore(0), dayBefore(1)].includes(day))
    expect(await andi.post('/core/access_rules', { ...elsewhere, networks: [], weekdays: now.slice(0, 1) })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'networks', code: 'locks_you_out' }] },
    })
    expect((await andi.post('/core/access_rules', { ...elsewhere, role_id: await roleId('Pustakawan') })).status).toBe(201)
    expect((await andi.get('/home')).status).toBe(200)
  })

  test('a rule that lets him in may stand, others beside it too, but then it cannot be taken away first', async () => {
    const open = await rule('Administrator', { description: 'Dari mana saja' })
    const narrow = await rule('Administrator', { description: 'Balai kota', networks: ['10.9.9.0/24'] })
    const path = `/core/access_rules/${open}`
    for (const change of [{ is_active: false }, { networks: ['10.9.9.0/24'] }, { role_id: await roleId('Pustakawan') }])
      expect(await andi.patch(path, change, await version(path)), JSON.stringify(change)).toMatchObject({
        status: 422,
        body: { errors: [{ code: 'locks_you_out' }] },
      })
    expect(await andi.delete(path, undefined, await version(path))).toMatchObject({ status: 422 })
    const batch = await andi.post('/core/access_rules/batch', { action: 'delete', items: [{ id: open }] })
    expect(batch.body.results[0]).toMatchObject({ status: 422 })
    expect((await andi.delete(`/core/access_rules/${narrow}`, undefined, await version(`/core/access_rules/${narrow}`))).status).toBe(204)
    expect((await andi.delete(path, undefined, await version(path))).status).toBe(204)
  })

  test('who may write rules but is no administrator puts none on the administrators', async () => {
    const role = (
      await andi.post('/core/roles', { name: 'Penjaga pintu', permissions: ['core.access_rules:*', 'core.roles:read'], visibility: {} })
    ).body.id
    const member = await idOf('/core/memberships', 'Budi Pustaka')
    expect((await andi.post(`/core/memberships/${member}/role`, { role_id: role, reason: 'Menjaga pintu' })).status).toBe(200)
    const budi = await world.as('budi')
    const asked = { description: 'Hanya Minggu', weekdays: ['sun'], role_id: await roleId('Administrator') }
    expect(await budi.post('/core/access_rules', asked)).toMatchObject({ status: 403, body: { code: 'grants_too_much' } })
  })

  test('the operator can always switch the rules off', async () => {
    await rule('Administrator')
    // As if the office had moved to another network.
    await world.write('andi', 'sukamaju', (ctx) =>
      ctx.db.query(`update core.access_rules set networks = '{10.9.9.0/24}' where tenant_id = $1 and is_active`, [ctx.tenant.id]),
    )
    await announceMembers(world.house, await world.tenantId('sukamaju'))
    expect(await andi.get('/home')).toMatchObject({ status: 403, body: { code: 'outside_network' } })
    expect(await switchRulesOff(world.house, 'sukamaju')).toBe(1)
    expect((await andi.get('/home')).status).toBe(200)
    expect((await andi.get('/core/access_rules?is_active=true')).body.data).toEqual([])
    await expect(switchRulesOff(world.house, 'antah-berantah')).rejects.toMatchObject({ code: 'unknown_tenant' })
  })

  test('a network that is none, days and hours that are none, are refused with words', async () => {
    const role_id = await roleId('Pustakawan')
    const wrong = async (more: object): Promise<unknown> =>
      (await andi.post('/core/access_rules', { description: 'x', role_id, ...more })).body.errors
    expect(await wrong({ networks: ['10.0.0.0/8', 'kantor'] })).toMatchObject([
      { field: 'networks', code: 'not_a_network', message: expect.stringContaining('“kantor”') },
    ])
    expect(await wrong({ networks: Array.from({ length: 51 }, (_, n) => `10.0.${n}.0/24`) })).toMatchObject([
      { field: 'networks', code: 'too_many' },
    ])
    expect(await wrong({ weekdays: ['senin'] })).toMatchObject([{ field: 'weekdays' }])
    expect(await wrong({ from_time: '8', until_time: '25:00' })).toMatchObject([{ field: 'from_time' }, { field: 'until_time' }])
    expect(await wrong({ from_time: '08:00', until_time: '08:00' })).toMatchObject([{ field: 'until_time', code: 'rule_broken' }])
  })
})

const dayBefore = (n: number): Weekday => {
  const now = new Date(`${dayIn('Asia/Jakarta', new Date())}T00:00:00Z`).getUTCDay()
  return WEEKDAYS[(now + 6 - n + 7) % 7]!
}

describe('members come and go', () => {
  const path = async (name: string): Promise<string> => `/core/memberships/${await idOf('/core/memberships', name)}`

  test('suspended, Siti is out at once where she is signed in; let in again, she is back; only she reads why not', async () => {
    const member = await path('Siti Rahmawati')
    expect((await siti.get('/home')).status).toBe(200)
    expect(await andi.post(`${member}/suspension`, {})).toMatchObject({ status: 422, body: { errors: [{ field: 'reason' }] } })
    expect((await andi.post(`${member}/suspension`, { reason: 'Pemeriksaan buku tamu' })).body).toMatchObject({
      status: 'suspended',
      suspended_reason: 'Pemeriksaan buku tamu',
    })
    expect((await siti.get('/home')).status).toBe(404)
    expect((await siti.get('/api/me')).body).toMatchObject({
      tenants: [],
      former: [{ name: 'Desa Sukamaju', why: 'suspended', expires_on: null }],
    })
    expect(JSON.stringify((await siti.get('/api/me')).body)).not.toContain('Pemeriksaan')
    expect(await andi.post(`${member}/deactivation`, {})).toMatchObject({ status: 409, body: { code: 'not_now' } })
    expect((await andi.post(`${member}/reinstatement`, {})).body).toMatchObject({ status: 'active', suspended_reason: null })
    expect((await siti.get('/home')).status).toBe(200)
  })

  test('a stream that was open ends the moment its reader is suspended', async () => {
    const stream = await siti.raw('/jobs/events')
    const reader = stream.body!.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value)
    expect(await read()).toContain('event: ready')
    const member = await path('Siti Rahmawati')
    const began = performance.now()
    await andi.post(`${member}/suspension`, { reason: 'Pemeriksaan' })
    const { done } = await reader.read()
    expect(done).toBe(true)
    // Not at the next heartbeat, which is twenty seconds away.
    expect(performance.now() - began).toBeLessThan(10_000)
    await andi.post(`${member}/reinstatement`, {})
  })

  test('in another process too, within the moment', async () => {
    if (!world.url) return
    const dataDir = mkdtempSync(join(tmpdir(), 'balai-other-'))
    const other: OpenHouse = await openHouse(testSettings(dataDir, world.url), {
      modules: TEST_MODULES,
      migrations: MIGRATIONS,
      quiet: true,
    })
    try {
      const there = api(other)
      const ask = async (): Promise<number> => (await there.request('/api/sukamaju/home', { headers: { cookie: siti.cookie } })).status
      await vi.waitFor(async () => expect(await ask()).toBe(200), 3_000)
      await new Promise((resolve) => setTimeout(resolve, 500))
      await ask()
      const member = await path('Siti Rahmawati')
      await andi.post(`${member}/suspension`, { reason: 'Pemeriksaan' })
      await vi.waitFor(async () => expect(await ask()).toBe(404), { timeout: 1_500, interval: 50 })
      await andi.post(`${member}/reinstatement`, {})
      await vi.waitFor(async () => expect(await ask()).toBe(200), { timeout: 1_500, interval: 50 })
    } finally {
      await other.close()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })

  test('the last day is a day of work, in the zone of the village; the next is not', async () => {
    const member = await path('Rina Kurnia')
    const rina = await world.as('rina', 'sukamaju')
    const last = dayIn('Asia/Jakarta', next('wed', '12:00'))
    expect((await andi.patch(member, { expires_on: last }, await version(member))).status).toBe(200)
    itIs(next('wed', '23:59'))
    expect((await rina.get('/home')).status).toBe(200)
    vi.setSystemTime(new Date(next('wed', '23:59').getTime() + 60_000))
    expect((await rina.get('/home')).status).toBe(404)
    const me = (await rina.get('/api/me')).body
    expect(me.tenants.map((t: { code: string }) => t.code)).toEqual(['merantian'])
    expect(me.former).toEqual([{ name: 'Desa Sukamaju', kind: 'village', why: 'expired', expires_on: last }])
    vi.useRealTimers()
    expect((await andi.patch(member, { expires_on: null }, await version(member))).status).toBe(200)
    expect((await rina.get('/home')).status).toBe(200)
  })

  test('nobody does it to themselves, nor from outside, nor to who holds more', async () => {
    const own = await path('Andi Saputra')
    for (const [act, input] of [
      ['suspension', { reason: 'coba' }],
      ['deactivation', {}],
      ['role', { role_id: await roleId('Auditor'), reason: 'coba' }],
    ] as const)
      expect(await andi.post(`${own}/${act}`, input), act).toMatchObject({ status: 409, body: { code: 'own_membership' } })
    expect(await andi.patch(own, { expires_on: '2030-01-01' }, await version(own))).toMatchObject({
      status: 409,
      body: { code: 'own_membership' },
    })
    expect((await siti.post(`${own}/suspension`, { reason: 'coba' })).status).toBe(404)
    expect((await (await world.as('made')).post(`${own}/suspension`, { reason: 'coba' })).status).toBe(404)
  })
})

describe('a role changes with a reason', () => {
  test('Dewi becomes librarian: who, from what, to what, why, by whom', async () => {
    const id = await idOf('/core/memberships', 'Dewi Lestari')
    const member = `/core/memberships/${id}`
    const to = await roleId('Pustakawan')
    const dewi = await world.as('dewi')
    expect((await dewi.get('/core/audit_logs')).status).toBe(200)
    expect(await andi.patch(member, { role_id: to }, await version(member))).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'role_id', code: 'readonly_field' }] },
    })
    expect(await andi.post(`${member}/role`, { role_id: to })).toMatchObject({ status: 422, body: { errors: [{ field: 'reason' }] } })
    expect((await andi.post(`${member}/role`, { role_id: to, reason: 'Pengganti Budi' })).status).toBe(200)
    // At once, in her open session.
    expect((await dewi.get('/core/audit_logs')).status).toBe(403)
    const { body } = await andi.get(`/core/role_history?membership_id=${id}&sort=-created_at`)
    expect(body.data).toMatchObject([
      {
        titles: { from_role_id: 'Auditor', to_role_id: 'Pustakawan', changed_by_id: 'Andi Saputra', membership_id: 'Dewi Lestari' },
        reason: 'Pengganti Budi',
        automatic: false,
      },
      { titles: { to_role_id: 'Auditor' }, from_role_id: null, automatic: true },
    ])
    expect(await andi.post(`${member}/role`, { role_id: to, reason: 'Sekali lagi' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'role_id', code: 'same_role' }] },
    })
  })

  test('the history cannot be changed by anybody, not even in the database', async () => {
    const { body } = await andi.get('/core/role_history')
    const path = `/core/role_history/${body.data[0].id}`
    for (const asked of [
      andi.patch(path, { reason: 'lain' }, { 'if-match': '"1"' }),
      andi.delete(path, undefined, { 'if-match': '"1"' }),
      andi.post('/core/role_history', {}),
    ])
      expect((await asked).status).toBe(404)
    for (const sql of [`update core.role_history set reason = 'lain'`, 'delete from core.role_history']) {
      await expect(world.house.database.owner.query(sql)).rejects.toMatchObject({ code: '42501' })
      await expect(world.write('andi', 'sukamaju', (ctx) => ctx.db.query(sql))).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('nobody gives a role that holds more than they do', async () => {
    const budi = await world.as('budi')
    const role = (
      await andi.post('/core/roles', { name: 'Sekretariat', permissions: ['core.memberships:*', 'core.roles:read'], visibility: {} })
    ).body.id
    await andi.post(`/core/memberships/${await idOf('/core/memberships', 'Budi Pustaka')}/role`, { role_id: role, reason: 'Sekretariat' })
    const nani = `/core/memberships/${await idOf('/core/memberships', 'Nani Pembaca')}`
    expect(await budi.post(`${nani}/role`, { role_id: await roleId('Administrator'), reason: 'Kenaikan' })).toMatchObject({ status: 403 })
  })
})
