// Budi lends books: a record moves only as declared, whoever tries, and everybody can see where it has been and when it is due.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopedDb, transaction } from '#kernel/db/scoped.ts'
import { newId } from '#kernel/resource/id.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { loanWorkflow } from '#test/library/loans.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { keepClocks } from './keep.ts'
import { makeMove } from './moves.ts'

let world: World
let budi: Client
let book: string
let tenant: string
beforeAll(async () => {
  world = await openWorld()
  budi = await world.as('budi')
  tenant = await world.tenantId('sukamaju')
  book = (await budi.post('/library/books', { title: 'Laskar Pelangi', kind: 'novel', pages: 529 })).body.id
}, 120_000)
afterAll(() => world?.close())

const ask = async (borrower: string): Promise<any> => (await budi.post('/library/loans', { book_id: book, borrower })).body
const move = (id: string, noun: string, input: object = {}, headers = {}) => budi.post(`/library/loans/${id}/${noun}`, input, headers)
const read = async (id: string): Promise<any> => (await budi.get(`/library/loans/${id}`)).body
const past = async (id: string, client = budi): Promise<any[]> => (await client.get(`/library/loans/${id}/status-history`)).body.data
const acts = (row: any): string[] => loanWorkflow.moves.map((m) => m.noun).filter((noun) => row.may.includes(noun))
const HOUR = 3_600_000
const inHours = (n: number): Date => new Date(Date.now() + n * HOUR)
const eventsOf = async (id: string): Promise<string[]> =>
  (
    await scopedDb(world.house.database.app, tenant).query<{ name: string }>(
      'select name from core.events where tenant_id = $1 and resource_id = $2 order by id',
      [tenant, id],
    )
  ).rows.map((e) => e.name)

describe('at the counter', () => {
  test('Sari asks, Budi asks back, she answers, she takes it home and brings it back', async () => {
    const loan = await ask('Sari')
    expect(loan).toMatchObject({ status: 'requested', clock: { overdue: false, paused: false, due_at: expect.any(String) } })
    expect(acts(loan)).toEqual(['handover', 'question', 'refusal'])
    const asked = (await move(loan.id, 'question', { question: 'Kartu anggota?' })).body
    expect(asked).toMatchObject({ status: 'unclear', clock: { due_at: null, paused: true } })
    expect(acts(asked)).toEqual(['answer', 'refusal', 'lapse'])
    expect((await move(loan.id, 'answer')).body.clock).toMatchObject({ paused: false, due_at: expect.any(String) })
    expect((await move(loan.id, 'handover')).body).toMatchObject({ status: 'lent' })
    expect((await move(loan.id, 'return', { pages_missing: 2 })).body).toMatchObject({
      status: 'returned',
      pages_missing: 2,
      clock: { due_at: null, overdue: false, paused: false },
    })
    expect((await past(loan.id)).map((h) => [h.by?.name, h.from, h.move, h.to, h.note])).toEqual([
      ['Budi Pustaka', 'lent', 'return', 'returned', null],
      ['Budi Pustaka', 'requested', 'handover', 'lent', null],
      ['Budi Pustaka', 'unclear', 'answer', 'requested', null],
      ['Budi Pustaka', 'requested', 'question', 'unclear', 'Kartu anggota?'],
      ['Budi Pustaka', null, null, 'requested', null],
    ])
    expect(await eventsOf(loan.id)).toEqual(['question', 'answer', 'handover', 'return'].map((noun) => `library.loans.${noun}`))
  })

  test('what cannot be done now says what was done, and by whom; also to whoever looked before', async () => {
    const loan = await ask('Tono')
    const andi = await world.as('andi')
    expect((await andi.post(`/library/loans/${loan.id}/refusal`, { reason: 'Sedang dijilid' })).status).toBe(200)
    for (const headers of [{}, { 'if-match': `"${loan.version}"` }]) {
      const late = await move(loan.id, 'handover', {}, headers)
      expect(late.status).toBe(409)
      expect(late.body).toMatchObject({ code: 'moved_on', state: 'refused', who: 'Andi Saputra', move: 'refusal' })
      expect(late.body.detail).toContain('Andi Saputra sudah mengubahnya menjadi “Ditolak”')
    }
    expect((await move(newId(), 'handover')).status).toBe(404)
    expect((await move((await ask('Umar')).id, 'refusal')).body).toMatchObject({ code: 'invalid_input', errors: [{ field: 'reason' }] })
  })

  test('nobody writes the state by hand', async () => {
    const made = await budi.post('/library/loans', { book_id: book, borrower: 'Vina', status: 'lent' })
    expect(made.status).toBe(422)
    const loan = await ask('Vina')
    expect((await budi.patch(`/library/loans/${loan.id}`, { status: 'lent' }, { 'if-match': `"${loan.version}"` })).status).toBe(422)
    expect((await read(loan.id)).status).toBe('requested')
  })

  test('a module’s own code moves by the same rules, and leaves the same traces', async () => {
    const loan = await ask('Wati')
    await world.write('budi', 'sukamaju', (ctx) => makeMove(ctx, loanWorkflow, loan.id, 'refusal', { reason: 'Rusak' }))
    expect(await past(loan.id)).toMatchObject([{ move: 'refusal', note: 'Rusak', by: { name: 'Budi Pustaka' } }, { to: 'requested' }])
    const again = world.write('budi', 'sukamaju', (ctx) => makeMove(ctx, loanWorkflow, loan.id, 'handover'))
    await expect(again).rejects.toMatchObject({ status: 409, code: 'moved_on' })
  })

  test('who may read sees where it has been but moves nothing; who may not finds nothing', async () => {
    const loan = await ask('Yanto')
    const [nani, siti] = [await world.as('nani'), await world.as('siti')]
    expect((await past(loan.id, nani)).length).toBe(1)
    expect(acts((await nani.get(`/library/loans/${loan.id}`)).body)).toEqual([])
    expect((await nani.post(`/library/loans/${loan.id}/handover`, {})).status).toBe(403)
    for (const path of ['', '/status-history']) expect((await siti.get(`/library/loans/${loan.id}${path}`)).status).toBe(404)
  })

  test('a grave thing asks for the PIN', async () => {
    const loan = await ask('Zul')
    await move(loan.id, 'handover')
    const plainly = await budi.post(`/library/loans/${loan.id}/loss`, {}, { 'balai-step-up': '' })
    expect([plainly.status, plainly.body.code]).toEqual([403, expect.stringMatching(/^pin_/)])
    expect((await move(loan.id, 'loss')).body.status).toBe('lost')
  })
})

describe('the database itself', () => {
  const said = { user: null, doing: 'changed', request: 'test', ip: null, agent: null }
  const sql = (text: string, params: unknown[]) =>
    transaction(world.house.database.app, tenant, said, (db) => db.query(text, [tenant, ...params]))

  test('refuses every way that is not declared, and writes down those that are', async () => {
    const loan = await ask('Ali')
    for (const state of ['returned', 'lost'])
      await expect(sql('update library.loans set status = $3 where tenant_id = $1 and id = $2', [loan.id, state])).rejects.toMatchObject({
        code: '23514',
        constraint: 'loans_moves',
      })
    await expect(
      sql(`insert into library.loans (tenant_id, id, book_id, borrower, status) values ($1, $2, $3, 'Ali', 'lent')`, [newId(), book]),
    ).rejects.toMatchObject({ code: '23514' })
    await sql(`update library.loans set status = 'lent' where tenant_id = $1 and id = $2`, [loan.id])
    expect(await past(loan.id)).toMatchObject([{ by: null, move: 'handover', from: 'requested', to: 'lent' }, { to: 'requested' }])
    // Nobody was there to work out when it is due; the next round does.
    expect((await read(loan.id)).clock).toMatchObject({ due_at: null, overdue: false })
    await keepClocks(world.house)
    const { clock } = await read(loan.id)
    expect(Date.parse(clock.due_at) - Date.parse(clock.since)).toBe(14 * 24 * HOUR)
  })

  test('keeps the history: nothing is added, changed or taken away by hand', async () => {
    const loan = await ask('Beni')
    for (const text of [
      `insert into core.status_history (tenant_id, id, resource, resource_id, to_state) values ($1, core.new_id(), 'library.loans', $2, 'lost')`,
      `update core.status_history set note = 'x' where tenant_id = $1 and resource_id = $2`,
      `delete from core.status_history where tenant_id = $1 and resource_id = $2`,
    ])
      await expect(sql(text, [loan.id]), text).rejects.toMatchObject({ code: '42501' })
    expect((await past(loan.id)).length).toBe(1)
  })

  test('a move of one record is not mistaken for that of another in the same transaction', async () => {
    const [a, b] = [await ask('Cici'), await ask('Dodi')]
    await world.write('budi', 'sukamaju', async (ctx) => {
      await makeMove(ctx, loanWorkflow, a.id, 'refusal', { reason: 'Hanya untuk Cici' })
      await ctx.db.query(`update library.loans set status = 'refused' where tenant_id = $1 and id = $2`, [tenant, b.id])
    })
    expect([(await past(a.id))[0].note, (await past(b.id))[0].note]).toEqual(['Hanya untuk Cici', null])
  })
})

describe('time', () => {
  test('a deadline that passes is told once; the list can be asked for what is late', async () => {
    const [loan, other] = [await ask('Eko'), await ask('Fitri')]
    await move(loan.id, 'handover')
    await move(other.id, 'refusal', { reason: 'Tidak ada' })
    expect(await keepClocks(world.house, inHours(13 * 24))).toMatchObject({ failed: 0 })
    expect(await eventsOf(loan.id)).toEqual(['library.loans.handover'])
    await keepClocks(world.house, inHours(15 * 24))
    await keepClocks(world.house, inHours(16 * 24))
    expect(await eventsOf(loan.id)).toEqual(['library.loans.handover', 'library.loans.overdue'])
    expect(await eventsOf(other.id)).toEqual(['library.loans.refusal'])

    const late = async (asked: boolean): Promise<string[]> =>
      (await budi.get(`/library/loans?overdue=${asked}&count=true&limit=200`)).body.data.map((l: any) => l.borrower)
    expect(await late(true)).not.toContain('Eko')
    await world.house.database.owner.query(`update core.workflow_clocks set due_at = now() - interval '2 days' where resource_id = $1`, [
      loan.id,
    ])
    expect((await read(loan.id)).clock).toMatchObject({ overdue: true })
    expect(await late(true)).toEqual(['Eko'])
    expect(await late(false)).toEqual(expect.arrayContaining(['Fitri']))
    expect((await budi.get('/library/loans?overdue=true&q=Eko&fields=borrower')).body.data).toMatchObject([{ clock: { overdue: true } }])
    expect(await (await budi.raw('/library/loans/export?overdue=true&columns=borrower')).text()).toContain('Eko')
    expect((await budi.get('/library/books?overdue=true')).body).toMatchObject({ status: 400, code: 'unknown_filter' })
    expect((await budi.get('/library/loans?overdue=perhaps')).body).toMatchObject({ status: 400, code: 'invalid_filter' })
    expect((await move(loan.id, 'return')).body.clock).toMatchObject({ overdue: false })
  })

  test('what nobody answers lapses by itself after a week, once, and its history says so', async () => {
    const loan = await ask('Gita')
    await move(loan.id, 'question', { question: 'Sampai kapan?' })
    await keepClocks(world.house, inHours(6 * 24))
    expect((await read(loan.id)).status).toBe('unclear')
    expect(await keepClocks(world.house, inHours(8 * 24))).toMatchObject({ moved: 1, failed: 0 })
    expect(await keepClocks(world.house, inHours(9 * 24))).toMatchObject({ moved: 0 })
    expect((await past(loan.id))[0]).toMatchObject({ by: null, move: 'lapse', to: 'refused' })
    const { body } = await budi.get(`/library/loans/${loan.id}/history`)
    expect(body.data[0]).toMatchObject({ action: 'lapse', actor: null })
    expect((await move(loan.id, 'answer')).body.detail).toContain('dengan sendirinya')
  })

  test('what was deleted waits for nothing, until it is back', async () => {
    const loan = await ask('Hadi')
    await move(loan.id, 'question', { question: 'Yang mana?' })
    const { version } = await read(loan.id)
    await budi.delete(`/library/loans/${loan.id}`, undefined, { 'if-match': `"${version}"` })
    expect(await keepClocks(world.house, inHours(8 * 24))).toMatchObject({ moved: 0, failed: 0 })
    await budi.post(`/library/loans/${loan.id}/restoration`)
    expect(await keepClocks(world.house, inHours(8 * 24))).toMatchObject({ moved: 1 })
  })

  test('a holiday, other hours or another deadline move what is due, and nobody’s version', async () => {
    const andi = await world.as('andi')
    const loan = await ask('Indra')
    const due = async (): Promise<Date> => (await keepClocks(world.house), new Date((await read(loan.id)).clock.due_at))
    const zone = 'Asia/Jakarta'
    const before = await due()
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(before)
    const holiday = await andi.post('/core/holidays', { date: day, name: 'Hari jadi desa' })
    expect(holiday.status).toBe(201)
    const pushed = await due()
    expect(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(pushed) > day).toBe(true)
    expect((await andi.delete(`/core/holidays/${holiday.body.id}`, undefined, { 'if-match': '"1"' })).status).toBe(204)
    expect(await due()).toEqual(before)

    expect((await andi.put('/settings/library.answer_hours', { value: 40 }, { 'if-match': '"0"' })).status).toBe(200)
    expect((await due()) > before).toBe(true)
    const wrong = await andi.put('/settings/core.hours_mon', { value: '16:00-08:00' }, { 'if-match': '"0"' })
    expect([wrong.status, wrong.body.errors[0].message]).toEqual([422, 'Jam selesai harus sesudah jam mulai.'])
    for (const name of ['mon', 'tue', 'wed', 'thu', 'fri']) {
      const put = await andi.put(`/settings/core.hours_${name}`, { value: null }, { 'if-match': '"0"' })
      expect(put.status, JSON.stringify(put.body)).toBe(200)
    }
    await keepClocks(world.house)
    const idle = await read(loan.id)
    expect(idle).toMatchObject({ version: loan.version, clock: { due_at: null, overdue: false, paused: false } })
  })

  test('a community that is closed, or has no library, is left alone', async () => {
    const loan = await ask('Jaya')
    await move(loan.id, 'question', { question: 'Kapan?' })
    const { modules } = (await tenantById(world.house, tenant))!
    const set = (column: string, value: unknown) =>
      world.house.database.owner.query(`update core.tenants set ${column} = $2 where id = $1`, [tenant, value])
    const moved = async (): Promise<number> => (await keepClocks(world.house, inHours(8 * 24))).moved
    await set(
      'modules',
      modules.filter((m) => m !== 'library'),
    )
    expect(await moved()).toBe(0)
    await set('modules', modules)
    await set('status', 'suspended')
    expect(await moved()).toBe(0)
    await set('status', 'active')
    expect(await moved()).toBe(1)
  })
})
