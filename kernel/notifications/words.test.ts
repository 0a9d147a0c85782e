// The words of a community: Andi says it his village's way, sees beforehand how it looks, and goes back; nobody else may, and history remembers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type Client, type World } from '#test/world.ts'

let world: World
let andi: Client
beforeAll(async () => {
  world = await openWorld()
  andi = await world.as('andi')
})
afterAll(() => world?.close())

const WORDS = {
  kind: 'library.book_arrived',
  title_id: 'Ada {title}!',
  text_id: '{title} menunggu di {community}.',
  title_en: '{title} is here!',
  text_en: '{title} is waiting in {community}.',
}
const tell = async (key: string): Promise<string> => {
  const id = (await world.house.identity.userByLogin('budi'))?.id ?? ''
  await world.write('andi', 'sukamaju', (ctx) =>
    ctx.notify({ kind: 'library.book_arrived', to: { users: [id] }, data: { title: 'Siti Nurbaya' }, key }),
  )
  return (await (await world.as('budi')).get('/notifications')).body.data[0].title
}

test('a draft is shown as it would arrive, before anybody is told', async () => {
  const { status, body } = await andi.post('/notification-words/preview', WORDS)
  expect(status).toBe(200)
  expect(body.id).toMatchObject({
    title: 'Ada Laskar Pelangi!',
    text: 'Laskar Pelangi menunggu di Desa Sukamaju.',
    mail: { subject: 'Ada Laskar Pelangi!' },
    sms: expect.stringContaining('Desa Sukamaju: Ada Laskar Pelangi!'),
  })
  expect(body.en.title).toBe('The Rainbow Troops is here!')
  expect((await (await world.as('budi')).post('/notification-words/preview', WORDS)).status).toBe(404)
})

test.each([
  ['a place that nothing fills', { title_id: 'Ada {judul}!' }, 'title_id', 'unknown_place'],
  ['a brace left open', { text_en: '{title is waiting' }, 'text_en', 'open_brace'],
  ['nothing at all', { text_id: '' }, 'text_id', 'required'],
  ['too much', { title_en: 'x'.repeat(121) }, 'title_en', 'too_long'],
])('refused, and said where: %s', async (_what, change, field, code) => {
  for (const path of ['/notification-words/preview', '/core/notification_words']) {
    const { status, body } = await andi.post(path, { ...WORDS, ...change })
    expect(status, path).toBe(422)
    expect(body.errors, path).toMatchObject([{ field, code }])
  }
})

test('Andi’s words are said from now on, theirs stay as they were said, and the default comes back', async () => {
  expect(await tell('before')).toBe('Buku datang: Siti Nurbaya')
  const made = await andi.post('/core/notification_words', WORDS)
  expect(made.status).toBe(201)
  expect(await tell('own')).toBe('Ada Siti Nurbaya!')
  expect((await andi.post('/core/notification_words', WORDS)).status, 'one way to say it').toBe(409)
  const path = `/core/notification_words/${made.body.id}`
  const changed = await andi.patch(path, { title_id: 'Sudah ada {title}' }, { 'if-match': '"1"' })
  expect(changed.status).toBe(200)
  expect((await andi.patch(path, { title_id: 'Lain' }, { 'if-match': '"1"' })).status, 'somebody was faster').toBe(412)
  expect(await tell('changed')).toBe('Sudah ada Siti Nurbaya')
  const listed = (await andi.get('/notification-words')).body.data.find((k: { kind: string }) => k.kind === WORDS.kind)
  expect(listed).toMatchObject({ own: { title_id: 'Sudah ada {title}', version: 2 }, default: { title_id: 'Buku datang: {title}' } })
  expect((await andi.delete(path, undefined, { 'if-match': '"2"' })).status).toBe(204)
  expect(await tell('default')).toBe('Buku datang: Siti Nurbaya')
  const history = (await andi.get(`${path}/history`)).body.data
  expect(history.map((entry: { action: string }) => entry.action)).toEqual(['deleted', 'changed', 'created'])
  const said = (await (await world.as('budi')).get('/notifications')).body.data.map((line: { title: string }) => line.title)
  expect(said).toEqual(['Buku datang: Siti Nurbaya', 'Sudah ada Siti Nurbaya', 'Ada Siti Nurbaya!', 'Buku datang: Siti Nurbaya'])
})

test('words are for a kind that there is, and another village keeps its own', async () => {
  expect((await andi.post('/core/notification_words', { ...WORDS, kind: 'library.nothing' })).body.errors).toMatchObject([
    { field: 'kind' },
  ])
  await andi.post('/core/notification_words', WORDS)
  const made = await world.as('made')
  expect((await made.get('/notification-words')).body.data.every((k: { own: unknown }) => k.own === null)).toBe(true)
})
