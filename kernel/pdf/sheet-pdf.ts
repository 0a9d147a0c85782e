// A sheet → a PDF: gathers its rows, says numbers and days as the language does, and fits the type to the number of columns.
import { Refusal } from '#kernel/http/refusal.ts'
import { type Paper, type Sheet, type SheetColumn } from '#kernel/sheet/sheet.ts'
import type { CellOut } from '#kernel/sheet/write-sheet.ts'
import { type Locale, say } from '#kernel/words.ts'
import { typeset } from './typesetter.ts'

/** More cells take many seconds and hundreds of megabytes to set: a hamlet of 1,500 people in sixteen columns still fits. */
const CELLS_MAX = 24_000
/** Width and height lying on the long side, in millimetres. F4 is the folio of Indonesian offices. */
const LANDSCAPE = { a4: { width: 297, height: 210 }, f4: { width: 330, height: 215 } } as const
/** From so many columns on a page lies on its side. */
const WIDE = 9

const TAG = { id: 'id-ID', en: 'en-GB' } as const

/** What stands in a cell: grouped numbers, days in words, text as it is. */
function shown(cell: CellOut, column: SheetColumn, locale: Locale): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? say({ id: 'ya', en: 'yes' }, locale) : say({ id: 'tidak', en: 'no' }, locale)
  const text = String(cell)
  if (column.kind === 'number' && /^-?\d+(\.\d+)?$/.test(text)) {
    const digits = text.split('.')[1]?.length ?? 0
    return new Intl.NumberFormat(TAG[locale], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Number(text))
  }
  if (column.kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return text.split('-').toReversed().join('-')
  return text
}

async function gathered(sheet: Sheet, locale: Locale): Promise<string[][]> {
  const rows: string[][] = []
  const most = Math.floor(CELLS_MAX / sheet.columns.length)
  for await (const row of sheet.rows) {
    if (rows.length >= most) {
      const lines = new Intl.NumberFormat(TAG[locale]).format(most)
      throw new Refusal(422, 'too_long_for_pdf', {
        id: `Daftar ini lebih dari ${lines} baris, terlalu panjang untuk PDF. Unduh sebagai Excel, atau saring dahulu, misalnya satu dusun atau RT.`,
        en: `This list has more than ${lines} lines, too many for a PDF. Download it as Excel, or filter it first, to one hamlet or RT.`,
      })
    }
    rows.push(sheet.columns.map((column, n) => shown(row[n] ?? null, column, locale)))
  }
  return rows
}

/** The upper row of the heading: neighbours with the same group under one cell. */
function groupsOf(columns: readonly SheetColumn[]): { label: string | null; only: string; span: number }[] {
  const groups: { label: string | null; only: string; span: number }[] = []
  for (const { group = null, label } of columns) {
    const open = groups.at(-1)
    if (group !== null && open?.label === group) open.span += 1
    else groups.push({ label: group, only: label, span: 1 })
  }
  return groups.some((one) => one.label !== null) ? groups : []
}

/** Size of type in points that so many columns can be read in. */
const sizeFor = (columns: number): number => (columns > 28 ? 5.6 : columns > 18 ? 6.6 : columns > 13 ? 7.4 : columns > 9 ? 8.4 : 9.5)

/** The sheet on paper, as a tagged PDF/A-2a. Throws 422 when it is too long, 501 where there is no typesetter. */
export async function sheetPdf(sheet: Sheet, { paper, locale }: { readonly paper: Paper; readonly locale: Locale }): Promise<Uint8Array> {
  const { columns } = sheet
  const { width, height } = LANDSCAPE[paper]
  const wide = columns.length >= WIDE
  const data = {
    lang: locale,
    title: sheet.title,
    author: sheet.letterhead?.name ?? '',
    day: sheet.asOf.split('-').map(Number),
    page: wide ? { width, height } : { width: height, height: width },
    size: sizeFor(columns.length),
    inset: columns.length > 18 ? 1.5 : 3,
    footer: [
      sheet.letterhead?.name,
      sheet.title,
      say({ id: 'keadaan per {day}', en: 'as of {day}' }, locale, { day: sheet.asOf.split('-').toReversed().join('-') }),
    ]
      .filter(Boolean)
      .join(' · '),
    under: sheet.under,
    letterhead: sheet.letterhead ?? null,
    signature: sheet.signature ?? null,
    columns: columns.map((c) => ({ label: c.label, number: c.kind === 'number', weight: c.weight ?? 1, grouped: c.group !== undefined })),
    groups: groupsOf(columns),
    rows: await gathered(sheet, locale),
    sums: (sheet.sums ?? []).map((row) => columns.map((column, n) => shown(row[n] ?? null, column, locale))),
    notes: sheet.notes ?? [],
    nothing: say({ id: 'Tidak ada isi.', en: 'Nothing to show.' }, locale),
  }
  return typeset(new URL('./sheet.typ', import.meta.url), data, Date.parse(`${sheet.asOf}T00:00:00Z`) / 1000)
}
