// What happens to the files people really upload: the village workbook, CSV from anywhere, and files that mean harm.
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx as makeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { LOCALES, say } from '#kernel/words.ts'
import { readSheet } from './read-sheet.ts'
import { SheetError } from './sheet-error.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))

async function refusal(work: Promise<unknown>): Promise<SheetError> {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(error instanceof SheetError)) throw new Error('It was not refused as a sheet.', { cause: error })
  for (const locale of LOCALES) expect(say(error.words, locale, error.values)).not.toMatch(/\{|undefined/)
  return error
}

describe('the population workbook of Balairaya', () => {
  test('has 300 residents under 43 headings, every cell as it was typed', async () => {
    const sheet = await readSheet(readFileSync(new URL('../../test/fixtures/penduduk.xlsx', import.meta.url)), 'penduduk.xlsx')
    expect(sheet.name).toBe('Data Penduduk')
    expect(sheet.headings).toHaveLength(43)
    expect(sheet.headings.slice(0, 7)).toEqual(['alamat', 'dusun', 'rw', 'rt', 'nama', 'no_kk', 'nik'])
    expect(sheet.rows).toHaveLength(300)
    expect([sheet.rows[0]!.row, sheet.rows.at(-1)!.row]).toEqual([2, 301])
    expect(new Set(sheet.rows.map((r) => r.cells.length))).toEqual(new Set([43]))
    const cell = (row: number, heading: string) => sheet.rows.find((r) => r.row === row)!.cells[sheet.headings.indexOf(heading)]
    expect(cell(2, 'rw')).toBe('002')
    expect(cell(96, 'nik')).toBe('0')
    expect(cell(151, 'tanggallahir')).toBe('2012-02-30')
    expect(cell(216, 'tanggallahir')).toBe('01-05-2006')
    expect(cell(292, 'rt')).toMatch(/^'/)
    expect(sheet.rows.some((r) => r.rounded)).toBe(false)
  })
})

describe('a workbook typed by hand', () => {
  const book = (rows: (string | number | boolean | Date | null)[][], more: object[] = []) =>
    makeXlsx({ sheets: [...more, { name: 'Warga', rows }] } as Parameters<typeof makeXlsx>[0])

  test('keeps days, times, decimals and codes as a person reads them', async () => {
    const file = await book([
      ['nama', 'lahir', 'dicatat', 'berat', 'kode', 'hidup', 'kecil'],
      ['Sulastri', new Date('1972-09-01T00:00:00Z'), new Date('2026-11-21T08:30:00Z'), 0.1 + 0.2, '007', true, 0.00000012],
    ])
    const sheet = await readSheet(file, 'warga.xlsx')
    expect(sheet.rows[0]!.cells).toEqual(['Sulastri', '1972-09-01', '2026-11-21T08:30:00', '0.3', '007', 'TRUE', '0.00000012'])
  })

  test('a NIK typed as a number is marked, because Excel has already invented its last digit', async () => {
    const sheet = await readSheet(
      await book([
        ['nama', 'nik', 'kk'],
        ['Budi', 9901012209070010, 990101220907],
      ]),
      'warga.xlsx',
    )
    expect(sheet.rows[0]).toEqual({ row: 2, cells: ['Budi', '9901012209070010', '990101220907'], rounded: [1] })
  })

  test('starts at the first visible sheet and row with content; blank rows and columns do not count', async () => {
    const file = await book(
      [[null], [null], [' nama\nlengkap ', 'nik', null], [null, ' '], ['Sari', null, null], ['', '', 'catatan di luar']],
      [
        { name: 'Rahasia', hidden: true, rows: [['x'], ['y']] },
        { name: 'Kosong', rows: [] },
      ],
    )
    const found = { name: 'Warga', headings: ['nama lengkap', 'nik'], rows: [{ row: 5, cells: ['Sari', ''] }] }
    expect(await readSheet(file, 'x.xlsx')).toEqual(found)
  })

  test('a formula is its last value, never run', async () => {
    const file = await makeXlsx({
      sheets: [
        {
          name: 'Warga',
          rows: [
            ['nama', 'umur'],
            ['Sari', null],
          ],
          cells: new Map([['1,1', { value: null, formula: 'WEBSERVICE("http://jahat.example")', formulaResult: 41 }]]),
        },
      ],
    })
    expect((await readSheet(file, 'x.xlsx')).rows[0]!.cells).toEqual(['Sari', '41'])
  })

  test('the limits hold, and say where', async () => {
    const people = await book([
      ['nama', 'nik'],
      ['A', '1'],
      ['B', '2'],
      ['C', '3'],
    ])
    expect(await refusal(readSheet(people, 'x.xlsx', { rows: 2 }))).toMatchObject({ code: 'sheet_too_many_rows', values: { limit: 2 } })
    expect((await readSheet(people, 'x.xlsx', { rows: 3 })).rows).toHaveLength(3)
    expect(await refusal(readSheet(people, 'x.xlsx', { columns: 1 }))).toMatchObject({ code: 'sheet_too_many_columns' })
    expect(await refusal(readSheet(people, 'x.xlsx', { bytes: 100 }))).toMatchObject({ code: 'sheet_too_large' })
    const long = await book([['nama'], ['x'.repeat(5_001)]])
    const error = await refusal(readSheet(long, 'x.xlsx'))
    expect(error).toMatchObject({ code: 'sheet_cell_too_long', values: { row: 2, column: 1, limit: 5_000 } })
    expect(await refusal(readSheet(await book([]), 'x.xlsx'))).toMatchObject({ code: 'sheet_empty' })
  })
})

describe('CSV from anywhere', () => {
  const expected = { headings: ['nama', 'alamat'], rows: [{ row: 2, cells: ['Sari Déwi', 'Jl. Kenari, No. 3'] }] }
  const semicolons = 'nama;alamat\r\nSari Déwi;Jl. Kenari, No. 3\r\n'

  test.each([
    ['UTF-8', bytes(semicolons)],
    ['UTF-8 with a mark', bytes('\ufeff' + semicolons)],
    ['UTF-16 from Excel', bytes('\ufeff' + semicolons, 'utf16le')],
    ['UTF-16 the other way round', Uint8Array.from(Buffer.from('\ufeff' + semicolons, 'utf16le').swap16())],
    ['UTF-16 without a mark', bytes(semicolons, 'utf16le')],
    ['Windows-1252', bytes(semicolons, 'latin1')],
    ['commas and quotes', bytes('nama,alamat\n"Sari Déwi","Jl. Kenari, No. 3"\n')],
    ['tabs', bytes('nama\talamat\nSari Déwi\tJl. Kenari, No. 3')],
    ["Excel's own first line", bytes('sep=;\r\n' + semicolons)],
  ])('%s', async (_, file) => {
    expect(await readSheet(file, 'C:\\Data\\warga desa.csv')).toEqual({ name: 'warga desa', ...expected })
  })

  test('cells may hold line breaks and quotes; a NIK that Excel shortened is marked', async () => {
    const sheet = await readSheet(bytes('nama,nik,ket\n"Sari ""Ayu""\nDewi","9,90101E+15",x\n\nBudi,0012,\n'), 'a.csv')
    expect(sheet.rows).toEqual([
      { row: 2, cells: ['Sari "Ayu"\nDewi', '9,90101E+15', 'x'], rounded: [1] },
      { row: 4, cells: ['Budi', '0012', ''] },
    ])
  })

  test('a quotation mark that is never closed is found, not swallowed', async () => {
    const error = await refusal(readSheet(bytes('nama,nik\n"Sari,1\n' + 'Budi,2\n'.repeat(2_000)), 'a.csv'))
    expect(error).toMatchObject({ code: 'sheet_cell_too_long', values: { row: 2 } })
  })

  test('an empty file is empty', async () => {
    for (const text of ['', '\ufeff', '\r\n\r\n', ' , ,\n'])
      expect((await refusal(readSheet(bytes(text), 'a.csv'))).code).toBe('sheet_empty')
  })
})

type Part = { name: string; data: Buffer; says?: number }

/** A zip archive whose table of contents may lie about sizes. */
function zip(parts: Part[]): Uint8Array {
  const files: Buffer[] = []
  const table: Buffer[] = []
  let at = 0
  for (const { name, data, says = data.length } of parts) {
    const packed = deflateRawSync(data)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(says, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(says, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    files.push(local, Buffer.from(name), packed)
    table.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(table).length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...files, ...table, end]))
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** The smallest workbook around a worksheet. */
const around = (sheet: Omit<Part, 'name'>): Uint8Array =>
  zip([
    { name: '[Content_Types].xml', data: Buffer.from('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>') },
    {
      name: '_rels/.rels',
      data: Buffer.from(`<Relationships><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    },
    { name: 'xl/workbook.xml', data: Buffer.from('<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>') },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: Buffer.from(`<Relationships><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
    },
    { name: 'xl/worksheets/sheet1.xml', ...sheet },
  ])
const xml = (rows: string) => Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)
const NAMA = '<row r="1"><c r="A1" t="str"><v>nama</v></c></row>'

describe('files that mean harm, or are something else', () => {
  test('the smallest honest workbook opens', async () => {
    expect((await readSheet(around({ data: xml(NAMA) }), 'x.xlsx')).headings).toEqual(['nama'])
  })

  test('a zip bomb is refused by its table of contents, before it is unpacked', async () => {
    const bomb = around({ data: Buffer.alloc(60 * 1024 * 1024, ' ') })
    expect(bomb.length).toBeLessThan(100_000)
    const started = performance.now()
    expect((await refusal(readSheet(bomb, 'x.xlsx'))).code).toBe('sheet_unpacks_too_large')
    expect(performance.now() - started).toBeLessThan(100)
  })

  test('a bomb that lies about its size stops at the size it told', async () => {
    for (const says of [1_000, 0]) {
      const liar = around({ data: Buffer.alloc(60 * 1024 * 1024, ' '), says })
      const before = process.memoryUsage().rss
      expect((await refusal(readSheet(liar, 'x.xlsx'))).code).toBe('sheet_damaged')
      expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024)
    }
  })

  test('a bomb that tells its size in another place is not looked for there', async () => {
    const spaces = Buffer.alloc(60 * 1024 * 1024, ' ')
    const elsewhere = Buffer.from(
      zip([
        { name: '[Content_Types].xml', data: spaces },
        { name: 'xl/workbook.xml', data: xml('') },
      ]),
    )
    const entry = elsewhere.indexOf('PK\x01\x02', undefined, 'latin1')
    elsewhere.writeUInt16LE(8, entry + 8) // sizes are told beside the data
    elsewhere.writeUInt32LE(0, entry + 20)
    elsewhere.writeUInt32LE(1, entry + 24)
    const before = process.memoryUsage().rss
    expect((await refusal(readSheet(new Uint8Array(elsewhere), 'x.xlsx'))).code).toBe('sheet_damaged')
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024)

    const zip64 = Buffer.from(around({ data: spaces, says: 1_000 }))
    zip64.writeUInt32LE(0xffffffff, zip64.length - 22 + 12) // the table of contents is in a ZIP64 record
    expect((await refusal(readSheet(new Uint8Array(zip64), 'x.xlsx'))).code).toBe('sheet_unpacks_too_large')
  })

  test('one cell in the last corner of the grid costs nothing', async () => {
    const corner = around({ data: xml(`${NAMA}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`) })
    expect((await refusal(readSheet(corner, 'x.xlsx'))).code).toBe('sheet_too_many_columns')
    const bottom = around({ data: xml(`${NAMA}<row r="1048576"><c r="A1048576"><v>1</v></c></row>`) })
    expect((await readSheet(bottom, 'x.xlsx')).rows).toEqual([{ row: 1_048_576, cells: ['1'] }])
  })

  test('entities of the file are not believed', async () => {
    const laughs = Buffer.concat([
      Buffer.from('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'),
      xml('<row r="1"><c r="A1" t="str"><v>&a;&b;</v></c></row>'),
    ])
    const answer = await readSheet(around({ data: laughs }), 'x.xlsx').then(
      (s) => s.headings.join(),
      (e: SheetError) => e.code,
    )
    expect(answer).not.toMatch(/ha|root:/)
  })

  test.each([
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1' + '00'.repeat(600), 'hex'), 'sheet_legacy'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'sheet_other_format'],
    ['a web page called .xls', Buffer.from('\ufeff <html><table><tr><td>nama</td></tr></table>'), 'sheet_other_format'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'), 'sheet_unknown'],
    ['a zip of something else', zip([{ name: 'foto.jpg', data: Buffer.from('x') }]), 'sheet_unknown'],
    ['half a workbook', around({ data: xml(NAMA) }).subarray(0, 400), 'sheet_damaged'],
  ])('%s is refused with what to do instead', async (_, file, code) => {
    expect((await refusal(readSheet(new Uint8Array(file), 'warga.xlsx'))).code).toBe(code)
  })

  test('any damage to a workbook is an answer, never a crash', async () => {
    const honest = readFileSync(new URL('../../test/fixtures/penduduk.xlsx', import.meta.url))
    for (let i = 0; i < 60; i++) {
      const hurt = new Uint8Array(honest)
      const at = Math.floor((i / 60) * hurt.length)
      for (let j = at; j < at + 40 && j < hurt.length; j++) hurt[j] = hurt[j]! ^ 0x55
      await readSheet(hurt, 'x.xlsx').catch((e: unknown) => expect(e).toBeInstanceOf(SheetError))
    }
  })
})
