// A check of generic writes that a declaration cannot express, because it needs to look around.
import type { Ctx } from '#kernel/ctx.ts'
import type { Stored } from './action.ts'
import type { Model } from './model.ts'
import type { Resource } from './resource.ts'

export type GenericWrite = {
  readonly verb: 'create' | 'update' | 'delete' | 'restore'
  /** Clean values of the fields that are written (JSON form). */
  readonly values: Readonly<Record<string, unknown>>
  /** The row before, locked; null on create. */
  readonly row: Stored | null
}

export type Guard = {
  readonly resource: string
  /** Throws a Refusal when the write must not happen. Runs inside its transaction. `model`: everything that was declared. */
  readonly check: (ctx: Ctx, write: GenericWrite, model: Model) => Promise<void>
}

export async function checkGuards(model: Model, ctx: Ctx, r: Resource, write: GenericWrite): Promise<void> {
  for (const guard of model.guards.get(r.name) ?? []) await guard.check(ctx, write, model)
}
