// Joko heads one hamlet. A document of somebody who lives elsewhere is not there for him, whichever way he asks; one he may see tells of nobody else.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveJoko, ok, villageIn, type Village } from '#modules/registry/test-village.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { bring, pdf, photo, read } from './test-files.ts'

let world: World
let village: Village
let siti: Client
let joko: Client
let near: { id: string }
let far: { id: string }
let hidden: { id: string; version_id: string }
let open: { id: string; version_id: string }
let shared: { id: string; version_id: string }
const citizen = (id: string): { resource: string; id: string } => ({ resource: 'registry.citizens', id })

beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  siti = village.siti
  const [own, other] = [await village.home('Wetan'), await village.home('Kulon')]
  near = await village.member(own.family, 'TETANGGA', 'KEPALA_KELUARGA')
  far = await village.member(other.family, 'ORANG JAUH', 'KEPALA_KELUARGA')
  await giveJoko(world, own.hamlet.id)
  joko = await world.as('joko')
  hidden = ok(await bring(siti, citizen(far.id), 'kartu-kulon.jpg', await photo(), { title: 'Kartu Kulon' }))
  open = ok(await bring(siti, citizen(near.id), 'kartu-wetan.pdf', pdf(), { title: 'Kartu Wetan' }))
  shared = ok(await bring(siti, citizen(near.id), 'perjanjian.pdf', pdf(), { title: 'Perjanjian Wetan' }))
  ok(await siti.post(`/core/documents/${shared.id}/link`, { resource: 'registry.citizens', resource_id: far.id }))
  // What a machine read in the hidden one.
  await world.write('siti', 'sukamaju', (ctx) =>
    ctx.db.query('update core.document_versions set ocr_text = $3, ocr_text_bidx = $4 where tenant_id = $1 and id = $2', [
      ...[ctx.tenant.id, hidden.version_id, ctx.seal.seal('PAKIS TIMUR', 'core.document_versions.ocr_text')],
      ctx.seal.blindWords('PAKIS TIMUR', 'core.document_versions.ocr_text'),
    ]),
  )
}, 120_000)
afterAll(() => world?.close())

const titles = async (client: Client, query = ''): Promise<string[]> =>
  ok(await client.get(`/core/documents?limit=100${query}`)).data.map((d: { title: string }) => d.title)

test('Siti, who sees everybody, sees all three; Joko those of his hamlet; Made of Merantian none', async () => {
  expect((await titles(siti)).toSorted()).toEqual(['Kartu Kulon', 'Kartu Wetan', 'Perjanjian Wetan'])
  expect((await titles(joko)).toSorted()).toEqual(['Kartu Wetan', 'Perjanjian Wetan'])
  expect(await titles(await world.as('made'))).toEqual([])
  expect(ok(await joko.get('/core/documents?count=true')).page.total).toBe(2)
})

test('the hidden document is found by no path', async () => {
  const version = `/core/document_versions/${hidden.version_id}`
  for (const path of [
    `/core/documents/${hidden.id}`,
    `/core/documents/${hidden.id}/history`,
    version,
    `${version}/history`,
    `${version}/thumbnail`,
  ])
    expect((await joko.get(path)).status, path).toBe(404)
  expect((await joko.post(`${version}/content-link`, {})).status).toBe(404)
  expect((await joko.get(`/core/record-documents?resource=registry.citizens&resource_id=${far.id}`)).status).toBe(404)
  for (const path of [
    `/core/document_versions?document_id=${hidden.id}&count=true`,
    `/core/document_links?document_id=${hidden.id}&count=true`,
    `/core/document_links?resource_id=${far.id}&count=true`,
    '/core/documents?q=Kulon&count=true',
    '/core/documents?q=pakis&count=true',
    '/core/document_versions?q=pakis&count=true',
  ])
    expect(ok(await joko.get(path)), path).toMatchObject({ data: [], page: { total: 0 } })
  expect(ok(await joko.get('/search?q=Kulon')).data).toEqual([])
  expect(JSON.stringify((await joko.get('/core/audit_logs')).body)).not.toContain('Kulon')
  // The same questions find it for who may see it.
  expect(await titles(siti, '&q=pakis')).toEqual(['Kartu Kulon'])
  expect((await siti.get(`${version}/thumbnail`)).status).toBe(200)
})

test('a document of two people shows Joko only the one he knows', async () => {
  const links = ok(await joko.get(`/core/document_links?document_id=${shared.id}`)).data
  expect(links.map((l: any) => l.resource_id)).toEqual([near.id])
  expect(ok(await siti.get(`/core/document_links?document_id=${shared.id}`)).data).toHaveLength(2)
})

test('Joko reads what he sees, and may not bring, change or remove anything', async () => {
  expect(await (await read(joko, open.version_id)).text()).toBe(pdf().toString('latin1'))
  const { version } = ok(await joko.get(`/core/documents/${open.id}`))
  expect((await joko.delete(`/core/documents/${open.id}`, undefined, { 'if-match': `"${version}"` })).status).toBe(403)
  expect((await joko.raw('/core/uploads?name=a.pdf', { method: 'POST', body: 'x', headers: { cookie: joko.cookie } })).status).toBe(403)
})

test('a link made for Joko ends when he is given another hamlet', async () => {
  const { url } = ok(await joko.post(`/core/document_versions/${open.version_id}/content-link`, {}))
  expect((await world.anonymous().raw(url)).status).toBe(200)
  await giveJoko(world, (await village.home('Lor')).hamlet.id)
  expect((await world.anonymous().raw(url)).status).toBe(404)
  expect(await titles(joko)).toEqual([])
})

test('who brought a document keeps seeing it, though not the record it is about', async () => {
  const andi = await world.as('andi')
  const role = ok(await andi.get('/core/roles?q=&limit=100')).data.find((r: any) => r.name === 'Operator Kependudukan')
  const whole = ok(await andi.get(`/core/roles/${role.id}`))
  const limited = await andi.patch(
    `/core/roles/${role.id}`,
    { visibility: { 'registry.citizens': 'own_area', 'registry.families': 'own_area' } },
    { 'if-match': `"${whole.version}"` },
  )
  expect(limited.status, JSON.stringify(limited.body)).toBe(200)
  expect((await siti.get(`/registry/citizens/${far.id}`)).status).toBe(404)
  expect((await titles(siti)).toSorted()).toEqual(['Kartu Kulon', 'Kartu Wetan', 'Perjanjian Wetan'])
  expect(ok(await siti.get('/core/document_links?limit=100')).data).toEqual([])
  // Rina has the same role, and brought none of them.
  expect(await titles(await world.as('rina', 'sukamaju'))).toEqual([])
})
