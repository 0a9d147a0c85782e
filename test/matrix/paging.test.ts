// Pages of any size, in any order, over rows that look alike: together they are the list, each row once, in the order that was asked.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertRows } from '#kernel/resource/store.ts'
import { books } from '../library/index.ts'
import { openWorld, type Client, type World } from '../world.ts'

type Book = { id: string; title: string; pages: number; kind: string; created_at: string }

let world: World
let budi: Client
let all: Book[]
beforeAll(async () => {
  world = await openWorld()
  budi = await world.as('budi')
  const titles = ['Bumi Manusia', 'bumi manusia', 'Élan', 'Zaman', 'Laskar Pelangi, jilid bumi']
  await world.write('budi', 'sukamaju', (ctx) =>
    insertRows(
      ctx,
      books,
      Array.from({ length: 90 }, (_, i) => ({
        title: titles[i % 5],
        kind: i % 3 ? 'novel' : 'guide',
        pages: 1 + (i % 4),
        extra: {},
        subjects: [],
      })),
    ),
  )
  all = await walk('limit=200')
})
afterAll(() => world?.close())

async function walk(query: string, from = ''): Promise<Book[]> {
  const found: Book[] = []
  for (let after = from && `&after=${from}`; ; ) {
    const { status, body } = await budi.get(`/library/books?${query}${after}`)
    expect(status, JSON.stringify(body)).toBe(200)
    found.push(...body.data)
    if (!body.page.next) return found
    expect(body.data.length).toBe(Number(/limit=(\d+)/.exec(query)?.[1]))
    after = `&after=${encodeURIComponent(body.page.next)}`
  }
}

test('any page size, order and filter gives the whole list once', async () => {
  const asked = fc.record({
    limit: fc.integer({ min: 1, max: 40 }),
    field: fc.constantFrom('title', 'pages', 'created_at'),
    descending: fc.boolean(),
    kind: fc.constantFrom('', 'novel', 'guide', 'novel,guide'),
    least: fc.option(fc.integer({ min: 1, max: 5 })),
  })
  await fc.assert(
    fc.asyncProperty(asked, async ({ limit, field, descending, kind, least }) => {
      const filters = `${kind ? `&kind=${kind}` : ''}${least === null ? '' : `&pages.gte=${least}`}`
      const rows = await walk(`limit=${limit}&sort=${descending ? '-' : ''}${field}${filters}`)
      const expected = all.filter((b) => (!kind || kind.split(',').includes(b.kind)) && (least === null || b.pages >= least))
      expect(rows.map((b) => b.id).toSorted()).toEqual(expected.map((b) => b.id).toSorted())
      if (field !== 'pages') return
      const keys = rows.map((b) => [b.pages, b.id] as const)
      const sorted = keys.toSorted((a, b) => (a[0] - b[0] || (a[1] < b[1] ? -1 : 1)) * (descending ? -1 : 1))
      expect(keys).toEqual(sorted)
    }),
    { numRuns: 25, seed: 1945 },
  )
})

test('what begins with the words comes before what holds them, over all pages', async () => {
  const rows = await walk('limit=7&q=bumi')
  const begins = rows.map((b) => /^bumi/i.test(b.title))
  expect(begins.filter(Boolean).length).toBe(36)
  expect(begins.length).toBe(54)
  expect(begins.indexOf(false)).toBe(36)
  expect(new Set(rows.map((b) => b.id)).size).toBe(54)
})

test('a row that appears or goes meanwhile moves no other', async () => {
  const first = (await budi.get('/library/books?sort=title&limit=30')).body
  const early = await budi.post('/library/books', { title: 'AAA', kind: 'novel', pages: 1 })
  await budi.delete(`/library/books/${first.data[3].id}`, undefined, { 'if-match': '"1"' })
  const rest = await walk('limit=30&sort=title', first.page.next)
  await budi.post(`/library/books/${first.data[3].id}/restoration`)
  await budi.delete(`/library/books/${early.body.id}`, undefined, { 'if-match': '"1"' })
  expect([...first.data, ...rest].map((b: Book) => b.id).toSorted()).toEqual(all.map((b) => b.id).toSorted())
})

test('a page marker belongs to its order: under another it is refused', async () => {
  const { next } = (await budi.get('/library/books?sort=title&limit=5')).body.page
  for (const query of ['sort=-title', 'sort=pages', 'q=bumi', 'sort=created_at'])
    expect(await budi.get(`/library/books?${query}&after=${next}`), query).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } })
  expect((await budi.get(`/library/books?sort=title&kind=novel&after=${next}`)).status).toBe(200)
})
