// A year in Sukamaju's register, as Siti the registrar lives it: who is born, who dies, who moves, and what the register then says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, openWorld, type World } from '#test/world.ts'
import { cardNumber, ok, person, type Village, villageIn } from './test-village.ts'

let world: World
let siti: Client
let village: Village
beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  siti = village.siti
})
afterAll(() => world?.close())

const make: Village['make'] = (what, values) => village.make(what, values)
const get: Village['get'] = (what, id) => village.get(what, id)
const act: Village['act'] = (what, id, noun, input) => village.act(what, id, noun, input)
const home: Village['home'] = (hamlet) => village.home(hamlet)
const member: Village['member'] = (family, name, as, more) => village.member(family, name, as, more)

describe('the tree of areas', () => {
  test('an RT hangs on an RW or a hamlet and knows its full name', async () => {
    const wulu = await make('areas', { kind: 'hamlet', code: 'WULU' })
    const rw = await make('areas', { kind: 'rw', code: '002', parent_id: wulu.id })
    const rt = await make('areas', { kind: 'rt', code: '003', parent_id: rw.id })
    expect(rt).toMatchObject({ name: 'RT 003 / RW 002 WULU', path: 'WULU/00002/00003', hamlet_id: wulu.id, rw_id: rw.id })
    expect(await siti.post('/registry/areas', { kind: 'rt', code: '003', parent_id: rw.id })).toMatchObject({ status: 409 })
    expect(await siti.post('/registry/areas', { kind: 'hamlet', code: 'WULU' })).toMatchObject({ status: 409 })
    const wrong = await siti.post('/registry/areas', { kind: 'rw', code: '009', parent_id: rt.id })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'parent_id' }] } })
    expect(await siti.post('/registry/areas', { kind: 'rt', code: 'A', parent_id: rw.id })).toMatchObject({ status: 422 })
  })

  test('a renamed hamlet is renamed everywhere, and one that is lived in cannot be deleted', async () => {
    const { hamlet, rt, address } = await home('LAMA')
    ok(await siti.patch(`/registry/areas/${hamlet.id}`, { code: 'BARU' }, { 'if-match': '"1"' }))
    expect(await get('areas', rt.id)).toMatchObject({ name: 'RT 001 BARU' })
    expect(await get('addresses', address.id)).toMatchObject({ hamlet: 'BARU', rt: '001', rw: null })
    const refused = await siti.delete(`/registry/areas/${rt.id}`, undefined, { 'if-match': `"${(await get('areas', rt.id)).version}"` })
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } })
  })
})

describe('a family and its members', () => {
  test('has one head, whose name the family carries', async () => {
    const { family, rt, address } = await home('KEPALA')
    const budi = await member(family, 'Budi Hartono', 'KEPALA_KELUARGA', { nik: '9902041705800001' })
    expect(budi).toMatchObject({
      is_head_of_family: true,
      nik: '9902••••••••0001',
      nik_status: 'PERMANENT',
      status: 'ALIVE',
      area_id: rt.id,
      address_id: address.id,
    })
    const second = await siti.post('/registry/citizens', person('Bowo', { family_id: family.id, family_relationship: 'KEPALA_KELUARGA' }))
    expect(second).toMatchObject({ status: 409, body: { errors: [{ field: 'family_id' }] } })
    expect(await get('families', family.id)).toMatchObject({ head_name: 'Budi Hartono', needs_head: false })
    expect(budi.titles.family_id).toMatch(/^9902•+\d{4} Budi Hartono$/)
  })

  test('a NIK belongs to one living resident', async () => {
    await make('citizens', person('Rahmat', { nik: '9902041705800002' }))
    const again = await siti.post('/registry/citizens', person('Rohmat', { nik: '9902041705800002' }))
    expect(again).toMatchObject({ status: 409, body: { errors: [{ field: 'nik', message: 'NIK ini sudah dipakai warga lain.' }] } })
    const short = await siti.post('/registry/citizens', person('Pendek', { nik: '990204170580000' }))
    expect(short.body.errors[0]).toMatchObject({ field: 'nik', message: expect.stringContaining('16 angka') })
    expect(short.body.errors[0].message).toContain('15')
  })

  test('moves house together', async () => {
    const { family } = await home('ASAL')
    const { address, rt } = await home('TUJUAN')
    const wife = await member(family, 'Sulastri', 'ISTRI', { gender: 'P' })
    expect((await get('families', family.id)).needs_head).toBe(true)
    ok(await act('families', family.id, 'move', { address_id: address.id }))
    expect(await get('citizens', wife.id)).toMatchObject({ address_id: address.id, area_id: rt.id })
    const nowhere = await act('families', family.id, 'move', {})
    expect(nowhere).toMatchObject({ status: 422, body: { errors: [{ field: 'address_id' }] } })
  })

  test('gets a new head, and the old one a new place', async () => {
    const { family } = await home('GANTI')
    const husband = await member(family, 'Karyo', 'KEPALA_KELUARGA')
    const wife = await member(family, 'Karyati', 'ISTRI', { gender: 'P' })
    ok(await act('families', family.id, 'head', { head_id: wife.id }))
    expect(await get('citizens', husband.id)).toMatchObject({ family_relationship: 'SUAMI', is_head_of_family: false })
    expect(await get('families', family.id)).toMatchObject({ head_name: 'Karyati' })
    expect(await act('families', family.id, 'head', { head_id: wife.id })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'already_head' }] },
    })
  })

  test('splits: the married son takes wife and child to a card of their own', async () => {
    const { family } = await home('PECAH')
    await member(family, 'Mbah Wiro', 'KEPALA_KELUARGA', { birth_date: '1950-01-02' })
    const son = await member(family, 'Joko Wiro', 'ANAK')
    const wife = await member(family, 'Ratna', 'MENANTU', { gender: 'P' })
    const child = await member(family, 'Adi', 'CUCU', { birth_date: '2015-06-01' })
    const leaving = { family_number: cardNumber(), head_id: son.id, members: [wife.id, child.id] }
    const split = ok(await act('families', family.id, 'split', leaving))
    const card = ok(await siti.get(`/registry/family-card?family_id=${split.id}`))
    expect(card.members.map((m: any) => [m.name, m.family_relationship])).toEqual([
      ['Joko Wiro', 'KEPALA_KELUARGA'],
      ['Ratna', 'ISTRI'],
      ['Adi', 'ANAK'],
    ])
    expect(card).toMatchObject({ split_from_id: family.id, head_name: 'Joko Wiro' })
    const rest = await act('families', family.id, 'split', { family_number: cardNumber(), head_id: (await get('citizens', son.id)).id })
    expect(rest).toMatchObject({ status: 422, body: { errors: [{ field: 'head_id', code: 'not_a_member' }] } })
  })

  test('a member moves to another family; a head does not leave the others behind', async () => {
    const { family: from } = await home('DARI')
    const { family: to, address } = await home('KE')
    const head = await member(from, 'Pak Dari', 'KEPALA_KELUARGA')
    const niece = await member(from, 'Keponakan', 'FAMILI_LAIN', { gender: 'P' })
    await member(to, 'Bu Ke', 'KEPALA_KELUARGA', { gender: 'P' })
    expect(await act('citizens', head.id, 'family', { family_id: to.id, family_relationship: 'FAMILI_LAIN' })).toMatchObject({
      status: 409,
      body: { code: 'head_leaves' },
    })
    const two = await act('citizens', niece.id, 'family', { family_id: to.id, family_relationship: 'KEPALA_KELUARGA' })
    expect(two).toMatchObject({ status: 422, body: { errors: [{ code: 'second_head' }] } })
    const moved = ok(await act('citizens', niece.id, 'family', { family_id: to.id, family_relationship: 'FAMILI_LAIN' }))
    expect(moved).toMatchObject({ family_id: to.id, address_id: address.id })
    ok(await act('families', to.id, 'removal', { citizen_id: niece.id }))
    expect(await get('citizens', niece.id)).toMatchObject({ family_id: null, family_relationship: null })
    ok(await act('families', from.id, 'member', { citizen_id: niece.id, family_relationship: 'FAMILI_LAIN' }))
    const full = await siti.delete(`/registry/families/${from.id}`, undefined, {
      'if-match': `"${(await get('families', from.id)).version}"`,
    })
    expect(full.status).toBe(422)
  })
})

describe('what happens to people', () => {
  const events = async (id: string): Promise<string[]> =>
    ok(await siti.get(`/registry/population_events?citizen_id=${id}&sort=created_at`)).data.map((e: any) => e.kind)

  test('a child is born, its grandfather dies, and the death is undone because it was another', async () => {
    const { family } = await home('HIDUP')
    const grandfather = await member(family, 'Mbah Noto', 'KEPALA_KELUARGA', { birth_date: '1948-03-04', nik: '9902040403480001' })
    const mother = await member(family, 'Ningsih', 'ANAK', { gender: 'P', nik: '9902045705800009' })
    const born = ok(
      await act('families', family.id, 'birth', {
        name: 'Bayu',
        gender: 'L',
        birth_place: 'Sukamaju',
        birth_date: '2026-02-03',
        mother_id: mother.id,
        family_relationship: 'CUCU',
      }),
    )
    expect(await get('citizens', born.id)).toMatchObject({
      name: 'Bayu',
      mother_name: 'Ningsih',
      mother_nik: '9902••••••••0009',
      religion: 'ISLAM',
      status: 'ALIVE',
    })
    expect(await events(born.id)).toEqual(['BIRTH'])

    expect(await siti.patch(`/registry/citizens/${grandfather.id}`, { status: 'DECEASED' }, { 'if-match': '"1"' })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'readonly_field' }] },
    })
    const early = await act('citizens', grandfather.id, 'death', { occurred_on: '1940-01-01' })
    expect(early).toMatchObject({ status: 422, body: { errors: [{ field: 'occurred_on', code: 'before_birth' }] } })
    const died = ok(await act('citizens', grandfather.id, 'death', { occurred_on: '2026-03-01', cause: 'SAKIT_TUA' }))
    expect(died).toMatchObject({ status: 'DECEASED', is_head_of_family: false })
    expect(died.may).toContain('correction')
    expect(died.may).not.toContain('death')
    expect(await get('families', family.id)).toMatchObject({ head_name: '', needs_head: true })
    expect(await act('citizens', grandfather.id, 'death', { occurred_on: '2026-03-01' })).toMatchObject({ status: 409 })

    const back = ok(await act('citizens', grandfather.id, 'correction', { notes: 'Yang meninggal Mbah Noto dari dusun sebelah.' }))
    expect(back).toMatchObject({ status: 'ALIVE', is_head_of_family: true })
    expect(await events(grandfather.id)).toEqual(['OPENING', 'DEATH', 'CORRECTION'])
    expect(await get('families', family.id)).toMatchObject({ head_name: 'Mbah Noto', needs_head: false })
  })

  test('a family moves away and comes back; its NIK was free meanwhile', async () => {
    const { family } = await home('PERGI')
    const head = await member(family, 'Pak Pindah', 'KEPALA_KELUARGA', { nik: '9902041705800077' })
    const wife = await member(family, 'Bu Pindah', 'ISTRI', { gender: 'P' })
    ok(
      await act('citizens', head.id, 'departure', {
        occurred_on: '2026-04-01',
        move_kind: 'ANTAR_PROVINSI',
        destination: 'Kota Jauh',
        whole_family: true,
      }),
    )
    expect((await get('citizens', wife.id)).status).toBe('MOVED')
    expect(await get('families', family.id)).toMatchObject({ needs_head: false, head_name: '' })
    const other = await make('citizens', person('Orang Lain', { nik: '9902041705800077' }))
    const clash = await act('citizens', head.id, 'return', { occurred_on: '2026-05-01' })
    expect(clash).toMatchObject({ status: 409, body: { errors: [{ field: 'nik' }] } })
    ok(await siti.patch(`/registry/citizens/${other.id}`, { nik: null }, { 'if-match': '"1"' }))
    expect(ok(await act('citizens', head.id, 'return', { occurred_on: '2026-05-01' }))).toMatchObject({
      status: 'ALIVE',
      is_head_of_family: true,
    })
    expect(await events(head.id)).toEqual(['OPENING', 'DEPARTURE', 'ARRIVAL'])
  })

  test('somebody arrives, goes away, is missed and found', async () => {
    const { family, address } = await home('DATANG')
    const arrived = ok(
      await siti.post(
        '/registry/citizens/arrival',
        person('Pak Baru', { address_id: address.id, occurred_on: '2026-01-10', origin: 'Desa Seberang' }),
      ),
    )
    expect(await events(arrived.id)).toEqual(['ARRIVAL'])
    const homeless = await siti.post('/registry/citizens/arrival', person('Tanpa Alamat', { occurred_on: '2026-01-10' }))
    expect(homeless).toMatchObject({ status: 422, body: { errors: [{ field: 'address_id' }] } })
    ok(await act('citizens', arrived.id, 'absence', { occurred_on: '2026-02-01' }))
    ok(await act('citizens', arrived.id, 'disappearance', { occurred_on: '2026-03-01' }))
    ok(await act('citizens', arrived.id, 'return', { occurred_on: '2026-04-01' }))
    expect(await events(arrived.id)).toEqual(['ARRIVAL', 'AWAY', 'MISSING', 'RETURN'])
    expect((await get('families', family.id)).head_name).toBe('')
  })

  test('nobody rewrites the ledger', async () => {
    const { data } = ok(await siti.get('/registry/population_events'))
    const edit = await siti.patch(`/registry/population_events/${data[0].id}`, { notes: 'lain' }, { 'if-match': '"1"' })
    expect(edit.status).toBeGreaterThanOrEqual(403)
    for (const sql of [
      "update registry.population_events set notes = 'x' where tenant_id = $1",
      'delete from registry.population_events where tenant_id = $1',
    ])
      await expect(world.write('siti', 'sukamaju', (ctx) => ctx.db.query(sql, [ctx.tenant.id]))).rejects.toThrow(/permission denied/)
    const forge = "update registry.citizens set status = 'DECEASED' where tenant_id = $1 and status = 'ALIVE'"
    await expect(world.write('siti', 'sukamaju', (ctx) => ctx.db.query(forge, [ctx.tenant.id]))).rejects.toMatchObject({
      constraint: 'citizens_status_rule',
    })
  })
})
