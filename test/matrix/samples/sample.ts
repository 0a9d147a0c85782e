// What a module may tell the matrices about its resources, where a declaration alone cannot make a valid row.
import type { Maker, Made } from '../maker.ts'

export type Sample = {
  /** Values that rules between fields ask for. */
  readonly values?: (n: number, maker: Maker) => Record<string, unknown>
  /** How a row comes to be when the generic API does not create it. Answers its id. */
  readonly make?: (maker: Maker, n: number) => Promise<string>
  /** Its states hold more than their word (a number, a file, a reason), so a row gets into one by acts alone. */
  readonly byActs?: true
  /** Noun → a row that this act makes sense on, where that is not a new one. Answers its id. */
  readonly ready?: Readonly<Record<string, (maker: Maker) => Promise<string>>>
  /** There is at most one per community. */
  readonly single?: true
  /** Derived from other rows: their own community's later writes may take it away. */
  readonly derived?: true
  /** Visibility rule → a member's attributes, a row that member sees, and one they do not. */
  readonly seen?: Readonly<Record<string, (maker: Maker) => Promise<{ attributes: Record<string, unknown>; seen: Made; hidden: Made }>>>
  /** Its rows are seen through rows of this resource: whoever a rule hides those from does not see it either. */
  readonly through?: string
  /** Valid inputs of its actions, where fields alone cannot make one. */
  readonly inputs?: Readonly<Record<string, (maker: Maker) => Promise<Record<string, unknown>>>>
}

export type Samples = Readonly<Record<string, Sample>>
