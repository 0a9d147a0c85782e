// What the server says about itself: who is signed in, which communities, and what each may see and do there.
import type { Field } from '#kernel/resource/field.ts'
import type { Resource, Verb } from '#kernel/resource/resource.ts'
import type { Locale, Words } from '#kernel/words.ts'

export type Said = Words | string

export type Me = {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly email: string | null
    readonly username: string
    readonly locale: Locale
  }
  readonly tenants: readonly Membership[]
  /** Runs the installation: may open /app/platform. */
  readonly operator?: true
  /** Communities whose membership has ended. */
  readonly former?: readonly FormerMembership[]
}

export type FormerMembership = {
  readonly name: string
  readonly kind: string
  readonly why: 'expired' | 'suspended' | 'inactive' | 'community_suspended' | 'community_deleting'
  readonly expires_on: string | null
}

export type Membership = { readonly id: string; readonly code: string; readonly name: string; readonly kind: string; readonly role: string }

export type ActionFacts = {
  readonly noun: string
  readonly label: Words
  readonly doc: Words
  readonly on: 'one' | 'many'
  readonly input: Readonly<Record<string, Field>>
  readonly grave?: true
  /** A screen of its own uses it; no button is made of it. */
  readonly unlisted?: true
}

/** How the records of a resource move: what each state means, and what its moves are called. */
export type WorkflowFacts = {
  readonly field: string
  readonly states: Readonly<Record<string, { readonly label: Words; readonly doc: Words; readonly final?: true }>>
  readonly moves: readonly { readonly noun: string; readonly label: Words; readonly to: string }[]
  /** Whether any state has a deadline. */
  readonly timed: boolean
}

/** Since when a record is in its state, and when that is due. */
export type Clock = { readonly since: string; readonly due_at: string | null; readonly overdue: boolean; readonly paused: boolean }

/** How a record came into a state. `by` null: by itself; `from` null: how it began. */
export type StatusChange = {
  readonly at: string
  readonly by: { readonly id: string; readonly name: string } | null
  readonly move: string | null
  readonly from: string | null
  readonly to: string
  readonly note: string | null
}

export type ResourceFacts = Omit<Resource, 'doc'> & {
  readonly doc?: Said
  readonly may: readonly Verb[]
  readonly actions: readonly ActionFacts[]
  readonly importers: readonly { readonly name: string; readonly label: Words; readonly doc?: Said }[]
  readonly visibility?: readonly { readonly name: string; readonly label: Words }[]
  /** Verbs and nouns that ask for a PIN. */
  readonly sensitive?: readonly string[]
  readonly workflow?: WorkflowFacts
}

export type ModuleFacts = {
  readonly name: string
  readonly label: Words
  readonly resources: readonly ResourceFacts[]
  readonly queries: readonly { readonly name: string; readonly label: Words }[]
}

export type Model = {
  readonly tenant: {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly kind: string
    readonly locale: Locale
    readonly time_zone: string
    readonly currency: string
    readonly today: string
  }
  readonly me: { readonly name: string; readonly role: string; readonly permissions: readonly string[] }
  readonly modules: readonly ModuleFacts[]
  /** Whether the server makes PDFs; elsewhere the browser prints. */
  readonly pdf: boolean
}

/** A row as the API answers it. */
export type RowJson = {
  readonly id: string
  readonly version: number
  readonly titles?: Readonly<Record<string, string | null>>
  readonly created_at: string
  readonly updated_at: string
  readonly deleted_at: string | null
  readonly may?: readonly string[]
  readonly clock?: Clock | null
  readonly [field: string]: unknown
}

export type Page = { readonly next: string | null; readonly total?: number; readonly capped?: boolean }
export type ListJson = { readonly data: readonly RowJson[]; readonly page: Page; readonly may?: readonly string[] }

export type Change = {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
  readonly before_title?: string | null
  readonly after_title?: string | null
}

export type HistoryEntry = {
  readonly at: string
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly action: string
  readonly changes: readonly Change[]
  readonly ip: string | null
  readonly user_agent: string | null
  readonly request_id: string | null
}

export type Job = {
  readonly id: string
  readonly name: string
  readonly label: Said
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  readonly done: number
  readonly total: number
  readonly doing: Said | null
  readonly result: unknown
  readonly error: unknown
  readonly created_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly may?: readonly string[]
}

export const findResource = (model: Model, name: string): ResourceFacts | undefined =>
  model.modules.flatMap((module) => module.resources).find((resource) => resource.name === name)
