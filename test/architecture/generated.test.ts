// What is generated and committed is what the code says now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { documents, leftOver, stale } from '#app/generate.ts'
import { eventsIn } from '#app/generate/documents.ts'
import { schemaText } from '#app/generate/schema-text.ts'
import { workflowText } from '#app/generate/workflows.ts'
import { library } from '../library/index.ts'
import { loanWorkflow } from '../library/loans.ts'
import { openWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const COMMAND = 'Run: npm run generate'

test('the documents are current', () => {
  const files = documents(world.house)
  expect([...stale(files), ...leftOver(files)], COMMAND).toEqual([])
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

  test('the page of a workflow that is gone is named', () => {
    const root = mkdtempSync(join(tmpdir(), 'balai-docs-'))
    mkdirSync(join(root, 'docs/workflows'), { recursive: true })
    for (const name of ['kept', 'gone']) writeFileSync(join(root, `docs/workflows/x.${name}.md`), 'x')
    expect(leftOver(new Map([['docs/workflows/x.kept.md', 'x']]), pathToFileURL(`${root}/`))).toEqual(['docs/workflows/x.gone.md'])
    rmSync(root, { recursive: true })
  })

  test('a workflow is drawn as it is declared', () => {
    const text = workflowText(loanWorkflow)
    for (const line of [
      '  [*] --> requested',
      '  requested --> unclear: Ask back',
      '  unclear --> refused: Let it lapse (by itself)',
      '  lost --> [*]',
      '| `requested` | Requested | The library has not answered yet. | due after the hours that `library.answer_hours` says (4), of working time |',
      '| `loss` | Declare lost (PIN) | `lent` | `lost` |  |  | The book is declared lost. |',
    ])
      expect(text.split('\n')).toContain(line)
    expect(text.match(/ --> /g)!.length).toBe(1 + loanWorkflow.moves.flatMap((m) => m.from).length + 3)
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
