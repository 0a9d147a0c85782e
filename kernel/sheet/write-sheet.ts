// Writes what people download: CSV and .xlsx, row by row as the database gives them, with nothing in a cell that can run.
import { writeXlsxStream } from 'hucre/xlsx'
import type { Locale } from '#kernel/words.ts'
import { guarded } from './formula-guard.ts'
import type { Delimiter } from './csv-text.ts'

export type CellOut = string | number | boolean | null
export type RowsOut = AsyncIterable<readonly CellOut[]> | Iterable<readonly CellOut[]>

export type ColumnOut = {
  /** In characters; by default from the heading. */
  readonly width?: number
  /** `text` (the default) stays text whatever is typed over it; `number` and `day` (`YYYY-MM-DD`) can be reckoned with. */
  readonly kind?: 'text' | 'number' | 'day'
}

export const CSV_TYPE = 'text/csv; charset=utf-8'
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The separator that Excel expects where the comma is the decimal sign. */
export const delimiterFor = (locale: Locale): Delimiter => (locale === 'id' ? ';' : ',')

/**
 * CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel garbles accents. Rows are pulled as the reader reads;
 * when it goes away, the source is told to stop.
 */
export function writeCsv(headings: readonly string[], rows: RowsOut, delimiter: Delimiter = ','): ReadableStream<Uint8Array> {
  const lines = csvLines(headings, rows, delimiter)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      let text = ''
      while (text.length < 64 * 1024) {
        const next = await lines.next()
        if (next.done) {
          if (text) controller.enqueue(encoder.encode(text))
          controller.close()
          return
        }
        text += next.value
      }
      controller.enqueue(encoder.encode(text))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}

async function* csvLines(headings: readonly string[], rows: RowsOut, delimiter: Delimiter): AsyncGenerator<string, void> {
  const line = (cells: readonly CellOut[]): string => cells.map(csvCell).join(delimiter) + '\r\n'
  yield '\ufeff' + line(headings)
  for await (const cells of rows) yield line(cells)
}

function csvCell(value: CellOut): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  const text = typeof value === 'number' ? String(value) : guarded(value)
  return /[",;\t\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Longest text Excel accepts in a cell. */
const LONGEST = 32_767

/** An .xlsx workbook of one sheet: bold headings that stay in view, text that stays text. Streams like `writeCsv`. */
export function writeXlsx(
  headings: readonly string[],
  rows: RowsOut,
  options: { name?: string; columns?: readonly ColumnOut[] } = {},
): ReadableStream<Uint8Array> {
  const kinds = headings.map((_, i) => options.columns?.[i]?.kind ?? 'text')
  // The writer asks for a column's style at every cell: bold while the heading row is written, then the column's own.
  let bold = true
  const columns = headings.map((heading, i) => ({
    width: options.columns?.[i]?.width ?? Math.min(40, Math.max(10, heading.length + 2)),
    get style() {
      return bold ? { font: { bold: true }, numFmt: '@' } : { numFmt: FORMATS[kinds[i]!] }
    },
  }))
  async function* cells() {
    yield headings.map(xlsxText)
    bold = false
    for await (const row of rows) yield row.map((value, i) => xlsxCell(value, kinds[i] ?? 'text'))
  }
  return writeXlsxStream(cells(), { name: sheetName(options.name ?? 'Data'), columns, freezePane: { rows: 1 } })
}

const FORMATS = { text: '@', number: 'General', day: 'yyyy-mm-dd' } as const

function xlsxCell(value: CellOut, kind: NonNullable<ColumnOut['kind']>): string | number | boolean | Date | null {
  if (typeof value !== 'string') return value
  // Spreadsheets keep 15 digits; a longer number is safe only as text.
  if (kind === 'number' && /^-?\d{1,12}(?:\.\d{1,3})?$/.test(value)) return Number(value)
  if (kind === 'day' && /^(?:19|2\d)\d\d-\d\d-\d\d$/.test(value)) return new Date(`${value}T00:00:00Z`)
  return xlsxText(value)
}

/** Text that XML and Excel can carry: no control characters, no half characters, and `_x0041_` is not read as an escape. */
const xlsxText = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .slice(0, LONGEST)

/** At most 31 characters, none that Excel forbids in the name of a sheet. */
const sheetName = (name: string): string =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31) || 'Data'
