// The report of an import, to download or to write beside the file: every row, what became of it, and why.
import type { Locale, Words } from '#kernel/words.ts'
import { say } from '#kernel/words.ts'
import { CSV_TYPE, delimiterFor, writeCsv, writeXlsx, XLSX_TYPE, type CellOut } from '#kernel/sheet/write-sheet.ts'
import type { Importer, Issue, Note, Outcome, Verdict } from './importer.ts'

export const OUTCOMES: Readonly<Record<Outcome, Words>> = {
  new: { id: 'baru', en: 'new' },
  unchanged: { id: 'sudah ada', en: 'already there' },
  rejected: { id: 'ditolak', en: 'rejected' },
}

const HEADINGS: readonly Words[] = [
  { id: 'Baris', en: 'Row' },
  { id: 'Nama', en: 'Name' },
  { id: 'Hasil', en: 'Outcome' },
  { id: 'Yang harus diperbaiki', en: 'To be corrected' },
  { id: 'Perhatian', en: 'Worth a look' },
]

const NOTE: Words = { id: 'catatan', en: 'note' }

/** What an issue says, in one language. */
export const sayIssue = (issue: Issue, locale: Locale): string => say(issue.message, locale, { ...issue.values })

/** An issue as the API says it. */
export const issueJson = (issue: Issue, locale: Locale): Record<string, unknown> => ({
  code: issue.code,
  ...(issue.column === undefined ? {} : { column: issue.column }),
  message: sayIssue(issue, locale),
})

/** The issues of a cell; where a column is meant, it is named first. */
function sentences(importer: Pick<Importer, 'columns'> | undefined, issues: readonly Issue[], locale: Locale): string {
  return issues
    .map((issue) => {
      const column = importer?.columns.find((c) => c.key === issue.column)
      return `${column ? `${say(column.label, locale)}: ` : ''}${sayIssue(issue, locale)}`
    })
    .join('\n')
}

async function* lines(
  importer: Pick<Importer, 'columns'> | undefined,
  verdicts: AsyncIterable<Verdict> | Iterable<Verdict>,
  notes: readonly Note[],
  locale: Locale,
): AsyncGenerator<readonly CellOut[]> {
  for await (const v of verdicts)
    yield [v.row, v.title, say(OUTCOMES[v.outcome], locale), sentences(importer, v.errors, locale), sentences(importer, v.warnings, locale)]
  for (const n of notes) yield [n.rows.join(', '), null, say(NOTE, locale), null, sayIssue(n, locale)]
}

export type Report = { readonly type: string; readonly body: ReadableStream<Uint8Array> }

/** The report as a file. Verdicts are pulled as the reader reads. */
export function writeReport(
  format: 'xlsx' | 'csv',
  locale: Locale,
  importer: Pick<Importer, 'columns'> | undefined,
  verdicts: AsyncIterable<Verdict> | Iterable<Verdict>,
  notes: readonly Note[],
): Report {
  const headings = HEADINGS.map((h) => say(h, locale))
  const rows = lines(importer, verdicts, notes, locale)
  if (format === 'csv') return { type: CSV_TYPE, body: writeCsv(headings, rows, delimiterFor(locale)) }
  const columns = [{ kind: 'number' as const, width: 8 }, { width: 32 }, { width: 14 }, { width: 60 }, { width: 60 }]
  return { type: XLSX_TYPE, body: writeXlsx(headings, rows, { name: say({ id: 'Laporan impor', en: 'Import report' }, locale), columns }) }
}
