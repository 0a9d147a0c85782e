// What the house does by itself once a day: a duty of the installation, or of every community of a module.
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import type { Words } from '#kernel/words.ts'

/** What came of it, as counts: `{ counted: 3 }`. Never personal data. */
export type DutyResult = Readonly<Record<string, number>>

export type Duty = {
  /** `module.what-it-does`, unique. */
  readonly name: string
  readonly label: Words
  /** Done every few minutes besides. */
  readonly often?: true
  readonly run: (house: House) => Promise<DutyResult | void>
}

/** A duty towards every community that uses the module: runs in one transaction each, as the system. Must be safe to run again. */
export type TenantDuty = {
  readonly name: string
  readonly label: Words
  readonly run: (ctx: Ctx) => Promise<DutyResult | void>
}
