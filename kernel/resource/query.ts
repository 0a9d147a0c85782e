// A hand-written read of a module: `GET /api/{tenant}/{module}/{name}`.
import type { Ctx } from '#kernel/ctx.ts'
import type { Sheet } from '#kernel/sheet/sheet.ts'
import type { Words } from '#kernel/words.ts'
import type { Field } from './field.ts'

export type Query<Input = Record<string, unknown>> = {
  /** `module.name`. */
  readonly name: string
  readonly label: Words
  readonly doc: string
  /** Permission to ask, usually the `read` of the resource it reads. */
  readonly permission: string
  readonly input: Readonly<Record<string, Field>>
  readonly run: (ctx: Ctx, input: Input) => Promise<unknown>
  /** Asking it is a security event of this kind, about the row of this input. */
  readonly noticed?: { readonly kind: 'health_read'; readonly about?: string }
  /** The answer as a table to take away: with it `?format=xlsx` and `?format=pdf` follow. `permission`: the `export` of what it lists. */
  readonly sheet?: { readonly permission: string; readonly of: (ctx: Ctx, input: Input) => Promise<Sheet> }
}

export const query = <Input>(facts: Query<Input>): Query<Input> => facts
