// What people download: nothing in it runs, Excel keeps every digit, and what was written can be read back.
import fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { guarded, unguarded } from './formula-guard.ts'
import { readSheet } from './read-sheet.ts'
import { delimiterFor, writeCsv, writeXlsx, type CellOut } from './write-sheet.ts'

async function all(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
const text = async (stream: ReadableStream<Uint8Array>) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await all(stream))

/** Texts that a database may hold: no NUL, no half characters. */
const anyCell = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ';', ',', '\t', '\r', '\n', '1', 'a', ' ', '_x0041_') }),
  )
  .map((s) => s.replaceAll('\0', ''))
const anyRows = fc.array(fc.tuple(anyCell, anyCell), { maxLength: 12 })

describe('CSV', () => {
  test('opens in the Excel of the village office: mark, semicolons, quotes', async () => {
    const rows: CellOut[][] = [['Sari "Ayu"', '9901012209070012', 1.5, null, true]]
    expect(delimiterFor('id')).toBe(';')
    expect(await text(writeCsv(['nama', 'nik', 'luas', 'ket', 'aktif'], rows, ';'))).toBe(
      '\ufeffnama;nik;luas;ket;aktif\r\n"Sari ""Ayu""";9901012209070012;1.5;;TRUE\r\n',
    )
  })

  test('nothing that looks like a formula is one', async () => {
    const evil = ['=1+1', '+62811', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1', "'=1", '-', '-6.2', 'a=1', "'tis"]
    const lines = (
      await text(
        writeCsv(
          ['x'],
          evil.map((e) => [e]),
        ),
      )
    )
      .split('\r\n')
      .slice(1, -1)
    expect(lines.map((l) => l.replace(/^"|"$/g, ''))).toEqual([
      "'=1+1",
      "'+62811",
      "'-1+1",
      "'@SUM(A1)",
      "'\t=1",
      "'\r=1",
      "'  =1",
      "'＝1",
      "''=1",
      '-',
      '-6.2',
      'a=1',
      "'tis",
    ])
    fc.assert(fc.property(anyCell, (cell) => unguarded(guarded(cell)) === cell))
  })

  test('whatever was written is read back', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, fc.constantFrom(',' as const, ';' as const, '\t' as const), async (rows, d) => {
        const sheet = await readSheet(await all(writeCsv(['satu', 'dua'], rows, d)), 'x.csv')
        expect(sheet.rows.map((r) => r.cells)).toEqual(rows.filter((r) => r.some((c) => c.trim() !== '')))
      }),
    )
  })

  test('flows row by row, and stops asking when the browser goes away', async () => {
    let asked = 0
    let stopped = false
    async function* people() {
      try {
        for (;;) yield [`Warga ${++asked}`, 'x'.repeat(1_000)]
      } finally {
        stopped = true
      }
    }
    const reader = writeCsv(['nama', 'ket'], people()).getReader()
    await reader.read()
    await reader.cancel()
    expect(stopped).toBe(true)
    expect(asked).toBeLessThan(300)
  })

  test('a failing source fails the download instead of ending it early', async () => {
    async function* people() {
      yield ['Sari']
      throw new Error('The database went away.')
    }
    await expect(all(writeCsv(['nama'], people()))).rejects.toThrow()
    await expect(all(writeXlsx(['nama'], people()))).rejects.toThrow()
  })
})

describe('.xlsx', () => {
  test('headings are bold and stay in view; only headings', async () => {
    const rows: CellOut[][] = [['Sari', '9901012209070012', '12.50', '1972-09-01', '=1+1']]
    const file = await all(
      writeXlsx(['nama', 'nik', 'luas', 'lahir', 'ket'], rows, {
        name: 'Warga: RT 01/RW 02 [Dusun Sekarwangsa yang panjang]',
        columns: [{ width: 30 }, {}, { kind: 'number' }, { kind: 'day' }],
      }),
    )
    const { sheets } = await readXlsx(file, { readStyles: true })
    const sheet = sheets[0]!
    expect(sheet.name).toMatch(/^Warga {2}RT 01 RW 02/)
    const style = (row: number, column: number) => sheet.cells!.get(`${row},${column}`)!.style
    expect([0, 1, 2, 3, 4].map((c) => style(0, c)?.font?.bold)).toEqual([true, true, true, true, true])
    expect([0, 1, 2, 3, 4].map((c) => style(1, c)?.font?.bold ?? false)).toEqual([false, false, false, false, false])
    expect(style(1, 1)?.numFmt).toBe('@')
    expect(sheet.rows[1]).toEqual(['Sari', '9901012209070012', 12.5, new Date('1972-09-01T00:00:00Z'), '=1+1'])
    expect(sheet.cells!.get('1,4')!.formula).toBeUndefined()
    expect((await readSheet(file, 'x.xlsx')).rows).toEqual([{ row: 2, cells: ['Sari', '9901012209070012', '12.5', '1972-09-01', '=1+1'] }])
  })

  test('whatever was written is read back, except what XML cannot carry', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const sheet = await readSheet(await all(writeXlsx(['satu', 'dua'], rows)), 'x.xlsx')
        const carried = rows.map((r) => r.map((c) => c.replace(/(?![\t\n\r])\p{Cc}(?<![\x7f-\x9f])|[\ufffe\uffff]/gu, '')))
        expect(sheet.rows.map((r) => r.cells)).toEqual(carried.filter((r) => r.some((c) => c.trim() !== '')))
      }),
    )
  })

  test('numbers too long for a spreadsheet stay text', async () => {
    const file = await all(writeXlsx(['n'], [['1234567890123456.78'], ['99999999999.99']], { columns: [{ kind: 'number' }] }))
    expect((await readXlsx(file)).sheets[0]!.rows.slice(1)).toEqual([['1234567890123456.78'], [99999999999.99]])
  })
})
