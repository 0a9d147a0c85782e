// Wayan has no password in his head but a phone in his hand. What a code by phone lets him do, and nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneTimeCodes } from './otp.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { openTestHouse } from './test-house.ts'
import type { Jar, TestHouse } from './test-house.ts'

const PHONE = '+6281234567890'
const NOBODYS = '+6281299999999'
let house: TestHouse
let wayan: string
beforeAll(async () => {
  house = await openTestHouse()
  wayan = (await house.identity.createUser({ name: 'Wayan Sudana', username: 'wayan', phone: PHONE, password: 'empat kucing oranye' })).id
}, 120_000)
afterAll(() => house?.close())

const askCode = (phone: string, from = 1) => house.ask('POST', '/api/session/code', { body: { phone }, from })
const enter = (phone: string, code: string, jar: Jar = new Map(), from = 1) =>
  house.ask('POST', '/api/session', { body: { phone, code }, jar, from })
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
/** As if everybody had waited long enough, and no attempt were remembered. */
const calm = () => house.database.owner.query('delete from core.rate_limits')
const eventsOf = async (kind: string): Promise<number> => {
  const tenant = await house.world.tenantId('sukamaju')
  return house.world.read('andi', 'sukamaju', async (ctx) => {
    const { rows } = await ctx.db.query<{ n: number }>('select count(*) n from core.security_events where tenant_id = $1 and kind = $2', [
      tenant,
      kind,
    ])
    return rows[0]!.n
  })
}

describe('signing in by phone', () => {
  it('lets Wayan in with the code that came, however he writes his number', async () => {
    const asked = await askCode('0812-3456-7890')
    expect([asked.status, asked.body]).toEqual([202, { resend_in: 30, expires_in: 300 }])
    const jar: Jar = new Map()
    const answer = await enter('62 812 3456 7890', await house.codeSentTo(PHONE), jar)
    expect([answer.status, answer.body.user.id, answer.body.new]).toEqual([200, wayan, undefined])
    expect((await house.ask('GET', '/api/me', { jar })).body.user).toMatchObject({ username: 'wayan', phone: PHONE })
  })

  it('takes a code once, also when it comes twice at the same moment', async () => {
    await calm()
    await askCode(PHONE)
    const code = await house.codeSentTo(PHONE)
    const answers = await Promise.all(Array.from({ length: 4 }, (_, i) => enter(PHONE, code, new Map(), 20 + i)))
    expect(answers.map((a) => a.status).toSorted((x, y) => x - y)).toEqual([200, 401, 401, 401])
    expect((await enter(PHONE, code)).body.code).toBe('wrong_code')
  })

  it('counts before it compares: of fifty guesses at once five are looked at, and then the right code is dead', async () => {
    await calm()
    await askCode(PHONE)
    const code = await house.codeSentTo(PHONE)
    // Each from its own address, so that only the code itself stands in the way.
    const guesses = await Promise.all(Array.from({ length: 50 }, (_, i) => enter(PHONE, other(code), new Map(), 30 + i)))
    expect(guesses.filter((a) => a.status === 200)).toEqual([])
    const { rows } = await house.database.owner.query('select tries from core.one_time_codes where tries > 0')
    expect(rows).toEqual([{ tries: 5 }])
    await calm()
    expect((await enter(PHONE, code)).status).toBe(401)
  })

  it('looks at no more than five of fifty even where nothing else slows them down', async () => {
    const codes = oneTimeCodes(globalDb(house.database.app), 'a secret')
    const { code } = await codes.make('a story')
    const wrong = await Promise.all(Array.from({ length: 5 }, () => codes.take('a story', other(code))))
    expect(wrong).toEqual([false, false, false, false, false])
    expect(await codes.take('a story', code)).toBe(false)
    const again = await codes.make('a story')
    const mixed = await Promise.all(Array.from({ length: 50 }, () => codes.take('a story', again.code)))
    expect(mixed.filter(Boolean)).toHaveLength(1)
  })

  it('takes no code for another number, another use, or after five minutes', async () => {
    await calm()
    const codes = oneTimeCodes(globalDb(house.database.app), house.config.secret)
    const { code } = await codes.make(`sign_in ${PHONE}`)
    expect(await codes.take(`sign_in ${NOBODYS}`, code)).toBe(false)
    expect(await codes.take(`phone of ${wayan} ${PHONE}`, code)).toBe(false)
    await house.database.owner.query(`update core.one_time_codes set expires_at = now() - interval '1 second'`)
    expect((await enter(PHONE, code)).body.code).toBe('wrong_code')
  })

  it('answers an unknown number like a known one, and sends it nothing', async () => {
    await calm()
    const took: number[] = []
    const answers = []
    for (const phone of [PHONE, NOBODYS]) {
      const started = performance.now()
      answers.push(await askCode(phone, 90), await enter(phone, '000000', new Map(), 91))
      took.push(performance.now() - started)
    }
    const [known, wrong, unknown, alsoWrong] = answers.map(({ status, body }) => ({ status, body: { ...body, request_id: undefined } }))
    expect(unknown).toEqual(known)
    expect(alsoWrong).toEqual(wrong)
    for (const ms of took) expect(ms).toBeGreaterThan(190)
    expect(await house.messagesTo(NOBODYS)).toEqual([])
  })

  it('says what a number must look like, and sends to one phone slowly', async () => {
    await calm()
    expect((await askCode('021-5201234')).body.errors).toMatchObject([{ field: 'phone', code: 'not_a_phone' }])
    const waits = []
    for (let i = 0; i < 3; i++) {
      waits.push((await askCode(PHONE)).body.resend_in)
      const blocked = await askCode(PHONE, 77)
      expect([blocked.status, Number(blocked.headers.get('retry-after')) > 20]).toEqual([429, true])
      await house.database.owner.query('update core.rate_limits set blocked_until = now()')
    }
    expect(waits).toEqual([30, 60, 120])
  })

  it('keeps neither number nor code in clear, and sweeps them away', async () => {
    await calm()
    await askCode(PHONE)
    const code = await house.codeSentTo(PHONE)
    const { rows } = await house.database.owner.query('select * from core.one_time_codes')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`81234567890|"${code}"`))
    await house.database.owner.query(`update core.one_time_codes set expires_at = now() - interval '1 second'`)
    await house.identity.sweep()
    expect((await house.database.owner.query('select 1 from core.one_time_codes')).rowCount).toBe(0)
  })

  it('says to whoever holds the phone that the account is closed, and sends them no more codes', async () => {
    await calm()
    await askCode(PHONE)
    const code = await house.codeSentTo(PHONE)
    const sent = (await house.messagesTo(PHONE)).length
    await house.identity.setStatus(wayan, 'suspended')
    expect((await enter(PHONE, code)).body.code).toBe('account_not_active')
    await calm()
    expect((await askCode(PHONE)).status).toBe(202)
    expect((await house.messagesTo(PHONE)).length).toBe(sent)
    await house.identity.setStatus(wayan, 'active')
  })
})

describe('an account by phone', () => {
  it('is made where that is open: without a community, with the name given', async () => {
    await calm()
    const open = house.elsewhere({ signUp: 'open' })
    expect((await open.ask('GET', '/api/session')).body).toEqual({ ways: { password: true, code: true }, sign_up: true })
    expect((await open.ask('POST', '/api/session/code', { body: { phone: '0813 1111 2222' } })).status).toBe(202)
    const code = await house.codeSentTo('+6281311112222')
    const jar: Jar = new Map()
    const made = await open.ask('POST', '/api/session', { body: { phone: '081311112222', code, name: ' Ni  Luh ' }, jar })
    expect([made.status, made.body.new, made.body.user]).toMatchObject([
      200,
      true,
      { name: 'Ni Luh', username: null, email: null, phone: '+6281311112222' },
    ])
    const me = await open.ask('GET', '/api/me', { jar })
    expect(me.body.tenants).toEqual([])
    expect((await open.ask('GET', '/api/sukamaju/model', { jar })).status).toBe(404)

    // She has no password yet: while the session is fresh she may make one.
    expect((await open.ask('GET', '/api/me/sign-in', { jar })).body.password).toBe(false)
    expect((await open.ask('POST', '/api/me/phone/removal', { jar, body: {} })).body.code).toBe('only_way_in')
    await house.database.owner.query(`update core.sessions set created_at = created_at - interval '11 minutes'`)
    await house.identity.forget(made.body.user.id)
    const late = house.elsewhere({ signUp: 'open' })
    expect((await late.ask('PUT', '/api/me/password', { jar, body: { next: 'kebun belakang rumah' } })).body.code).toBe('sign_in_again')
    await house.database.owner.query(`update core.sessions set created_at = now()`)
    const soon = house.elsewhere({ signUp: 'open' })
    expect((await soon.ask('PUT', '/api/me/password', { jar, body: { next: 'kebun belakang rumah' } })).status).toBe(204)
    expect((await soon.ask('GET', '/api/me/sign-in', { jar })).body.password).toBe(true)
  })

  it('is not made where it is closed, whatever code is typed', async () => {
    await calm()
    expect((await house.ask('GET', '/api/session')).body.sign_up).toBe(false)
    await askCode(NOBODYS)
    const codes = oneTimeCodes(globalDb(house.database.app), house.config.secret)
    const { code } = await codes.make(`sign_in ${NOBODYS}`)
    expect((await enter(NOBODYS, code)).body.code).toBe('wrong_code')
  })
})

describe('my phone', () => {
  it('becomes mine by password and code, and a number of somebody else never does', async () => {
    await calm()
    await house.identity.createUser({
      name: 'Ketut Alit',
      username: 'ketut',
      email: 'ketut@sukamaju.example',
      password: 'sepeda tua hijau',
    })
    const jar = await house.browserOf('ketut', 'sepeda tua hijau')
    const code = (phone: string, password?: string) =>
      house.ask('POST', '/api/me/phone/code', { jar, body: { phone, ...(password ? { password } : {}) } })
    expect((await code('081399990000')).body.errors).toMatchObject([{ field: 'password', code: 'wrong_password' }])
    expect((await code('081399990000', 'sepeda tua hijau')).status).toBe(202)
    const digits = await house.codeSentTo('+6281399990000')
    const wrong = await house.ask('PUT', '/api/me/phone', { jar, body: { phone: '081399990000', code: other(digits) } })
    expect(wrong.body.errors).toMatchObject([{ field: 'code', code: 'wrong_code' }])
    expect((await house.ask('PUT', '/api/me/phone', { jar, body: { phone: '081399990000', code: digits } })).status).toBe(204)
    expect((await house.ask('GET', '/api/me', { jar })).body.user.phone).toBe('+6281399990000')
    // Sent again after a lost answer: it is so already.
    expect((await house.ask('PUT', '/api/me/phone', { jar, body: { phone: '081399990000', code: digits } })).status).toBe(204)
    await expect.poll(async () => (await house.messagesTo('ketut@sukamaju.example')).map((l) => l.purpose)).toContain('phone_changed')

    // Wayan's number: only who reads the code on it learns that it is taken.
    await calm()
    expect((await code(PHONE, 'sepeda tua hijau')).status).toBe(202)
    const taken = await house.ask('PUT', '/api/me/phone', { jar, body: { phone: PHONE, code: await house.codeSentTo(PHONE) } })
    expect(taken.body.errors).toMatchObject([{ field: 'phone', code: 'taken' }])
    expect((await house.ask('POST', '/api/me/phone/removal', { jar, body: { password: 'sepeda tua hijau' } })).status).toBe(204)
    expect((await house.ask('GET', '/api/me', { jar })).body.user.phone).toBeNull()
  })

  it('is noted in the communities of whoever signs in', async () => {
    await calm()
    const before = await eventsOf('signed_in')
    await house.browserOf('siti', 'Gotong-Royong-1945')
    await expect.poll(() => eventsOf('signed_in'), { timeout: 5_000 }).toBeGreaterThan(before)
  })
})
