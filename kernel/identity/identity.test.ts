// Sari keeps the books of Sukamaju; Made works in Tirtasari. What signing in promises them.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { COOKIE, sessionCookie } from './cookie.ts'
import { openTestHouse } from './test-house.ts'
import type { TestHouse } from './test-house.ts'

const onServer = inject('template').kind === 'server'

const SARI = { name: 'Sari Wulandari', username: 'sari', email: 'sari@sukamaju.example', password: 'empat kucing oranye' }
const MADE = { name: 'Made Suardana', username: 'made.s', password: 'gerobak sate biru', locale: 'en' as const }

let house: TestHouse
let sari: string
let made: string
beforeAll(async () => {
  house = await openTestHouse()
  sari = (await house.identity.createUser(SARI)).id
  made = (await house.identity.createUser(MADE)).id
}, 120_000)
afterAll(() => house?.close())

const signIn: TestHouse['signIn'] = (...given) => house.signIn(...given)
const browserOf: TestHouse['browserOf'] = (...given) => house.browserOf(...given)

describe('signing in', () => {
  it('lets Sari in by username or e-mail, whatever the case', async () => {
    for (const login of ['sari', ' SARI ', 'Sari@Sukamaju.example']) {
      const answer = await signIn(login, SARI.password)
      expect(answer.status).toBe(200)
      expect(answer.body.user).toEqual({ id: sari, name: SARI.name, username: 'sari', email: SARI.email, phone: null, locale: 'id' })
    }
    expect((await house.identity.userById(sari))?.lastLoginAt).toBeInstanceOf(Date)
  })

  it('never shows the address that stands in for a missing e-mail', async () => {
    expect((await signIn('made.s', MADE.password)).body.user).toMatchObject({ email: null, locale: 'en' })
  })

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const { setCookie } = await signIn('sari', SARI.password)
    expect(setCookie).toHaveLength(2)
    expect(setCookie[0]).toMatch(/^balai\.session=[^;]+; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/)
    // The second one only spares a known browser the waiting that strangers cause; it goes nowhere but to the door.
    expect(setCookie[1]).toMatch(/^balai\.device=[^;]+; Max-Age=15552000; Path=\/api\/session; HttpOnly; SameSite=Lax$/)
  })

  it('answers a wrong password, an unknown name and an impossible name alike, in words and in time', async () => {
    const took: number[] = []
    const answers = []
    for (const login of ['sari', 'nobody', 'nobody@nowhere.example', 'not a username!', 'x']) {
      const started = performance.now()
      answers.push(await signIn(login, 'not the password', new Map(), 7))
      took.push(performance.now() - started)
    }
    for (const { status, body, setCookie } of answers) {
      expect({ status, code: body.code, detail: body.detail }).toEqual({
        status: 401,
        code: 'wrong_credentials',
        detail: 'Nama pengguna, e-mail atau kata sandi tidak cocok.',
      })
      expect(setCookie).toEqual([])
    }
    for (const ms of took) expect(ms).toBeGreaterThan(90)
  })

  it('says what is missing instead of failing', async () => {
    const answer = await house.ask('POST', '/api/session', { body: { login: 'sari', admin: true } })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((e: { field: string; code: string }) => [e.field, e.code])).toEqual([
      ['password', 'required'],
      ['admin', 'unknown_field'],
    ])
    expect((await house.ask('POST', '/api/session', { body: { login: ['sari'], password: 1 } })).status).toBe(422)
  })

  it('makes a new session each time, and ends the one whose cookie came along', async () => {
    const jar = await browserOf('sari', SARI.password)
    const before = jar.get('balai.session')!
    expect((await signIn('sari', SARI.password, jar)).status).toBe(200)
    expect(jar.get('balai.session')).not.toBe(before)
    expect((await house.ask('GET', '/api/me', { jar: new Map([['balai.session', before]]) })).status).toBe(401)
    expect((await house.ask('GET', '/api/me', { jar })).status).toBe(200)
  })
})

describe('being signed in', () => {
  it('is nobody without a cookie, with a forged one, or with another signature', async () => {
    const jar = await browserOf('sari', SARI.password)
    const [token, signature] = decodeURIComponent(jar.get('balai.session')!).split(/\.(?=[^.]+$)/) as [string, string]
    const flipped = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)
    for (const value of ['', token, `${token}.`, `${token}.${flipped}`, `${token}x.${signature}`, `%`, `.${signature}`]) {
      const answer = await house.ask('GET', '/api/me', { headers: { cookie: `balai.session=${value}` } })
      expect([value, answer.status, answer.body.code]).toEqual([value, 401, 'not_signed_in'])
    }
    const elsewhere = house.another({ secret: 'the secret of another installation, same rows' })
    expect(await elsewhere.sessionOf(new Headers({ cookie: `balai.session=${jar.get('balai.session')}` }))).toBeNull()
  })

  it('keeps nothing in its table that signs in, not even for whoever also knows the secret', async () => {
    const jar = await browserOf('sari', SARI.password)
    const token = decodeURIComponent(jar.get(COOKIE)!).split('.')[0]!
    const { rows } = await house.database.owner.query('select * from core.sessions where user_id = $1', [sari])
    expect(JSON.stringify(rows)).not.toContain(token)
    const forger = sessionCookie({ secret: house.config.secret, secure: false, maxAge: 1 })
    for (const value of rows.flatMap((row) => [row.token_hash, row.id])) {
      const cookie = forger.write(value).split(';')[0]!
      expect(forger.read(new Headers({ cookie }))).toBe(value)
      expect((await house.ask('GET', '/api/me', { headers: { cookie } })).status).toBe(401)
    }
  })

  it('takes over no cookie that somebody planted before signing in', async () => {
    const planted = await browserOf('made.s', MADE.password)
    const before = planted.get(COOKIE)
    const victim = new Map(planted)
    expect((await signIn('sari', SARI.password, victim)).status).toBe(200)
    expect(victim.get(COOKIE)).not.toBe(before)
    expect((await house.ask('GET', '/api/me', { jar: victim })).body.user.id).toBe(sari)
    // Whoever planted it sits on a session that is over.
    expect((await house.ask('GET', '/api/me', { jar: planted })).status).toBe(401)
  })

  it('asks the database once, then not again for a while', async () => {
    const jar = await browserOf('sari', SARI.password)
    const headers = new Headers({ cookie: `other=1; balai.session=${jar.get('balai.session')}` })
    const other = house.another()
    const first = await other.sessionOf(headers)
    await house.database.owner.query('delete from core.sessions where id = $1', [first!.id])
    expect((await other.sessionOf(headers))?.user.id).toBe(sari)
    expect(await house.another().sessionOf(headers)).toBeNull()
  })

  it('lasts while it is used: the end moves, at most to ninety days after signing in', async () => {
    const jar = await browserOf('sari', SARI.password)
    const headers = new Headers({ cookie: `balai.session=${jar.get('balai.session')}` })
    const { id } = (await house.identity.sessionOf(headers))!
    const set = (sql: string) => house.database.owner.query(`update core.sessions set ${sql} where id = $1`, [id])
    const days = async () => {
      const left = 'select extract(epoch from expires_at - now()) / 86400 as d from core.sessions where id = $1'
      const { rows } = await house.database.owner.query(left, [id])
      return Math.round(Number(rows[0].d))
    }
    await set(`expires_at = now() + interval '2 days', last_seen_at = now() - interval '5 minutes'`)
    await house.another().sessionOf(headers)
    expect(await days()).toBe(2)
    await set(`last_seen_at = now() - interval '2 hours'`)
    await house.another().sessionOf(headers)
    await expect.poll(days).toBe(14)
    await set(`created_at = now() - interval '85 days', last_seen_at = now() - interval '2 hours'`)
    await house.another().sessionOf(headers)
    await expect.poll(days).toBe(5)
    await set(`expires_at = now() - interval '1 second'`)
    expect(await house.another().sessionOf(headers)).toBeNull()
  })

  it('ends at once when Sari signs out', async () => {
    const jar = await browserOf('sari', SARI.password)
    const kept = new Map(jar)
    const answer = await house.ask('DELETE', '/api/session', { jar })
    expect([answer.status, [...jar.keys()]]).toEqual([204, ['balai.device']])
    expect(answer.setCookie[0]).toMatch(/^balai\.session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await house.ask('GET', '/api/me', { jar: kept })).status).toBe(401)
  })

  it('ends at once when the account is suspended, and then says so only to whoever knows the password', async () => {
    await house.identity.createUser({ name: 'Tono', username: 'tono', password: 'sepeda tua hijau' })
    const jar = await browserOf('tono', 'sepeda tua hijau')
    const tono = (await house.identity.userByLogin('tono'))!
    for (const status of ['suspended', 'inactive'] as const) {
      await house.identity.setStatus(tono.id, status)
      expect((await house.ask('GET', '/api/me', { jar })).status).toBe(401)
      const refused = await signIn('tono', 'sepeda tua hijau', new Map(), 30)
      expect([refused.status, refused.body.code, refused.setCookie]).toEqual([403, 'account_not_active', []])
      expect((await signIn('tono', 'sepeda tua merah', new Map(), 31)).body.code).toBe('wrong_credentials')
    }
    await house.identity.setStatus(tono.id, 'active')
    expect((await signIn('tono', 'sepeda tua hijau', new Map(), 32)).status).toBe(200)
  })
})

describe('my sessions', () => {
  it('shows Made where he is signed in, and lets him end one, but not one of Sari’s', async () => {
    await house.identity.setPassword(made, MADE.password)
    const office = await browserOf('made.s', MADE.password, 11)
    const phone = new Map<string, string>()
    await house.ask('POST', '/api/session', {
      body: { login: 'made.s', password: MADE.password },
      jar: phone,
      from: 12,
      agent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    })
    const { body } = await house.ask('GET', '/api/me/sessions', { jar: office })
    const lines = body.data.map((s: Record<string, unknown>) => [s['device'], s['ip'], s['current']])
    expect(lines).toHaveLength(2)
    expect(lines).toEqual(
      expect.arrayContaining([
        ['Chrome on Windows', '10.0.0.11', true],
        ['Chrome on Android', '10.0.0.12', false],
      ]),
    )
    const phoneSession = body.data.find((s: { current: boolean }) => !s.current).id

    const sarisJar = await browserOf('sari', SARI.password)
    expect((await house.ask('DELETE', `/api/me/sessions/${phoneSession}`, { jar: sarisJar })).status).toBe(404)
    expect((await house.ask('GET', '/api/me', { jar: phone })).status).toBe(200)
    expect((await house.ask('DELETE', '/api/me/sessions/not-an-id', { jar: office })).status).toBe(404)

    expect((await house.ask('DELETE', `/api/me/sessions/${phoneSession}`, { jar: office })).status).toBe(204)
    expect((await house.ask('GET', '/api/me', { jar: phone })).status).toBe(401)
    expect((await house.ask('GET', '/api/me', { jar: office })).status).toBe(200)
  })

  it('ends all the others at once', async () => {
    await house.identity.setPassword(made, MADE.password)
    const here = await browserOf('made.s', MADE.password)
    const there = await browserOf('made.s', MADE.password)
    const elsewhere = await browserOf('made.s', MADE.password)
    expect((await house.ask('DELETE', '/api/me/sessions', { jar: here })).body).toEqual({ ended: 2 })
    for (const jar of [there, elsewhere]) expect((await house.ask('GET', '/api/me', { jar })).status).toBe(401)
    expect((await house.ask('GET', '/api/me', { jar: here })).status).toBe(200)
  })

  it('shows the whole address of a newer network', async () => {
    const origin = { requestId: 'r', ip: '2001:db8:0:1:aaaa:bbbb:cccc:1', userAgent: null }
    await house.identity.signIn({ login: 'made.s', password: MADE.password }, origin, new Headers())
    expect((await house.identity.sessionsOf(made)).map((s) => s.ip)).toContain(origin.ip)
  })

  it.runIf(onServer)('ends in another process too, at once', async () => {
    const jar = await browserOf('sari', SARI.password)
    const headers = new Headers({ cookie: `balai.session=${jar.get('balai.session')}` })
    const other = house.another()
    const ear = other.listen(house.database)
    expect(await other.sessionOf(headers)).not.toBeNull()
    await house.identity.signOut(headers)
    await expect.poll(() => other.sessionOf(headers), { timeout: 2_000 }).toBeNull()
    // The line breaks: it is opened again, and hears what comes after.
    const listening = `from pg_stat_activity where datname = current_database() and application_name = 'balai listener' and query ilike 'listen%'`
    await house.database.owner.query(`select pg_terminate_backend(pid) ${listening}`)
    await expect.poll(async () => (await house.database.owner.query(`select 1 ${listening}`)).rowCount, { timeout: 5_000 }).toBe(1)
    const again = await browserOf('sari', SARI.password)
    const fresh = new Headers({ cookie: `balai.session=${again.get('balai.session')}` })
    expect(await other.sessionOf(fresh)).not.toBeNull()
    await house.identity.signOut(fresh)
    await expect.poll(() => other.sessionOf(fresh), { timeout: 2_000 }).toBeNull()
    await ear.stop()
  })
})
