// A report as a table that people take away: said once, written as a spreadsheet or set on paper.
import type { CellOut, RowsOut } from './write-sheet.ts'

export type SheetColumn = {
  readonly label: string
  /** Neighbours with the same group stand under it together. */
  readonly group?: string
  readonly kind?: 'text' | 'number' | 'day'
  /** Share of the page's width; 1 when absent. */
  readonly weight?: number
}

export type Sheet = {
  /** Part of the file's name: `laporan-bulanan`. Never personal. */
  readonly file: string
  readonly title: string
  /** Lines under the title: which month, which area, what was filtered. */
  readonly under: readonly string[]
  /** The day the facts are of, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly columns: readonly SheetColumn[]
  readonly rows: RowsOut
  /** Rows of sums after the others. */
  readonly sums?: readonly (readonly CellOut[])[]
  readonly notes?: readonly string[]
  /** Who publishes it: the largest line first, then where they are. */
  readonly letterhead?: { readonly above: readonly string[]; readonly name: string; readonly below: string | null }
  readonly signature?: { readonly place: string; readonly office: string; readonly name: string }
}

export const PAPERS = ['a4', 'f4'] as const
export type Paper = (typeof PAPERS)[number]

/** What a column is called where groups cannot be drawn. */
export const headingOf = (column: SheetColumn): string => (column.group ? `${column.group}: ${column.label}` : column.label)

/** All rows of a sheet, the sums last. */
export async function* rowsOf(sheet: Sheet): AsyncGenerator<readonly CellOut[]> {
  yield* sheet.rows
  yield* sheet.sums ?? []
}
