// Documents as people use them: a photo of an identity card becomes a document of a resident, gets versions, and is read by whoever may see the resident.
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleSecurity } from '#kernel/security-log/security-log.ts'
import { forgetTenant } from '#kernel/tenancy/tenants.ts'
import { ok, villageIn, type Village } from '#modules/registry/test-village.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { bring, docx, pdf, photo, read, typeNamed, upload } from './test-files.ts'

let world: World
let village: Village
let siti: Client
let budiman: { id: string }
const ofBudiman = (): { resource: string; id: string } => ({ resource: 'registry.citizens', id: budiman.id })

beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  siti = village.siti
  const { family } = await village.home('Krajan')
  budiman = await village.member(family, 'BUDIMAN', 'KEPALA_KELUARGA')
}, 120_000)
afterAll(() => world?.close())

const shown = async (client: Client, id: string): Promise<any[]> =>
  ok(await client.get(`/core/record-documents?resource=registry.citizens&resource_id=${id}`)).data

test('a village begins with the six types, and Merantian has its own', async () => {
  const names = ok(await siti.get('/core/document_types?limit=50')).data.map((t: { name: string }) => t.name)
  expect(names).toEqual(expect.arrayContaining(['KTP', 'KK', 'AKTA_LAHIR', 'IJAZAH', 'SERTIFIKAT', 'LAINNYA']))
  const made = await world.as('made')
  const theirs = await typeNamed(made, 'KTP')
  expect(await typeNamed(siti, 'KTP')).not.toBe(theirs)
})

test('a photo of a card becomes a document: drawn anew, upright, without the place it was taken', async () => {
  const taken = await photo()
  expect((await sharp(taken).metadata()).exif?.includes('Kamera Desa')).toBe(true)
  const { version_id } = ok(await bring(siti, ofBudiman(), 'ktp budiman.jpg', taken, { title: 'KTP Budiman' }))
  const response = await read(siti, version_id)
  expect(response.status).toBe(200)
  const kept = Buffer.from(await response.arrayBuffer())
  const facts = await sharp(kept).metadata()
  expect([facts.width, facts.height, facts.exif, facts.orientation]).toEqual([600, 800, undefined, undefined])
  expect(kept.includes('Kamera Desa')).toBe(false)
  expect(response.headers.get('content-disposition')).toBe(`inline; filename="ktp budiman.jpg"; filename*=UTF-8''ktp%20budiman.jpg`)
  expect(response.headers.get('content-security-policy')).toContain('sandbox')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const small = await siti.raw(`/core/document_versions/${version_id}/thumbnail`)
  expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).format).toBe('webp')
})

test('versions are numbered, one is the latest, and none ever changes', async () => {
  const { id, version_id: first } = ok(await bring(siti, ofBudiman(), 'ijazah.pdf', pdf(), { title: 'Ijazah' }))
  const { body: sent } = await upload(siti, 'ijazah-baru.pdf', pdf('', '% baru'))
  const { version_id: second } = ok(
    await siti.post(`/core/documents/${id}/revision`, { upload_id: sent.id, issue_date: '2020-01-01', expiry_date: '2030-01-01' }),
  )
  const versions = ok(await siti.get(`/core/document_versions?document_id=${id}&sort=number`)).data
  expect(versions.map((v: any) => [v.id, v.number, v.is_latest])).toEqual([
    [first, 1, false],
    [second, 2, true],
  ])
  expect(ok(await siti.get(`/core/documents/${id}`)).latest_version_id).toBe(second)
  expect(await (await read(siti, first)).text()).toBe(pdf().toString('latin1'))
  for (const change of [`sha256 = repeat('0', 64)`, `expiry_date = '2031-01-01'`, `file_name = 'lain.pdf'`, 'is_latest = true'])
    await expect(
      world.write('siti', 'sukamaju', (ctx) =>
        ctx.db.query(`update core.document_versions set ${change} where tenant_id = $1 and id = $2`, [ctx.tenant.id, first]),
      ),
    ).rejects.toMatchObject({ code: '42501' })
})

test('the same intent sent twice is one document, and one file', async () => {
  const count = async (): Promise<number> => {
    let n = 0
    for await (const _ of world.house.storage.list(await world.tenantId('sukamaju'))) n++
    return n
  }
  const before = await count()
  const bytes = pdf('', '% sekali')
  const [one, two] = [
    await upload(siti, 'sekali.pdf', bytes, '', { 'idempotency-key': 'unggah-1' }),
    await upload(siti, 'sekali.pdf', bytes, '', { 'idempotency-key': 'unggah-1' }),
  ]
  expect(two.body).toEqual(one.body)
  expect(await count()).toBe(before + 1)
  const other = await upload(siti, 'sekali.pdf', pdf('', '% lain'), '', { 'idempotency-key': 'unggah-1' })
  expect(other.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
  expect(await count()).toBe(before + 1)
  const claim = { upload_id: one.body.id, type_id: await typeNamed(siti, 'KK'), resource: 'registry.citizens', resource_id: budiman.id }
  ok(await siti.post('/core/documents/attachment', claim))
  expect((await siti.post('/core/documents/attachment', claim)).body.errors).toMatchObject([
    { field: 'upload_id', code: 'upload_not_found' },
  ])
})

test('nobody claims what another person uploaded, and nothing is linked to what does not exist', async () => {
  const { body: sent } = await upload(siti, 'surat.docx', docx())
  const claim = { upload_id: sent.id, type_id: await typeNamed(siti, 'LAINNYA'), resource: 'registry.citizens', resource_id: budiman.id }
  const andi = await world.as('andi')
  expect((await andi.post('/core/documents/attachment', claim)).body.errors).toMatchObject([{ code: 'upload_not_found' }])
  expect((await siti.post('/core/documents/attachment', { ...claim, resource_id: claim.type_id })).status).toBe(404)
  for (const resource of ['core.roles', 'registry.addresses', 'pg_catalog.pg_class'])
    expect((await siti.post('/core/documents/attachment', { ...claim, resource })).body).toMatchObject({
      status: 422,
      code: 'not_attachable',
    })
  expect((await shown(siti, budiman.id)).length).toBeGreaterThan(0)
  const made = await world.as('made')
  expect((await made.get(`/core/record-documents?resource=registry.citizens&resource_id=${budiman.id}`)).status).toBe(404)
})

test('a type says which files it takes, and cannot be deleted while it is used', async () => {
  const andi = await world.as('andi')
  const type = ok(
    await andi.post('/core/document_types', { name: 'IZIN_USAHA', category: 'PERIZINAN', mime_types: ['application/pdf'], max_bytes: 400 }),
    201,
  )
  expect((await upload(siti, 'izin.docx', docx(), `&type=${type.id}`)).body).toMatchObject({ status: 415, code: 'type_takes_others' })
  expect((await upload(siti, 'izin.pdf', pdf('', '%'.repeat(500)), `&type=${type.id}`)).body).toMatchObject({
    status: 413,
    code: 'too_large',
  })
  const { body: sent } = await upload(siti, 'izin.pdf', pdf('', '%'.repeat(500)))
  const claim = { upload_id: sent.id, type_id: type.id, resource: 'registry.citizens', resource_id: budiman.id }
  expect((await siti.post('/core/documents/attachment', claim)).body).toMatchObject({ status: 413 })
  const { body: small } = await upload(siti, 'izin.pdf', pdf(), `&type=${type.id}`)
  ok(await siti.post('/core/documents/attachment', { ...claim, upload_id: small.id }))
  const remove = await andi.delete(`/core/document_types/${type.id}`, undefined, { 'if-match': `"${type.version}"` })
  expect(remove.body).toMatchObject({ status: 422, errors: [{ message: expect.stringContaining('Masih ada dokumen') }] })
})

test('a link of a document can be taken away, but not its last', async () => {
  const { family } = await village.home('Sumber')
  const ayu = await village.member(family, 'AYU', 'KEPALA_KELUARGA')
  const { id } = ok(await bring(siti, ofBudiman(), 'kk.pdf', pdf(), { title: 'KK bersama' }))
  ok(await siti.post(`/core/documents/${id}/link`, { resource: 'registry.citizens', resource_id: ayu.id }))
  expect((await siti.post(`/core/documents/${id}/link`, { resource: 'registry.citizens', resource_id: ayu.id })).status).toBe(409)
  expect((await shown(siti, ayu.id)).map((d) => d.title)).toEqual(['KK bersama'])
  const [of, other] = ok(await siti.get(`/core/document_links?document_id=${id}`)).data
  expect((await siti.delete(`/core/document_links/${of.id}`, undefined, { 'if-match': '"1"' })).status).toBe(204)
  expect((await siti.delete(`/core/document_links/${other.id}`, undefined, { 'if-match': '"1"' })).body).toMatchObject({ status: 422 })
})

test('a link to the content ends with its time, its document, the membership, and the community', async () => {
  const rina = await world.as('rina', 'sukamaju')
  const { id, version_id } = ok(await bring(rina, ofBudiman(), 'akta.pdf', pdf(), { title: 'Akta' }))
  const link = async (): Promise<string> => ok(await rina.post(`/core/document_versions/${version_id}/content-link`, {})).url
  const nobody = world.anonymous()
  const url = await link()
  expect((await nobody.raw(url)).status).toBe(200)
  expect((await nobody.raw(`${url.slice(0, -2)}AA`)).status).toBe(404)
  expect((await nobody.raw(url.replace('sukamaju', 'merantian'))).status).toBe(404)
  const part = await nobody.raw(url, { headers: { range: 'bytes=5-7' } })
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '1.7', `bytes 5-7/${pdf().length}`])
  expect((await nobody.raw(url, { headers: { range: 'bytes=99999-' } })).status).toBe(416)
  const suspend = (to: string): Promise<unknown> =>
    world.house.database.owner.query(`update core.tenants set status = $1 where code = 'sukamaju'`, [to])
  await suspend('suspended')
  forgetTenant(world.house, null)
  expect((await nobody.raw(url)).status).toBe(404)
  await suspend('active')
  forgetTenant(world.house, null)
  expect((await nobody.raw(url)).status).toBe(200)
  expect(
    (await rina.delete(`/core/documents/${id}`, undefined, { 'if-match': `"${ok(await rina.get(`/core/documents/${id}`)).version}"` }))
      .status,
  ).toBe(204)
  expect((await nobody.raw(url)).status).toBe(404)
})

test('opening a personal document is noted, by whom and which, never what it says', async () => {
  const { id, version_id } = ok(await bring(siti, ofBudiman(), 'rahasia budiman.pdf', pdf(), { title: 'Catatan' }))
  await (await read(siti, version_id)).text()
  await settleSecurity(world.house)
  const { rows } = await world.read('andi', 'sukamaju', (ctx) =>
    ctx.db.query<{ actor_name: string; detail: unknown }>(
      `select actor_name, detail from core.security_events where tenant_id = $1 and kind = 'document_read' and detail ->> 'record' = $2`,
      [ctx.tenant.id, id],
    ),
  )
  expect(rows).toMatchObject([
    { actor_name: 'Siti Rahmawati', detail: { resource: 'core.documents', record: id, version: 1, what: 'content' } },
  ])
})
