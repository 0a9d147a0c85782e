// Messages leave once, in the right hands, and are not lost when the way is shut: on a real mail server and a real gateway.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { globalDb, transaction } from '#kernel/db/scoped.ts'
import { openWorld, type World } from '#test/world.ts'
import type { OutboxConfig } from './config.ts'
import { NO_OUTBOX } from './config.ts'
import type { Message } from './message.ts'
import { openOutbox, type OpenOutbox } from './outbox.ts'

type Received = { email: Email; from: string; to: string[] }

let world: World
const received: Received[] = []
const opened: OpenOutbox[] = []
/** What the mail server answers to a recipient; null takes the message. */
let refuse: { code: number } | null = null
let slow = 0
let mail: SMTPServer
let port: number

const listen = async (at = 0): Promise<void> => {
  mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuse ? Object.assign(new Error('<tari@sukamaju.desa.id> is not welcome'), { responseCode: refuse.code }) : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((email) => {
          const from = session.envelope.mailFrom
          received.push({ email, from: from ? from.address : '', to: session.envelope.rcptTo.map((r) => r.address) })
          setTimeout(() => done(null), slow)
        })
      })
    },
  })
  mail.on('error', () => {})
  await new Promise<void>((resolve) => mail.listen(at, '127.0.0.1', resolve))
  port = (mail.server.address() as AddressInfo).port
}
const shut = (): Promise<void> => new Promise((resolve) => mail.close(() => resolve()))

beforeAll(async () => {
  world = await openWorld()
  await listen()
})
beforeEach(() => {
  received.length = 0
  refuse = null
  slow = 0
})
afterEach(async () => {
  for (const outbox of opened.splice(0)) await outbox.stop()
  await world.house.database.app.query('delete from core.outbox')
})
afterAll(async () => {
  await shut()
  await world?.close()
})

const logged: unknown[] = []
const log = { warn: (said: unknown) => void logged.push(said), error: (said: unknown) => void logged.push(said) } as never

function open(change: Partial<OutboxConfig> = {}): OpenOutbox {
  const { database, master, config } = world.house
  const smtp = { ...NO_OUTBOX, smtp: `smtp://127.0.0.1:${port}`, mailFrom: 'Desa Sukamaju <balai@sukamaju.desa.id>' }
  const outbox = openOutbox({
    app: database.app,
    kind: database.kind,
    config: { ...smtp, ...change },
    baseUrl: config.baseUrl,
    master,
    log,
  })
  opened.push(outbox)
  return outbox
}

let n = 0
const message = (change: Partial<Message> = {}): Message => ({
  channel: 'mail',
  to: 'tari@sukamaju.desa.id',
  subject: 'Undangan dari Desa Sukamaju',
  text: 'Halo Tari,\n\nselamat datang — 你好.\n',
  purpose: 'invitation',
  key: `test:${++n}`,
  tenantId: null,
  ...change,
})

type Kept = { status: string; attempts: number; last_error: string | null; sealed: Buffer | null; waits: number; whole: string }
const rows = async (): Promise<Kept[]> =>
  (
    await globalDb(world.house.database.app).query<Kept>(
      `select status, attempts, last_error, sealed, extract(epoch from next_at - now())::float8 as waits, row_to_json(o)::text as whole
         from core.outbox o order by id`,
    )
  ).rows

describe('mail', () => {
  test('a message arrives as it was written, from us, to one person', async () => {
    const outbox = open()
    await outbox.send(message())
    await outbox.drain()
    expect(received).toHaveLength(1)
    const [{ email, from, to }] = received as [Received]
    expect({ from, to }).toEqual({ from: 'balai@sukamaju.desa.id', to: ['tari@sukamaju.desa.id'] })
    expect(email).toMatchObject({
      subject: 'Undangan dari Desa Sukamaju',
      from: { name: 'Desa Sukamaju', address: 'balai@sukamaju.desa.id' },
      to: [{ address: 'tari@sukamaju.desa.id' }],
    })
    expect(email.text?.trim()).toBe('Halo Tari,\n\nselamat datang — 你好.')
    expect(email.headers.find((h) => h.key === 'auto-submitted')?.value).toBe('auto-generated')
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 1, last_error: null }])
  })

  test('no header can be smuggled in by a name or an address', async () => {
    const outbox = open()
    await outbox.send(message({ subject: 'Undangan\r\nBcc: orang@lain.id\r\n\r\nisi palsu\u2028x' }))
    await outbox.drain()
    const [{ email, to }] = received as [Received]
    expect(to).toEqual(['tari@sukamaju.desa.id'])
    expect(email.bcc ?? []).toEqual([])
    expect(email.subject).toBe('Undangan Bcc: orang@lain.id isi palsu x')
    expect(email.text).not.toContain('palsu')
    for (const bad of [
      'tari@a.id\r\nBcc: b@c.id',
      'a@b.id, c@d.id',
      'a@b.id c@d.id',
      '<a@b.id>',
      '"a b"@c.id',
      'tari',
      'a@b',
      'a@b.id>',
      'a@b.id\u0000',
      `${'a'.repeat(65)}@b.id`,
      'a@b.id;c@d.id',
      'Tari: a@b.id;',
    ])
      await expect(outbox.send(message({ to: bad })), bad).rejects.toThrow('address')
    for (const bad of ['+62812345678\n9', '0812345678', '+62812345678901234', '+62 812 3456 789', '+0812345678'])
      await expect(outbox.send(message({ channel: 'sms', to: bad })), bad).rejects.toThrow('address')
    expect(await rows()).toHaveLength(1)
  })

  test('what waits in the database tells nobody who it is for or what it says', async () => {
    const outbox = open()
    await outbox.send(message({ text: 'Kode Anda 482913', secret: true }))
    const [waiting] = (await rows()) as [Kept]
    for (const word of ['tari', 'sukamaju', '482913', 'Undangan']) expect(waiting.whole).not.toContain(word)
    expect(waiting.sealed!.toString('latin1')).not.toMatch(/tari|482913/)
    await outbox.drain()
    expect(await rows()).toMatchObject([{ status: 'sent', sealed: null }])
  })

  test('with the mail server down it is tried again later, and arrives when it is back', async () => {
    const before = port
    await shut()
    const outbox = open()
    await outbox.send(message())
    await outbox.drain()
    expect(await rows()).toMatchObject([{ status: 'queued', attempts: 1, last_error: expect.stringMatching(/^smtp E/) }])
    const first = (await rows())[0]!.waits
    expect(first).toBeGreaterThan(20)
    await outbox.drain()
    expect((await rows())[0], 'it waits out its pause').toMatchObject({ attempts: 1 })
    await outbox.drain(true)
    const second = (await rows())[0]!
    expect(second.attempts).toBe(2)
    expect(second.waits).toBeGreaterThan(first * 1.5)
    await listen(before)
    await outbox.drain(true)
    expect(received).toHaveLength(1)
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 3, last_error: null }])
    expect(JSON.stringify(logged)).not.toContain('tari')
  })

  test('a recipient the server will never take is given up at once; a full mailbox is not', async () => {
    const outbox = open()
    refuse = { code: 550 }
    await outbox.send(message({ secret: true }))
    await outbox.drain()
    expect(await rows()).toMatchObject([{ status: 'failed', attempts: 1, last_error: 'smtp EENVELOPE 550', sealed: null }])
    refuse = { code: 452 }
    await outbox.send(message())
    await outbox.drain()
    expect((await rows())[1]).toMatchObject({ status: 'queued', last_error: 'smtp EENVELOPE 452' })
    expect((await rows()).map((r) => r.whole).join()).not.toContain('welcome')
  })

  test('after ten tries it is over', async () => {
    const outbox = open()
    refuse = { code: 451 }
    await outbox.send(message())
    for (let i = 0; i < 12; i++) await outbox.drain(true)
    expect(await rows()).toMatchObject([{ status: 'failed', attempts: 10, last_error: 'smtp EENVELOPE 451' }])
  })

  test('a message that is worth nothing any more is not sent', async () => {
    const outbox = open()
    await outbox.send(message({ secret: true, expiresAt: new Date(Date.now() - 1000) }))
    await outbox.drain()
    expect(received).toEqual([])
    expect(await rows()).toMatchObject([{ status: 'expired', sealed: null }])
  })
})

describe('once', () => {
  test('the same key is one message, also when asked for at the same moment', async () => {
    const outbox = open()
    await Promise.all(Array.from({ length: 8 }, () => outbox.send(message({ key: 'kunci-1' }))))
    await outbox.drain()
    expect(received).toHaveLength(1)
    await outbox.send(message({ key: 'kunci-1', text: 'lain' }))
    await outbox.drain()
    expect(received).toHaveLength(1)
  })

  test('a message belongs to the transaction that wanted it', async () => {
    const outbox = open()
    const tenant = await world.tenantId('sukamaju')
    const said = { user: null, doing: 'test', request: 'r', ip: null, agent: null }
    const work = transaction(world.house.database.app, tenant, said, async (db) => {
      await outbox.send(message({ tenantId: tenant }), db)
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await rows()).toEqual([])
    await transaction(world.house.database.app, tenant, said, (db) => outbox.send(message({ tenantId: tenant }), db))
    await outbox.drain()
    expect(received).toHaveLength(1)
  })

  test('several workers share the queue, and nobody gets a message twice', async () => {
    const workers = [open(), open(), open()]
    slow = 20
    const wanted = Array.from({ length: 24 }, (_, i) => `warga${i}@sukamaju.desa.id`)
    for (const to of wanted) await workers[0]!.send(message({ to }))
    await Promise.all(workers.map((w) => w.drain()))
    expect(received.flatMap((r) => r.to).toSorted()).toEqual(wanted.toSorted())
    expect((await rows()).every((r) => r.status === 'sent' && r.attempts === 1)).toBe(true)
  })

  test('a worker that died over a message is followed by another, and its late word no longer counts', async () => {
    const outbox = open()
    await outbox.send(message())
    await world.house.database.app.query(`update core.outbox set status = 'sending', attempts = 1, next_at = now() + interval '5 minutes'`)
    await outbox.drain(true)
    expect(received, 'it belongs to somebody').toEqual([])
    await world.house.database.app.query(`update core.outbox set next_at = now() - interval '1 second'`)
    await outbox.drain()
    expect(received).toHaveLength(1)
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2 }])
  })

  test('a working process sends by itself', async () => {
    const outbox = open()
    outbox.work()
    await outbox.send(message())
    await expect.poll(() => received.length, { timeout: 5_000 }).toBe(1)
    await outbox.stop()
  })
})

describe('SMS', () => {
  let gateway: Server
  let address: string
  const asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []
  let answer: { status: number; location?: string } = { status: 200 }
  beforeAll(async () => {
    gateway = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
        response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end('+6281234567890 is fine')
      })
    })
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    asked.length = 0
    answer = { status: 200 }
  })
  afterAll(() => new Promise((resolve) => gateway.close(resolve)))

  const sms = (change: Partial<NonNullable<OutboxConfig['sms']>> = {}): OpenOutbox =>
    open({
      smtp: null,
      sms: {
        url: `${address}/send`,
        method: 'POST',
        headers: { authorization: 'Bearer rahasia' },
        body: '{"to":"{to}","text":"{text}"}',
        ...change,
      },
    })
  const text = (what: string): Message => message({ channel: 'sms', to: '+6281234567890', subject: '', text: what, purpose: 'otp' })

  test('goes as the gateway wants it, and cannot break out of its place', async () => {
    const nasty = 'Kode "1234"\n{to} \\ ","to":"+62800 &to=+62900 {text}'
    const json = sms()
    await json.send(text(nasty))
    await json.drain()
    expect(JSON.parse(asked[0]!.body)).toEqual({ to: '+6281234567890', text: nasty })
    expect(asked[0]!.headers).toMatchObject({ authorization: 'Bearer rahasia', 'content-type': 'application/json' })
    const form = sms({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'number={to}&message={text}' })
    await form.send(text(nasty))
    await form.drain()
    expect(Object.fromEntries(new URLSearchParams(asked[1]!.body))).toEqual({ number: '+6281234567890', message: nasty })
    const get = sms({ method: 'GET', url: `${address}/send?n={to}&m={text}`, body: '' })
    await get.send(text(nasty))
    await get.drain()
    expect(Object.fromEntries(new URL(asked[2]!.url, address).searchParams)).toEqual({ n: '+6281234567890', m: nasty })
    expect((await rows()).map((r) => r.status)).toEqual(['sent', 'sent', 'sent'])
  })

  test('a redirect is never followed, a refusal is final, a trouble is not', async () => {
    const outbox = sms()
    answer = { status: 302, location: `${address}/elsewhere` }
    await outbox.send(text('satu'))
    await outbox.drain()
    expect(asked.map((a) => a.url)).toEqual(['/send'])
    answer = { status: 422 }
    await outbox.send(text('dua'))
    await outbox.drain()
    answer = { status: 503 }
    await outbox.send(text('tiga'))
    await outbox.drain()
    expect((await rows()).map((r) => [r.status, r.last_error])).toEqual([
      ['queued', 'http 302'],
      ['failed', 'http 422'],
      ['queued', 'http 503'],
    ])
  })
})

test('without a way out, a demo keeps messages to look at, and any other installation keeps nothing', async () => {
  const demo = open({ smtp: null, page: 'this_computer' })
  expect([demo.carries('mail'), demo.carries('sms')]).toEqual([true, true])
  await demo.send(message({ secret: true, text: 'Kode 1234' }))
  await demo.drain()
  expect(await demo.newest(10)).toMatchObject([{ status: 'kept', to: 'tari@sukamaju.desa.id', text: 'Kode 1234' }])
  const closed = open({ smtp: null })
  expect(closed.carries('mail')).toBe(false)
  await closed.send(message({ purpose: 'password_reset', secret: true }))
  expect((await rows())[1]).toMatchObject({ status: 'failed', last_error: 'no adapter', sealed: null })
})

test('what messages said is forgotten after a while', async () => {
  const outbox = open()
  await outbox.send(message())
  await outbox.drain()
  await outbox.sweep()
  expect((await rows())[0]!.sealed).not.toBeNull()
  await world.house.database.app.query(`update core.outbox set created_at = now() - interval '8 days'`)
  await outbox.sweep()
  expect((await rows())[0]!.sealed).toBeNull()
  await world.house.database.app.query(`update core.outbox set created_at = now() - interval '91 days'`)
  await outbox.sweep()
  expect(await rows()).toEqual([])
})
