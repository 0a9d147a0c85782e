// From a request at Sukamaju's counter to a letter in somebody's hand: who does what, what is frozen, and what is refused.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdf, upload } from '#kernel/documents/test-files.ts'
import { keepHouse } from '#kernel/upkeep/upkeep.ts'
import { ok, type Village, villageIn } from '#modules/registry/test-village.ts'
import { signIn } from '#test/matrix/people.ts'
import { PASSWORD } from '#test/places.ts'
import { type Client, openWorld, type World } from '#test/world.ts'
import { canRead, textOf } from '../test-paper.ts'

let world: World
let andi: Client
let siti: Client
let rina: Client
let village: Village
let aminah: any
let family: any
let endang: Client
let mulyadi: Client
const templates: Record<string, any> = {}

const PROFILE = {
  name: 'Sukamaju',
  code: '9902042003',
  head_name: 'Haji Mulyadi',
  district: 'Karangjaya',
  regency: 'Kabupaten Wanareja',
  province: 'Nusa Contoh',
}
const officials: Record<string, any> = {}

/** A member with one of the village's own roles. */
async function member(name: string, role: string): Promise<Client> {
  const roles = ok(await andi.get('/core/roles?limit=100')).data
  const username = name.toLowerCase().replaceAll(/[^a-z]/g, '')
  ok(
    await andi.post('/core/memberships/account', {
      name,
      username,
      email: null,
      password: PASSWORD,
      role_id: roles.find((r: any) => r.name === role).id,
    }),
  )
  return signIn(world, 'sukamaju', username)
}

beforeAll(async () => {
  world = await openWorld()
  ;[andi, siti, rina] = [await world.as('andi'), await world.as('siti'), await world.as('rina', 'sukamaju')]
  village = await villageIn(world)
  ok(await andi.post('/registry/village_profiles', PROFILE), 201)
  const home = await village.home('MELATI')
  family = home.family
  await village.member(family, 'BAMBANG HIDAYAT', 'KEPALA_KELUARGA', { birth_date: '1985-03-12' })
  aminah = await village.member(family, 'SITI AMINAH', 'ISTRI', { gender: 'P', nik: '9902044507900003', birth_date: '1990-07-05' })
  for (const [duty, position, name] of [
    ['HEAD', 'Kepala Desa', 'Haji Mulyadi'],
    ['SECRETARY', 'Sekretaris Desa', 'Endang Kusumawati, S.AP.'],
    ['SECTION', 'Kepala Seksi Pelayanan', 'Lilis Suryani'],
  ] as const)
    officials[duty] = ok(await andi.post('/office/apparatus', { duty, position, name, start_date: '2020-01-01' }), 201)
  endang = await member('Endang Kusumawati', 'Sekretaris Desa')
  mulyadi = await member('Haji Mulyadi', 'Kepala Desa')
  for (const one of ok(await andi.get('/letters/letter_templates?limit=50')).data) templates[one.name] = one
})
afterAll(() => world?.close())

const USAHA = 'Keterangan Usaha'
const DOMISILI = 'Keterangan Domisili'
let valuesOf: (name: string) => Promise<Record<string, unknown>>
beforeAll(() => {
  valuesOf = async (name) => {
    const full = ok(await andi.get(`/letters/letter_templates/${templates[name].id}`))
    return Object.fromEntries(
      full.variables
        .filter((f: any) => f.required)
        .map((f: any) => [
          f.code,
          f.type === 'number' ? '3' : f.type === 'date' ? '2026-01-02' : f.type === 'choice' ? f.choices[0] : `Isian ${f.label}`,
        ]),
    )
  }
})
const asked = async (name: string, more: object = {}) => ({
  citizen_id: aminah.id,
  template_id: templates[name].id,
  values: await valuesOf(name),
  subjects: {},
  ...more,
})
const file = async (name: string, more: object = {}): Promise<any> =>
  ok(await siti.post('/letters/letter_requests/filing', await asked(name, { purpose: 'Melamar kerja', ...more })))
const direct = async (client: Client, name: string, more: object = {}) =>
  client.post('/letters/generated_letters/direct-issue', await asked(name, more))
const request = async (id: string): Promise<any> => ok(await siti.get(`/letters/letter_requests/${id}`))
const letter = async (id: string): Promise<any> => ok(await siti.get(`/letters/generated_letters/${id}`))
const paperOf = async (client: Client, id: string): Promise<Uint8Array> => {
  const answer = await client.raw(`/letters/paper?letter_id=${id}`, { headers: { cookie: client.cookie } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  return new Uint8Array(await answer.arrayBuffer())
}
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const waive = { requirements_note: 'Berkas menyusul' }

describe('a known resident at the counter', () => {
  test('leaves with a numbered letter after one step; the paper names her, the number and the head', async () => {
    const made = ok(await direct(siti, DOMISILI))
    expect(made.status).toBe('awaiting_signature')
    expect(made.letter_number).toMatch(/^S-41\/001\/9902042003\/[IVX]+\/\d{4}$/)
    const row = await letter(made.id)
    expect(row).toMatchObject({ addressee: 'SITI AMINAH', letter_number: made.letter_number, status: 'awaiting_signature' })
    const bytes = await paperOf(siti, made.id)
    expect(sha(bytes)).toBe(row.sha256)
    if (canRead) {
      const words = textOf(bytes)
      for (const word of ['SURAT KETERANGAN DOMISILI', made.letter_number, 'SITI AMINAH', '9902044507900003', 'Haji Mulyadi'])
        expect(words.toUpperCase()).toContain(word.toUpperCase())
    }
  })

  test('the next one of the same kind has the next number, another kind begins at one', async () => {
    expect(ok(await direct(siti, DOMISILI)).letter_number).toContain('/002/')
    expect(ok(await direct(siti, USAHA)).letter_number).toContain('500/001/')
  })

  test('a letter that ends is no paper that somebody must renew: the office is not reminded of it', async () => {
    const { owner } = world.house.database
    const { rows: ending } = await owner.query('select 1 from letters.generated_letters where valid_until is not null')
    expect(ending.length).toBeGreaterThan(0)
    expect(await keepHouse(world.house, ['core.expiring-documents'])).toEqual([])
    expect((await owner.query('select 1 from core.document_reminders')).rows).toEqual([])
  })

  test('a reprint is the original, byte for byte, also after the resident has changed her name', async () => {
    const { id } = ok(await direct(siti, DOMISILI))
    const first = await paperOf(siti, id)
    const now = ok(await siti.get(`/registry/citizens/${aminah.id}`))
    ok(await siti.patch(`/registry/citizens/${aminah.id}`, { name: 'SITI AMINAH BINTI SUHERMAN' }, { 'if-match': `"${now.version}"` }))
    expect(sha(await paperOf(rina, id))).toBe(sha(first))
    expect((await letter(id)).addressee).toBe('SITI AMINAH')
    const later = ok(await siti.get(`/registry/citizens/${aminah.id}`))
    ok(await siti.patch(`/registry/citizens/${aminah.id}`, { name: 'SITI AMINAH' }, { 'if-match': `"${later.version}"` }))
  })

  test('a section head signs for the secretary who signs for the head', async () => {
    const { id } = ok(await direct(siti, DOMISILI, { signatory_id: officials['SECTION'].id }))
    expect(await letter(id)).toMatchObject({ signing_mode: 'ub', signatory_id: officials['SECTION'].id })
    if (canRead) {
      const words = textOf(await paperOf(siti, id))
      for (const word of ['a.n.', 'u.b.', 'Lilis Suryani']) expect(words.toLowerCase()).toContain(word.toLowerCase())
    }
  })

  test('what is missing is said by field, and nothing is kept: no letter, no number', async () => {
    const before = ok(await siti.get('/letters/letter_numbers?limit=200')).data.length
    const answer = await direct(siti, USAHA, { values: {} })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.every((e: any) => e.field.startsWith('values.form_'))).toBe(true)
    for (const body of [
      { values: 'x' },
      { values: [], subjects: {} },
      { subjects: { pelapor: { nik: 1 } } },
      { subjects: { individu: { citizenId: aminah.id } } },
    ])
      expect((await direct(siti, USAHA, body)).status).toBe(422)
    expect((await direct(siti, DOMISILI, { signatory_id: aminah.id })).status).toBe(422)
    expect((await direct(siti, DOMISILI, { citizen_id: templates[USAHA].id })).status).toBe(422)
    expect(ok(await siti.get('/letters/letter_numbers?limit=200')).data.length).toBe(before)
  })

  test('a preview keeps nothing and has no number', async () => {
    const before = ok(await siti.get('/letters/generated_letters?limit=200')).data.length
    const answer = await siti.raw('/letters/draft_picture', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await asked(DOMISILI)),
    })
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(ok(await siti.get('/letters/generated_letters?limit=200')).data.length).toBe(before)
  })
})

describe('a request', () => {
  test('waits with its number in today’s queue, and goes through to the hand of its applicant', async () => {
    const [first, second] = [await file(USAHA), await file(DOMISILI)]
    expect(second.queue_number).toBe(first.queue_number + 1)
    expect(await request(first.id)).toMatchObject({ status: 'PENDING', purpose: 'Melamar kerja', letter_type: 'SURAT_KETERANGAN_USAHA' })
    ok(await siti.post(`/letters/letter_requests/${first.id}/processing`, waive))
    const inHand = await request(first.id)
    expect(inHand).toMatchObject({ status: 'DIPROSES' })
    expect(inHand.officer).toBe('Siti Rahmawati')
    expect((await siti.post(`/letters/letter_requests/${first.id}/handover`, { collected_by: 'Siti Aminah' })).body.code).toBe('not_signed')
    const desk = ok(await siti.get(`/letters/request_desk?request_id=${first.id}`))
    expect(desk.values).toEqual(await valuesOf(USAHA))
    const made = ok(await direct(siti, USAHA, { request_id: first.id }))
    expect((await direct(siti, USAHA, { request_id: first.id })).status).toBe(409)
    ok(await siti.post(`/letters/generated_letters/${made.id}/wet-signature`, {}))
    expect((await request(first.id)).ready_at).toBeTruthy()
    ok(await siti.post(`/letters/letter_requests/${first.id}/handover`, { collected_by: 'Siti Aminah' }))
    expect(await request(first.id)).toMatchObject({ status: 'SELESAI', collected_by: 'Siti Aminah' })
    const course = ok(await siti.get(`/letters/letter_requests/${first.id}/status-history`)).data
    expect(course.map((h: any) => h.to)).toEqual(['SELESAI', 'DIPROSES', 'PENDING'])
  })

  test('is taken by one of two officers; the other learns by whom', async () => {
    const { id } = await file(DOMISILI)
    const [one, two] = await Promise.all([siti, rina].map((who) => who.post(`/letters/letter_requests/${id}/processing`, waive)))
    const [won, lost] = one!.status === 200 ? [one!, two!] : [two!, one!]
    expect([won.status, lost.status, lost.body.code]).toEqual([200, 409, 'moved_on'])
    expect(['Siti Rahmawati', 'Rina Kurnia']).toContain(lost.body.who)
  })

  test('is refused with a reason that can be read, and stays so', async () => {
    const { id } = await file(USAHA)
    expect((await siti.post(`/letters/letter_requests/${id}/refusal`, {})).status).toBe(422)
    ok(await siti.post(`/letters/letter_requests/${id}/refusal`, { reason: 'Usahanya belum berjalan' }))
    expect(await request(id)).toMatchObject({
      status: 'DITOLAK',
      refusal_reason: 'Usahanya belum berjalan',
      may: expect.not.arrayContaining(['processing']),
    })
    expect((await siti.post(`/letters/letter_requests/${id}/processing`, waive)).body.code).toBe('moved_on')
  })

  test('asks for the documents its letter needs: attached, or waived with a note', async () => {
    const t = ok(await andi.get(`/letters/letter_templates/${templates[DOMISILI].id}`))
    ok(await andi.patch(`/letters/letter_templates/${t.id}`, { requirements: ['Fotokopi KTP'] }, { 'if-match': `"${t.version}"` }))
    const { id } = await file(DOMISILI)
    const missing = await siti.post(`/letters/letter_requests/${id}/processing`, { requirements_note: null })
    expect(missing.body.errors[0]).toMatchObject({ field: 'requirements_note', code: 'requirements_missing' })
    const types = ok(await siti.get('/core/document_types?limit=50')).data
    const uploaded = await upload(siti, 'ktp.pdf', pdf('', '% ktp'))
    ok(
      await siti.post('/core/documents/attachment', {
        upload_id: uploaded.body.id,
        type_id: types.find((k: any) => k.name === 'KTP').id,
        title: 'KTP Siti Aminah',
        resource: 'letters.letter_requests',
        resource_id: id,
      }),
    )
    ok(await siti.post(`/letters/letter_requests/${id}/processing`, { requirements_note: null }))
    const again = ok(await andi.get(`/letters/letter_templates/${t.id}`))
    ok(await andi.patch(`/letters/letter_templates/${t.id}`, { requirements: [] }, { 'if-match': `"${again.version}"` }))
  })
})

describe('where the village wants letters checked', () => {
  const put = async (key: string, value: unknown) => {
    const { data } = ok(await andi.get('/settings'))
    const { version } = data.find((one: any) => one.key === key || one.name === key)
    ok(await andi.put(`/settings/${key}`, { value }, { 'if-match': `"${version}"` }))
  }
  test('a draft goes to the secretary and the head, comes back once, and is issued only then', async () => {
    await put('letters.secretary_checks', true)
    await put('letters.head_approves', true)
    try {
      const made = ok(await direct(siti, DOMISILI))
      expect(made).toMatchObject({ status: 'secretary_review', letter_number: null })
      const at = (noun: string) => `/letters/generated_letters/${made.id}/${noun}`
      expect((await siti.post(at('verification'), {})).status).toBe(403)
      expect((await mulyadi.post(at('approval'), {})).body.code).toBe('moved_on')
      ok(await endang.post(at('return'), { reason: 'Alamatnya keliru' }))
      expect((await siti.post(at('issuing'), {})).body.code).toBe('moved_on')
      const desk = ok(await siti.get(`/letters/letter_desk?letter_id=${made.id}`))
      ok(await siti.post(at('correction'), { values: desk.values, subjects: desk.subjects, letter_date: null, signatory_id: null }))
      ok(await siti.post(at('submission'), {}))
      ok(await endang.post(at('verification'), {}))
      // The head reads the draft as the clerk wrote it, the NIK that the letter prints included, though he may not open the register's secrets.
      expect((await paperOf(mulyadi, made.id)).byteLength).toBeGreaterThan(1000)
      expect(ok(await mulyadi.get('/home')).waiting.map((w: any) => w.key)).toContain('letters_head_review')
      ok(await mulyadi.post(at('approval'), {}))
      ok(await siti.post(at('issuing'), {}))
      expect((await letter(made.id)).letter_number).toBeTruthy()
    } finally {
      await put('letters.secretary_checks', false)
      await put('letters.head_approves', false)
    }
  })
})

describe('what was issued', () => {
  test('cannot be corrected, removed, or changed by hand-written SQL; it can be signed and revoked', async () => {
    const { id } = ok(await direct(siti, DOMISILI))
    const row = await letter(id)
    expect((await siti.post(`/letters/generated_letters/${id}/correction`, { values: {}, subjects: {} })).body.code).toBe('not_a_draft')
    expect((await siti.delete(`/letters/generated_letters/${id}`, undefined, { 'if-match': `"${row.version}"` })).body.code).toBe(
      'not_a_draft',
    )
    for (const change of [
      "letter_number = 'S-41/999'",
      "addressee = 'ORANG LAIN'",
      'content = details',
      'deleted_at = now()',
      "sha256 = ''",
    ])
      await expect(
        world.write('andi', 'sukamaju', (ctx) =>
          ctx.db.query(`update letters.generated_letters set ${change} where tenant_id = $1 and id = $2`, [ctx.tenant.id, id]),
        ),
        change,
      ).rejects.toThrow(/stays|terbit|changed/)
    expect(
      (await siti.post(`/letters/generated_letters/${id}/revocation`, { revocation_kind: 'ERROR', reason: 'Salah alamat' })).status,
    ).toBe(403)
    ok(await endang.post(`/letters/generated_letters/${id}/revocation`, { revocation_kind: 'ERROR', reason: 'Salah alamat' }))
    expect(await letter(id)).toMatchObject({ status: 'revoked', revocation_kind: 'ERROR', letter_number: row.letter_number })
  })

  test('the verification code and what was filled in are nowhere in the clear', async () => {
    const { id } = ok(await direct(siti, USAHA))
    const row = await letter(id)
    expect(row.verification_code).toMatch(/^•+$/)
    const { rows } = await world.house.database.owner.query('select details, content from letters.generated_letters where id = $1', [id])
    expect(Buffer.concat([rows[0].details, rows[0].content]).toString('latin1')).not.toMatch(/Isian|AMINAH/)
  })
})

describe('others', () => {
  test('a village next door sees none of it; a hamlet head does not even know that there are letters', async () => {
    const made = await world.as('made')
    const { id } = ok(await direct(siti, DOMISILI))
    expect((await made.get(`/letters/generated_letters/${id}`)).status).toBe(404)
    expect((await made.raw(`/letters/paper?letter_id=${id}`)).status).toBe(404)
    expect(ok(await made.get('/letters/generated_letters')).data).toEqual([])
    expect((await (await world.as('joko')).get('/letters/letter_requests')).status).toBe(404)
  })

  test('whoever sees only one hamlet sees only the letters and requests of its residents', async () => {
    const { hamlet } = await village.home('KENANGA')
    const role = ok(
      await andi.post('/core/roles', {
        name: 'Petugas Kenanga',
        permissions: [
          'registry.citizens:read',
          'letters.letter_requests:*',
          'letters.generated_letters:read',
          'letters.letter_templates:read',
        ],
        visibility: { 'registry.citizens': 'own_area' },
      }),
      201,
    )
    const account = { name: 'Wawan', username: 'wawan', email: null, password: PASSWORD, role_id: role.id }
    const { id } = ok(await andi.post('/core/memberships/account', account))
    const row = ok(await andi.get(`/core/memberships/${id}`))
    ok(await andi.patch(`/core/memberships/${id}`, { attributes: { area_id: hamlet.id } }, { 'if-match': `"${row.version}"` }))
    const wawan = await signIn(world, 'sukamaju', 'wawan')
    const issued = ok(await direct(siti, DOMISILI))
    const filed = await file(DOMISILI)
    expect(ok(await wawan.get('/letters/generated_letters')).data).toEqual([])
    expect(ok(await wawan.get('/letters/letter_requests')).data).toEqual([])
    expect((await wawan.raw(`/letters/paper?letter_id=${issued.id}`, { headers: { cookie: wawan.cookie } })).status).toBe(404)
    expect((await wawan.get(`/letters/request_desk?request_id=${filed.id}`)).status).toBe(404)
    expect((await wawan.post(`/letters/letter_requests/${filed.id}/processing`, waive)).status).toBe(404)
    expect((await wawan.post('/letters/letter_requests/filing', await asked(DOMISILI))).status).toBe(422)
  })
})

test('one official per position, one head', async () => {
  const second = { duty: 'HEAD', position: 'Penjabat Kepala Desa', name: 'Orang Lain', start_date: '2021-01-01' }
  expect((await andi.post('/office/apparatus', second)).status).toBe(409)
  expect((await andi.post('/office/apparatus', { ...second, duty: 'STAFF', position: 'Kepala Desa' })).status).toBe(409)
  expect((await andi.post('/office/apparatus', { ...second, duty: 'STAFF', user_id: aminah.id })).status).toBe(422)
  expect((await andi.post('/office/apparatus', { ...second, duty: 'STAFF', position: 'Staf', is_active: false })).status).toBe(422)
})
