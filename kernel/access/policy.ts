// What a module says about who may: which rows a rule shows, and the roles a new community starts with.
import type { Actor, Tenant } from '#kernel/ctx.ts'
import type { Model } from '#kernel/resource/model.ts'
import type { Words } from '#kernel/words.ts'

/** Adds a value to the statement's parameters and answers its placeholder, `$3`. */
export type Param = (value: unknown) => string

/**
 * A filter over the rows of a resource: SQL over the alias `t`, never a boolean.
 * Applied by list, read, update, action, search, export and count alike.
 */
export type Visibility = {
  readonly name: string
  readonly label: Words
  readonly rows: (who: { actor: Actor; tenant: Tenant; model: Model }, param: Param) => string
}

export type ResourcePolicy = {
  readonly resource: string
  /** Rules that a role may choose from; without a choice a role sees all rows. */
  readonly visibility: readonly Visibility[]
  /** Holds for everybody, whatever their role: a person's own drafts, for example. */
  readonly always?: Visibility['rows']
  /** Verbs and action nouns that ask a person for their PIN (kernel/step-up), and that a device's key may never use. */
  readonly sensitive?: readonly string[]
}

export type RoleTemplate = {
  readonly name: string
  readonly description: Words
  /** `registry.citizens:read`, `registry.*:*`, `*:read` … */
  readonly permissions: readonly string[]
  /** Resource → visibility rule; absent = all rows. */
  readonly visibility?: Readonly<Record<string, string>>
}
