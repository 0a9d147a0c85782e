// Messages that prove something, as people live through them: a forgotten password, a new mailbox. Read from the outbox, as a demo would.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PASSWORD } from '#test/places.ts'
import { openWorld, type Answer, type Client, type World } from '#test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  for (const [login, email] of [
    ['siti', 'siti@sukamaju.desa.id'],
    ['made', 'made@merantian.desa.id'],
    ['joko', 'joko@sukamaju.desa.id'],
  ])
    await world.house.database.app.query('update core.users set email = $2 where username = $1', [login, email])
})
afterAll(() => world?.close())

type Message = { to: string; subject: string; text: string; purpose: string }
const messagesTo = async (to: string): Promise<Message[]> => (await world.house.outbox.newest(200)).filter((l) => l.to === to) as never
const newest = async (to: string): Promise<Message> => {
  const [found] = await messagesTo(to)
  if (!found) throw new Error(`No message to ${to}.`)
  return found
}
const tokenIn = (message: Message): string => /#([A-Za-z0-9_-]{43})\s/.exec(message.text)?.[1] ?? ''
const ask = (login: string): Promise<Answer> => world.anonymous().post('/api/password-reset', { login })
const reset = (token: string, password: string): Promise<Answer> => world.anonymous().put('/api/password-reset', { token, password })
const signIn = (login: string, password: string): Promise<Answer> => world.anonymous().post('/api/session', { login, password })

async function signedIn(login: string, password: string): Promise<Client & { cookie: string }> {
  const answer = await signIn(login, password)
  expect(answer.status, login).toBe(200)
  const cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const nobody = world.anonymous()
  const send =
    (method: 'get' | 'post' | 'put' | 'patch' | 'delete') =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      nobody[method](path, body, { cookie, ...headers })
  return { ...nobody, get: send('get'), post: send('post'), put: send('put'), patch: send('patch'), delete: send('delete'), cookie }
}

describe('a forgotten password', () => {
  test('Siti makes a new one with the link of her message, once, and everybody who was signed in as her is out', async () => {
    const elsewhere = await signedIn('siti', PASSWORD)
    expect((await ask('siti')).status).toBe(202)
    const message = await newest('siti@sukamaju.desa.id')
    expect(message).toMatchObject({ subject: 'Membuat kata sandi baru', purpose: 'password_reset' })
    expect(message.text).toContain('Halo Siti Rahmawati,')
    expect(message.text).toContain(`${world.house.config.baseUrl}/app/reset#`)
    const token = tokenIn(message)
    expect(await reset(token, 'pendek')).toMatchObject({ status: 422, body: { errors: [{ field: 'password', code: 'too_short' }] } })
    expect((await reset(token, 'sawah-hijau-pagi')).status, 'a password the rules refuse does not use up the link').toBe(204)
    expect((await elsewhere.get('/api/me')).status).toBe(401)
    expect((await signIn('siti', PASSWORD)).status).toBe(401)
    expect((await signIn('siti', 'sawah-hijau-pagi')).status).toBe(200)
    expect(await reset(token, 'lain-lagi-sekali')).toMatchObject({ status: 410, body: { code: 'link_not_good' } })
    expect(await newest('siti@sukamaju.desa.id')).toMatchObject({ purpose: 'password_changed', subject: 'Kata sandi Anda sudah diganti' })
  })

  test('only the newest link works, and of two people at once one gets through', async () => {
    await ask('made')
    const old = tokenIn(await newest('made@merantian.desa.id'))
    await ask('made@merantian.desa.id')
    const token = tokenIn(await newest('made@merantian.desa.id'))
    expect((await reset(old, 'ikan-bakar-sanur')).status).toBe(410)
    const both = await Promise.all([reset(token, 'ikan-bakar-sanur'), reset(token, 'ayam-betutu-ubud')])
    expect(both.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([204, 410])
  })

  test('a link for Joko changes nothing of Siti’s, and a link for a mailbox resets nothing', async () => {
    await ask('joko')
    const token = tokenIn(await newest('joko@sukamaju.desa.id'))
    expect((await reset(token, 'padi-menguning-1')).status).toBe(204)
    expect((await signIn('siti', 'padi-menguning-1')).status).toBe(401)
    expect((await signIn('joko', 'padi-menguning-1')).status).toBe(200)
    const joko = await signedIn('joko', 'padi-menguning-1')
    expect((await joko.put('/api/me/email', { email: 'joko@baru.id', password: 'padi-menguning-1' })).status).toBe(202)
    const other = tokenIn(await newest('joko@baru.id'))
    expect((await reset(other, 'sungai-jernih-1')).status).toBe(410)
    expect((await world.anonymous().post('/api/email-verification', { token: other })).status).toBe(200)
  })

  test('after half an hour the link is dead', async () => {
    await ask('siti')
    const token = tokenIn(await newest('siti@sukamaju.desa.id'))
    await world.house.database.app.query(
      `update core.verifications set expires_at = expires_at - interval '30 minutes' where identifier like 'password_reset:%'`,
    )
    expect((await reset(token, 'bulan-purnama-9')).status).toBe(410)
  })

  test('what the database knows opens nothing', async () => {
    await world.house.database.app.query(`delete from core.rate_limits`)
    await ask('siti')
    const message = await newest('siti@sukamaju.desa.id')
    const { rows } = await world.house.database.app.query<{ id: string }>(
      `select * from core.verifications where identifier like 'password_reset:%'`,
    )
    expect(JSON.stringify(rows)).not.toContain(tokenIn(message))
    expect(rows.map((r) => r.id)).toContain(createHash('sha256').update(tokenIn(message)).digest('base64url'))
    for (const { id } of rows) expect((await reset(id, 'gunung-tinggi-7')).status).toBe(410)
    const outbox = await world.house.database.app.query(`select row_to_json(o)::text as whole from core.outbox o`)
    for (const { whole } of outbox.rows) expect(whole).not.toMatch(/siti@|made@|#/)
  })

  test('nobody learns who has an account: the same answer, the same body, the same time', async () => {
    const logins = ['siti', 'siti@sukamaju.desa.id', 'nani', 'tidak-ada', 'orang@lain.id', '@', 'x'.repeat(254), "' or 1=1 --"]
    const seen = new Set<string>()
    for (const login of logins) {
      const { status, body, headers } = await ask(login)
      seen.add(JSON.stringify([status, body, headers.get('content-type'), headers.get('set-cookie'), headers.get('content-length')]))
    }
    expect([...seen]).toHaveLength(1)
    expect([...seen][0]).toContain('202')
    const fastest = async (login: string): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 6; i++) {
        await world.house.database.app.query(`delete from core.rate_limits`)
        const started = performance.now()
        await ask(login)
        times.push(performance.now() - started)
      }
      return Math.min(...times)
    }
    const [known, unknown] = [await fastest('siti'), await fastest('tidak-ada')]
    expect(Math.abs(known - unknown), `${known} and ${unknown}`).toBeLessThan(70)
  })

  test('a mailbox is not filled: after a few messages no more come, and the answer stays the same', async () => {
    await world.house.database.app.query(`delete from core.rate_limits`)
    const before = (await messagesTo('made@merantian.desa.id')).length
    for (let i = 0; i < 6; i++) expect((await ask('made')).status).toBe(202)
    expect((await messagesTo('made@merantian.desa.id')).length - before).toBe(3)
  })

  test('somebody who was suspended, or has no mailbox, gets no message', async () => {
    const user = await world.house.identity.userByLogin('joko')
    await world.house.identity.setStatus(user!.id, 'suspended')
    const before = (await world.house.outbox.newest(200)).length
    for (const login of ['joko', 'nani']) expect((await ask(login)).status).toBe(202)
    expect((await world.house.outbox.newest(200)).length).toBe(before)
    await world.house.identity.setStatus(user!.id, 'active')
  })

  test('another site cannot ask in somebody’s name, and nonsense is refused by name', async () => {
    const foreign = { origin: 'https://jahat.example', 'sec-fetch-site': 'cross-site' }
    expect((await world.anonymous().post('/api/password-reset', { login: 'siti' }, foreign)).body.code).toBe('cross_origin')
    for (const body of [{}, { login: '' }, { login: 7 }, { login: 'siti', more: 1 }, [], 'x'])
      expect((await world.anonymous().post('/api/password-reset', body)).status, JSON.stringify(body)).toBe(422)
    for (const token of ['', 'x', '%00', 'a'.repeat(43), 'a'.repeat(5000)])
      expect([410, 422]).toContain((await reset(token, 'gunung-tinggi-7')).status)
  })
})

describe('my e-mail address', () => {
  test('becomes mine when I open the message, and the old mailbox is told', async () => {
    const made = await world.as('rina')
    expect((await made.get('/api/me/email')).body).toEqual({ email: null, verified: false, can_send: true, asks_password: true })
    expect(await made.put('/api/me/email', { email: 'Rina@Desa.ID', password: 'salah' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'password', code: 'wrong_password' }] },
    })
    expect((await made.put('/api/me/email', { email: 'Rina@Desa.ID', password: PASSWORD })).status).toBe(202)
    expect((await made.get('/api/me/email')).body.email, 'not before it is proven').toBe(null)
    const token = tokenIn(await newest('rina@desa.id'))
    expect((await world.anonymous().post('/api/email-verification', { token })).body).toEqual({ email: 'rina@desa.id' })
    expect((await made.get('/api/me/email')).body).toMatchObject({ email: 'rina@desa.id', verified: true })
    expect((await world.anonymous().post('/api/email-verification', { token })).status).toBe(410)
    await made.put('/api/me/email', { email: 'rina@baru.id', password: PASSWORD })
    await world.anonymous().post('/api/email-verification', { token: tokenIn(await newest('rina@baru.id')) })
    expect(await newest('rina@desa.id')).toMatchObject({ subject: 'Alamat surel akun Anda diganti' })
    expect((await made.get('/api/me')).body.user.email).toBe('rina@baru.id')
  })

  test('an address that is somebody else’s answers alike, gets another message, and stays theirs', async () => {
    const budi = await world.as('budi')
    expect((await budi.put('/api/me/email', { email: 'siti@sukamaju.desa.id', password: PASSWORD })).status).toBe(202)
    const message = await newest('siti@sukamaju.desa.id')
    expect(message.subject).toBe('Alamat ini sudah dipakai')
    expect(tokenIn(message)).toBe('')
    expect((await budi.get('/api/me/email')).body.email).toBe(null)
  })

  test('two people want the same new address: the first to prove it has it', async () => {
    const [budi, dewi] = [await world.as('budi'), await world.as('dewi')]
    await budi.put('/api/me/email', { email: 'bersama@desa.id', password: PASSWORD })
    const first = tokenIn(await newest('bersama@desa.id'))
    await dewi.put('/api/me/email', { email: 'bersama@desa.id', password: PASSWORD })
    const second = tokenIn(await newest('bersama@desa.id'))
    expect((await world.anonymous().post('/api/email-verification', { token: second })).status).toBe(200)
    expect((await world.anonymous().post('/api/email-verification', { token: first })).status).toBe(410)
    expect((await dewi.get('/api/me/email')).body.email).toBe('bersama@desa.id')
  })

  test('no address with a second one hidden in it, and not without being signed in', async () => {
    const nani = await world.as('nani')
    for (const email of ['a@b.id, c@d.id', 'a@b.id\r\nBcc: c@d.id', 'nani', '"a b"@c.id', 'a@no-mail.invalid', 'a@b'])
      expect(await nani.put('/api/me/email', { email, password: PASSWORD }), email).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'email' }] },
      })
    expect((await world.anonymous().put('/api/me/email', { email: 'a@b.id', password: PASSWORD })).status).toBe(401)
  })
})
