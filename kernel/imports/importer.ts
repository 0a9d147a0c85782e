// What an importer is: columns it understands, a dry run with a verdict for every row, and one transaction that applies it.
import type { Ctx } from '#kernel/ctx.ts'
import type { Words } from '#kernel/words.ts'

export type ImportColumn = {
  readonly key: string
  readonly label: Words
  /** Other headings it is known by, compared without case, spaces and punctuation. */
  readonly aliases?: readonly string[]
  readonly required?: boolean
}

/** A row of the sheet after mapping: column key → text as it stands in the cell. `row` is the sheet's own row number. */
export type SheetRow = {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
  /** Columns whose number had more digits than a spreadsheet keeps: the last ones may be wrong. The report warns of them by itself. */
  readonly rounded?: readonly string[]
}

export type Issue = {
  /** Stable, for programs: `nik_length`. */
  readonly code: string
  readonly column?: string
  readonly message: Words
  readonly values?: Readonly<Record<string, unknown>>
}

export type Outcome = 'new' | 'unchanged' | 'rejected'

export type Verdict = {
  readonly row: number
  readonly title: string
  readonly outcome: Outcome
  readonly errors: readonly Issue[]
  readonly warnings: readonly Issue[]
}

/** Something to say about several rows together, such as a family without a head. */
export type Note = Issue & { readonly rows: readonly number[] }

export type Checked<Plan = unknown> = { readonly verdicts: readonly Verdict[]; readonly notes: readonly Note[]; readonly plan: Plan }

export type Tell = (done: number, total: number, doing: Words) => void

export type Importer<Plan = unknown> = {
  /** `module.noun`. */
  readonly name: string
  /** The resource on whose list it is offered and whose `import` permission it needs. */
  readonly resource: string
  readonly label: Words
  readonly doc: string
  readonly columns: readonly ImportColumn[]
  /** Looks at every row and changes nothing. Rows arrive in the order of the sheet. */
  readonly check: (ctx: Ctx, rows: readonly SheetRow[], tell: Tell) => Promise<Checked<Plan>>
  /** Writes the plan in the caller's transaction. Answers counts by name, for the report. */
  readonly apply: (ctx: Ctx, plan: Plan, tell: Tell) => Promise<Readonly<Record<string, number>>>
}
