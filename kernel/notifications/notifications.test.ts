// Being told: once, in the transaction of what happened, only of what one may see; and reading it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertRow } from '#kernel/resource/store.ts'
import { newId } from '#kernel/resource/id.ts'
import { keepHouse } from '#kernel/upkeep/upkeep.ts'
import { books } from '#test/library/index.ts'
import { openWorld, type World } from '#test/world.ts'
import type { Notice } from './notice.ts'

let world: World
beforeAll(async () => void (world = await openWorld()))
afterAll(() => world?.close())

const tell = (notice: Notice): Promise<void> => world.write('andi', 'sukamaju', (ctx) => ctx.notify(notice))
const userId = async (person: 'andi' | 'budi' | 'nani' | 'rina' | 'made' | 'tamu'): Promise<string> =>
  (await world.house.identity.userByLogin(person))?.id ?? ''
const aBook = (kind: 'novel' | 'guide', title: string): Promise<string> =>
  world.write('budi', 'sukamaju', (ctx) =>
    insertRow(ctx, books, { title, kind, pages: 100, subjects: [], extra: {} }).then((row) => (typeof row === 'string' ? row : row.id)),
  )
const titles = async (person: 'andi' | 'budi' | 'nani' | 'rina' | 'made', place?: 'sukamaju' | 'merantian'): Promise<string[]> =>
  (await (await world.as(person, place)).get('/notifications')).body.data.map((n: { title: string }) => n.title)

test('Budi is told that a novel has come: in his words, with the way to it, once whatever is said again', async () => {
  const id = await aBook('novel', 'Laskar Pelangi')
  const notice = {
    kind: 'library.book_arrived',
    to: { users: [await userId('budi')] },
    about: { resource: 'library.books', id },
    data: { title: 'Laskar Pelangi' },
    key: `arrived:${id}`,
  }
  await tell(notice)
  await tell({ ...notice, data: { title: 'Judul lain' } })
  const budi = await world.as('budi')
  expect((await budi.get('/notifications')).body).toMatchObject({
    data: [
      {
        kind: 'library.book_arrived',
        type: 'info',
        title: 'Buku datang: Laskar Pelangi',
        message: 'Laskar Pelangi sudah ada di rak.',
        data: { title: 'Laskar Pelangi' },
        to: `library/books/${id}`,
        is_read: false,
        read_at: null,
      },
    ],
    unread: 1,
    page: { next: null },
  })
  const english = await budi.get('/notifications', undefined, { 'accept-language': 'en' })
  expect(english.body.data[0].title).toBe('A book has arrived: Laskar Pelangi')
  const { rows } = await world.house.database.owner.query(`select encode(content, 'escape') as kept from core.notifications`)
  expect(JSON.stringify(rows), 'what it says is sealed').not.toContain('Laskar')
})

test('reading one, and reading all up to the one on top: what comes after stays unread', async () => {
  const budi = await world.as('budi')
  const to = { users: [await userId('budi')] }
  for (const title of ['Satu', 'Dua', 'Tiga']) await tell({ kind: 'library.book_arrived', to, data: { title }, key: `read:${title}` })
  const { data, unread } = (await budi.get('/notifications')).body
  const one = data.find((n: { title: string }) => n.title.endsWith('Dua'))
  expect((await budi.post(`/notifications/${one.id}/reading`)).body).toEqual({ unread: unread - 1 })
  expect((await budi.post(`/notifications/${one.id}/reading`)).body, 'twice is once').toEqual({ unread: unread - 1 })
  await tell({ kind: 'library.book_arrived', to, data: { title: 'Empat' }, key: 'read:Empat' })
  expect((await budi.post('/notifications/reading', { up_to: data[0].id })).body).toEqual({ unread: 1 })
  expect((await budi.get('/notifications?unread=true')).body.data.map((n: { title: string }) => n.title)).toEqual(['Buku datang: Empat'])
  const nani = await world.as('nani')
  expect((await nani.post(`/notifications/${data[0].id}/reading`)).status, 'not hers').toBe(404)
  expect((await nani.post('/notifications/reading', { up_to: data[0].id })).status).toBe(404)
  for (const bad of [{}, { up_to: 'x' }, { up_to: data[0].id, all: true }])
    expect((await budi.post('/notifications/reading', bad)).status).toBe(422)
  for (const bad of ['?after=x', '?limit=0', '?limit=101']) expect((await budi.get(`/notifications${bad}`)).status).toBe(400)
})

test('the list goes on page by page, and misses none', async () => {
  const budi = await world.as('budi')
  const all = (await budi.get('/notifications?limit=100')).body.data.map((n: { id: string }) => n.id)
  const seen: string[] = []
  for (let after = ''; ; ) {
    const { data, page } = (await budi.get(`/notifications?limit=2${after}`)).body
    seen.push(...data.map((n: { id: string }) => n.id))
    if (!page.next) break
    after = `&after=${page.next}`
  }
  expect(seen).toEqual(all)
  expect(all.length).toBeGreaterThan(3)
})

test('who may not see a record is not told about it, and who no longer may reads it no more', async () => {
  const novel = await aBook('novel', 'Bumi Manusia')
  const guide = await aBook('guide', 'Panduan Cabai')
  for (const [id, title] of [
    [novel, 'Bumi Manusia'],
    [guide, 'Panduan Cabai'],
  ] as const)
    await tell({
      kind: 'library.book_arrived',
      to: { permission: 'library.books:read' },
      about: { resource: 'library.books', id },
      data: { title },
      key: `seen:${id}`,
    })
  expect(await titles('nani'), 'Nani reads novels').toEqual(['Buku datang: Bumi Manusia'])
  expect(await titles('budi')).toEqual(expect.arrayContaining(['Buku datang: Bumi Manusia', 'Buku datang: Panduan Cabai']))
  expect(await titles('andi'), 'whoever acts knows').toEqual([])
  await world.house.database.owner.query(`update library.books set kind = 'guide' where id = $1`, [novel])
  expect(await titles('nani')).toEqual([])
  expect((await (await world.as('nani')).get('/notifications/unread')).body, 'nor is it counted').toEqual({ unread: 0 })
  await world.house.database.owner.query(`update library.books set kind = 'novel' where id = $1`, [novel])
})

test('by role, and never to people who are no members here', async () => {
  const key = `role:${newId()}`
  await tell({ kind: 'library.book_arrived', to: { role: 'Pustakawan' }, data: { title: 'Peran' }, key })
  await tell({
    kind: 'library.book_arrived',
    to: { users: [await userId('made'), await userId('tamu'), 'nobody', newId()] },
    data: { title: 'Orang lain' },
    key,
  })
  expect(await titles('budi')).toContain('Buku datang: Peran')
  expect(await titles('made')).toEqual([])
  const { rows } = await world.house.database.owner.query('select count(*)::int as n from core.notifications where key = $1', [key])
  expect(rows[0].n).toBe(1)
})

test('Rina, who works in both villages, sees in each what was told there', async () => {
  await tell({ kind: 'library.book_arrived', to: { users: [await userId('rina')] }, data: { title: 'Sukamaju saja' }, key: 'rina' })
  expect(await titles('rina', 'sukamaju')).toEqual(['Buku datang: Sukamaju saja'])
  expect(await titles('rina', 'merantian')).toEqual([])
  const [{ id }] = (await (await world.as('rina', 'sukamaju')).get('/notifications')).body.data
  expect((await (await world.as('rina', 'merantian')).post(`/notifications/${id}/reading`)).status).toBe(404)
  expect((await (await world.as('made')).get('/api/sukamaju/notifications')).status).toBe(404)
  expect((await world.anonymous().get('/notifications')).status).toBe(401)
})

test('what was rolled back was never told', async () => {
  // Asked before: inside a transaction of the embedded database another connection would wait for ever.
  const budi = await userId('budi')
  const failing = world.write('andi', 'sukamaju', async (ctx) => {
    await ctx.notify({ kind: 'library.book_arrived', to: { users: [budi] }, data: { title: 'Hilang' }, key: 'lost' })
    throw new Error('The shelf fell over.')
  })
  await expect(failing).rejects.toThrow('fell over')
  expect(await titles('budi')).not.toContain('Buku datang: Hilang')
})
test('twenty clients at once tell the same thing: one line, one mail, and no bell for the rest', async () => {
  await world.house.database.owner.query(`update core.users set email = 'budi@sukamaju.desa.id' where username = 'budi'`)
  const to = { users: [await userId('budi'), await userId('nani')] }
  const notice = { kind: 'library.book_arrived', to, data: { title: 'Ramai' }, key: 'crowd' }
  await Promise.all(Array.from({ length: 20 }, () => tell(notice)))
  const { rows } = await world.house.database.owner.query(
    `select (select count(*)::int from core.notifications where key = 'crowd') as lines,
       (select count(*)::int from core.outbox where key like 'notice:%' and channel = 'mail' and purpose = 'library_book_arrived'
          and created_at > now() - interval '1 minute') as mails`,
  )
  expect(rows[0]).toEqual({ lines: 2, mails: 1 })
})

test('a bell rings after the commit, for those who were told and nobody else', async () => {
  const place = await world.tenantId('sukamaju')
  const heard: string[] = []
  const stop = await Promise.all(
    (['budi', 'nani'] as const).map(async (name) => world.house.jobs.hearBell(place, await userId(name), () => heard.push(name))),
  )
  const to = { users: [await userId('budi')] }
  await world.write('andi', 'sukamaju', async (ctx) => {
    await ctx.notify({ kind: 'library.book_arrived', to, data: { title: 'Bel' }, key: 'bell' })
    expect(heard).toEqual([])
  })
  expect(heard).toEqual(['budi'])
  await tell({ kind: 'library.book_arrived', to, data: { title: 'Bel' }, key: 'bell' })
  expect(heard, 'nothing new, nothing rings').toEqual(['budi'])
  for (const end of stop) end()
})

test('a notice that is none is our own mistake, said at once', async () => {
  const to = { users: [await userId('budi')] }
  const good = { kind: 'library.book_arrived', to, data: { title: 'x' }, key: 'k' }
  await expect(tell({ ...good, kind: 'library.nothing' })).rejects.toThrow('declares')
  await expect(tell({ ...good, key: '' })).rejects.toThrow('key')
  await expect(tell({ ...good, link: '//evil.example' })).rejects.toThrow('place inside')
  await expect(tell({ ...good, data: {} })).rejects.toThrow('{title}')
  await expect(tell({ ...good, about: { resource: 'library.books', id: 'x' } })).rejects.toThrow('row')
  await expect(world.read('andi', 'sukamaju', (ctx) => ctx.notify(good))).rejects.toThrow('transaction')
})

test('read lines are forgotten after a month; told again they are not', async () => {
  const { owner } = world.house.database
  const to = { users: [await userId('nani')] }
  const notice = { kind: 'library.book_arrived', to, data: { title: 'Lama' }, key: 'old' }
  await tell(notice)
  await owner.query(`update core.notifications set is_read = true, read_at = now() - interval '31 days' where key = 'old'`)
  await keepHouse(world.house, ['core.old-notifications'])
  expect(await titles('nani')).not.toContain('Buku datang: Lama')
  await tell(notice)
  expect(await titles('nani')).not.toContain('Buku datang: Lama')
  await owner.query(`update core.notifications set created_at = now() - interval '401 days' where key = 'old'`)
  await keepHouse(world.house, ['core.old-notifications'])
  const { rows } = await owner.query(`select 1 from core.notifications where key = 'old'`)
  expect(rows).toEqual([])
})
