// What one declaration gives: the test library, of which nobody wrote more than a declaration and its migration, works as a whole module.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diff } from '#kernel/db/diff.ts'
import { readSheet } from '#kernel/sheet/read-sheet.ts'
import { books, shelves } from '../library/index.ts'
import { loans, loanWorkflow } from '../library/loans.ts'
import { openWorld, type Client, type World } from '../world.ts'

let world: World
let budi: Client
beforeAll(async () => {
  world = await openWorld()
  budi = await world.as('budi')
})
afterAll(() => world?.close())

test('its table is what it declares, behind the wall', async () => {
  expect(await diff(world.house.database.owner, [shelves, books, loans], new Map([[loans.name, loanWorkflow]]))).toEqual([])
  const { rows } = await world.house.database.owner.query(
    `select relname, relrowsecurity, relforcerowsecurity, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c where relnamespace = 'library'::regnamespace and relkind = 'r' order by 1`,
  )
  expect(rows).toEqual(
    ['books', 'loans', 'shelves'].map((relname) => ({ relname, relrowsecurity: true, relforcerowsecurity: true, policies: 1 })),
  )
})

test('its API is described', async () => {
  const { body } = await world.anonymous().get('/api/openapi.json')
  const root = '/api/{tenant}/library/books'
  expect(
    Object.keys(body.paths)
      .filter((p) => p.startsWith(root))
      .toSorted(),
  ).toEqual([
    root,
    ...['batch', 'export', 'options', '{id}', '{id}/disclosure', '{id}/history', '{id}/loan', '{id}/restoration'].map(
      (p) => `${root}/${p}`,
    ),
  ])
  expect(body.paths[root].get.parameters.map((p: { name: string }) => p.name)).toEqual(
    expect.arrayContaining(['kind', 'pages', 'lent', 'shelf_id.code']),
  )
  expect(body.components.schemas['library.books.create']).toMatchObject({
    required: ['title', 'kind', 'pages'],
    properties: { title: { maxLength: 200 }, kind: { enum: ['novel', 'guide'] } },
  })
  expect(Object.keys(body.components.schemas['library.books.create'].properties)).not.toContain('lent')
})

test('its screens know what to show, and to whom', async () => {
  const module = async (client: Client): Promise<any> =>
    (await client.get('/model')).body.modules.find((m: { name: string }) => m.name === 'library')
  const mine = (await module(budi)).resources.find((r: { name: string }) => r.name === 'library.books')
  expect(mine).toMatchObject({
    label: { one: { id: 'Buku' } },
    actions: [{ noun: 'loan', on: 'one' }],
    may: expect.arrayContaining(['create', 'import', 'export', 'update', 'delete', 'reveal']),
  })
  expect(Object.keys(mine.fields)).toEqual(Object.keys(books.fields))
  const nani = (await module(await world.as('nani'))).resources.find((r: { name: string }) => r.name === 'library.books')
  expect(nani).toMatchObject({ may: ['update'], actions: [] })
  expect(await module(await world.as('siti'))).toBe(undefined)
})

test('Budi imports his old list, sees what is wrong before anything is kept, and imports it again without harm', async () => {
  await budi.post('/library/shelves', { code: 'B-2' })
  const file =
    'Judul;Rak;Jenis;Halaman;Harga;Dibeli;Pokok\nDilan;B-2;Novel;330;45.000,50;17-08-2014;cinta, Bandung\nTanpa rak;Z-9;Novel;10;;;\n=SUM(1);B-2;Panduan;5;;;\nDilan lagi;;Komik;-1;;31-02-2020;\n'
  const upload = async (): Promise<any> => {
    const form = new FormData()
    form.set('file', new File([file], 'buku.csv'))
    form.set('importer', 'library.books')
    const { body, status } = await budi.post('/imports', form)
    expect(status, JSON.stringify(body)).toBe(201)
    expect((await budi.post(`/imports/${body.id}/check`)).status).toBe(202)
    await world.house.jobs.drain()
    return (await budi.get(`/imports/${body.id}`)).body
  }
  const first = await upload()
  expect(first).toMatchObject({ status: 'checked', counts: { new: 2, unchanged: 0, rejected: 2 } })
  expect((await budi.get('/library/books?q=Dilan')).body.data).toEqual([])
  const verdicts = (await budi.get(`/imports/${first.id}/verdicts?outcome=rejected`)).body.data
  expect(verdicts.map((v: any) => v.errors.map((e: any) => `${e.column} ${e.code}`).toSorted())).toEqual([
    ['shelf_id reference_not_found'],
    ['bought_on not_a_day', 'kind not_a_choice', 'pages too_small'],
  ])
  expect((await budi.post(`/imports/${first.id}/confirmation`)).status).toBe(202)
  await world.house.jobs.drain()
  expect((await budi.get(`/imports/${first.id}`)).body).toMatchObject({ status: 'applied', totals: { books: 2 } })
  const kept = (await budi.get('/library/books?q=Dilan')).body.data
  expect(kept).toMatchObject([
    { title: 'Dilan', pages: 330, price: '45000.50', bought_on: '2014-08-17', subjects: ['cinta', 'Bandung'], titles: { shelf_id: 'B-2' } },
  ])
  expect(await upload()).toMatchObject({ counts: { new: 0, unchanged: 2, rejected: 2 } })
})

test('his list leaves as a file in which no cell is a formula', async () => {
  const response = await budi.raw('/library/books/export?columns=title,shelf_id,donor_phone&sort=title')
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(new TextDecoder().decode(bytes)).toContain("'=SUM(1)")
  const sheet = await readSheet(bytes, 'buku.csv')
  expect(sheet.headings).toEqual(['Judul', 'Rak', 'Telepon penyumbang'])
  expect(sheet.rows.map((row) => row.cells[0])).toContain('=SUM(1)')
})

test('he looks one reference further: all books on shelf B-2', async () => {
  const { body } = await budi.get('/library/books?shelf_id.code=B-2&count=true')
  expect(body.page.total).toBe(2)
  expect((await budi.get('/library/books?shelf_id.place=x')).body).toMatchObject({ code: 'unknown_filter' })
})

test('every change of a book is remembered, its secrets masked', async () => {
  const book = (await budi.post('/library/books', { title: 'Hujan', kind: 'novel', pages: 320, donor_phone: '081298765432' })).body
  await budi.patch(`/library/books/${book.id}`, { donor_phone: '081211112222', extra: { rak: 'atas' } }, { 'if-match': '"1"' })
  await budi.post(`/library/books/${book.id}/disclosure`, { fields: ['donor_phone'] })
  const history = await budi.get(`/library/books/${book.id}/history`)
  expect(history.body.data.map((e: any) => e.action)).toEqual(['revealed', 'changed', 'created'])
  expect(history.body.data[1].changes).toEqual(
    expect.arrayContaining([{ field: 'donor_phone', before: '0812••••••32', after: '0812••••••22' }]),
  )
  expect(JSON.stringify(history.body)).not.toContain('081211112222')
})

test('found by its whole phone number and by a word of an address, and by nothing less', async () => {
  const book = (
    await budi.post('/library/books', {
      title: 'Pulang',
      kind: 'novel',
      pages: 400,
      donor_phone: '0813-5555-0001',
      donor_address: 'Jalan Kenari nomor 7, Banjarsari',
    })
  ).body
  const ids = async (q: string): Promise<string[]> => (await budi.get(`/library/books?${q}`)).body.data.map((b: any) => b.id)
  expect([
    await ids('q=081355550001'),
    await ids('donor_phone=0813 5555 0001'),
    await ids('q=kenari'),
    await ids('donor_address=banjarsari KÉNARI'),
  ]).toEqual([[book.id], [book.id], [book.id], [book.id]])
  expect([await ids('q=08135555'), await ids('donor_phone=08135555'), await ids('q=kenar')]).toEqual([[], [], []])
})
