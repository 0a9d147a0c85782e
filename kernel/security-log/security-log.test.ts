// The security log as Andi reads it, and as those meet it who give it something to say.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makerOf } from '#test/matrix/maker.ts'
import { openWorld, type World } from '#test/world.ts'
import { noteSecurity, PLATFORM, settleSecurity, type SecurityEvent } from './security-log.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const origin = { requestId: 'r-1', ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' }
type Entry = {
  id: string
  at: string
  kind: string
  times: number
  actor: { id: string | null; name: string } | null
  ip: string | null
  detail: Record<string, unknown>
}

const log = async (person: 'andi' | 'dewi' | 'made', query = ''): Promise<Entry[]> =>
  (await (await world.as(person)).get(`/core/security_events${query}`)).body.data
const inLog = async (
  tenantId: string,
  kind: string,
): Promise<{ times: number; detail: Record<string, unknown>; user_id: string | null }[]> => {
  await settleSecurity(world.house)
  const client = await world.house.database.app.connect()
  try {
    await client.query('begin')
    await client.query('select core.enter($1::uuid)', [tenantId])
    return (
      await client.query(
        'select times, detail, user_id from core.security_events where tenant_id = $1 and kind = $2 order by occurred_at, id',
        [tenantId, kind],
      )
    ).rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}
const idOf = async (name: string): Promise<string> => (await world.house.identity.userByLogin(name))!.id

describe('what happens by itself', () => {
  test('Siti tries what her role does not allow: Andi and the auditor see it at once, she does not', async () => {
    const siti = await world.as('siti')
    expect((await siti.post('/core/roles', { name: 'Raja', permissions: ['*:*'] })).status).toBe(404)
    expect((await siti.get('/core/audit_logs')).status).toBe(403)
    const [newest] = await log('andi', '?kind=refused')
    expect(newest).toMatchObject({
      kind: 'refused',
      times: 1,
      actor: { name: 'Siti Rahmawati' },
      detail: { code: 'forbidden', permission: 'core.audit_logs:read', method: 'GET' },
    })
    expect(await log('dewi', '?kind=refused')).toEqual(await log('andi', '?kind=refused'))
    expect(await siti.get('/core/security_events')).toMatchObject({ status: 403, body: { permission: 'core.security_events:read' } })
    expect(await log('made', '?kind=refused')).toEqual([])
  })

  test('a number revealed and a list taken away are noted, and hold no personal value', async () => {
    const andi = await world.as('andi')
    const maker = makerOf(world, andi, 'sukamaju')
    const book = await maker.make('library.books')
    await andi.patch(`/library/books/${book.id}`, { donor_phone: '081234567890' }, { 'if-match': '"1"' })
    expect((await andi.post(`/library/books/${book.id}/disclosure`, { fields: ['donor_phone'] })).status).toBe(200)
    expect((await andi.get('/library/books/export?format=csv')).status).toBe(200)
    const [exported, read] = await log('andi', '?kind=secret_read,exported')
    expect(read).toMatchObject({ kind: 'secret_read', detail: { resource: 'library.books', record: book.id, fields: 'donor_phone' } })
    expect(exported).toMatchObject({ kind: 'exported', detail: { resource: 'library.books', format: 'csv' } })
    expect(JSON.stringify(await log('andi'))).not.toContain('081234567890')
    // A reveal that is refused revealed nothing.
    expect((await andi.post(`/library/books/${randomUUID()}/disclosure`, { fields: ['donor_phone'] })).status).toBe(404)
    expect(await log('andi', '?kind=secret_read')).toHaveLength(1)
  })

  test('another site that writes in a visitor’s name is noted for the platform', async () => {
    const response = await world
      .anonymous()
      .raw('/core/roles', { method: 'POST', headers: { origin: 'https://evil.example', cookie: 'balai.session=x' } })
    expect(response.status).toBe(403)
    expect((await inLog(PLATFORM, 'refused')).at(-1)).toMatchObject({ detail: { code: 'cross_origin', method: 'POST' } })
  })
})

describe('whose log it is', () => {
  test('Rina signs in: both her villages know; Tamu belongs to none, so the platform does', async () => {
    await noteSecurity(world.house, { kind: 'second_factor_on', userId: await idOf('rina'), origin })
    await noteSecurity(world.house, { kind: 'second_factor_on', userId: await idOf('tamu'), origin })
    for (const place of ['sukamaju', 'merantian'] as const)
      expect(await inLog(await world.tenantId(place), 'second_factor_on')).toMatchObject([{ user_id: await idOf('rina') }])
    expect(await inLog(PLATFORM, 'second_factor_on')).toMatchObject([{ user_id: await idOf('tamu') }])
    expect(await log('made', '?kind=second_factor_on')).toMatchObject([
      { actor: { name: 'Rina Kurnia' }, ip: '203.0.113.7', device: 'Chrome di Linux' },
    ])
  })

  test('noting never throws and cannot be made to break a line or overflow a column', async () => {
    const event = {
      kind: 'code_failed',
      tenantId: await world.tenantId('sukamaju'),
      userId: 'not an id',
      origin: { requestId: 'x'.repeat(500), ip: '::1\n2026 admin signed in', userAgent: '\0'.repeat(10) + '\ud800' },
      detail: { purpose: 'a\r\nb', long: 'y'.repeat(5_000) },
    } as SecurityEvent
    await noteSecurity(world.house, event)
    await noteSecurity(world.house, { ...event, kind: 'NOT A KIND' as never })
    await noteSecurity(world.house, { ...event, detail: { loop: Symbol('x') as never } })
    const written = await inLog(await world.tenantId('sukamaju'), 'code_failed')
    expect(written).toContainEqual({ times: 1, user_id: null, detail: { purpose: 'a b', long: 'y'.repeat(200) } })
    for (const { ip } of await log('andi', '?kind=code_failed')) expect(ip).toBe('::1 2026 admin signed in')
  })

  test('the community’s log is behind the wall and only ever added to', async () => {
    const tenant = await world.tenantId('sukamaju')
    for (const sql of [
      'update core.security_events set times = 2 where tenant_id = $1',
      'delete from core.security_events where tenant_id = $1',
    ])
      await expect(world.write('andi', 'sukamaju', (ctx) => ctx.db.query(sql, [tenant]))).rejects.toMatchObject({ code: '42501' })
    await expect(world.house.database.owner.query('truncate core.security_events')).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a flood', () => {
  test('five thousand guesses from one address become a few rows that say how many they were', async () => {
    const tenantId = await world.tenantId('merantian')
    for (let i = 0; i < 5_000; i++)
      await noteSecurity(world.house, { kind: 'sign_in_failed', tenantId, origin, detail: { reason: 'password' } })
    const rows = await inLog(tenantId, 'sign_in_failed')
    expect(rows.length).toBeLessThan(5)
    expect(rows.reduce((sum, r) => sum + r.times, 0)).toBe(5_000)
  })

  test('nor can it be done with a new name, or a new address, each time', async () => {
    const tenantId = await world.tenantId('merantian')
    for (let i = 0; i < 2_000; i++) await noteSecurity(world.house, { kind: 'key_refused', tenantId, origin, detail: { key: `k${i}` } })
    for (let i = 0; i < 2_000; i++)
      await noteSecurity(world.house, { kind: 'pin_failed', tenantId, origin: { ...origin, ip: `10.0.${i >> 8}.${i & 255}` } })
    for (const kind of ['key_refused', 'pin_failed']) {
      const rows = await inLog(tenantId, kind)
      expect(rows.length, kind).toBeLessThan(130)
      expect(
        rows.reduce((sum, r) => sum + r.times, 0),
        kind,
      ).toBe(2_000)
    }
  })

  test('what only members can do is never folded away', async () => {
    const tenantId = await world.tenantId('merantian')
    for (let i = 0; i < 250; i++) await noteSecurity(world.house, { kind: 'role_changed', tenantId, origin, detail: { verb: 'update' } })
    expect(await inLog(tenantId, 'role_changed')).toHaveLength(250)
  })
})

describe('reading it', () => {
  test('page by page, every entry once, newest first', async () => {
    const made = await world.as('made')
    const seen: string[] = []
    let after = ''
    do {
      const { body } = await made.get(`/core/security_events?kind=role_changed&limit=60${after && `&after=${after}`}`)
      seen.push(...body.data.map((e: Entry) => e.id))
      after = body.page.next ?? ''
    } while (after)
    expect(new Set(seen).size).toBe(250)
    expect(seen).toHaveLength(250)
  })

  test('the days of the community: what happened late in the evening in Jakarta belongs to that day', async () => {
    const tenantId = await world.tenantId('sukamaju')
    const owner = await world.house.database.owner.connect()
    await owner.query('begin')
    await owner.query('select core.enter($1::uuid)', [tenantId])
    await owner.query(
      `insert into core.security_events (tenant_id, occurred_at, kind, times) values ($1, '2026-02-10 16:59:59.9Z', 'pin_set', 3), ($1, '2026-02-10 17:00:00Z', 'pin_set', 1)`,
      [tenantId],
    )
    await owner.query('commit')
    owner.release()
    const andi = await world.as('andi')
    const { body } = await andi.get('/core/security-days?from=2026-02-01&until=2026-02-28&kind=pin_set')
    expect(body).toEqual({
      from: '2026-02-01',
      until: '2026-02-28',
      data: [
        { day: '2026-02-10', kind: 'pin_set', times: 3 },
        { day: '2026-02-11', kind: 'pin_set', times: 1 },
      ],
    })
    expect((await andi.get('/core/security_events?from=2026-02-11&until=2026-02-11')).body.data).toMatchObject([
      { kind: 'pin_set', times: 1 },
    ])
    // A chart without days has the last thirty.
    const { from, until } = (await andi.get('/core/security-days')).body
    expect(Date.parse(until) - Date.parse(from)).toBe(29 * 86_400_000)
  })

  test.each([
    ['kind=<script>', 422],
    ['user_id=1', 422],
    ['from=2026-02-30', 422],
    ['after=e30', 400],
    ['after=' + Buffer.from('["2026-13-45 00:00:00+00","00000000-0000-4000-8000-000000000000"]').toString('base64url'), 400],
    ['limit=0', 422],
    ['surprise=1', 422],
  ])('%s is refused', async (query, status) => {
    expect((await (await world.as('andi')).get(`/core/security_events?${query}`)).status).toBe(status)
  })
})
