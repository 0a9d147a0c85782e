// An import in one go, for the command line and for setting up: the same check, the same rules, the same report as in the browser.
import type { House } from '#kernel/house.ts'
import { newId } from '#kernel/resource/id.ts'
import { reading, writing, type Who } from '#kernel/tenancy/as-tenant.ts'
import { examine, openSheet, type Counts } from './examine.ts'
import type { Importer, Note, Tell, Verdict } from './importer.ts'
import { guessMapping, mapRows, requireColumns, type Mapping } from './mapping.ts'
import { insertImport, moveImport, saveVerdicts } from './rows.ts'

export type ImportOutcome = {
  /** Of the record people find among the imports; null after a dry run, which leaves none. */
  readonly id: string | null
  readonly headings: readonly string[]
  readonly mapping: Mapping
  readonly verdicts: readonly Verdict[]
  readonly notes: readonly Note[]
  readonly counts: Counts
  /** What was written, by name; null after a dry run. */
  readonly totals: Readonly<Record<string, number>> | null
}

/**
 * Reads, checks and, unless `dryRun`, applies a file in one transaction. Without `mapping` the headings are guessed.
 * Throws a Refusal when the file cannot be read or a required column is missing; then nothing was changed.
 */
export async function runImport(
  house: House,
  who: Who,
  importer: Importer,
  bytes: Uint8Array,
  fileName: string,
  options: { readonly dryRun: boolean; readonly mapping?: Mapping; readonly tell: Tell },
): Promise<ImportOutcome> {
  const sheet = await openSheet(bytes, fileName)
  const mapping = options.mapping ?? guessMapping(importer, sheet.headings)
  requireColumns(importer, mapping)
  const rows = mapRows(sheet, mapping)
  if (options.dryRun) {
    const found = await examine(await reading(house, who), importer, rows, options.tell)
    return { id: null, headings: sheet.headings, mapping, ...found, totals: null }
  }
  return writing(house, who, 'import', async (ctx) => {
    const found = await examine(ctx, importer, rows, options.tell)
    const totals = await importer.apply(ctx, found.plan, options.tell)
    const id = newId()
    const facts = { headings: sheet.headings, rows: sheet.rows.length }
    await insertImport(ctx, { id, importer: importer.name, file_name: fileName, sheet: facts, mapping, bytes: null })
    await saveVerdicts(ctx, id, found)
    await moveImport(ctx.db, ctx.tenant.id, id, ['uploaded'], { status: 'applied', totals: { ...totals } })
    return { id, headings: sheet.headings, mapping, ...found, totals }
  })
}
