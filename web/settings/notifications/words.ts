// What the server says of the words of notifications.
import type { Words } from '#kernel/words.ts'

export const WORDS = 'core.notification_words'
export const wordsKey = (tenant: string) => ['notification-words', tenant] as const

export const PARTS = ['title_id', 'text_id', 'title_en', 'text_en'] as const
export type Part = (typeof PARTS)[number]
export type Draft = Readonly<Record<Part, string>>

export type KindWords = {
  readonly kind: string
  readonly module: string
  readonly label: Words
  readonly places: readonly { readonly name: string; readonly label: Words; readonly example: Words }[]
  readonly default: Draft
  readonly own: (Draft & { readonly id: string; readonly version: number }) | null
  /** The row whose history is told; also of words that were reset. */
  readonly history_id: string | null
}
export type WordsJson = { readonly data: readonly KindWords[]; readonly may: readonly string[] }

export type Shown = {
  readonly title: string
  readonly text: string
  readonly mail: { readonly subject: string; readonly text: string }
  readonly sms: string
}
export type Preview = { readonly id: Shown; readonly en: Shown }
