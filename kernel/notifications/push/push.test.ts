// Browsers that are told while nobody looks: only for them to read, only by services we know, and only as long as somebody is signed in there.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clockIn } from '#kernel/access/rules.ts'
import { openTestHouse, type Pushed, type TestHouse } from '../test-house.ts'
import { pushConfig } from './config.ts'
import { knownService } from './subscription.ts'

let t: TestHouse
let budi: string
beforeAll(async () => {
  t = await openTestHouse()
  budi = await t.userId('budi')
})
afterAll(() => t?.close())
beforeEach(async () => {
  await t.house.database.owner.query('delete from core.outbox')
  t.pushed.length = 0
  t.pushAnswers(201)
})

/** A browser as the server sees it: its address and keys, of which only it knows the private half. */
function aBrowser(name: string) {
  const own = createECDH('prime256v1')
  const publicKey = own.generateKeys()
  const auth = randomBytes(16)
  return {
    subscription: {
      endpoint: `${t.pushService}/${name}`,
      keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    },
    /** RFC 8291, section 3.4, and RFC 8188, section 2: as the browser itself opens it. */
    open({ body }: Pushed): unknown {
      const [salt, idLength] = [body.subarray(0, 16), body[20]!]
      const theirs = body.subarray(21, 21 + idLength)
      const shared = own.computeSecret(theirs)
      const input = hkdfSync('sha256', shared, auth, Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, theirs]), 32)
      const key = Buffer.from(hkdfSync('sha256', Buffer.from(input), salt, 'Content-Encoding: aes128gcm\0', 16))
      const nonce = Buffer.from(hkdfSync('sha256', Buffer.from(input), salt, 'Content-Encoding: nonce\0', 12))
      const cipher = createDecipheriv('aes-128-gcm', key, nonce)
      cipher.setAuthTag(body.subarray(-16))
      const plain = Buffer.concat([cipher.update(body.subarray(21 + idLength, -16)), cipher.final()])
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString('utf8'))
    },
  }
}

let n = 0
const arrived = (title: string): Promise<void> =>
  t.tell({ kind: 'library.book_arrived', to: { users: [budi] }, data: { title }, link: 'library/books', key: `push:${++n}` })
const subscriptions = async (): Promise<number> =>
  (await t.house.database.owner.query('select count(*)::int as n from core.push_subscriptions')).rows[0].n
const pushes = async () => (await t.messages()).filter((message) => message.channel === 'push')

test('Budi’s browser is told what happened, encrypted for it alone, by a sender the service can recognise', async () => {
  const cookie = await t.signIn('budi')
  const browser = aBrowser('budi-1')
  expect((await t.ask(cookie, 'GET', '/api/me/push')).body).toEqual({ public_key: t.house.pushKeys.publicKey, subscribed: false })
  expect((await t.ask(cookie, 'PUT', '/api/me/push', { ...browser.subscription, expirationTime: null })).status).toBe(204)
  expect((await t.ask(cookie, 'GET', '/api/me/push')).body.subscribed).toBe(true)
  await arrived('Laskar Pelangi')
  await t.house.outbox.drain()
  expect(t.pushed).toHaveLength(1)
  const [pushed] = t.pushed as [Pushed]
  expect(pushed.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' })
  expect(pushed.body.toString('latin1')).not.toContain('Laskar')
  expect(browser.open(pushed)).toEqual({
    title: 'Buku datang: Laskar Pelangi',
    body: 'Laskar Pelangi sudah ada di rak.\nDesa Sukamaju',
    url: '/app/sukamaju/library/books',
    tag: expect.any(String),
  })
  // RFC 8292: a signed word for this very service, good for a day at most.
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(String(pushed.headers.authorization)) ?? []
  expect(key).toBe(t.house.pushKeys.publicKey)
  const [head, claims, signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), signer, Buffer.from(signature, 'base64url'))).toBe(true)
  const said = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())
  expect(said).toMatchObject({ aud: t.pushService, sub: 'mailto:balai@sukamaju.desa.id' })
  expect(said.exp - Date.now() / 1000).toBeLessThanOrEqual(86_400)
  const { rows } = await t.house.database.owner.query(`select encode(sealed, 'escape') as kept from core.push_subscriptions`)
  expect(JSON.stringify(rows), 'whoever knows the address can send').not.toContain('budi-1')
  await t.ask(cookie, 'DELETE', '/api/me/push')
  expect(await subscriptions()).toBe(0)
})

test('whoever signs out is not told there any more, also when it was on its way', async () => {
  const cookie = await t.signIn('budi')
  await t.ask(cookie, 'PUT', '/api/me/push', aBrowser('budi-2').subscription)
  await arrived('Sebelum keluar')
  expect(await pushes()).toMatchObject([{ status: 'queued' }])
  await t.ask(cookie, 'DELETE', '/api/session')
  expect(await subscriptions()).toBe(0)
  await t.house.outbox.drain()
  expect(t.pushed).toEqual([])
  expect(await pushes()).toMatchObject([{ status: 'dropped' }])
  await arrived('Sesudah keluar')
  expect(await pushes()).toHaveLength(1)
})

test('a browser belongs to whoever signed in on it last', async () => {
  const [budis, nanis] = [await t.signIn('budi'), await t.signIn('nani')]
  const { subscription } = aBrowser('shared')
  await t.ask(budis, 'PUT', '/api/me/push', subscription)
  await t.ask(nanis, 'PUT', '/api/me/push', subscription)
  expect(await subscriptions()).toBe(1)
  await arrived('Bukan untuk Nani')
  expect(await pushes()).toEqual([])
  await t.ask(nanis, 'DELETE', '/api/session')
  await t.ask(budis, 'DELETE', '/api/session')
})

test('a browser that is gone is forgotten; a service that stumbles is asked again', async () => {
  const cookie = await t.signIn('budi')
  await t.ask(cookie, 'PUT', '/api/me/push', aBrowser('budi-3').subscription)
  t.pushAnswers(503)
  await arrived('Nanti')
  await t.house.outbox.drain()
  expect(await pushes()).toMatchObject([{ status: 'queued', last_error: 'push 503' }])
  t.pushAnswers(410)
  await t.house.outbox.drain(true)
  expect(await pushes()).toMatchObject([{ status: 'dropped' }])
  expect(await subscriptions()).toBe(0)
})

test('in quiet hours the browser is quiet too', async () => {
  const cookie = await t.signIn('budi')
  await t.ask(cookie, 'PUT', '/api/me/push', aBrowser('budi-4').subscription)
  const at = (ms: number): string => clockIn('Asia/Jakarta', new Date(Date.now() + ms)).time
  const hours = { quiet_from: at(-3_600_000), quiet_until: at(3_600_000), digest_at: null, time_zone: null }
  expect((await t.ask(cookie, 'PUT', '/api/sukamaju/notification-hours', hours)).status).toBe(204)
  await arrived('Malam')
  await t.house.outbox.drain(true)
  expect(t.pushed).toEqual([])
  expect((await pushes())[0]?.waits).toBeGreaterThan(3_000)
})

test('nobody has us knock at doors inside our own network', async () => {
  const cookie = await t.signIn('budi')
  const { subscription } = aBrowser('x')
  for (const endpoint of [
    'http://169.254.169.254/latest/meta-data',
    'https://localhost:5432/',
    'https://10.0.0.1/push',
    'https://fcm.googleapis.com.evil.example/x',
    'https://fcm.googleapis.com@10.0.0.1/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'x',
  ]) {
    const { status } = await t.ask(cookie, 'PUT', '/api/me/push', { ...subscription, endpoint })
    expect(status, endpoint).toBe(422)
  }
  for (const bad of [
    {},
    { ...subscription, keys: {} },
    { ...subscription, keys: { ...subscription.keys, auth: 'kurang' } },
    { ...subscription, x: 1 },
  ])
    expect((await t.ask(cookie, 'PUT', '/api/me/push', bad)).status).toBe(422)
  expect((await t.ask('', 'PUT', '/api/me/push', subscription)).status).toBe(401)
  const foreign = await t.world.anonymous().raw('/api/me/push', { method: 'PUT', headers: { origin: 'https://evil.example', cookie } })
  expect(foreign.status).toBe(403)
})

test('the services of the browsers there are are known, over TLS and by their names alone', () => {
  const { hosts } = pushConfig({ BALAI_PUSH_HOSTS: 'push.desa.id' }, () => expect.unreachable())
  const known = (endpoint: string): boolean => knownService(endpoint, hosts)
  expect(known('https://fcm.googleapis.com/fcm/send/x')).toBe(true)
  expect(known('https://updates.push.services.mozilla.com/wpush/v2/x')).toBe(true)
  expect(known('https://web.push.apple.com/x')).toBe(true)
  expect(known('https://wns2-par02p.notify.windows.com/w/?token=x')).toBe(true)
  expect(known('https://push.desa.id/x')).toBe(true)
  expect(known('http://fcm.googleapis.com/x')).toBe(false)
  expect(known('https://fcm.googleapis.com:8443/x')).toBe(false)
  expect(known('https://evilpush.apple.com.example/x')).toBe(false)
  expect(pushConfig({ BALAI_PUSH: 'false' }, () => expect.unreachable()).hosts).toEqual([])
  for (const bad of [{ BALAI_PUSH: 'maybe' }, { BALAI_PUSH_HOSTS: 'https://push.id/' }, { BALAI_PUSH_HOSTS: '*' }])
    expect(() =>
      pushConfig(bad, (words) => {
        throw new Error(words)
      }),
    ).toThrow('BALAI_PUSH')
})
