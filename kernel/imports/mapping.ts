// Which heading of a sheet is which column of an importer: guessed from names, corrected by people.
import { invalid, type FieldProblem } from '#kernel/http/refusal.ts'
import type { Sheet } from '#kernel/sheet/read-sheet.ts'
import type { Importer, SheetRow } from './importer.ts'

/** Column key → position of its heading (from 0), or null when the sheet does not have it. */
export type Mapping = Readonly<Record<string, number | null>>

/** Names without case, accents, spaces and punctuation: `No. KK` is `nokk`. */
export const plainName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The likely mapping. A column's own key and label win over aliases; no heading serves two columns. */
export function guessMapping(importer: Pick<Importer, 'columns'>, headings: readonly string[]): Mapping {
  const names = headings.map(plainName)
  const taken = new Set<number>()
  const mapping: Record<string, number | null> = Object.fromEntries(importer.columns.map((c) => [c.key, null]))
  const claim = (key: string, known: readonly string[]): void => {
    const at = names.findIndex((name, i) => name !== '' && !taken.has(i) && known.some((k) => plainName(k) === name))
    if (mapping[key] !== null || at < 0) return
    mapping[key] = at
    taken.add(at)
  }
  for (const c of importer.columns) claim(c.key, [c.key, c.label.id, c.label.en])
  for (const c of importer.columns) claim(c.key, c.aliases ?? [])
  return mapping
}

const UNKNOWN = { id: 'Kolom ini tidak dikenal.', en: 'This column is not known.' }
const NO_HEADING = { id: 'Lembar ini tidak punya kolom itu.', en: 'The sheet has no such heading.' }

/** A mapping from a client, checked; columns it does not mention are not mapped. Throws 422 with one problem per column. */
export function readMapping(importer: Pick<Importer, 'columns'>, headings: readonly string[], input: unknown): Mapping {
  const given = (typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}) as Record<string, unknown>
  const problems: FieldProblem[] = []
  for (const key of Object.keys(given))
    if (!importer.columns.some((c) => c.key === key)) problems.push({ field: key.slice(0, 60), code: 'unknown_column', message: UNKNOWN })
  const mapping: Record<string, number | null> = {}
  for (const { key } of importer.columns) {
    const at = given[key] ?? null
    if (at === null || (typeof at === 'number' && Number.isInteger(at) && at >= 0 && at < headings.length)) mapping[key] = at
    else problems.push({ field: key, code: 'unknown_heading', message: NO_HEADING })
  }
  if (problems.length) throw invalid(problems)
  return mapping
}

/** Refuses a mapping that leaves out a required column. */
export function requireColumns(importer: Pick<Importer, 'columns'>, mapping: Mapping): void {
  const missing = importer.columns.filter((c) => c.required && (mapping[c.key] ?? null) === null)
  if (missing.length)
    throw invalid(
      missing.map((c) => ({
        field: c.key,
        code: 'column_missing',
        message: { id: `Pilih kolom untuk “${c.label.id}”.`, en: `Choose the column for “${c.label.en}”.` },
      })),
    )
}

/** The rows of a sheet as the importer sees them: only mapped columns, empty cells as empty text. */
export function mapRows(sheet: Sheet, mapping: Mapping): SheetRow[] {
  const mapped = Object.entries(mapping).filter((entry): entry is [string, number] => entry[1] !== null)
  return sheet.rows.map(({ row, cells, rounded }) => {
    const lost = rounded ? mapped.filter(([, at]) => rounded.includes(at)).map(([key]) => key) : []
    return { row, cells: Object.fromEntries(mapped.map(([key, at]) => [key, cells[at] ?? ''])), ...(lost.length ? { rounded: lost } : {}) }
  })
}
