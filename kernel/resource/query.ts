// A hand-written read of a module: `GET /api/{tenant}/{module}/{name}`, or `POST` where what is asked is too long for an address.
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
  /** `POST`: the input is a JSON body, because it is long or nobody's address should hold it. Changes nothing all the same. */
  readonly by?: 'POST'
  /** The answer is a file of this type under this name, and `run` answers its bytes (`Uint8Array`). */
  readonly file?: { readonly mime: string; readonly name: string }
  readonly run: (ctx: Ctx, input: Input) => Promise<unknown>
  /** Asking it is a security event of this kind, about the row of this input. */
  readonly noticed?: { readonly kind: 'health_read'; readonly about?: string }
  /** The answer as a table to take away: with it `?format=xlsx` and `?format=pdf` follow. `permission`: the `export` of what it lists. */
  readonly sheet?: { readonly permission: string; readonly of: (ctx: Ctx, input: Input) => Promise<Sheet> }
}

export const query = <Input>(facts: Query<Input>): Query<Input> => facts
