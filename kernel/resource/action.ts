// What a module does: a named verb on a resource. Each is an endpoint, a CLI call and a job body; the name is a noun.
import type { Ctx } from '#kernel/ctx.ts'
import type { Refusal } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'
import type { Field } from './field.ts'

/** A row as the database keeps it: column → value, secrets still sealed. */
export type Stored = Record<string, unknown> & { id: string; version: number }

export type Action<Input = unknown> = {
  /** Full name of the resource, `registry.citizens`. */
  readonly resource: string
  /** Path segment, a noun: `POST …/{id}/departure`. */
  readonly noun: string
  readonly label: Words
  /** What it does, in a sentence or two: on the screen in the reader's language, in the API description in English. */
  readonly doc: Words
  /** `one` acts on a row that is locked first; `many` acts on the resource as a whole. */
  readonly on: 'one' | 'many'
  /** The input, as fields: the generic screens build their form from it. */
  readonly input: Readonly<Record<string, Field>>
  /** Checks that no field alone can express; runs after the fields are valid. */
  readonly refine?: (input: Input, issue: (field: string, message: Words) => void) => void
  /** Whether the row is in a state for it, by its choices and flags alone (looked-at.ts). Said in every read answer; checked again under the lock. */
  readonly when?: (row: Stored) => boolean
  /** Says why not, where `when` says no; without it the answer is a general one. */
  readonly notNow?: (ctx: Ctx, row: Stored) => Promise<Refusal>
  /** Its answer holds a secret that is shown this once: it is not kept under an Idempotency-Key, and so never replayed. */
  readonly shownOnce?: true
  /** Used by programs and by screens of our own: no button is made of it, because its input is nothing a person would type. */
  readonly unlisted?: true
  /** Asks for a deliberate confirmation in the browser. */
  readonly grave?: true
  /** Does the work inside the transaction; what it returns is the answer's body. */
  readonly run: (ctx: Ctx, row: Stored, input: Input) => Promise<unknown>
}

/** Declares an action on one row (or, with `on: 'many'`, on the resource). Its permission is `resource:noun`. */
export const action = <Input>(facts: Omit<Action<Input>, 'on'> & { on?: 'one' | 'many' }): Action<Input> => ({ on: 'one', ...facts })
