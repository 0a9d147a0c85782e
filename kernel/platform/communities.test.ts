// Tamu runs the installation: makes communities, closes and opens them, switches modules, gives plans; and sees nothing of what is in them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type Client, type World } from '#test/world.ts'
import { PASSWORD } from '#test/places.ts'
import { addOperator } from './operators.ts'

let world: World
let tamu: Client
const at = (path: string): string => `/api/platform${path}`

beforeAll(async () => {
  world = await openWorld()
  const user = await world.house.identity.userByLogin('tamu')
  await addOperator(world.house, user!.id)
  tamu = await world.as('tamu')
})
afterAll(() => world?.close())

const newVillage = (code: string, more: object = {}): object => ({
  code,
  name: `Desa ${code}`,
  kind: 'village',
  modules: ['registry'],
  ...more,
})
const signIn = async (login: string, password: string, place: string): Promise<Client['get']> => {
  const answer = await world.anonymous().post('/api/session', { login, password })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  const cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  return (path, body, headers) => world.anonymous().get(`/api/${place}${path}`, body, { cookie, ...headers })
}

describe('who may', () => {
  test('an operator sees the communities; an administrator of a village does not even learn that there is such a page', async () => {
    const { status, body } = await tamu.get(at('/communities'))
    expect(status).toBe(200)
    expect(body.data.map((c: { code: string }) => c.code)).toEqual(['sukamaju', 'merantian'])
    expect((await tamu.get(at(''))).body.modules.map((m: { name: string }) => m.name)).toContain('registry')
    const andi = await world.as('andi')
    const nowhere = await andi.get('/api/nowhere/communities')
    for (const path of ['', '/communities', '/communities/sukamaju', '/plans', '/deletions', '/jobs/x']) {
      const refused = await andi.get(at(path))
      expect([refused.status, refused.body.code, refused.body.detail], path).toEqual([404, 'not_found', nowhere.body.detail])
      expect((await world.anonymous().get(at(path))).status, path).toBe(401)
    }
    expect((await andi.post(at('/communities'), newVillage('punya-andi'))).status).toBe(404)
    expect((await andi.post(at('/communities/sukamaju/suspension'), {})).status).toBe(404)
  })

  test('an operator is no member: nothing inside a community opens for that', async () => {
    for (const path of ['/model', '/registry/citizens', '/core/memberships', '/core/audit_logs', '/jobs', '/home', '/search?q=siti']) {
      const { status } = await tamu.get(`/api/sukamaju${path}`)
      expect(status, path).toBe(404)
    }
    expect((await tamu.post('/api/sukamaju/registry/citizens', {})).status).toBe(404)
  })

  test('from another site nothing is done in an operator’s name', async () => {
    expect((await tamu.post(at('/communities'), newVillage('dari-luar'), { origin: 'https://evil.example' })).body.code).toBe(
      'cross_origin',
    )
  })
})

describe('making a community', () => {
  test('Tamu makes Desa Cibaduk with its first administrator, who signs in and manages it', async () => {
    const made = await tamu.post(at('/communities'), {
      ...newVillage('cibaduk'),
      time_zone: 'Asia/Makassar',
      administrator: { name: 'Wati Cibaduk', username: 'wati', password: 'Padi-Menguning-77' },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.headers.get('location')).toBe('/api/platform/communities/cibaduk')
    const get = await signIn('wati', 'Padi-Menguning-77', 'cibaduk')
    const model = await get('/model')
    expect(model.body.me).toMatchObject({ role: 'Administrator' })
    expect(model.body.tenant).toMatchObject({ name: 'Desa cibaduk', time_zone: 'Asia/Makassar' })
    expect((await get('/core/roles')).body.data.map((r: { name: string }) => r.name)).toContain('Operator Kependudukan')
  })

  test('somebody who has an account becomes the administrator of a second community', async () => {
    expect((await tamu.post(at('/communities'), newVillage('cipanas', { administrator: { login: 'made' } }))).status).toBe(201)
    expect((await (await world.as('made')).get('/api/cipanas/model')).body.me.role).toBe('Administrator')
  })

  test('what is wrong is said at its field, and nothing half is left behind', async () => {
    const tries: [object, number, string][] = [
      [newVillage('sukamaju'), 409, 'tenant_code_used'],
      [newVillage('platform'), 422, 'invalid_tenant_code'],
      [newVillage('Desa Besar'), 422, 'invalid_tenant_code'],
      [newVillage('tanpa', { modules: ['sihir'] }), 422, 'unknown_module'],
      [newVillage('tanpa', { time_zone: 'Mars/Base' }), 422, 'invalid_input'],
      [newVillage('tanpa', { kind: 'kerajaan' }), 422, 'invalid_input'],
      [newVillage('tanpa', { name: 'Desa\u0000' }), 422, 'invalid_input'],
      [newVillage('tanpa', { administrator: { login: 'tidak-ada' } }), 422, 'invalid_input'],
      [newVillage('tanpa', { administrator: { name: 'X', username: 'siti', password: 'Padi-Menguning-77' } }), 422, 'invalid_input'],
      [newVillage('tanpa', { administrator: { name: 'Xi', username: 'xixi', password: 'pendek' } }), 422, 'invalid_input'],
      [newVillage('tanpa', { surprise: true }), 422, 'invalid_input'],
    ]
    for (const [body, status, code] of tries) {
      const answer = await tamu.post(at('/communities'), body)
      expect([answer.status, answer.body.code], JSON.stringify(body)).toEqual([status, code])
    }
    expect((await tamu.get(at('/communities/tanpa'))).status).toBe(404)
    const { rows } = await world.house.database.owner.query(`select 1 from core.users where username = 'xixi'`)
    expect(rows).toEqual([])
    const bad = await tamu.post(
      at('/communities'),
      newVillage('tanpa', { administrator: { name: 'X', username: 'siti', password: 'Padi-Menguning-77' } }),
    )
    expect(bad.body.errors).toMatchObject([{ field: 'administrator.username', code: 'taken' }])
  })

  test('the list is searched, filtered and turned page by page', async () => {
    expect((await tamu.get(at('/communities?q=cib'))).body.data).toHaveLength(1)
    expect((await tamu.get(at('/communities?q=%25'))).body.data).toEqual([])
    const all = (await tamu.get(at('/communities'))).body
    const seen: string[] = []
    for (let after = ''; ; ) {
      const page = (await tamu.get(at(`/communities?limit=1${after && `&after=${after}`}`))).body
      seen.push(...page.data.map((c: { code: string }) => c.code))
      if (!page.page.next) break
      after = page.page.next
    }
    expect(seen).toEqual(all.data.map((c: { code: string }) => c.code))
    expect(seen.length).toBe(all.page.total)
    expect((await tamu.get(at('/communities?status=zzz'))).status).toBe(422)
  })

  test('facts are changed, and the community sees it at once', async () => {
    expect((await tamu.patch(at('/communities/cipanas'), { name: 'Desa Cipanas Baru', locale: 'en' })).body).toMatchObject({
      name: 'Desa Cipanas Baru',
    })
    expect((await (await world.as('made')).get('/api/cipanas/model')).body.tenant.name).toBe('Desa Cipanas Baru')
    expect((await tamu.patch(at('/communities/cipanas'), { code: 'lain' })).status).toBe(422)
  })
})

describe('suspending', () => {
  test('a suspended village tells its members so on every route, strangers nothing, and comes back as it was', async () => {
    const siti = await world.as('siti')
    expect((await siti.get('/registry/citizens')).status).toBe(200)
    expect((await tamu.post(at('/communities/sukamaju/suspension'), { reason: 'Tagihan belum dibayar' })).body.status).toBe('suspended')
    for (const path of ['/registry/citizens', '/model', '/home', '/jobs', '/jobs/events', '/imports', '/core/roles']) {
      const { status, body } = await siti.get(path)
      expect([status, body.code], path).toEqual([403, 'community_suspended'])
      expect(body.detail).toContain('ditangguhkan')
    }
    expect((await siti.post('/registry/citizens', {})).body.code).toBe('community_suspended')
    expect((await (await world.as('made')).get('/api/sukamaju/registry/citizens')).status).toBe(404)
    expect((await tamu.post(at('/communities/sukamaju/suspension'), {})).body.code).toBe('wrong_status')
    expect((await tamu.post(at('/communities/sukamaju/restoration'))).body.status).toBe('active')
    expect((await siti.get('/registry/citizens')).status).toBe(200)
  })

  test('work that waits in a suspended village is taken up when it opens again', async () => {
    const budi = await world.as('budi')
    const form = new FormData()
    form.set('file', new File(['Kode\nTUNGGU-1\n'], 'rak.csv'))
    form.set('importer', 'library.shelves')
    const id = (await budi.post('/imports', form)).body.id as string
    expect((await budi.post(`/imports/${id}/check`)).status).toBe(202)
    await tamu.post(at('/communities/sukamaju/suspension'), {})
    await world.house.jobs.drain()
    await tamu.post(at('/communities/sukamaju/restoration'))
    expect((await budi.get(`/imports/${id}`)).body.status).toBe('checking')
    await world.house.jobs.drain()
    expect((await budi.get(`/imports/${id}`)).body).toMatchObject({ status: 'checked', counts: { new: 1 } })
  })
})

describe('modules', () => {
  const visible = async (client: Client): Promise<string[]> =>
    (await client.get('/model')).body.modules.map((m: { name: string }) => m.name)

  test('a module that is off is gone from routes, menus, search, imports, permissions and views; its data stays', async () => {
    const andi = await world.as('andi')
    expect((await andi.post('/library/shelves', { code: 'TETAP' })).status).toBe(201)
    expect((await tamu.put(at('/communities/sukamaju/modules/library'), { on: false })).body.modules).not.toContain('library')
    expect(await visible(andi)).not.toContain('library')
    for (const path of ['/library/shelves', '/library/shelves/export?format=csv', '/library/shelves/options', '/library/books'])
      expect((await andi.get(path)).status, path).toBe(404)
    expect((await andi.post('/library/shelves', { code: 'BARU' })).status).toBe(404)
    expect((await andi.post('/library/shelves/batch', { action: 'delete', items: [] })).status).toBe(404)
    expect((await andi.get('/importers')).body.data.filter((i: { name: string }) => i.name.startsWith('library'))).toEqual([])
    expect((await andi.get('/permissions')).body.data.filter((p: string) => p.startsWith('library'))).toEqual([])
    expect((await andi.get('/model')).body.me.permissions.filter((p: string) => p.startsWith('library'))).toEqual([])
    expect((await andi.get('/search?q=TETAP')).body.data).toEqual([])
    const form = new FormData()
    form.set('file', new File(['Kode\nX-1\n'], 'rak.csv'))
    form.set('importer', 'library.shelves')
    expect((await andi.post('/imports', form)).status).toBe(403)
    expect((await (await world.as('made')).get('/library/shelves')).status).toBe(200)
    await tamu.put(at('/communities/sukamaju/modules/library'), { on: true })
    expect((await andi.get('/library/shelves?q=TETAP')).body.data).toHaveLength(1)
  })

  test('an import begun before its module was switched off writes nothing', async () => {
    const andi = await world.as('andi')
    const form = new FormData()
    form.set('file', new File(['Kode\nNANTI-1\n'], 'rak.csv'))
    form.set('importer', 'library.shelves')
    const id = (await andi.post('/imports', form)).body.id as string
    await andi.post(`/imports/${id}/check`)
    await tamu.put(at('/communities/sukamaju/modules/library'), { on: false })
    await world.house.jobs.drain()
    const { rows } = await world.house.database.owner.query(`select count(*)::int as n from library.shelves where code = 'NANTI-1'`)
    expect(rows).toEqual([{ n: 0 }])
    await tamu.put(at('/communities/sukamaju/modules/library'), { on: true })
    expect((await andi.get(`/imports/${id}`)).body).toMatchObject({ status: 'failed', error: { code: 'forbidden' } })
  })

  test('a module that is not there cannot be switched', async () => {
    expect((await tamu.put(at('/communities/sukamaju/modules/core'), { on: false })).body.code).toBe('unknown_module')
    expect((await tamu.put(at('/communities/sukamaju/modules/sihir'), { on: true })).body.code).toBe('unknown_module')
    expect((await tamu.put(at('/communities/sukamaju/modules/library'), { on: 'ya' })).status).toBe(422)
  })
})

test('a grave act asks for the password again, refuses a wrong one, and the answer holds for this session only', async () => {
  const asked = await tamu.post(at('/communities/cipanas/deletion'), { code: 'cipanas' })
  expect([asked.status, asked.body.code]).toEqual([403, 'confirmation_needed'])
  expect((await tamu.post(at('/confirmation'), { password: 'salah' })).body.errors).toMatchObject([
    { field: 'password', code: 'wrong_password' },
  ])
  expect((await tamu.post(at('/confirmation'), { password: PASSWORD })).status).toBe(200)
  expect((await tamu.post(at('/communities/cipanas/deletion'), { code: 'cipana' })).body.errors).toMatchObject([
    { field: 'code', code: 'not_the_code' },
  ])
  const elsewhere = await world.anonymous().post('/api/session', { login: 'tamu', password: PASSWORD })
  const cookie = elsewhere.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  expect((await world.anonymous().post(at('/communities/cipanas/deletion'), { code: 'cipanas' }, { cookie })).body.code).toBe(
    'confirmation_needed',
  )
  await world.house.database.owner.query(`update core.operator_confirmations set confirmed_at = now() - interval '11 minutes'`)
  expect((await tamu.post(at('/communities/cipanas/deletion'), { code: 'cipanas' })).body.code).toBe('confirmation_needed')
})
