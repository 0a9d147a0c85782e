// What a module puts on a person's first page.
import type { Ctx } from '#kernel/ctx.ts'
import type { Words } from '#kernel/words.ts'

/** Something that waits for this person; `to` is a path inside the community, `registry/citizens?nik.null=true`. */
export type Waiting = { readonly key: string; readonly label: Words; readonly count: number; readonly to: string }
export type KeyNumber = { readonly key: string; readonly label: Words; readonly value: number | string; readonly to?: string }
export type HomePart = { readonly waiting: readonly Waiting[]; readonly numbers: readonly KeyNumber[] }

export type Home = (ctx: Ctx) => Promise<HomePart>

/** Counts that strangers may read: a number, or text that hides a small one (`<5`, `*`). */
export type PublicTable = {
  readonly label: string
  readonly rows: readonly { readonly label: string; readonly male: number | string; readonly female: number | string }[]
}
export type PublicNumbers = { readonly title: Words; readonly day: string; readonly tables: readonly PublicTable[] }

/** Lines of the public page: how to reach the community, who heads it; and tables of counts. Never anything about a single resident. */
export type PublicFacts = (ctx: Ctx) => Promise<{
  readonly facts: readonly { readonly label: Words; readonly value: string }[]
  readonly updated: Date | null
  readonly numbers?: PublicNumbers
}>
