// The dry run, wherever it is asked for: what becomes of every row, in numbers and as a fingerprint to compare later.
import { createHash } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { readSheet, type Sheet } from '#kernel/sheet/read-sheet.ts'
import { SheetError } from '#kernel/sheet/sheet-error.ts'
import type { Checked, Importer, Issue, SheetRow, Tell, Verdict } from './importer.ts'

export type Counts = {
  readonly new: number
  readonly unchanged: number
  readonly rejected: number
  /** Rows with at least one warning. */
  readonly warnings: number
}

export type Examined = Checked & { readonly counts: Counts; readonly digest: Buffer }

/** As `readSheet`; a file that cannot be read is a 422 that says what to do. */
export async function openSheet(bytes: Uint8Array, fileName: string): Promise<Sheet> {
  try {
    return await readSheet(bytes, fileName)
  } catch (error) {
    if (error instanceof SheetError) throw new Refusal(422, error.code, error.words, [], { more: { ...error.values } })
    throw error
  }
}

const rounded = (column: string): Issue => ({
  code: 'digits_lost',
  column,
  message: {
    id: 'Angka ini lebih panjang dari yang dapat disimpan lembar kerja: digit terakhirnya mungkin keliru. Simpan kolom ini sebagai teks.',
    en: 'This number is longer than a spreadsheet keeps: its last digits may be wrong. Store the column as text.',
  },
})

/** Runs the importer's check and sums it up. */
export async function examine(ctx: Ctx, importer: Importer, rows: readonly SheetRow[], tell: Tell): Promise<Examined> {
  const checked = await importer.check(ctx, rows, tell)
  const lost = new Map(rows.filter((r) => r.rounded?.length).map((r) => [r.row, r.rounded ?? []]))
  const verdicts = lost.size
    ? checked.verdicts.map((v) => ({ ...v, warnings: [...v.warnings, ...(lost.get(v.row) ?? []).map(rounded)] }))
    : checked.verdicts
  const whole = { ...checked, verdicts }
  return { ...whole, counts: countsOf(verdicts), digest: digestOf(whole) }
}

function countsOf(verdicts: readonly Verdict[]): Counts {
  const counts = { new: 0, unchanged: 0, rejected: 0, warnings: 0 }
  for (const v of verdicts) {
    counts[v.outcome]++
    if (v.warnings.length) counts.warnings++
  }
  return counts
}

/** Equal when every row has the same outcome for the same reasons. */
function digestOf(checked: Checked): Buffer {
  const hash = createHash('sha256')
  const reasons = (issues: readonly Issue[]): string => issues.map((i) => `${i.code}@${i.column ?? ''}`).join(',')
  for (const v of checked.verdicts) hash.update(`${v.row} ${v.outcome} ${reasons(v.errors)};${reasons(v.warnings)}\n`)
  for (const n of checked.notes) hash.update(`${n.code} ${n.rows.join(',')}\n`)
  return hash.digest()
}
