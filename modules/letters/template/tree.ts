// The text of a template as a tree: the few tags a letter needs, and nothing else can be in it.

export const ALIGNS = ['left', 'center', 'right', 'justify'] as const
export type Align = (typeof ALIGNS)[number]
export type Mark = 'strong' | 'em' | 'u'

/** Where something starts in the text, from 1. */
export type Place = { readonly line: number; readonly column: number }

export type Inline =
  /** `raw`: the text as it was written, from `place` on. */
  | { readonly tag: 'text'; readonly text: string; readonly raw: string; readonly marks: readonly Mark[]; readonly place: Place }
  | { readonly tag: 'br'; readonly place: Place }
export type Cell = {
  readonly head: boolean
  readonly columns: number
  readonly rows: number
  readonly align: Align | null
  /** Width of the column, in per cent of the table. */
  readonly width: number | null
  readonly content: readonly Block[]
}
export type Row = { readonly cells: readonly Cell[]; readonly place: Place }
export type Block =
  | { readonly tag: 'p'; readonly align: Align | null; readonly indent: number; readonly content: readonly Inline[] }
  | { readonly tag: 'h1' | 'h2' | 'h3'; readonly align: Align | null; readonly content: readonly Inline[] }
  | { readonly tag: 'ol' | 'ul'; readonly items: readonly (readonly Block[])[] }
  | { readonly tag: 'table'; readonly border: boolean; readonly rows: readonly Row[] }
  | { readonly tag: 'hr' }

/** Limits of one text: a letter that needs more is not a letter. */
export const LIMITS = { length: 60_000, depth: 16, nodes: 4_000, placeholders: 400 } as const
