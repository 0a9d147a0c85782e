// What a caller says to have people told something, and what is kept of it.
import type { Words } from '#kernel/words.ts'

/** Members by their accounts, everybody with a permission, or everybody in a role. */
export type Recipients = { readonly users: readonly string[] } | { readonly permission: string } | { readonly role: string }

export type Notice = {
  /** A declared kind, `letters.request_ready`. */
  readonly kind: string
  /** Whoever acts is told only when named. People who are no members (any more) are left out. */
  readonly to: Recipients
  /** The record it is about: who may not see it is not told, and it is what the notification opens. */
  readonly about?: { readonly resource: string; readonly id: string }
  /** A place inside the community to open instead, `imports/0192…`. */
  readonly link?: string
  /** Fills the places of the words. Sealed with the community's key. */
  readonly data?: Readonly<Record<string, string | number | Words>>
  /** The same key is told to a person once, whatever comes with it the second time. No personal data: it is kept in clear. */
  readonly key: string
}

/** What a notification says, as it was when it was told; sealed under `SEALED_AS`. */
export type Content = { readonly title: Words; readonly message: Words; readonly data: Readonly<Record<string, string | number | Words>> }

export const SEALED_AS = 'core.notifications.content'

/** Names what a queued message tells of, so that it is looked at again before it leaves. `id`: one notification; `digest`: all up to a moment (ISO 8601). */
export type NoticeRef = { readonly tenantId: string; readonly userId: string } & ({ readonly id: string } | { readonly digest: string })
