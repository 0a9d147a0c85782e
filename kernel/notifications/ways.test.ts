// How people are told: by mail and SMS as they chose, not at night, gathered if they like; and nothing is lost while the mail server is down.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { forgetMembers } from '#kernel/access/members.ts'
import { clockIn } from '#kernel/access/rules.ts'
import { openTestHouse, type TestHouse } from './test-house.ts'

let t: TestHouse
let budi: string
let cookie: string
const ZONE = 'Asia/Jakarta'
const HOUR = 3_600_000
const NO_HOURS = { quiet_from: null, quiet_until: null, digest_at: null, time_zone: null }

beforeAll(async () => {
  t = await openTestHouse()
  await t.house.database.owner.query(
    `update core.users set email = username || '@sukamaju.desa.id', phone = '+62812345' || abs(hashtext(username)) % 9000 + 1000, phone_verified = true`,
  )
  budi = await t.userId('budi')
  cookie = await t.signIn('budi')
})
afterAll(() => t?.close())
beforeEach(async () => {
  const { owner } = t.house.database
  await owner.query('delete from core.outbox')
  await owner.query('delete from core.notifications')
  await owner.query('delete from core.notification_choices')
  await owner.query('delete from core.notification_hours')
  t.mails.length = 0
})

let n = 0
const arrived = (title: string, more: object = {}): Promise<void> =>
  t.tell({ kind: 'library.book_arrived', to: { users: [budi] }, data: { title }, key: `ways:${++n}`, ...more })
const at = (ms: number): string => clockIn(ZONE, new Date(Date.now() + ms)).time
/** The moment has come that messages were waiting for. */
const momentComes = async (): Promise<void> => {
  await t.house.database.owner.query(`update core.outbox set next_at = now() where status = 'queued'`)
  await t.house.outbox.drain()
}
const put = (path: string, body: unknown): Promise<{ status: number; body: any }> => t.ask(cookie, 'PUT', `/api/sukamaju${path}`, body)
const hours = async (change: object): Promise<void> => {
  const { status, body } = await put('/notification-hours', { ...NO_HOURS, ...change })
  expect(status, JSON.stringify(body)).toBe(204)
}
const read = async (): Promise<void> => {
  const { body } = await t.ask(cookie, 'GET', '/api/sukamaju/notifications')
  await t.ask(cookie, 'POST', '/api/sukamaju/notifications/reading', { up_to: body.data[0].id })
}

test('a mail says what happened, where to see it and where to choose otherwise', async () => {
  await arrived('Laskar Pelangi', { link: 'library/books' })
  await t.house.outbox.drain()
  expect(t.mails).toEqual([
    {
      to: 'budi@sukamaju.desa.id',
      subject: 'Buku datang: Laskar Pelangi',
      text: expect.stringMatching(
        /^Laskar Pelangi sudah ada di rak\.\n\nhttp\S+\/app\/sukamaju\/library\/books\n\nDesa Sukamaju\n[^\n]+\/app\/sukamaju\/settings\/notifications\s*$/,
      ),
    },
  ])
  expect(await t.messages()).toMatchObject([{ channel: 'mail', status: 'sent' }])
})

test('Budi chooses the ways of a kind, and goes back to what it proposes', async () => {
  const kindOf = async () =>
    (await t.ask(cookie, 'GET', '/api/sukamaju/notification-choices')).body.kinds.find(
      (k: { name: string }) => k.name === 'library.book_arrived',
    )
  expect(await kindOf()).toMatchObject({ channels: ['app', 'mail', 'push'], chosen: false, urgent: false })
  expect((await put('/notification-choices/library.book_arrived', { channels: [] })).status).toBe(204)
  await arrived('Diam')
  expect(await t.messages()).toEqual([])
  const { body } = await t.ask(cookie, 'GET', '/api/sukamaju/notifications')
  expect(body, 'it is there, and does not ring').toMatchObject({ unread: 0, data: [{ title: 'Buku datang: Diam', is_read: false }] })
  await put('/notification-choices/library.book_arrived', { channels: ['app', 'mail', 'mail'] })
  expect(await kindOf()).toMatchObject({ channels: ['app', 'mail'], chosen: true })
  expect((await t.ask(cookie, 'DELETE', '/api/sukamaju/notification-choices/library.book_arrived')).status).toBe(204)
  expect(await kindOf()).toMatchObject({ channels: ['app', 'mail', 'push'], chosen: false })
  expect((await put('/notification-choices/library.nothing', { channels: [] })).status).toBe(404)
  for (const bad of [{}, { channels: ['pigeon'] }, { channels: 'mail' }, { channels: Array(9).fill('mail') }, { channels: [], x: 1 }])
    expect((await put('/notification-choices/library.book_arrived', bad)).status, JSON.stringify(bad)).toBe(422)
  const bads = [
    { quiet_from: '25:00' },
    { quiet_from: '22:00' },
    { quiet_from: '22:00', quiet_until: '22:00' },
    { digest_at: '7' },
    { time_zone: 'Mars/Olympus' },
    { x: 1 },
  ]
  for (const bad of bads) expect((await put('/notification-hours', { ...NO_HOURS, ...bad })).status, JSON.stringify(bad)).toBe(422)
})

test('at night nothing leaves but what is urgent; in the morning what is still unread does', async () => {
  await hours({ quiet_from: at(-HOUR), quiet_until: at(HOUR) })
  await arrived('Malam')
  await arrived('Sudah dibaca')
  await t.tell({ kind: 'library.book_burning', to: { users: [budi] }, data: { title: 'Api' }, key: `fire:${n}` })
  await t.house.outbox.drain()
  expect(t.mails.map((m) => m.subject)).toEqual(['Api terbakar'])
  const waiting = (await t.messages()).filter((m) => m.status === 'queued' && m.channel === 'mail')
  expect(waiting).toHaveLength(2)
  for (const { waits } of waiting) expect(waits).toBeGreaterThan(3_000)
  await momentComes()
  expect(t.mails, 'quiet still, they wait again').toHaveLength(1)
  const { body } = await t.ask(cookie, 'GET', '/api/sukamaju/notifications')
  const seen = body.data.find((line: { title: string }) => line.title.includes('Sudah dibaca'))
  await t.ask(cookie, 'POST', `/api/sukamaju/notifications/${seen.id}/reading`)
  await hours({})
  await momentComes()
  expect(t.mails.map((m) => m.subject)).toEqual(['Api terbakar', 'Buku datang: Malam'])
  expect(
    (await t.messages())
      .filter((m) => m.channel === 'mail')
      .map((m) => m.status)
      .toSorted(),
  ).toEqual(['dropped', 'sent', 'sent'])
})

test('a digest gathers the mails of a day in one, without what was read meanwhile', async () => {
  await hours({ digest_at: at(2 * HOUR) })
  for (const title of ['Satu', 'Dua']) await arrived(title)
  await read()
  for (const title of ['Tiga', 'Empat']) await arrived(title)
  expect(await t.messages()).toMatchObject([{ channel: 'mail', status: 'queued' }])
  await t.house.outbox.drain()
  expect(t.mails).toEqual([])
  await t.house.outbox.drain(true)
  expect(t.mails, 'its time has not come').toEqual([])
  await momentComes()
  expect(t.mails.map((m) => m.subject)).toEqual(['2 pemberitahuan dari Desa Sukamaju'])
  expect(t.mails[0]?.text).toContain('Buku datang: Tiga')
  expect(t.mails[0]?.text).toContain('Buku datang: Empat')
  expect(t.mails[0]?.text).not.toContain('Satu')
})

test('whoever left, or lost sight of it, is not told in the morning', async () => {
  const { owner } = t.house.database
  await hours({ quiet_from: at(-HOUR), quiet_until: at(HOUR) })
  await arrived('Pindah')
  await owner.query(`delete from core.notification_hours`)
  await owner.query(`update core.memberships set status = 'inactive' where user_id = $1`, [budi])
  forgetMembers(t.house, await t.world.tenantId('sukamaju'))
  await momentComes()
  await owner.query(`update core.memberships set status = 'active' where user_id = $1`, [budi])
  forgetMembers(t.house, await t.world.tenantId('sukamaju'))
  expect(t.mails).toEqual([])
  expect(await t.messages()).toMatchObject([{ status: 'dropped' }])
})

test('while the mail server is down the state says so, and nothing is lost', async () => {
  await t.mailServer('down')
  await arrived('Badai')
  await t.house.outbox.drain()
  expect(await t.messages()).toMatchObject([{ channel: 'mail', status: 'queued', last_error: expect.stringMatching(/^smtp /) }])
  const { body } = await t.ask(cookie, 'GET', '/api/sukamaju/notifications')
  expect(body.data[0].title, 'the bell needs no mail server').toBe('Buku datang: Badai')
  const andi = await t.signIn('andi')
  const listed = await t.ask(andi, 'GET', '/api/sukamaju/core/messages')
  expect(listed.body.data).toMatchObject([
    { status: 'queued', last_error: expect.stringMatching(/^smtp /), to: 'b•••@s•••••••.desa.id', may: [] },
  ])
  expect(JSON.stringify(listed.body)).not.toMatch(/budi@|Badai/)
  await t.house.database.owner.query(`update core.outbox set status = 'failed'`)
  const [{ id, may }] = (await t.ask(andi, 'GET', '/api/sukamaju/core/messages?status=failed')).body.data
  expect(may).toEqual(['retry'])
  await t.mailServer('up')
  expect((await t.ask(andi, 'POST', `/api/sukamaju/core/messages/${id}/retry`)).status).toBe(204)
  expect((await t.ask(andi, 'POST', `/api/sukamaju/core/messages/${id}/retry`)).status, 'it is on its way').toBe(409)
  await t.house.outbox.drain()
  expect(t.mails.map((m) => m.subject)).toEqual(['Buku datang: Badai'])
})

test('the outbox is for those who may, and each community has its own', async () => {
  await arrived('Rahasia')
  const { rows } = await t.house.database.owner.query('select id from core.outbox')
  const made = await t.signIn('made')
  expect((await t.ask(made, 'GET', '/api/merantian/core/messages')).body.data).toEqual([])
  expect((await t.ask(made, 'POST', `/api/merantian/core/messages/${rows[0].id}/retry`)).status).toBe(404)
  expect((await t.ask(cookie, 'GET', '/api/sukamaju/core/messages')).status, 'Budi runs the library').toBe(404)
  const dewi = await t.signIn('dewi')
  expect((await t.ask(dewi, 'GET', '/api/sukamaju/core/messages')).status, 'the auditor reads').toBe(200)
  expect((await t.ask(dewi, 'POST', `/api/sukamaju/core/messages/${rows[0].id}/retry`)).status).toBe(403)
  const andi = await t.signIn('andi')
  for (const bad of ['?status=lost', '?after=x']) expect((await t.ask(andi, 'GET', `/api/sukamaju/core/messages${bad}`)).status).toBe(400)
  expect((await t.ask(andi, 'POST', '/api/sukamaju/core/messages/x/retry')).status).toBe(404)
})
