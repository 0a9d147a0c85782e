// What decides whether an action is possible is found out by asking, and lists rely on it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lend } from '#test/library/index.ts'
import { openWorld, type World } from '#test/world.ts'
import { action } from './action.ts'
import { choice, flag, text } from './field.ts'
import { lookedAt } from './looked-at.ts'
import { resource } from './resource.ts'

const words = { id: 'Isian', en: 'Field' }
const boats = resource('harbour.boats', {
  label: { one: words, many: words },
  doc: 'A boat.',
  fields: {
    name: text(words),
    state: choice(words, { moored: words, sailing: words, sunk: words }),
    licensed: flag(words),
    insured: flag(words),
  },
  title: ['name'],
  list: ['name'],
  sort: ['name'],
})
const departure = (when: (row: Record<string, unknown>) => boolean) =>
  action({
    resource: 'harbour.boats',
    noun: 'departure',
    label: words,
    doc: { id: 'Berangkat.', en: 'It leaves.' },
    input: {},
    when,
    run: async () => undefined,
  })

test('a field that is looked at only in one state of another is found too', () => {
  const looked = lookedAt(
    departure((row) => row['state'] === 'moored' && (row['licensed'] === true ? row['insured'] === true : false)),
    boats,
  )
  expect([...looked].toSorted()).toEqual(['insured', 'licensed', 'state'])
})

test('an action whose possibility hangs on a name is refused at start', () => {
  expect(() =>
    lookedAt(
      departure((row) => row['state'] === 'sailing' && row['name'] !== ''),
      boats,
    ),
  ).toThrow('not on name')
})

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

test('Budi asks for titles only, and still sees which books he can lend', async () => {
  const budi = await world.as('budi')
  const book = await budi.post('/library/books', { title: 'Ronggeng Dukuh Paruk', kind: 'novel', pages: 408, donor_phone: '081298765432' })
  await budi.post('/library/books', { title: 'Ronggeng Kedua', kind: 'novel', pages: 200 })
  await budi.post(`/library/books/${book.body.id}/${lend.noun}`, { to: 'Made' })
  const { body } = await budi.get('/library/books?q=ronggeng&fields=title')
  expect(body.data.map((b: { title: string; may: string[] }) => [b.title, b.may.includes('loan')])).toEqual([
    ['Ronggeng Dukuh Paruk', false],
    ['Ronggeng Kedua', true],
  ])
  expect(Object.keys(body.data[0])).toEqual(['id', 'version', 'title', 'deleted_at', 'titles', 'may'])
  const wide = await budi.get('/library/books?q=paruk&fields=pages,donor_phone')
  expect(wide.body.data[0]).toMatchObject({ title: 'Ronggeng Dukuh Paruk', pages: 408, donor_phone: '0812••••••32' })
  expect(await budi.get('/library/books?fields=nothing')).toMatchObject({ status: 400, body: { code: 'unknown_field' } })
})
