// What a plan allows and what it does not: members, records, requests of a day, modules; counted so that nobody is surprised.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type Answer, type Client, type World } from '#test/world.ts'
import { flushCalls } from './meter.ts'
import { addOperator } from './operators.ts'
import { untilTomorrow } from './keep-limits.ts'

let world: World
let tamu: Client
let andi: Client
const at = (path: string): string => `/api/platform${path}`
const village = (path = ''): string => at(`/communities/sukamaju${path}`)

beforeAll(async () => {
  world = await openWorld()
  await addOperator(world.house, (await world.house.identity.userByLogin('tamu'))!.id)
  tamu = await world.as('tamu')
  andi = await world.as('andi')
})
afterAll(() => world?.close())

let serial = 0
async function planWith(limits: object, more: object = {}): Promise<string> {
  const made = await tamu.post(at('/plans'), { code: `paket-${++serial}`, name: `Paket ${serial}`, price: '150000.00', limits, ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const given = await tamu.put(village('/plan'), { plan_id: made.body.id })
  expect(given.status, JSON.stringify(given.body)).toBe(200)
  return made.body.id
}
const account = (n: number): Promise<Answer> =>
  world.as('andi').then(async (client) => {
    const roles = (await client.get('/core/roles')).body.data as { id: string; name: string }[]
    return client.post('/core/memberships/account', {
      name: `Warga ${n}`,
      username: `warga${n}`,
      email: null,
      password: 'Padi-Menguning-77',
      role_id: roles.find((r) => r.name === 'Operator Kependudukan')?.id,
    })
  })

describe('plans', () => {
  test('are offered with a price and limits; a community has one at a time and its history tells which', async () => {
    const first = await planWith({ users: 100, rows: null })
    expect((await tamu.get(village())).body).toMatchObject({
      plan_id: first,
      plan_name: 'Paket 1',
      subscriptions: [{ plan_id: first, status: 'active', ended_at: null }],
    })
    const second = await planWith({}, { modules: ['registry', 'office', 'letters', 'library'] })
    const { subscriptions } = (await tamu.get(village())).body
    expect(subscriptions.map((s: { plan_id: string; ended_at: string | null }) => [s.plan_id, s.ended_at === null])).toEqual([
      [second, true],
      [first, false],
    ])
    expect((await tamu.put(village('/plan'), { plan_id: null })).body.plan_id).toBeNull()
    const plans = (await tamu.get(at('/plans'))).body.data
    expect(plans.find((p: { id: string }) => p.id === first)).toMatchObject({
      price: '150000.00',
      currency: 'IDR',
      limits: { users: 100 },
      communities: 0,
    })
  })

  test('are refused in words when something is wrong with them', async () => {
    for (const [body, code] of [
      [{ code: 'paket-1', name: 'Lagi' }, 'already_used'],
      [{ code: 'x y', name: 'Lagi' }, 'invalid_input'],
      [{ code: 'minus', name: 'Lagi', price: '-5' }, 'invalid_input'],
      [{ code: 'minus', name: 'Lagi', limits: { users: -1 } }, 'invalid_input'],
      [{ code: 'minus', name: 'Lagi', limits: { cows: 1 } }, 'invalid_input'],
      [{ code: 'minus', name: 'Lagi', modules: ['sihir'] }, 'unknown_module'],
    ] as const)
      expect((await tamu.post(at('/plans'), body)).body.code, JSON.stringify(body)).toBe(code)
    expect((await tamu.put(village('/plan'), { plan_id: '0190f0a0-0000-7000-8000-000000000000' })).body.code).toBe('unknown_plan')
  })
})

describe('members', () => {
  test('no more than the plan has room for, whoever adds them, also many at once', async () => {
    const { rows } = await world.house.database.owner.query<{ n: number }>(
      `select count(*)::int as n from core.memberships m join core.tenants t on t.id = m.tenant_id where t.code = 'sukamaju' and m.status = 'active' and m.deleted_at is null`,
    )
    const there = rows[0]!.n
    await planWith({ users: there + 2 })
    const answers =
      world.kind === 'server' ? await Promise.all([1, 2, 3, 4, 5, 6].map(account)) : [await account(1), await account(2), await account(3)]
    expect(answers.filter((a) => a.status === 200)).toHaveLength(2)
    const refused = answers.find((a) => a.status !== 200)!
    expect([refused.status, refused.body.code, refused.body.most]).toEqual([409, 'plan_limit', there + 2])
    expect(refused.body.detail).toContain(`${there + 2} anggota`)
    // Nothing half: the account that came with the refused membership does not exist either.
    const users = await world.house.database.owner.query(`select count(*)::int as n from core.users where username like 'warga%'`)
    expect(users.rows).toEqual([{ n: 2 }])
  })

  test('one made inactive makes room; coming back needs room again', async () => {
    const members = (await andi.get('/core/memberships?limit=100')).body.data as { id: string; username: string }[]
    const first = members.find((m) => m.username.startsWith('warga'))!
    const path = `/core/memberships/${first.id}`
    const out = await andi.post(`${path}/deactivation`, {})
    expect(out.status, JSON.stringify(out.body)).toBe(200)
    expect((await account(9)).status).toBe(200)
    const again = await andi.post(`${path}/reinstatement`, {})
    expect([again.status, again.body.code]).toEqual([409, 'plan_limit'])
    await tamu.put(village('/plan'), { plan_id: null })
    expect((await andi.post(`${path}/reinstatement`, {})).status).toBe(200)
  })
})

describe('records', () => {
  test('a new record and an import are refused when there is no room; reading and changing go on', async () => {
    const counted = (await tamu.post(village('/usage'))).body
    await planWith({ rows: counted.row_total + 2 })
    expect((await andi.post('/library/shelves', { code: 'MUAT-1' })).status).toBe(201)
    expect((await andi.post('/library/shelves', { code: 'MUAT-2' })).status).toBe(201)
    const refused = await andi.post('/library/shelves', { code: 'MUAT-3' })
    expect([refused.status, refused.body.code, refused.body.limit]).toEqual([409, 'plan_limit', 'rows'])
    expect((await andi.get('/library/shelves')).status).toBe(200)
    const form = new FormData()
    form.set('file', new File(['Kode\nA-1\nA-2\n'], 'rak.csv'))
    form.set('importer', 'library.shelves')
    const { id } = (await andi.post('/imports', form)).body
    expect((await andi.post(`/imports/${id}/check`)).body.code).toBe('plan_limit')
    await planWith({ rows: counted.row_total + 10 })
    expect((await andi.post(`/imports/${id}/check`)).status).toBe(202)
  })

  test('modules outside the plan cannot be switched on, and a plan without what is in use is not given', async () => {
    const made = await tamu.post(at('/plans'), { code: 'kecil', name: 'Kecil', modules: ['registry', 'office', 'letters'] })
    expect((await tamu.put(village('/plan'), { plan_id: made.body.id })).body.code).toBe('module_not_in_plan')
    await tamu.put(village('/modules/library'), { on: false })
    expect((await tamu.put(village('/plan'), { plan_id: made.body.id })).status).toBe(200)
    const refused = await tamu.put(village('/modules/library'), { on: true })
    expect([refused.status, refused.body.code]).toEqual([409, 'module_not_in_plan'])
    expect((await tamu.get(village())).body.modules.find((m: { name: string }) => m.name === 'library')).toMatchObject({
      on: false,
      in_plan: false,
    })
    await tamu.put(village('/plan'), { plan_id: null })
    await tamu.put(village('/modules/library'), { on: true })
    expect(
      (
        await tamu.put(at(`/plans/${made.body.id}`), {
          code: 'kecil',
          name: 'Kecil',
          modules: ['registry', 'office', 'letters', 'library'],
        })
      ).status,
    ).toBe(200)
  })
})

describe('requests of a day', () => {
  test('are counted, written down, and refused with the time to wait when they are used up; the other village does not notice', async () => {
    await flushCalls(world.house)
    const usage = (await tamu.get(village('/usage'))).body.data.at(-1)
    await planWith({ api_calls_per_day: usage.api_calls + 3 })
    const answers: Answer[] = []
    for (let n = 0; n < 5; n++) answers.push(await andi.get('/library/shelves'))
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 429, 429])
    const last = answers.at(-1)!
    expect(last.body.code).toBe('plan_calls')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(86_400)
    expect((await (await world.as('made')).get('/library/shelves')).status).toBe(200)
    // Another process would know as well: it is in the database.
    await flushCalls(world.house)
    expect((await tamu.get(village('/usage'))).body.data.at(-1).api_calls).toBe(usage.api_calls + 3)
    expect((await andi.get('/library/shelves')).status).toBe(429)
    await tamu.put(village('/plan'), { plan_id: null })
    expect((await andi.get('/library/shelves')).status).toBe(200)
  })

  test('the day ends at midnight in the village', () => {
    const noonInJakarta = new Date('2026-11-21T05:00:00Z')
    expect(untilTomorrow('Asia/Jakarta', noonInJakarta)).toBe(43_200)
    expect(untilTomorrow('Asia/Makassar', noonInJakarta)).toBe(39_600)
  })
})

test('usage says what there is: members, records by module, bytes; and the list shows it', async () => {
  const { status, body } = await tamu.post(village('/usage'))
  expect(status).toBe(200)
  expect(body.rows.library).toBeGreaterThanOrEqual(2)
  expect(body.row_total).toBe(Object.entries(body.rows as Record<string, number>).reduce((sum, [m, n]) => sum + (m === 'core' ? 0 : n), 0))
  expect(body.storage_bytes).toBeGreaterThan(10_000)
  expect((await tamu.get(at('/communities?q=sukamaju'))).body.data[0]).toMatchObject({ users: body.users, records: body.row_total })
  expect((await andi.get(village('/usage'))).status).toBe(404)
})

describe('storage', () => {
  const upload = (bytes: number): Promise<Answer> => {
    const form = new FormData()
    form.set('file', new File(['Kode\n', `${'x'.repeat(99)}\n`.repeat(bytes / 100)], 'rak.csv', { type: 'text/csv' }))
    form.set('importer', 'library.shelves')
    return andi.post('/imports', form)
  }

  test('a file that does not fit is refused with how much there is and what to do; smaller ones still fit', async () => {
    await planWith({ storage_mb: 1 })
    const { storage_bytes: used } = (await tamu.post(village('/usage'))).body
    // Sealed it takes a third more than it has.
    const free = Math.floor(((1_000_000 - used) * 3) / 4)
    const full = await upload(free + 10_000)
    expect(full).toMatchObject({ status: 413, body: { code: 'storage_full', limit: 'storage_mb', most: 1 } })
    expect(full.body.detail).toMatch(/Ruang komunitas ini 1 MB .* Hapus impor/)
    expect((await upload(1_000)).status).toBe(201)
  })

  test('two at once that fit only one by one: one of them', async () => {
    await planWith({ storage_mb: 2 })
    const { storage_bytes: used } = (await tamu.post(village('/usage'))).body
    const half = Math.floor(((2_000_000 - used) * 3 * 0.6) / 4)
    const answers = await Promise.all([upload(half), upload(half), upload(half)])
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([201, 413, 413])
    expect((await andi.get('/imports')).body.data.filter((i: { status: string }) => i.status === 'uploaded')).toHaveLength(2)
  })

  test('what was taken away gives its room back, once it is counted again', async () => {
    await planWith({ storage_mb: 2 })
    const { data } = (await andi.get('/imports')).body as { data: { id: string }[] }
    for (const { id } of data) expect((await andi.delete(`/imports/${id}`)).status).toBe(204)
    const { storage_bytes: used } = (await tamu.post(village('/usage'))).body
    expect((await upload(Math.floor(((2_000_000 - used) * 3 * 0.9) / 4))).status).toBe(201)
    await tamu.put(village('/plan'), { plan_id: null })
    expect((await upload(1_000)).status).toBe(201)
  })
})
