// Reads what people upload: .xlsx or CSV, told apart by content. Formulas are never run; their last value counts.
import { setImmediate } from 'node:timers/promises'
import { streamCsvRows } from 'hucre/csv'
import { readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { cellText, plainText } from './cell-text.ts'
import { delimiterOf, textOf } from './csv-text.ts'
import { unguarded } from './formula-guard.ts'
import { sheetOf, type RawRow, type Sheet } from './gather.ts'
import { inMegabytes, LIMITS, type SheetLimits } from './limits.ts'
import { SheetError } from './sheet-error.ts'
import { checkZip } from './zip-check.ts'

/**
 * The first sheet with content (hidden sheets are passed over): its first row with content are the headings, the rest is data.
 * Every cell is text; blank rows are left out; `row` is the number the person sees. Throws `SheetError`.
 */
export async function readSheet(bytes: Uint8Array, fileName: string, limits: Partial<SheetLimits> = {}): Promise<Sheet> {
  const most = { ...LIMITS, ...limits }
  if (bytes.length > most.bytes) throw new SheetError('sheet_too_large', { limit: inMegabytes(most.bytes) })
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).toString('latin1')
  if (start.startsWith('\xd0\xcf\x11\xe0')) throw new SheetError('sheet_legacy')
  if (start.startsWith('PK\x03\x04')) return readWorkbook(bytes, most)
  if (start.startsWith('PK\x05\x06')) throw new SheetError('sheet_unknown')
  if (start.startsWith('%PDF-')) throw new SheetError('sheet_other_format', { format: 'PDF' })
  if (/^\W{0,3}\s*<(?:!doctype|html|table|\?xml|head|meta)/i.test(start)) throw new SheetError('sheet_other_format', { format: 'HTML/XML' })
  const name = (fileName.split(/[/\\]/).at(-1) ?? '').replace(/\.[a-z0-9]{1,5}$/i, '')
  const sheet = await sheetOf(name, csvRows(textOf(bytes)), most)
  if (!sheet) throw new SheetError('sheet_empty')
  return sheet
}

async function readWorkbook(bytes: Uint8Array, limits: SheetLimits): Promise<Sheet> {
  const parts = checkZip(bytes, limits)
  if (parts.has('mimetype') && parts.has('content.xml')) throw new SheetError('sheet_other_format', { format: 'OpenDocument (.ods)' })
  if (parts.has('xl/workbook.bin')) throw new SheetError('sheet_other_format', { format: '.xlsb' })
  if (!parts.has('[Content_Types].xml') || ![...parts].some((p) => p.startsWith('xl/'))) throw new SheetError('sheet_unknown')
  try {
    const visible: { name: string; index: number }[] = []
    await readXlsx(bytes, {
      sheets: (info) => {
        if (!info.hidden && !info.veryHidden) visible.push({ name: info.name, index: info.index })
        return false
      },
    })
    for (const { name, index } of visible) {
      const sheet = await sheetOf(name, workbookRows(bytes, index), limits)
      if (sheet) return sheet
    }
  } catch (error) {
    if (error instanceof SheetError) throw error
    throw new SheetError('sheet_damaged', {}, { cause: error })
  }
  throw new SheetError('sheet_empty')
}

async function* workbookRows(bytes: Uint8Array, sheet: number): AsyncGenerator<RawRow> {
  let last = 0
  for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
    const row = Number.isInteger(index) && index >= last ? index + 1 : last + 1
    last = row
    yield { row, cells: values.map(cellText) }
  }
}

async function* csvRows(text: string): AsyncGenerator<RawRow> {
  const { delimiter, start } = delimiterOf(text)
  let row = 0
  for (const values of streamCsvRows(text.slice(start), { delimiter })) {
    row++
    // Parsing does not wait for anything: let other people's requests through now and then.
    if (row % 500 === 0) await setImmediate()
    yield { row, cells: values.map((v) => plainText(unguarded(String(v ?? '')))) }
  }
}

export type { Sheet, SheetLine } from './gather.ts'
