// Inviting people: Andi asks Tari to join by mail, she opens the link once. Who may invite whom, and when a link is worth nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PASSWORD } from '#test/places.ts'
import { openWorld, type Answer, type Client, type World } from '#test/world.ts'

let world: World
let andi: Client
const roles = new Map<string, string>()
beforeAll(async () => {
  world = await openWorld()
  andi = await world.as('andi')
  for (const role of (await andi.get('/core/roles?limit=100')).body.data) roles.set(role.name, role.id)
})
beforeEach(() => world.house.database.app.query('delete from core.rate_limits'))
afterAll(() => world?.close())

const newestTo = async (to: string): Promise<{ subject: string; text: string; channel: string }> => {
  const found = (await world.house.outbox.newest(200)).find((l) => l.to === to)
  if (!found) throw new Error(`No message to ${to}.`)
  return found as never
}
const tokenTo = async (to: string): Promise<string> => /#([A-Za-z0-9_-]{43})\b/.exec((await newestTo(to)).text)?.[1] ?? ''
const OPERATOR = 'Operator Kependudukan'
const invite = (by: Client, change: Record<string, unknown> = {}): Promise<Answer> =>
  by.post('/core/invitations/invitation', {
    name: 'Tari Anggraini',
    email: 'tari@sukamaju.desa.id',
    phone: null,
    role_id: roles.get(OPERATOR),
    ...change,
  })
const open = (token: string): Promise<Answer> => world.anonymous().post('/api/invitation', { token })
const account = { name: 'Tari Anggraini', username: 'tari', password: 'lumbung-padi-desa' }
const accept = (token: string, by: Record<string, unknown> = account): Promise<Answer> =>
  world.anonymous().post('/api/invitation/acceptance', { token, ...by })
const version = async (path: string, by = andi): Promise<Record<string, string>> => ({
  'if-match': `"${(await by.get(path)).body.version}"`,
})

test('Andi invites Tari by mail; she sees who asks her to what, makes her account, signs in, and works; a second use is refused', async () => {
  const made = await invite(andi)
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  const message = await newestTo('tari@sukamaju.desa.id')
  expect(message).toMatchObject({ subject: 'Undangan dari Desa Sukamaju', channel: 'mail' })
  const token = await tokenTo('tari@sukamaju.desa.id')
  expect((await open(token)).body).toEqual({
    community: 'Desa Sukamaju',
    role: OPERATOR,
    invited_by: 'Andi Saputra',
    name: 'Tari Anggraini',
    expires_at: expect.any(String),
  })
  expect(await accept(token, { ...account, password: 'tari' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'password', code: 'too_short' }] },
  })
  expect(await accept(token, { ...account, username: 'siti' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'username', code: 'taken' }] },
  })
  expect(await accept(token)).toMatchObject({ status: 201, body: { tenant: 'sukamaju', username: 'tari' } })
  const signIn = await world.anonymous().post('/api/session', { login: 'tari', password: account.password })
  expect(signIn.status).toBe(200)
  const cookie = signIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  expect((await world.anonymous().get('/registry/citizens', undefined, { cookie })).status).toBe(200)
  expect((await world.anonymous().get('/api/me/email', undefined, { cookie })).body).toMatchObject({
    email: 'tari@sukamaju.desa.id',
    verified: true,
  })
  expect((await andi.get('/notifications')).body.data, 'Andi hears that she came').toMatchObject([
    { kind: 'core.invitation_accepted', title: 'Tari Anggraini sudah bergabung', to: 'settings/members' },
  ])
  for (const again of [await open(token), await accept(token, { ...account, username: 'tari2' })])
    expect(again).toMatchObject({ status: 410, body: { code: 'link_not_good' } })
  const row = (await andi.get(`/core/invitations/${made.body.id}`)).body
  expect(row).toMatchObject({ status: 'accepted', membership_id: expect.any(String), titles: { membership_id: 'Tari Anggraini' } })
  expect(row.contact, 'masked').not.toContain('sukamaju')
  expect(await invite(andi, { name: 'Tari lagi' })).toMatchObject({ status: 409, body: { code: 'already_member' } })
})

test('of two who open the link at the same moment, one becomes a member', async () => {
  await invite(andi, { email: 'berdua@desa.id' })
  const token = await tokenTo('berdua@desa.id')
  const both = await Promise.all([accept(token, { ...account, username: 'satu' }), accept(token, { ...account, username: 'dua' })])
  expect(both.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([201, 410])
})

test('somebody with an account joins with it; somebody whose address has one is told to sign in', async () => {
  await invite(andi, { name: 'Made', email: 'made@merantian.desa.id' })
  const token = await tokenTo('made@merantian.desa.id')
  await world.house.database.app.query(`update core.users set email = 'made@merantian.desa.id' where username = 'made'`)
  expect(await accept(token, { ...account, username: 'made2' })).toMatchObject({ status: 409, body: { code: 'account_exists' } })
  expect((await accept(token, { join: true })).status).toBe(401)
  const made = await world.as('made')
  expect(await made.post('/api/invitation/acceptance', { token, join: true })).toMatchObject({ status: 201, body: { tenant: 'sukamaju' } })
  expect((await made.get('/api/me')).body.tenants.map((t: { code: string }) => t.code).toSorted()).toEqual(['merantian', 'sukamaju'])
  await invite(andi, { email: 'siti-lain@desa.id' })
  const siti = await world.as('siti')
  expect(await siti.post('/api/invitation/acceptance', { token: await tokenTo('siti-lain@desa.id'), join: true })).toMatchObject({
    status: 409,
    body: { code: 'already_member' },
  })
})

test('an invitation by SMS proves the phone', async () => {
  await invite(andi, { name: 'Joko Susilo', email: null, phone: '0812-3456-7890' })
  const message = await newestTo('+6281234567890')
  expect(message.channel).toBe('sms')
  expect(message.text).toMatch(/^Andi Saputra mengundang Anda ke Desa Sukamaju di Balai: http\S+#\S+$/)
  expect((await accept(await tokenTo('+6281234567890'), { ...account, username: 'susilo' })).status).toBe(201)
  const { rows } = await world.house.database.app.query(`select phone, phone_verified from core.users where username = 'susilo'`)
  expect(rows).toEqual([{ phone: '+6281234567890', phone_verified: true }])
})

describe('a link is worth nothing', () => {
  test('when it was sent again (only the newest counts), withdrawn, or a week old', async () => {
    const { id } = (await invite(andi, { email: 'tunda@desa.id' })).body
    const first = await tokenTo('tunda@desa.id')
    expect((await andi.post(`/core/invitations/${id}/reminder`, {})).status).toBe(200)
    const second = await tokenTo('tunda@desa.id')
    expect(second).not.toBe(first)
    expect([(await open(first)).status, (await open(second)).status]).toEqual([410, 200])
    expect((await andi.post(`/core/invitations/${id}/withdrawal`, {})).body).toMatchObject({ status: 'withdrawn' })
    expect([(await open(second)).status, (await accept(second)).status]).toEqual([410, 410])
    for (const noun of ['reminder', 'withdrawal']) expect((await andi.post(`/core/invitations/${id}/${noun}`, {})).status).toBe(409)
    await invite(andi, { email: 'lama@desa.id' })
    const old = await tokenTo('lama@desa.id')
    await world.house.database.app.query(
      `update core.verifications set expires_at = expires_at - interval '7 days' where identifier like 'invitation:%'`,
    )
    expect([(await open(old)).status, (await accept(old)).status]).toEqual([410, 410])
  })

  test('when whoever sent it may no longer give that role, or left', async () => {
    const helper = await andi.post('/core/roles', {
      name: 'Pengundang',
      permissions: ['core.invitations:*', 'core.roles:read', 'core.memberships:read', 'library.*:*'],
      visibility: {},
    })
    const made = await andi.post('/core/memberships/account', {
      name: 'Wayan',
      username: 'wayan',
      email: null,
      password: PASSWORD,
      role_id: helper.body.id,
    })
    const signIn = await world.anonymous().post('/api/session', { login: 'wayan', password: PASSWORD })
    const cookie = signIn.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    const nobody = world.anonymous()
    const wayan = { ...nobody, post: (path: string, body?: unknown) => nobody.post(path, body, { cookie }) } as Client
    expect(await invite(wayan, { email: 'naik@desa.id', role_id: roles.get('Administrator') })).toMatchObject({
      status: 403,
      body: { code: 'grants_too_much' },
    })
    expect(await invite(wayan, { email: 'naik@desa.id' }), 'a registrar may more than Wayan').toMatchObject({
      status: 403,
      body: { code: 'grants_too_much' },
    })
    expect((await invite(wayan, { email: 'baca@desa.id', role_id: roles.get('Pustakawan') })).status).toBe(200)
    const token = await tokenTo('baca@desa.id')
    expect((await open(token)).body.invited_by).toBe('Wayan')
    const path = `/core/roles/${roles.get('Pustakawan')}`
    const before = (await andi.get(path)).body.permissions
    expect((await andi.patch(path, { permissions: [...before, 'registry.citizens:read'] }, await version(path))).status).toBe(200)
    expect((await accept(token)).status, 'the role has grown since').toBe(410)
    await andi.patch(path, { permissions: before }, await version(path))
    expect((await open(token)).status).toBe(200)
    await world.house.database.owner.query(`update core.memberships set status = 'inactive' where id = $1`, [made.body.id])
    await andi.patch(path, { permissions: before }, await version(path))
    expect((await accept(token)).status, 'Wayan was put out').toBe(410)
  })

  test('nor is it good for another invitation, and what the table knows opens nothing', async () => {
    await invite(andi, { email: 'kunci@desa.id' })
    const { rows } = await world.house.database.app.query<{ id: string; identifier: string }>(
      `select id, identifier from core.verifications where identifier like 'invitation:%'`,
    )
    for (const { id, identifier } of rows)
      for (const guess of [id, identifier.slice(0, 43)]) expect([410, 422]).toContain((await open(guess)).status)
  })
})

describe('who and whom', () => {
  test('only who may; not twice while one waits; and one way to reach them', async () => {
    for (const person of ['siti', 'joko', 'dewi'] as const)
      expect([403, 404], person).toContain((await invite(await world.as(person))).status)
    expect((await invite(andi, { email: 'dua@desa.id' })).status).toBe(200)
    expect(await invite(andi, { email: 'DUA@desa.id' })).toMatchObject({ status: 409, body: { code: 'already_used' } })
    expect(await invite(andi, { email: null })).toMatchObject({ status: 422, body: { errors: [{ field: 'email' }] } })
    expect(await invite(andi, { email: 'a@b.id', phone: '081234567891' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'phone' }] },
    })
    expect(await invite(andi, { email: null, phone: '02112345678' }), 'a house phone reads no SMS').toMatchObject({
      status: 422,
      body: { errors: [{ field: 'phone' }] },
    })
    expect(await invite(andi, { email: 'a@b.id', role_id: '01900000-0000-7000-8000-000000000000' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'role_id' }] },
    })
  })

  test('a role of another village is not one, and nothing of an invitation shows there', async () => {
    const made = await world.as('made', 'merantian')
    const { id } = (await invite(andi, { email: 'rahasia@desa.id' })).body
    expect((await made.get(`/core/invitations/${id}`)).status).toBe(404)
    expect((await made.post(`/core/invitations/${id}/withdrawal`, {})).status).toBe(404)
    expect(JSON.stringify((await made.get('/core/invitations')).body)).not.toContain(id)
    expect((await invite(made, { email: 'x@desa.id' })).status).toBe(422)
  })
})
