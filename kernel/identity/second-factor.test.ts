// Sari keeps an authenticator app on her phone and ten codes in the drawer. What they are good for, and what they stop.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { globalDb } from '#kernel/db/scoped.ts'
import { masterKey } from '#kernel/secrets/master-key.ts'
import { ownSeal } from './own-seal.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { secondFactor } from './second-factor.ts'
import { openTestHouse } from './test-house.ts'
import type { Jar, TestHouse } from './test-house.ts'
import { codeAt, PERIOD, stepAt } from './totp.ts'

const PASSWORD = 'empat kucing oranye'
let house: TestHouse
let secret: Buffer
let printed: string[]
beforeAll(async () => {
  house = await openTestHouse()
  await house.identity.createUser({
    name: 'Sari Wulandari',
    username: 'sari',
    email: 'sari@sukamaju.example',
    phone: '+6281200001111',
    password: PASSWORD,
  })
}, 120_000)
afterAll(() => house?.close())

/** What her app shows. A code counts once, so each story first makes the last one old. */
const shown = (off = 0): string => codeAt(secret, stepAt(new Date()) + off)
const anew = () => house.database.owner.query('update core.two_factors set last_step = null')
const calm = () => house.database.owner.query('delete from core.rate_limits')
const first = (jar: Jar, from = 1) => house.signIn('sari', PASSWORD, jar, from)
const second = (challenge: string, code: string, jar: Jar, from = 1) =>
  house.ask('POST', '/api/session/second-factor', { body: { challenge, code }, jar, from })
const signedIn = async (jar: Jar): Promise<boolean> => (await house.ask('GET', '/api/me', { jar })).status === 200
const bytesOf = (base32: string): Buffer => {
  const bits = [...base32].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
}

describe('turning it on', () => {
  it('asks for the password, shows a secret once, and waits for the first code of the app', async () => {
    const jar = await house.browserOf('sari', PASSWORD)
    const elsewhere = await house.browserOf('sari', PASSWORD)
    const begin = (body: object) => house.ask('POST', '/api/me/second-factor', { jar, body })
    for (const body of [{}, { password: 'bukan ini' }])
      expect((await begin(body)).body.errors).toMatchObject([{ field: 'password', code: 'wrong_password' }])
    const made = await begin({ password: PASSWORD })
    expect(made.status).toBe(201)
    expect(made.body.uri).toBe(`otpauth://totp/Balai:sari?secret=${made.body.secret}&issuer=Balai&algorithm=SHA1&digits=6&period=${PERIOD}`)
    secret = bytesOf(made.body.secret)
    // Not confirmed: signing in asks for nothing more.
    expect(await signedIn(await house.browserOf('sari', PASSWORD))).toBe(true)

    const confirm = (code: string) => house.ask('PUT', '/api/me/second-factor', { jar, body: { code } })
    expect((await confirm(shown(5))).body.errors).toMatchObject([{ field: 'code', code: 'wrong_code' }])
    const on = await confirm(shown())
    printed = on.body.recovery_codes
    expect(printed).toHaveLength(10)
    for (const code of printed) expect(code).toMatch(/^[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}$/)
    expect([await signedIn(jar), await signedIn(elsewhere)]).toEqual([true, false])
    expect((await begin({ password: PASSWORD })).body.code).toBe('second_factor_on')
    const state = (await house.ask('GET', '/api/me/sign-in', { jar })).body
    expect(state).toMatchObject({ password: true, phone: '+6281200001111', second_factor: { on: true, recovery_codes_left: 10 } })
    await expect.poll(async () => (await house.messagesTo('sari@sukamaju.example')).map((l) => l.purpose)).toContain('second_factor_on')
  })

  it('keeps the secret sealed and the codes hashed', async () => {
    const { rows } = await house.database.owner.query(
      'select f.*, array(select code_hash from core.recovery_codes) codes from core.two_factors f',
    )
    const kept = JSON.stringify(rows.map((row) => ({ ...row, secret: row.secret.toString('latin1') })))
    expect(rows[0].secret.includes(secret)).toBe(false)
    for (const code of printed) expect(kept).not.toContain(code.replace('-', ''))
    const seal = ownSeal(house.master, 'second factor')
    expect(seal.open(rows[0].secret, rows[0].master_key_id, rows[0].user_id)?.equals(secret)).toBe(true)
    expect(seal.open(rows[0].secret, rows[0].master_key_id, 'somebody else')).toBeNull()
    expect(ownSeal(house.master, 'another purpose').open(rows[0].secret, rows[0].master_key_id, rows[0].user_id)).toBeNull()
    expect(seal.open(rows[0].secret.subarray(0, 20), rows[0].master_key_id, rows[0].user_id)).toBeNull()
  })
})

describe('signing in with it', () => {
  it('is not signed in with the password alone, and is with the code', async () => {
    await anew()
    const jar: Jar = new Map()
    const asked = await first(jar)
    expect([asked.status, asked.body.second_factor, asked.body.user]).toEqual([200, true, undefined])
    expect(asked.setCookie[0]).toMatch(/^balai\.challenge=[\w-]{43}; Max-Age=300; Path=\/api\/session; HttpOnly; SameSite=Strict$/)
    expect([await signedIn(jar), jar.has('balai.session')]).toEqual([false, false])
    const answer = await second(asked.body.challenge, `${shown().slice(0, 3)} ${shown().slice(3)}`, jar)
    expect([answer.status, answer.body.user.username]).toEqual([200, 'sari'])
    expect([await signedIn(jar), jar.has('balai.challenge')]).toEqual([true, false])
  })

  it('asks after a code by phone too', async () => {
    await anew()
    await calm()
    await house.ask('POST', '/api/session/code', { body: { phone: '081200001111' } })
    const jar: Jar = new Map()
    const asked = await house.ask('POST', '/api/session', {
      body: { phone: '081200001111', code: await house.codeSentTo('+6281200001111') },
      jar,
    })
    expect([asked.body.second_factor, await signedIn(jar)]).toEqual([true, false])
    expect((await second(asked.body.challenge, shown(), jar)).status).toBe(200)
  })

  it('does not take a code that was used, nor an older one', async () => {
    await anew()
    const [a, b, c]: Jar[] = [new Map(), new Map(), new Map()]
    const code = shown()
    const before = shown(-1)
    expect((await second((await first(a!)).body.challenge, code, a!)).status).toBe(200)
    expect((await second((await first(b!)).body.challenge, code, b!)).body.code).toBe('wrong_code')
    expect((await second((await first(c!)).body.challenge, before, c!)).body.code).toBe('wrong_code')
  })

  it('lets one in of two that send the right code at once', async () => {
    await anew()
    await calm()
    const jar: Jar = new Map()
    const { challenge } = (await first(jar)).body
    const code = shown()
    const answers = await Promise.all(Array.from({ length: 5 }, () => second(challenge, code, new Map(jar))))
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  })

  it('is bound to the browser where it began, to five minutes and to five tries', async () => {
    await anew()
    await calm()
    const jar: Jar = new Map()
    const { challenge } = (await first(jar)).body
    expect((await second(challenge, shown(), new Map())).body.code).toBe('challenge_over')
    const thief: Jar = new Map([['balai.challenge', 'A'.repeat(43)]])
    expect((await second(challenge, shown(), thief)).body.code).toBe('challenge_over')
    expect((await second('nothing', shown(), jar)).body.code).toBe('challenge_over')
    await house.database.owner.query(`update core.sign_in_challenges set expires_at = now()`)
    expect((await second(challenge, shown(), jar)).body.code).toBe('challenge_over')

    const more = (await first(jar)).body.challenge
    const guesses = await Promise.all(Array.from({ length: 50 }, (_, i) => second(more, shown(7), new Map(jar), 100 + i)))
    expect(guesses.filter((a) => a.body.code === 'wrong_code')).toHaveLength(5)
    expect(guesses.filter((a) => a.body.code === 'challenge_over')).toHaveLength(45)
    await calm()
    expect((await second(more, shown(), jar)).body.code).toBe('challenge_over')
  })

  it('slows down whoever knows the password and guesses on, in ever new challenges, while a printed code still opens', async () => {
    await anew()
    await calm()
    const guess = async (from: number) => {
      const jar: Jar = new Map()
      return (await second((await first(jar, from)).body.challenge, shown(9), jar, from)).status
    }
    const statuses = []
    for (let i = 0; i < 7; i++) statuses.push(await guess(200))
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    await expect.poll(async () => (await house.messagesTo('sari@sukamaju.example')).map((l) => l.purpose)).toContain('locked_out')
    // Twenty more from elsewhere, and nobody's app opens for a while; the codes in the drawer do.
    for (let i = 0; i < 20; i++) await guess(210 + (i % 5))
    const jar: Jar = new Map()
    expect((await second((await first(jar, 5)).body.challenge, shown(), jar, 5)).status).toBe(429)
    expect((await second((await first(jar, 6)).body.challenge, printed[9]!.toUpperCase(), jar, 6)).status).toBe(200)
  })

  it('does not open for an account that was closed meanwhile', async () => {
    await anew()
    await calm()
    const sari = (await house.identity.userByLogin('sari'))!
    const jar: Jar = new Map()
    const { challenge } = (await first(jar)).body
    await house.identity.setStatus(sari.id, 'suspended')
    expect((await second(challenge, shown(), jar)).body.code).toBe('account_not_active')
    expect(await signedIn(jar)).toBe(false)
    await house.identity.setStatus(sari.id, 'active')
  })
})

describe('the codes in the drawer', () => {
  it('open once each, however they are typed, also when two come at once', async () => {
    await calm()
    const jar: Jar = new Map()
    expect((await second((await first(jar)).body.challenge, ` ${printed[0]!.replace('-', ' ').toUpperCase()} `, jar)).status).toBe(200)
    expect((await second((await first(jar)).body.challenge, printed[0]!, jar)).body.code).toBe('wrong_code')
    const [a, b]: Jar[] = [new Map(), new Map()]
    const tries = [[(await first(a!)).body.challenge, a!] as const, [(await first(b!)).body.challenge, b!] as const]
    const answers = await Promise.all(tries.map(([challenge, browser]) => second(challenge, printed[1]!, browser)))
    expect(answers.map((x) => x.status).toSorted((a, b) => a - b)).toEqual([200, 401])
    expect((await house.ask('GET', '/api/me/sign-in', { jar })).body.second_factor.recovery_codes_left).toBe(7)
  })

  it('are replaced as a whole, by password and code', async () => {
    await anew()
    await calm()
    const jar: Jar = new Map()
    await second((await first(jar)).body.challenge, printed[2]!, jar)
    const renew = (body: object) => house.ask('POST', '/api/me/second-factor/recovery-codes', { jar, body })
    expect((await renew({ code: shown() })).body.errors).toMatchObject([{ field: 'password' }])
    expect((await renew({ password: PASSWORD, code: shown(6) })).body.errors).toMatchObject([{ field: 'code' }])
    const fresh = (await renew({ password: PASSWORD, code: shown() })).body.recovery_codes
    expect((await second((await first(jar)).body.challenge, printed[3]!, jar)).body.code).toBe('wrong_code')
    expect((await second((await first(jar)).body.challenge, fresh[3]!, jar)).status).toBe(200)
    printed = fresh
  })
})

describe('changing the keys of the house', () => {
  it('seals every secret with the new master key, so that the old one may go', async () => {
    const db = globalDb(house.database.app)
    const next = masterKey([Buffer.alloc(32, 7), house.master.key])
    const recovery = recoveryCodes(db, house.config.secret)
    expect(await secondFactor(db, next, recovery, 'Balai').reseal()).toBe(1)
    expect(await secondFactor(db, next, recovery, 'Balai').reseal()).toBe(0)
    const { rows } = await house.database.owner.query('select * from core.two_factors')
    expect(
      ownSeal(masterKey([Buffer.alloc(32, 7)]), 'second factor')
        .open(rows[0].secret, rows[0].master_key_id, rows[0].user_id)
        ?.equals(secret),
    ).toBe(true)
    await secondFactor(db, masterKey([house.master.key, Buffer.alloc(32, 7)]), recovery, 'Balai').reseal()
  })
})

describe('turning it off', () => {
  it('asks for the password and a code, and is told by message', async () => {
    await anew()
    await calm()
    const jar: Jar = new Map()
    await second((await first(jar)).body.challenge, printed[5]!, jar)
    const off = (body: object) => house.ask('POST', '/api/me/second-factor/removal', { jar, body })
    expect((await off({ password: PASSWORD, code: '000000' })).body.errors).toMatchObject([{ field: 'code' }])
    expect((await off({ password: 'bukan ini', code: shown() })).body.errors).toMatchObject([{ field: 'password' }])
    expect((await off({ password: PASSWORD, code: shown() })).status).toBe(204)
    expect((await first(jar)).body.user.username).toBe('sari')
    expect((await house.database.owner.query('select 1 from core.recovery_codes')).rowCount).toBe(0)
    await expect.poll(async () => (await house.messagesTo('sari@sukamaju.example')).map((l) => l.purpose)).toContain('second_factor_off')
  })
})
