// A letter that is ready to be set: plain data, words only. This is what is kept, and all that `letter.typ` sees.
import type { PaperName } from '../codes.ts'
import type { Align } from './tree.ts'

/** A stretch of words with their marks, or a line break. */
export type Run = { readonly s: string; readonly b?: true; readonly i?: true; readonly u?: true } | { readonly br: true }

export type ContentBlock =
  | { readonly t: 'p'; readonly align: Align | null; readonly indent: number; readonly runs: readonly Run[] }
  | { readonly t: 'h'; readonly level: number; readonly align: Align | null; readonly runs: readonly Run[] }
  | { readonly t: 'list'; readonly ordered: boolean; readonly items: readonly (readonly ContentBlock[])[] }
  | { readonly t: 'table'; readonly border: boolean; readonly columns: readonly ContentColumn[]; readonly rows: readonly ContentRow[] }
  | { readonly t: 'hr' }
/** Width of a column: as wide as its words (`auto`), or a share of what is left. `label`: that of an identity table, alike in all of them. */
export type ContentColumn = 'auto' | 'label' | number
export type ContentRow = { readonly head: boolean; readonly cells: readonly ContentCell[] }
export type ContentCell = {
  readonly columns: number
  readonly rows: number
  readonly align: Align | null
  readonly blocks: readonly ContentBlock[]
}

/** Who signs, line by line: `a.n. Kepala Desa Sukamaju` / `Sekretaris Desa`. */
export type ContentSignature = { readonly lines: readonly string[]; readonly name: string; readonly under: string | null }

export type LetterContent = {
  readonly form: 1
  readonly subject: string
  readonly author: string
  readonly paper: PaperName
  /** Day of the letter, `YYYY-MM-DD`. */
  readonly day: string
  readonly letterhead: {
    readonly above: readonly string[]
    readonly name: string
    readonly below: readonly string[]
    /** SVG, or null for none. */
    readonly logo: string | null
  } | null
  readonly title: string
  readonly number: string
  readonly blocks: readonly ContentBlock[]
  /** "Sukamaju, 21 November 2026". */
  readonly placeAndDay: string
  readonly signature: ContentSignature
  /** The applicant's own signature, left of the official's. */
  readonly holder: ContentSignature | null
  /** "Mengetahui": the head of the district. */
  readonly witness: ContentSignature | null
  /** What the QR code says, and the words under it. */
  readonly qr: { readonly url: string; readonly words: string } | null
  readonly footer: { readonly left: string; readonly right: string }
  readonly attachment: { readonly title: string; readonly blocks: readonly ContentBlock[] } | null
}
