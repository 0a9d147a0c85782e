// The shortest walk through the whole house: sign in, keep a book, find it, change it, see who did what.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

test('Budi shelves a book, corrects it, lends it, and every step is remembered', async () => {
  const budi = await world.as('budi')
  const shelf = await budi.post('/library/shelves', { code: 'A-1' })
  expect(shelf.status).toBe(201)
  const book = await budi.post('/library/books', {
    title: 'Bumi Manusia',
    kind: 'novel',
    pages: 535,
    shelf_id: shelf.body.id,
    donor_phone: '081234567890',
  })
  expect(book.status, JSON.stringify(book.body)).toBe(201)
  expect(book.body).toMatchObject({
    title: 'Bumi Manusia',
    lent: false,
    titles: { shelf_id: 'A-1' },
    donor_phone: '0812••••••90',
    version: 1,
  })
  expect(book.body.may).toEqual(['update', 'delete', 'reveal', 'history', 'loan'])

  const found = await budi.get('/library/books?q=manus')
  expect(found.body.data.map((b: { id: string }) => b.id)).toEqual([book.body.id])

  const stale = await budi.patch(`/library/books/${book.body.id}`, { pages: 536 }, { 'if-match': '"7"' })
  expect(stale).toMatchObject({ status: 412, body: { code: 'version_stale', current: { pages: 535 } } })
  const changed = await budi.patch(`/library/books/${book.body.id}`, { pages: 536 }, { 'if-match': '"1"' })
  expect(changed).toMatchObject({ status: 200, body: { pages: 536, version: 2 } })

  const lent = await budi.post(`/library/books/${book.body.id}/loan`, { to: 'Made' })
  expect(lent.body).toMatchObject({ lent: true, version: 3 })
  expect(lent.body.may).not.toContain('loan')
  expect(await budi.post(`/library/books/${book.body.id}/loan`, { to: 'Rina' })).toMatchObject({ status: 409, body: { code: 'not_now' } })

  const history = await budi.get(`/library/books/${book.body.id}/history`)
  expect(history.body.data.map((e: { action: string }) => e.action)).toEqual(['loan', 'changed', 'created'])
  expect(history.body.data[1]).toMatchObject({ actor: { name: 'Budi Pustaka' }, changes: [{ field: 'pages', before: 535, after: 536 }] })
})

test('Made of Merantian sees nothing of Sukamaju', async () => {
  const budi = await world.as('budi')
  const made = await world.as('made')
  const book = await budi.post('/library/books', { title: 'Laskar Pelangi', kind: 'novel', pages: 529 })
  expect((await made.get('/library/books')).body.data).toEqual([])
  expect((await made.get(`/library/books/${book.body.id}`)).status).toBe(404)
  expect((await made.get('/api/sukamaju/library/books')).status).toBe(404)
})
