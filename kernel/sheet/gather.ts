// Rows of any source into one sheet, with every limit checked as they come.
import type { CellText } from './cell-text.ts'
import { inMegabytes, type SheetLimits } from './limits.ts'
import { SheetError } from './sheet-error.ts'

export type RawRow = { readonly row: number; readonly cells: readonly CellText[] }

export type Sheet = {
  /** Name of the sheet, or of the file without its ending. */
  readonly name: string
  /** One per column, on one line, without spaces around; blank ones only between others. */
  readonly headings: readonly string[]
  /** Cells by heading, as many as headings, as they stand in the sheet. */
  readonly rows: readonly SheetLine[]
}

export type SheetLine = {
  /** The sheet's own row number, from 1. */
  readonly row: number
  readonly cells: readonly string[]
  /** Columns (from 0) whose number had more digits than a spreadsheet keeps: the last ones may be wrong. */
  readonly rounded?: readonly number[]
}

/** The sheet made of these rows; null when none has content. Stops reading at the first limit passed (`SheetError`). */
export async function sheetOf(name: string, source: AsyncIterable<RawRow>, limits: SheetLimits): Promise<Sheet | null> {
  let headings: string[] | null = null
  const rows: SheetLine[] = []
  let characters = 0
  for await (const { row, cells } of source) {
    const used = cells.findLastIndex((c) => c.text.trim() !== '') + 1
    if (used === 0) continue
    if (used > limits.columns) throw new SheetError('sheet_too_many_columns', { limit: limits.columns })
    const long = cells.findIndex((c) => c.text.length > limits.cell)
    if (long >= 0) throw new SheetError('sheet_cell_too_long', { row, column: long + 1, limit: limits.cell })
    characters += cells.reduce((sum, c) => sum + c.text.length, 0)
    if (characters > limits.uncompressed) throw new SheetError('sheet_unpacks_too_large', { limit: inMegabytes(limits.uncompressed) })
    if (!headings) {
      headings = cells.slice(0, used).map((c) => c.text.replace(/\s+/gu, ' ').trim())
      continue
    }
    if (rows.length === limits.rows) throw new SheetError('sheet_too_many_rows', { limit: limits.rows })
    const line = lineOf(row, cells, headings.length)
    if (line) rows.push(line)
  }
  return headings && { name, headings, rows }
}

/** Null when nothing stands under a heading. */
function lineOf(row: number, cells: readonly CellText[], width: number): SheetLine | null {
  const texts = Array.from({ length: width }, (_, i) => cells[i]?.text ?? '')
  if (texts.every((t) => t.trim() === '')) return null
  const rounded = cells.slice(0, width).flatMap((c, i) => (c.rounded ? [i] : []))
  return rounded.length > 0 ? { row, cells: texts, rounded } : { row, cells: texts }
}
