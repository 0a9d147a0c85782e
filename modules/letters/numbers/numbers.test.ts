// Numbers of letters: their pattern, what follows what, the turn of the year, numbers by hand, and spoiled ones.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok, villageIn } from '#modules/registry/test-village.ts'
import { type Client, openWorld, type World } from '#test/world.ts'
import { drawNumber } from './draw.ts'
import { checkPattern, writeNumber } from './pattern.ts'
import { NUMBERING, type Numbering, scopeOf } from './series.ts'

const FACTS = { code: 'S-41', sequence: 12, villageCode: '9902042003', classification: '474', day: '2026-11-05' }
const DEFAULT = '[kode_surat]/[nomor_surat, 3]/[kode_desa]/[bulan_romawi]/[tahun]'

describe('a pattern', () => {
  test.each([
    [DEFAULT, 'S-41/012/9902042003/XI/2026'],
    ['[klasifikasi]/[nomor_surat]/[tahun]', '474/12/2026'],
    ['[nomor_surat,5] · [tanggal].[bulan].[tahun]', '00012 · 05.11.2026'],
  ])('%s becomes %s', (pattern, number) => {
    expect(checkPattern(pattern)).toBeNull()
    expect(writeNumber(pattern, FACTS)).toBe(number)
  })

  test.each([
    '[kode_surat]/[tahun]',
    '[nomor_surat]/x',
    '[nomor]/[nomor_surat]/[tahun]',
    '[nomor_surat/[tahun]',
    'nomor_surat]/[nomor_surat]/[tahun]',
    '[]/[nomor_surat]/[tahun]',
    '[nomor_surat, 10]/[tahun]',
    '[nomor_surat, 0]/[tahun]',
    '[kode_desa, 3]/[nomor_surat]/[tahun]',
    '[[nomor_surat]]/[tahun]',
    '[constructor]/[nomor_surat]/[tahun]',
  ])('%s is refused with what to do', (pattern) => expect(checkPattern(pattern)?.id).toMatch(/\S/))

  test('whatever somebody types is written or refused, never an error', () => {
    const bits = fc.constantFrom('[', ']', '[nomor_surat', '[tahun]', '[nomor_surat, 3]', ',', ' ', 'x', '[__proto__]', '9')
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), (parts) => {
        const pattern = parts.join('')
        if (checkPattern(pattern) === null) expect(writeNumber(pattern, FACTS)).toContain('2026')
      }),
    )
  })

  test('two numbers of one sequence and year are never alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 99_999 }), (a, b) => {
        fc.pre(a !== b)
        expect(writeNumber(DEFAULT, { ...FACTS, sequence: a })).not.toBe(writeNumber(DEFAULT, { ...FACTS, sequence: b }))
      }),
    )
  })
})

test('which letters share a sequence, in each way of counting', () => {
  const letter = (code: string, classification: string | null = null) => ({ flow: 'LETTER', code, classification }) as const
  const incoming = { flow: 'INCOMING', code: '', classification: '005' } as const
  const outgoing = { flow: 'OUTGOING', code: '', classification: '005' } as const
  const same = (n: Numbering, a: Parameters<typeof scopeOf>[1], b: Parameters<typeof scopeOf>[1]) => scopeOf(n, a) === scopeOf(n, b)
  expect(
    (Object.keys(NUMBERING) as Numbering[]).map((n) => [
      n,
      same(n, letter('S-41'), letter('500')),
      same(n, letter('S-41'), letter('s-41')),
      same(n, letter('S-41'), incoming),
      same(n, incoming, outgoing),
    ]),
  ).toEqual([
    ['SERVICE', true, true, false, false],
    ['TYPE', false, true, false, false],
    ['GLOBAL', true, true, true, true],
    ['CLASSIFICATION', true, true, false, false],
  ])
  expect(same('CLASSIFICATION', letter('S-41', '474'), letter('500', '474'))).toBe(true)
  expect(same('CLASSIFICATION', letter('S-41', '474'), letter('500', '503'))).toBe(false)
})

describe('in Sukamaju', () => {
  let world: World
  let andi: Client
  let domisili: any
  let person: any
  beforeAll(async () => {
    world = await openWorld()
    andi = await world.as('andi')
    const village = await villageIn(world)
    const home = await village.home('MELATI')
    person = await village.member(home.family, 'BAMBANG HIDAYAT', 'KEPALA_KELUARGA')
    ok(
      await andi.post('/registry/village_profiles', {
        name: 'Sukamaju',
        code: '9902042003',
        head_name: 'Haji Mulyadi',
        district: 'Karangjaya',
        regency: 'Kabupaten Wanareja',
        province: 'Nusa Contoh',
      }),
      201,
    )
    domisili = ok(await andi.get('/letters/letter_templates?limit=50')).data.find((t: any) => t.name === 'Keterangan Domisili')
  })
  afterAll(() => world?.close())

  const ASKED = { flow: 'LETTER', code: 'S-41', classification: null, pattern: DEFAULT, villageCode: '9902042003' } as const
  const drawOn = (day: string) => world.write('andi', 'sukamaju', (ctx) => drawNumber(ctx, { ...ASKED, day }))
  const put = async (key: string, value: unknown) => {
    const { data } = ok(await andi.get('/settings'))
    const { version } = data.find((one: any) => one.key === key || one.name === key)
    return andi.put(`/settings/${key}`, { value }, { 'if-match': `"${version}"` })
  }
  const issue = async (more: object = {}) =>
    andi.post('/letters/generated_letters/direct-issue', {
      citizen_id: person.id,
      template_id: domisili.id,
      values: { form_sejak: '2001', form_keperluan: 'Membuka rekening' },
      subjects: {},
      ...more,
    })

  test('a number whose letter fails is not used up', async () => {
    await drawOn('2025-06-01')
    await expect(
      world.write('andi', 'sukamaju', async (ctx) => {
        await drawNumber(ctx, { ...ASKED, day: '2025-06-01' })
        throw new Error('printer on fire')
      }),
    ).rejects.toThrow('printer')
    expect((await drawOn('2025-06-01')).sequence).toBe(2)
  })

  test('counting begins anew with the year on the letter, and a late letter of last year goes on there', async () => {
    expect((await drawOn('2025-12-31')).number).toBe('S-41/003/9902042003/XII/2025')
    expect((await drawOn('2026-01-01')).number).toBe('S-41/001/9902042003/I/2026')
    expect((await drawOn('2025-12-30')).sequence).toBe(4)
  })

  test('a number by hand needs a reason, is used once, and the sequence steps over it', async () => {
    const year = new Date().toISOString().slice(0, 4)
    const drawn = ok(await issue()).letter_number as string
    const next = drawn.replace(/\/(\d{3})\//, (_, n) => `/${String(Number(n) + 1).padStart(3, '0')}/`)
    expect((await issue({ number: next })).body.errors[0].field).toBe('number_reason')
    expect(ok(await issue({ number: next, number_reason: 'Sudah ditulis di kertas' })).letter_number).toBe(next)
    expect((await issue({ number: next, number_reason: 'Dua kali' })).body.code).toBe('number_taken')
    expect(ok(await issue()).letter_number).toBe(drawn.replace(/\/(\d{3})\//, (_, n) => `/${String(Number(n) + 2).padStart(3, '0')}/`))
    const book = ok(await andi.get(`/letters/letter_numbers?origin=BY_HAND&year=${year}`)).data
    expect(book.map((n: any) => [n.number, n.reason])).toEqual([[next, 'Sudah ditulis di kertas']])
  })

  test('a spoiled number stays in the book with its reason; the next letter has the one after it', async () => {
    const before = ok(await issue()).letter_number
    const spoiled = ok(await andi.post('/letters/letter_numbers/voiding', { template_id: domisili.id, reason: 'Kertas sobek' }))
    const after = ok(await issue()).letter_number
    const place = (number: string) => Number(number.split('/')[1])
    expect([place(spoiled.number), place(after)]).toEqual([place(before) + 1, place(before) + 2])
    const id = spoiled.id
    await expect(
      world.write('andi', 'sukamaju', (ctx) =>
        ctx.db.query('update letters.letter_numbers set reason = null where tenant_id = $1 and id = $2', [ctx.tenant.id, id]),
      ),
    ).rejects.toThrow()
  })

  test('a village that comes from paper goes on where its book ended, and never back', async () => {
    const at = (last: number) => andi.post('/letters/letter_numbers/continuation', { template_id: domisili.id, last, year: null })
    ok(await at(57))
    expect(ok(await issue()).letter_number).toContain('/058/')
    expect((await at(30)).body.code).toBe('sequence_further')
  })

  test('a village that changes its way of counting steps over the numbers it has given', async () => {
    const first = ok(await issue()).letter_number as string
    ok(await put('letters.numbering', 'GLOBAL'))
    const numbers = [ok(await issue()).letter_number, ok(await issue()).letter_number]
    expect(new Set([first, ...numbers]).size).toBe(3)
    const { rows } = await world.house.database.owner.query(
      "select number from letters.letter_numbers where scope = 'all' order by sequence",
    )
    expect(rows.map((row) => row.number)).toEqual(numbers)
    ok(await put('letters.numbering', 'TYPE'))
  })

  test('a pattern of its own is checked as it is saved, in the settings and at a template', async () => {
    expect((await put('letters.number_pattern', '[kode_surat]')).status).toBe(422)
    const t = ok(await andi.get(`/letters/letter_templates/${domisili.id}`))
    const patch = (number_pattern: string) =>
      andi.patch(`/letters/letter_templates/${t.id}`, { number_pattern }, { 'if-match': `"${t.version}"` })
    expect((await patch('[tahun]')).body.errors[0].field).toBe('number_pattern')
    ok(await patch('[klasifikasi]-[nomor_surat]-[tahun]'))
    expect(ok(await issue()).letter_number).toMatch(/^\d*-\d+-\d{4}$/)
  })
})
