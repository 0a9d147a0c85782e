// Sukamaju follows the law; then the law changes, and Andi sets the new ages: whoever is counted by them is counted by them everywhere.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayIn } from '#kernel/ctx.ts'
import { type Client, openWorld, type World } from '#test/world.ts'
import { ok } from '../test-village.ts'
import { addDays, addMonths } from './days.ts'
import { type Books, booksIn } from './test-books.ts'

let world: World
let books: Books
let andi: Client
let here: string
const today = dayIn('Asia/Jakarta', new Date())
/** Born so that somebody is exactly this old today. */
const aged = (years: number): string => `${Number(today.slice(0, 4)) - years}${today.slice(4).replace('-02-29', '-03-01')}`
/** Born a day too late to be this old today. */
const notYet = (years: number): string => addDays(aged(years), 1)

beforeAll(async () => {
  world = await openWorld()
  books = await booksIn(world)
  andi = await world.as('andi')
  const { family, hamlet } = await books.home('UMUR')
  here = `area_id=${hamlet.id}`
  const single = { marital_status: 'BELUM_KAWIN' }
  const people: [string, string, object][] = [
    ['Enam Puluh', aged(60), {}],
    ['Hampir Enam Puluh', notYet(60), {}],
    ['Tujuh Belas', aged(17), single],
    ['Hampir Tujuh Belas', notYet(17), single],
    ['Istri Muda', aged(16), { marital_status: 'KAWIN', gender: 'P' }],
    ['Lima Tahun', aged(5), single],
    ['Enam Tahun', aged(6), single],
    ['Bayi', addMonths(today, -2), single],
  ]
  for (const [name, birth_date, more] of people) await books.member(family, name, 'FAMILI_LAIN', { birth_date, ...more })
})
afterAll(() => world?.close())

const namesOf = async (group: string): Promise<string[]> =>
  ok(await books.siti.get(`/registry/statistics-names?group=${group}&${here}`)).data.map((n: any) => n.name)
const vulnerable = async (): Promise<any> => ok(await books.siti.get(`/registry/vulnerable-groups?${here}`))
const pyramid = async (): Promise<any> => ok(await books.siti.get(`/registry/age-pyramid?${here}`))
const voters = async (): Promise<number> => ok(await books.siti.get(`/registry/voters?${here}`)).total.count
const label = async (key: string): Promise<string> => (await vulnerable()).columns.find((c: any) => c.key === key).label
async function set(name: string, value: unknown): Promise<void> {
  const { version } = ok(await andi.get('/settings')).data.find((s: any) => s.name === name)
  ok(await andi.put(`/settings/${name}`, { value }, { 'if-match': `"${version}"` }))
}

test('as the law has it: 17 or married votes, 60 is old, 15 to 64 works', async () => {
  expect(await namesOf('voters')).toEqual(['Enam Puluh', 'Hampir Enam Puluh', 'Istri Muda', 'Tujuh Belas'])
  expect(await voters()).toBe(4)
  expect(await namesOf('elderly')).toEqual(['Enam Puluh'])
  expect(await label('elderly')).toBe('Lansia (60 th ke atas)')
  expect((await vulnerable()).total).toMatchObject({ baby: 1, toddler: 1, primary_age: 1, junior_age: 0, senior_age: 3, elderly: 1 })
  const { productive, total } = await pyramid()
  expect(productive).toMatchObject({ from: 15, to: 64, count: 5, female: 1, dependency: '60.00' })
  expect(total.count).toBe(8)
})

test('the law changes: 18 votes, marriage does not count, 55 is old, balita end before five', async () => {
  await set('registry.minimum_voting_age', 18)
  expect(await namesOf('voters')).toEqual(['Enam Puluh', 'Hampir Enam Puluh', 'Istri Muda'])
  await set('registry.married_people_vote', false)
  expect(await namesOf('voters')).toEqual(['Enam Puluh', 'Hampir Enam Puluh'])
  expect(await voters()).toBe(2)
  await set('registry.elderly_age', 55)
  expect(await namesOf('elderly')).toEqual(['Enam Puluh', 'Hampir Enam Puluh'])
  await set('registry.toddler_until_age', 4)
  expect((await vulnerable()).total).toMatchObject({ toddler: 0, primary_age: 2, elderly: 2 })
  expect(await namesOf('primary_age')).toEqual(['Enam Tahun', 'Lima Tahun'])
  expect(await label('primary_age')).toBe('5–12 th')
  expect(ok(await books.siti.get('/registry/groups')).data.find((g: any) => g.key === 'toddler').label).toBe('Balita (1–4 th)')
})

test('working age may begin inside a group of five years, and the pyramid still holds everybody once', async () => {
  await set('registry.productive_from_age', 17)
  const { productive, rows, total } = await pyramid()
  expect(productive).toMatchObject({ from: 17, count: 3, dependency: '166.67' })
  expect(rows.length).toBe(16)
  expect(rows.reduce((sum: number, r: any) => sum + r.male + r.female, 0)).toBe(total.count)
  const names = new URLSearchParams(productive.names as Record<string, string>)
  expect(ok(await books.siti.get(`/registry/statistics-names?${names}`)).data).toHaveLength(3)
  expect(ok(await books.siti.get(`/registry/age-pyramid?${here}&age_from=17`)).productive).toMatchObject({ count: 3, dependency: null })
})

test('Merantian keeps the ages of the law, and no age reaches into the next', async () => {
  const rina = await world.as('rina', 'merantian')
  const groups = ok(await rina.get('/registry/groups')).data
  expect(groups.find((g: any) => g.key === 'elderly').label).toBe('Lansia (60 th ke atas)')
  const { version } = ok(await andi.get('/settings')).data.find((s: any) => s.name === 'registry.toddler_until_age')
  const refused = await andi.put('/settings/registry.toddler_until_age', { value: 12 }, { 'if-match': `"${version}"` })
  expect(refused.status).toBe(422)
})
