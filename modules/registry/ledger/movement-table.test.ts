// A month of Sukamaju by a breakdown: a birth, a conversion, a departure and a birthday; behind every number stand exactly its people.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { ok } from '../test-village.ts'
import { type Books, booksIn } from './test-books.ts'

let world: World
let books: Books
let here: string
beforeAll(async () => {
  world = await openWorld()
  books = await booksIn(world)
  const { family, hamlet } = await books.home('GERAK')
  here = `area_id=${hamlet.id}`
  const head = await books.member(family, 'Pak Made', 'KEPALA_KELUARGA', { religion: 'HINDU' })
  const son = await books.member(family, 'Gede', 'ANAK', { birth_date: '2000-06-06', marital_status: 'BELUM_KAWIN', religion: 'HINDU' })
  await books.member(family, 'Komang', 'ANAK', { birth_date: '2020-02-10', marital_status: 'BELUM_KAWIN', religion: 'HINDU' })
  const paper = (day: string) => ({ occurred_on: day, reported_on: day })
  ok(await books.act('citizens', head.id, 'change', { ...paper('2025-02-03'), religion: 'ISLAM' }))
  ok(await books.act('citizens', son.id, 'departure', { ...paper('2025-02-20'), move_kind: 'ANTAR_PROVINSI' }))
  const baby = { name: 'Ketut', gender: 'P', birth_place: 'Sukamaju', birth_date: '2025-02-08', reported_on: '2025-02-09' }
  const born = await books.act('families', family.id, 'birth', {
    ...baby,
    family_relationship: 'ANAK',
    birth_kind: 'TUNGGAL',
    birth_attendant: 'BIDAN',
  })
  expect(born.status, JSON.stringify(born.body)).toBeLessThan(300)
})
afterAll(() => world?.close())

const movement = async (breakdown: string, more = ''): Promise<any> =>
  ok(await books.siti.get(`/registry/movement?breakdown=${breakdown}&month=2025-02-01&${here}${more}`))
const namesOf = async (names: Record<string, string>, row: string): Promise<any[]> =>
  ok(await books.siti.get(`/registry/movement-names?${new URLSearchParams({ ...names, row, limit: '500' })}`)).data
const line = (m: any, category: string): any => m.rows.find((r: any) => r.category === category)

test('by religion: a conversion is a change on both lines, and says by which event', async () => {
  const m = await movement('religion')
  // Ketut has her father's faith of that day.
  expect(line(m, 'HINDU')).toMatchObject({ opening: 3, out: { change: 1, departure: 1 } })
  expect(line(m, 'ISLAM').in.change).toBe(1)
  expect(m.total).toMatchObject({ opening: 3, closing: 3, in: { birth: 1 }, out: { departure: 1 } })
  expect(await namesOf(line(m, 'HINDU').names, 'change_out')).toMatchObject([{ name: 'Pak Made', event: { kind: 'CHANGE' } }])
  expect(await namesOf(line(m, 'HINDU').names, 'departure')).toMatchObject([{ name: 'Gede', event: { kind: 'DEPARTURE' } }])
  expect(await namesOf(m.total.names, 'birth')).toMatchObject([{ name: 'Ketut', event: { kind: 'BIRTH' } }])
})

test('by age: Komang turned five, which no event tells', async () => {
  const m = await movement('age_range')
  expect(line(m, '1-4').out.aging).toBe(1)
  expect(line(m, '5-9').in.aging).toBe(1)
  expect(await namesOf(line(m, '5-9').names, 'aging_in')).toMatchObject([{ name: 'Komang', event: null }])
})

test.each(['religion', 'age_range', 'gender', 'hamlet', 'identity_card', 'welfare_class'])(
  'by %s every number lists as many people as it says',
  async (breakdown) => {
    for (const more of ['', '&sex=P', '&age_from=5&age_to=60']) {
      const m = await movement(breakdown, more)
      for (const one of [...m.rows, m.total]) {
        const told = [['opening', one.opening], ['closing', one.closing], ...m.columns.map((c: any) => [c.row, one[c.direction][c.key]])]
        for (const [row, n] of told)
          expect((await namesOf(one.names, row)).length, `${breakdown}${more} ${one.category ?? 'total'} ${row}`).toBe(n)
      }
    }
  },
  60_000,
)

test('what has no history has no movement; Joko sees nobody of another hamlet', async () => {
  expect(await books.siti.get('/registry/movement-names?breakdown=chronic_illness&month=2025-02-01&row=opening')).toMatchObject({
    status: 422,
    body: { code: 'no_movement' },
  })
  expect((await books.siti.get('/registry/movement-names?breakdown=religion&month=2025-02-01&row=magic')).status).toBe(422)
  const listed = ok(await books.siti.get('/registry/breakdowns'))
    .data.filter((b: any) => !b.moves)
    .map((b: any) => b.key)
  expect(listed).toEqual(['chronic_illness', 'contraception', 'pregnancy', 'death_certificate'])
  const joko = await world.as('joko')
  expect(ok(await joko.get('/registry/movement-names?breakdown=religion&month=2025-02-01&row=closing')).data).toEqual([])
})
