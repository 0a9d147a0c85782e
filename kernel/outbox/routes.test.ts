// Who may look at messages that could not leave: they open accounts, so anybody who is not certainly at this computer sees nothing.
import { describe, expect, test } from 'vitest'
import { Hono } from 'hono'
import type { Env } from '#kernel/http/env.ts'
import { refusalOf } from '#kernel/http/problem.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { outboxConfig } from './config.ts'
import { fromThisComputer, outboxRoutes } from './routes.ts'

const at = (headers: Record<string, string> = {}): Headers => new Headers({ host: 'localhost:3000', ...headers })

describe('this computer', () => {
  test('is a connection from it, asked for by its own name', () => {
    for (const address of ['127.0.0.1', '127.0.1.1', '::1']) expect(fromThisComputer(address, at()), address).toBe(true)
    for (const host of ['localhost', '127.0.0.1:8080', '[::1]:3000']) expect(fromThisComputer('127.0.0.1', at({ host })), host).toBe(true)
  })
  test('is not the office next door, a proxy, or a page whose name was pointed here', () => {
    for (const address of [null, '', '192.168.1.7', '10.0.0.1', '1127.0.0.1', '127.0.0.1.jahat.id', '::ffff:10.0.0.1', 'fe80::1'])
      expect(fromThisComputer(address, at()), String(address)).toBe(false)
    for (const host of [
      'jahat.example',
      'localhost.jahat.example',
      '127.0.0.1.nip.io',
      'balai.desa.id',
      '',
      'localhost:3000@jahat.example',
    ])
      expect(fromThisComputer('127.0.0.1', at({ host })), host).toBe(false)
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
      expect(fromThisComputer('127.0.0.1', at({ [name]: '127.0.0.1' })), name).toBe(false)
  })
})

test('the page is there for a trial at this computer, for everybody in a demo, and else for nobody', async () => {
  const ask = async (page: string, ip: string | null): Promise<number> => {
    const app = new Hono<Env>()
    app.use(async (c, next) => {
      c.set('origin', { requestId: 'r', ip, userAgent: null })
      await next()
    })
    app.route('/', outboxRoutes({ outbox: { page: () => page, newest: async () => [] } } as never))
    app.onError((error) => new Response(null, { status: refusalOf(error, modelOf([]))?.status ?? 500 }))
    return (await app.request('http://localhost:3000/api/outbox', { headers: { host: 'localhost:3000' } })).status
  }
  expect([await ask('everybody', '10.0.0.9'), await ask('this_computer', '127.0.0.1')]).toEqual([200, 200])
  expect([await ask('nobody', '127.0.0.1'), await ask('this_computer', '10.0.0.9'), await ask('this_computer', null)]).toEqual([
    404, 404, 404,
  ])
})

describe('the environment', () => {
  const complain = (words: string): never => {
    throw new Error(words)
  }
  const read = (env: Record<string, string>) => outboxConfig(env, complain)
  test('a trial shows messages to this computer; a server, an address or a way out shuts the page', () => {
    expect(read({}).page).toBe('this_computer')
    expect(read({ BALAI_DEMO: 'true' }).page).toBe('everybody')
    const MAIL = { BALAI_SMTP_URL: 'smtp://localhost:25', BALAI_MAIL_FROM: 'balai@desa.id' }
    for (const env of [
      { BALAI_DEMO: 'false' },
      { DATABASE_URL: 'postgres://x' },
      { BALAI_URL: 'https://balai.desa.id' },
      MAIL,
      { ...MAIL, BALAI_DEMO: 'true' },
      { BALAI_DEMO: 'true', BALAI_SMS_URL: 'https://sms.id' },
    ])
      expect(read(env).page, JSON.stringify(env)).toBe('nobody')
  })
  test('a wrong setting stops the start with words', () => {
    const sms = 'https://sms.id/send'
    for (const [env, words] of [
      [{ BALAI_SMTP_URL: 'mail.desa.id' }, /BALAI_SMTP_URL/],
      [{ BALAI_SMTP_URL: 'smtp://localhost' }, /BALAI_MAIL_FROM/],
      [{ BALAI_SMTP_URL: 'smtp://localhost', BALAI_MAIL_FROM: 'Desa <balai@desa.id>\r\nBcc: x@y.id' }, /BALAI_MAIL_FROM/],
      [{ BALAI_SMS_URL: 'ftp://sms.id' }, /BALAI_SMS_URL/],
      [{ BALAI_SMS_URL: 'https://{to}.sms.id/?m={text}' }, /after the host/],
      [{ BALAI_SMS_URL: sms, BALAI_SMS_BODY: '{"to":"{to}"}' }, /\{text\}/],
      [{ BALAI_SMS_URL: sms, BALAI_SMS_METHOD: 'DELETE' }, /BALAI_SMS_METHOD/],
      [{ BALAI_SMS_URL: sms, BALAI_SMS_HEADERS: '["x"]' }, /JSON object/],
      [{ BALAI_SMS_URL: sms, BALAI_SMS_HEADERS: '{"a":"b\\r\\nc: d"}' }, /JSON object/],
      [{ BALAI_SMS_URL: sms, BALAI_SMS_HEADERS: '{"content-type":"text/xml"}' }, /content-type/],
      [{ BALAI_DEMO: 'maybe' }, /BALAI_DEMO/],
    ] as const)
      expect(() => read(env as never), JSON.stringify(env)).toThrow(words)
  })
})
