// Somebody guesses Wayan's password. What it costs them, and what it does not cost Wayan.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { networkOf } from './brake.ts'
import { openTestHouse } from './test-house.ts'
import type { TestHouse } from './test-house.ts'

const PASSWORD = 'empat kucing oranye'
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse({ signInPerMinute: 60 })
  for (const username of ['wayan', 'ketut'])
    await house.identity.createUser({ name: username, username, email: `${username}@sukamaju.example`, password: PASSWORD })
}, 120_000)
afterAll(() => house?.close())

const signIn = (login: string, password: string, from: number) => house.ask('POST', '/api/session', { body: { login, password }, from })
/** As if so many seconds had gone by. */
const pass = (seconds: number) =>
  house.database.owner.query(
    'update core.rate_limits set last_at = last_at - make_interval(secs => $1), blocked_until = blocked_until - make_interval(secs => $1)',
    [seconds],
  )

it('stops after five wrong passwords, longer each time, and tells how long', async () => {
  for (let i = 0; i < 5; i++) expect((await signIn('wayan', `tebakan ${i}`, 66)).status).toBe(401)
  const stopped = await signIn('wayan', PASSWORD, 66)
  expect([stopped.status, stopped.body.code]).toEqual([429, 'too_many_attempts'])
  const first = Number(stopped.headers.get('retry-after'))
  expect(first).toBeGreaterThan(25)
  expect(first).toBeLessThanOrEqual(30)

  await pass(31)
  expect((await signIn('wayan', 'tebakan 6', 66)).status).toBe(401)
  const longer = Number((await signIn('wayan', 'tebakan 7', 66)).headers.get('retry-after'))
  expect(longer).toBeGreaterThan(50)
  expect(longer).toBeLessThanOrEqual(60)
})

it('does not keep Wayan out at his own desk, nor others at the same counter', async () => {
  expect((await signIn('wayan', PASSWORD, 5)).status).toBe(200)
  expect((await signIn('ketut', PASSWORD, 66)).status).toBe(200)
})

it('tells Wayan once that somebody was locked out, and nobody about a name that is nobody’s', async () => {
  await expect.poll(async () => (await house.messagesTo('wayan@sukamaju.example')).map((l) => l.purpose)).toEqual(['locked_out'])
  const [message] = await house.messagesTo('wayan@sukamaju.example')
  expect(message?.text).toContain('10.0.0.66')
  expect((await house.outbox.newest(50)).filter((l) => l.purpose === 'locked_out')).toHaveLength(1)
})

it('lets Wayan in on the browser he knows, however many strangers guess, and gives that cookie to nobody else', async () => {
  const jar = await house.browserOf('wayan', PASSWORD, 5)
  for (let i = 0; i < 30; i++) await signIn('wayan', `tebakan ${i}`, 100 + i)
  expect((await signIn('wayan', PASSWORD, 140)).status).toBe(429)
  expect((await house.signIn('wayan', PASSWORD, jar, 66)).status).toBe(200)
  // It is his cookie, for his name: it does not spare guesses at Ketut, and a made-up one spares none.
  const stolen = new Map(jar)
  for (let i = 0; i < 5; i++) await house.signIn('ketut', `tebakan ${i}`, stolen, 150)
  expect((await house.signIn('ketut', PASSWORD, stolen, 150)).status).toBe(429)
  expect((await house.signIn('wayan', PASSWORD, new Map([['balai.device', `x.${'y'.repeat(43)}`]]), 141)).status).toBe(429)
  // With it, too, five wrong ones are enough.
  for (let i = 0; i < 5; i++) expect((await house.signIn('wayan', `tebakan ${i}`, new Map(jar), 160)).status).toBe(401)
  expect((await house.signIn('wayan', PASSWORD, new Map(jar), 160)).status).toBe(429)
  await house.database.owner.query('delete from core.rate_limits')
})

it('treats a name that does not exist just the same', async () => {
  for (let i = 0; i < 5; i++) expect((await signIn('hantu', `tebakan ${i}`, 67)).status).toBe(401)
  expect((await signIn('hantu', 'tebakan', 67)).status).toBe(429)
})

it('counts before it compares: fifty at once are no more than five', async () => {
  const statuses = (await Promise.all(Array.from({ length: 50 }, (_, i) => signIn('ketut', `tebakan ${i}`, 68)))).map((a) => a.status)
  expect(statuses.filter((s) => s === 401)).toHaveLength(5)
  expect(statuses.filter((s) => s === 429)).toHaveLength(45)
})

it('starts anew after the right password', async () => {
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) expect((await signIn('ketut', `tebakan ${i}`, 69)).status).toBe(401)
    expect((await signIn('ketut', PASSWORD, 69)).status).toBe(200)
  }
})

it('limits one address that tries many names', async () => {
  const statuses = []
  for (let i = 0; i < 62; i++) statuses.push(house.ask('POST', '/api/session', { body: { login: `nama${i}`, password: 'x' }, from: 70 }))
  const answers = (await Promise.all(statuses)).map((a) => a.status)
  expect(answers.filter((s) => s === 401)).toHaveLength(60)
  expect(answers.filter((s) => s === 429)).toHaveLength(2)
})

it('counts for every process together', async () => {
  const other = house.another({ signInPerMinute: 1_000 })
  const origin = { requestId: 'r', ip: '10.0.0.67', userAgent: null }
  await expect(other.signIn({ login: 'hantu', password: 'x' }, origin, new Headers())).rejects.toMatchObject({ status: 429 })
})

it('keeps no name and no address in clear', async () => {
  const { rows } = await house.database.owner.query('select key from core.rate_limits')
  expect(rows.length).toBeGreaterThan(3)
  for (const { key } of rows) expect(key).toMatch(/^(pair|name|address|device):[\w-]{22}$/)
})

it('is swept away after a day', async () => {
  await pass(90_000)
  await house.identity.sweep()
  expect((await house.database.owner.query('select 1 from core.rate_limits')).rowCount).toBe(0)
})

it('takes one subscriber’s IPv6 addresses for one caller', () => {
  expect(networkOf('2001:0db8:0:1:aaaa::1')).toBe('2001:db8:0:1::/64')
  expect(networkOf('2001:db8:0:1:ffff:1:2:3')).toBe('2001:db8:0:1::/64')
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('::ffff:10.1.2.3')).toBe('10.1.2.3')
  expect(networkOf('10.1.2.3')).toBe('10.1.2.3')
  expect(networkOf(null)).toBe('unknown')
})
