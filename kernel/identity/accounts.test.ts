// Sari keeps the books of Sukamaju; Made works in Tirtasari. What is theirs, and how their passwords are kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember } from '#kernel/access/add-member.ts'
import { openTestHouse } from './test-house.ts'
import type { TestHouse } from './test-house.ts'

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

describe('me', () => {
  it('lists the communities Sari belongs to, and no other', async () => {
    await addMember(house, 'sukamaju', (await house.identity.userById(sari))!, 'Operator Kependudukan')
    await addMember(house, 'merantian', (await house.identity.userById(made))!, 'Operator Kependudukan')
    const id = await house.world.tenantId('sukamaju')
    const { body, headers } = await house.ask('GET', '/api/me', { jar: await browserOf('sari', SARI.password) })
    expect(body.tenants).toEqual([{ id, code: 'sukamaju', name: 'Desa Sukamaju', kind: 'village', role: 'Operator Kependudukan' }])
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('lets her change her name and language, seen by the very next request', async () => {
    const jar = await browserOf('sari', SARI.password)
    const changed = await house.ask('PATCH', '/api/me', { jar, body: { locale: 'en', name: '  Sari   W. ' } })
    expect(changed.body.user).toMatchObject({ locale: 'en', name: 'Sari W.' })
    expect((await house.ask('GET', '/api/me', { jar })).body.user).toMatchObject({ locale: 'en', name: 'Sari W.' })
    for (const body of [{ locale: 'fr' }, { name: '' }, { name: '   ' }, { name: 'x'.repeat(101) }, { status: 'active' }, { name: null }]) {
      expect([body, (await house.ask('PATCH', '/api/me', { jar, body })).status]).toEqual([body, 422])
    }
    await house.identity.setProfile(sari, { name: SARI.name, locale: 'id' })
  })

  it('refuses a write that another site sends', async () => {
    const jar = await browserOf('sari', SARI.password)
    const { status, body } = await house.ask('PATCH', '/api/me', { jar, body: { name: 'X' }, headers: { origin: 'https://evil.example' } })
    expect([status, body.code]).toEqual([403, 'cross_origin'])
    expect((await house.ask('POST', '/api/session', { body: {}, headers: { origin: 'https://evil.example' } })).status).toBe(403)
  })
})

describe('passwords', () => {
  it('are changed by whoever knows the old one; other sessions end', async () => {
    await house.identity.createUser({ name: 'Lilis', username: 'lilis', password: 'kebun belakang rumah' })
    const here = await browserOf('lilis', 'kebun belakang rumah')
    const there = await browserOf('lilis', 'kebun belakang rumah')
    const change = (current: string, next: string) => house.ask('PUT', '/api/me/password', { jar: here, body: { current, next } })
    const { body: wrong } = await change('salah sama sekali', 'jendela kayu jati')
    expect(wrong.errors).toMatchObject([{ field: 'current', code: 'wrong_password' }])
    const { body: short } = await change('kebun belakang rumah', 'pendek')
    expect(short.errors).toMatchObject([{ field: 'next', code: 'too_short' }])
    expect((await change('kebun belakang rumah', 'jendela kayu jati')).status).toBe(204)
    expect((await house.ask('GET', '/api/me', { jar: here })).status).toBe(200)
    expect((await house.ask('GET', '/api/me', { jar: there })).status).toBe(401)
    expect((await signIn('lilis', 'kebun belakang rumah')).status).toBe(401)
    expect((await signIn('lilis', 'jendela kayu jati')).status).toBe(200)
  })

  it('cannot be guessed from a stolen, signed-in browser', async () => {
    await house.identity.createUser({ name: 'Rudi', username: 'rudi', password: 'perahu di danau' })
    const jar = await browserOf('rudi', 'perahu di danau')
    const codes = []
    for (let i = 0; i < 7; i++) {
      const body = { current: `tebakan ${i}`, next: 'jendela kayu jati' }
      codes.push((await house.ask('PUT', '/api/me/password', { jar, body })).status)
    }
    expect(codes).toEqual([422, 422, 422, 422, 422, 429, 429])
  })

  it('are kept as argon2id with the recommended cost, each with its own salt', async () => {
    const { rows } = await house.database.owner.query(`select password from core.accounts where user_id = any($1)`, [[sari, made]])
    for (const { password } of rows) expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(new Set(rows.map((r) => r.password)).size).toBe(2)
  })
})

describe('accounts', () => {
  it('says every problem of a new account at once, and never takes a name twice', async () => {
    const problems = (input: Parameters<typeof house.identity.createUser>[0]) =>
      house.identity.createUser(input).then(
        () => [],
        (error) => error.fields.map((f: { field: string; code: string }) => `${f.field} ${f.code}`),
      )
    expect(await problems({ name: ' ', username: 'a b', email: 'nope', password: 'pendek' })).toEqual([
      'name required',
      'username invalid_username',
      'email invalid_email',
      'password too_short',
    ])
    expect(await problems({ ...SARI, email: 'other@sukamaju.example', username: 'SARI' })).toEqual(['username taken'])
    expect(await problems({ ...SARI, username: 'sari2' })).toEqual(['email taken'])
    const standIn = { name: 'X', username: 'x.y.z', email: 'a@no-mail.invalid', password: 'jendela kayu jati' }
    expect(await problems(standIn)).toEqual(['email taken'])
  })

  it('can be made inside a transaction that is then given up', async () => {
    const client = await house.database.app.connect()
    await client.query('begin')
    const db = { query: async (text: string, params: readonly unknown[] = []) => client.query(text, [...params]) as never }
    await house.identity.createUser({ name: 'Nadia', username: 'nadia', password: 'jendela kayu jati' }, db)
    await client.query('rollback')
    client.release()
    expect(await house.identity.userByLogin('nadia')).toBeNull()
  })
})
