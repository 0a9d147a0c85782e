// What leaves the office on paper and as spreadsheets: the same numbers as on the screen, by those who may, and remembered.
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSheet } from '#kernel/sheet/read-sheet.ts'
import { openWorld, type World } from '#test/world.ts'
import { type Books, booksIn } from '../ledger/test-books.ts'
import { ok } from '../test-village.ts'

let world: World
let books: Books
beforeAll(async () => {
  world = await openWorld()
  books = await booksIn(world)
  const { family } = await books.home('ANGGREK')
  await books.member(family, 'Pak Bejo', 'KEPALA_KELUARGA')
  await books.member(family, 'Bu Bejo', 'ISTRI', { gender: 'P', religion: 'KATOLIK' })
  // Somebody whose name is meant to be run.
  await books.member(family, '#read("/etc/passwd") $x$ *Ani*', 'ANAK', { birth_date: '2015-02-01', marital_status: 'BELUM_KAWIN' })
})
afterAll(() => world?.close())

const take = async (
  query: string,
  who: Books['siti'] = books.siti,
): Promise<{ status: number; type: string | null; name: string | null; bytes: Buffer }> => {
  const response = await who.raw(`/registry/${query}`, { headers: { 'accept-language': 'id' } })
  const bytes = Buffer.from(await response.arrayBuffer())
  const shown = process.env['BALAI_LOOK']
  if (shown) writeFileSync(`${shown}/${query.replace(/\W+/g, '-').slice(0, 60)}`, bytes)
  return { status: response.status, type: response.headers.get('content-type'), name: response.headers.get('content-disposition'), bytes }
}
async function cells(query: string): Promise<string[][]> {
  const { status, bytes } = await take(query)
  expect(status).toBe(200)
  const rows: string[][] = []
  for (const { cells: row } of (await readSheet(bytes, 'x.xlsx')).rows) rows.push(row.map(String))
  return rows
}

const PDFS = [
  'statistics?breakdown=religion',
  'age-pyramid?',
  'vulnerable-groups?',
  'voters?',
  'population-report?month=2026-01-01',
  'movement?breakdown=religion&month=2026-01-01',
  'movement-names?breakdown=religion&month=2026-01-01&row=closing',
  'book-main?',
  'book-changes?month=2024-12-01',
  'book-recap?month=2026-01-01',
  'book-temporary?month=2026-01-01',
  'book-cards?',
  'statistics-names?breakdown=religion&category=ISLAM',
]

test('a breakdown as a spreadsheet has the numbers of the screen', async () => {
  const rows = await cells('statistics?breakdown=religion&format=xlsx')
  const shown = await books.statistics('religion')
  expect(rows.find((r) => r[1] === 'Islam')?.slice(2)).toEqual(['2', '66.67', '0', '0', '2', '66.67'])
  expect(rows.at(-1)).toEqual(['', 'TOTAL', '2', '66.67', '1', '33.33', String(shown.total.count), '100'])
})

test('the main book lists everybody on numbered lines, with secrets masked', async () => {
  const rows = await cells('book-main?format=xlsx&limit=1')
  expect(rows.map((r) => r.slice(0, 2))).toEqual([
    ['1', '#read("/etc/passwd") $x$ *Ani*'],
    ['2', 'Bu Bejo'],
    ['3', 'Pak Bejo'],
  ])
})

test.each(PDFS)('%s is set as a tagged PDF/A, and the same again is the same bytes', async (query) => {
  const path = `${query}${query.endsWith('?') ? '' : '&'}format=pdf&paper=f4`
  const one = await take(path)
  expect([one.status, one.type], one.bytes.subarray(0, 300).toString()).toEqual([200, 'application/pdf'])
  expect(one.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(one.bytes.includes('/MarkInfo')).toBe(true)
  expect((await take(path)).bytes.equals(one.bytes)).toBe(true)
})

test('Joko sees the statistics of his hamlet but may not take them away', async () => {
  const joko = await world.as('joko')
  expect((await joko.get('/registry/statistics?breakdown=religion')).status).toBe(200)
  expect((await take('statistics?breakdown=religion&format=pdf', joko)).status).toBe(403)
  expect((await take('book-main?format=xlsx', joko)).status).toBe(403)
})

test('what was taken away is in the change log, by whom and what', async () => {
  await take('book-cards?format=xlsx')
  const kept = await world.read('andi', 'sukamaju', (ctx) =>
    ctx.db.query<{ after: object }>(
      `select after from core.audit_logs where tenant_id = $1 and action = 'exported' and after->>'query' = 'registry.book-cards'`,
      [ctx.tenant.id],
    ),
  )
  expect(kept.rows.at(-1)?.after).toEqual({ format: 'xlsx', query: 'registry.book-cards' })
})

test('a format or paper nobody knows is refused in words, and so is a wrong filter', async () => {
  const refused = async (query: string) => (await books.siti.get(`/registry/${query}`)).body.code
  expect(await refused('statistics?breakdown=religion&format=exe')).toBe('unknown_format')
  expect(await refused('statistics?breakdown=religion&format=pdf&paper=a0')).toBe('unknown_paper')
  expect((await books.siti.get('/registry/statistics?breakdown=magic&format=pdf')).status).toBe(422)
  // A question without a sheet does not know the word.
  expect((await books.siti.get('/registry/breakdowns?format=pdf')).status).toBe(422)
  ok(await books.siti.get('/registry/statistics?breakdown=religion&format=json'))
})
