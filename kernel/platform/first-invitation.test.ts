// Nobody types a password for somebody else: Wati is invited to administer her new village, and makes her own account.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type Client, type World } from '#test/world.ts'
import { addOperator } from './operators.ts'

const PASSWORD = 'Padi-Menguning-77'
let world: World
let tamu: Client
const at = (path: string): string => `/api/platform${path}`
const village = (code: string, administrator: object | null): object => ({
  code,
  name: `Desa ${code}`,
  kind: 'village',
  modules: ['library'],
  administrator,
})

beforeAll(async () => {
  world = await openWorld()
  await addOperator(world.house, (await world.house.identity.userByLogin('tamu'))!.id)
  tamu = await world.as('tamu')
})
afterAll(() => world?.close())

/** The token in the newest invitation that was sent to an address. */
async function linkSentTo(to: string): Promise<string> {
  const message = (await world.house.outbox.newest(50)).find((m) => m.to === to && m.purpose === 'invitation')
  const token = /\/app\/invitation#(\S+)/.exec(message?.text ?? '')?.[1]
  if (!token) throw new Error(`No invitation was sent to ${to}.`)
  return token
}
const accept = (token: string, username: string): ReturnType<Client['post']> =>
  world.anonymous().post('/api/invitation/acceptance', { token, name: 'Wati Cibaduk', username, password: PASSWORD })

test('Wati gets a link by mail, makes her own account with it, and administers Cibaduk', async () => {
  const made = await tamu.post(at('/communities'), village('cibaduk', { invite: { name: 'Wati Cibaduk', email: 'Wati@Desa.example' } }))
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  expect((await tamu.get(at('/communities/cibaduk'))).body).toMatchObject({ administrators: 0, invitation: { name: 'Wati Cibaduk' } })
  const token = await linkSentTo('wati@desa.example')
  expect((await world.anonymous().post('/api/invitation', { token })).body).toMatchObject({
    community: 'Desa cibaduk',
    role: 'Administrator',
    invited_by: 'Balai',
    name: 'Wati Cibaduk',
  })
  expect(await accept(token, 'wati')).toMatchObject({ status: 201, body: { tenant: 'cibaduk', username: 'wati' } })
  expect((await accept(token, 'wati2')).body.code).toBe('link_not_good')

  const signIn = await world.anonymous().post('/api/session', { login: 'wati', password: PASSWORD })
  const cookie = signIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const model = await world.anonymous().get('/api/cibaduk/model', undefined, { cookie })
  expect(model.body.me).toMatchObject({ name: 'Wati Cibaduk', role: 'Administrator' })
  expect((await tamu.get(at('/communities/cibaduk'))).body).toMatchObject({ administrators: 1, invitation: null })
})

test('into a village that somebody administers, an operator lets nobody in', async () => {
  const answer = await tamu.post(at('/communities/sukamaju/invitation'), { name: 'Tamu Sendiri', email: 'tamu@balai.example' })
  expect(answer).toMatchObject({ status: 409, body: { code: 'has_administrator' } })
  const andi = await world.as('andi')
  expect((await andi.post(at('/communities/sukamaju/invitation'), { name: 'Andi', email: 'a@desa.example' })).status).toBe(404)
})

test('made without anybody, it can be invited to later; a second invitation takes the place of the first', async () => {
  await tamu.post(at('/communities'), village('cipanas', null))
  expect((await tamu.get(at('/communities/cipanas'))).body).toMatchObject({ administrators: 0, invitation: null })
  expect(await tamu.post(at('/communities/cipanas/invitation'), { name: 'Salah Orang', phone: '0812 3456 7890' })).toMatchObject({
    status: 201,
    body: { administrators: 0, invitation: { name: 'Salah Orang' } },
  })
  const first = await linkSentTo('+6281234567890')
  expect((await tamu.post(at('/communities/cipanas/invitation'), { name: 'Dewi', email: 'dewi@desa.example' })).body.invitation.name).toBe(
    'Dewi',
  )
  expect((await accept(first, 'salah')).body.code).toBe('link_not_good')
  expect((await accept(await linkSentTo('dewi@desa.example'), 'dewi-cipanas')).status).toBe(201)
})

test('a wrong address is said at its field, and no village is left behind without anybody', async () => {
  for (const [invite, field] of [
    [{ name: 'Wati', email: 'bukan surel' }, 'administrator.invite.email'],
    [{ name: 'Wati', phone: '12' }, 'administrator.invite.phone'],
    [{ name: 'Wati' }, 'administrator.invite.email'],
    [{ name: 'Wati', email: 'wati@desa.example', phone: '081234567890' }, 'administrator.invite.phone'],
  ] as const) {
    const answer = await tamu.post(at('/communities'), village('gagal', { invite }))
    expect([answer.status, answer.body.errors?.[0]?.field], JSON.stringify(invite)).toEqual([422, field])
  }
  expect((await tamu.get(at('/communities/gagal'))).status).toBe(404)
})
