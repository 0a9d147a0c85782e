// Names stand where people look for them: capitals and accents do not count, in every database alike, page after page.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertRows } from '#kernel/resource/store.ts'
import { books } from '../library/index.ts'
import { openWorld, type Client, type World } from '../world.ts'

type Book = { id: string; title: string }

let world: World
let budi: Client
beforeAll(async () => {
  world = await openWorld()
  budi = await world.as('budi')
})
afterAll(() => world?.close())

const keep = (titles: readonly string[], kind: 'novel' | 'guide'): Promise<void> =>
  world.write('budi', 'sukamaju', (ctx) =>
    insertRows(
      ctx,
      books,
      titles.map((title) => ({ title, kind, pages: 1, extra: {}, subjects: [] })),
    ),
  )

async function walk(query: string): Promise<Book[]> {
  const found: Book[] = []
  for (let after = ''; ; ) {
    const { status, body } = await budi.get(`/library/books?${query}${after}`)
    expect(status, JSON.stringify(body)).toBe(200)
    found.push(...body.data)
    if (!body.page.next) return found
    after = `&after=${encodeURIComponent(body.page.next)}`
  }
}

// Said here in another way than in the database: by Unicode's own decomposition.
const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
const before = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

test('ABIMANTRA stands after Abdul and before Afrizal, whoever typed it', async () => {
  await keep(['Afrizal', 'ABIMANTRA', 'zulkifli', 'Élan', 'Zainal', 'abdul', 'eko', 'Øystein', 'Ośko', 'ʼAisyah', '99 Cahaya'], 'guide')
  const titles = async (sort: string): Promise<string[]> => (await walk(`kind=guide&limit=3&sort=${sort}`)).map((b) => b.title)
  const expected = ['99 Cahaya', 'abdul', 'ABIMANTRA', 'Afrizal', 'eko', 'Élan', 'Ośko', 'Øystein', 'Zainal', 'zulkifli', 'ʼAisyah']
  expect(await titles('title')).toEqual(expected)
  expect(await titles('-title')).toEqual(expected.toReversed())
})

test('what is found is in the same order', async () => {
  await keep(['Siti NURHALIZA', 'siti aminah', 'SITI zubaidah', 'Sítì Munawaroh'], 'guide')
  const found = await walk('q=siti&limit=2')
  expect(found.map((b) => b.title)).toEqual(['siti aminah', 'Siti NURHALIZA', 'SITI zubaidah'])
})

test('a name that is changed moves to its new place', async () => {
  const [abdul] = await walk('kind=guide&limit=200&sort=title').then((all) => all.filter((b) => b.title === 'abdul'))
  await budi.patch(`/library/books/${abdul?.id}`, { title: 'ZZ Top' }, { 'if-match': '"1"' })
  const all = await walk('kind=guide&limit=200&sort=title')
  expect(all.findIndex((b) => b.title === 'ZZ Top')).toBe(all.findIndex((b) => b.title === 'zulkifli') + 1)
})

test('any names, in pages of any size: each once, as their folded letters order them', async () => {
  const letter = fc.constantFrom(...'aAbBzZéÉèÅåñÑçÇŠšĀžŻ 0-.’'.split(''))
  const name = fc
    .array(letter, { minLength: 1, maxLength: 6 })
    .map((letters) => letters.join('').trim())
    .filter((text) => text !== '')
  const names = fc.sample(name, { numRuns: 160, seed: 1928 })
  await keep(names, 'novel')
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.boolean(), async (limit, descending) => {
      const rows = await walk(`kind=novel&limit=${limit}&sort=${descending ? '-' : ''}title`)
      expect(rows.map((b) => b.title).toSorted()).toEqual(names.toSorted())
      expect(new Set(rows.map((b) => b.id)).size).toBe(names.length)
      const keys = rows.map((b) => [fold(b.title), b.id] as const)
      expect(keys).toEqual(keys.toSorted((a, b) => (before(a[0], b[0]) || before(a[1], b[1])) * (descending ? -1 : 1)))
    }),
    { numRuns: 12, seed: 1945 },
  )
})

test('nobody is shown the key: not the reader, not the history, not the sheet', async () => {
  const book = (await budi.post('/library/books', { title: 'Ronggeng Dukuh Paruk', kind: 'novel', pages: 408 })).body
  await budi.patch(`/library/books/${book.id}`, { title: 'RONGGENG Dukuh Paruk' }, { 'if-match': '"1"' })
  const answers = [
    await budi.get(`/library/books/${book.id}`),
    await budi.get('/library/books?q=ronggeng'),
    await budi.get(`/library/books/${book.id}/history`),
    await budi.get('/library/books/export?format=csv&q=ronggeng'),
  ]
  for (const { status, body } of answers) {
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toMatch(/title_sort|ronggeng dukuh/)
  }
  const { rows } = await world.house.database.owner.query('select before, after from core.audit_logs where resource_id = $1', [book.id])
  expect(rows.length).toBe(2)
  expect(JSON.stringify(rows)).not.toMatch(/title_sort|_bidx/)
})
