// What is generated and committed is what the code says now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generated, stale } from '#app/generate.ts'
import { eventsIn } from '#app/generate/documents.ts'
import { schemaText } from '#app/generate/schema-text.ts'
import { library } from '../library/index.ts'
import { openWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const COMMAND = 'Run: npm run generate'

test('the documents are current', async () => {
  expect(stale(await generated({ schema: false })), COMMAND).toEqual([])
})

test('the schema is current', async (context) => {
  // Servers of different versions write the same schema in different words.
  if (world.kind === 'server') return context.skip('compared on the embedded database only')
  expect(stale(new Map([['db/schema.sql', await schemaText(world.house.database.owner, [library.name])]])), COMMAND).toEqual([])
})

describe('it bites', () => {
  test('a document that somebody edited, or that is missing, is named', () => {
    expect(
      stale(
        new Map([
          ['docs/events.md', 'edited'],
          ['docs/missing.md', 'x'],
        ]),
      ),
    ).toEqual(['docs/events.md', 'docs/missing.md'])
  })

  test('an event is found with its data and the action it stands in', () => {
    const code = `export const sign = action({ noun: 'signature', doc: 'The head of the village signs.',
      run: async (ctx, row) => { await ctx.emit('letters.letter_signed', R, row.id, { event_id: e.id, by }) } })
      export const plain = action({ doc: "Sent away.", run: (ctx, row) => ctx.emit('letters.letter_sent', R, row.id) })`
    expect(eventsIn(code)).toEqual([
      { name: 'letters.letter_signed', data: ['event_id', 'by'], doc: 'The head of the village signs.' },
      { name: 'letters.letter_sent', data: [], doc: 'Sent away.' },
    ])
  })

  test('a changed table changes the schema’s text', async () => {
    const { owner } = world.house.database
    const client = await owner.connect()
    const before = await schemaText(client as never)
    for (const sql of [
      'alter table library.books disable row level security',
      'create index books_extra on library.books (tenant_id, lent)',
      'revoke update on library.books from balai_app',
      'drop trigger touch on library.books',
      `comment on table library.books is 'x'`,
    ]) {
      await client.query(`begin; ${sql}`)
      expect(await schemaText(client as never), sql).not.toBe(before)
      await client.query('rollback')
    }
    client.release()
    expect(await schemaText(owner)).toBe(before)
  })
})
