// Actions → endpoints: permission, input, lock, state, then the module's own function, all in one transaction.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { type Reply, writeOnce } from '#kernel/http/once.ts'
import { type FieldProblem, invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { planFresh } from '#kernel/workflow/plan.ts'
import type { Action, Stored } from './action.ts'
import { resourceNamed } from './model.ts'
import { readOne } from './read.ts'
import type { Resource } from './resource.ts'
import { findRow, stale } from './store.ts'
import { type After, allow, nothingAfter, sentBy, versionIn } from './to-routes.ts'
import { checkInput } from './to-schema.ts'

const NO_ROW = { id: '', version: 0 } as Stored

/** Checks an action's input and does it. Shared by the API, the command line and jobs. */
export async function act(
  ctx: Ctx,
  house: Pick<House, 'model'>,
  action: Action,
  id: string | null,
  input: unknown,
  version?: number,
): Promise<Reply> {
  const r = resourceNamed(house.model, action.resource)
  const { values, problems } = checkInput(action.input, input, 'create', ctx.today)
  const found: FieldProblem[] = [...problems]
  if (!found.length) action.refine?.(values, (field, message) => found.push({ field, code: 'rule_broken', message }))
  if (found.length) throw invalid(found)
  const row = id === null ? NO_ROW : await lockFor(ctx, r, action, id, version)
  const answer = await action.run(ctx, row, values)
  await planFresh(ctx, house.model.workflows)
  return { status: 200, body: answer ?? (id === null ? {} : await readAfter(ctx, house.model, r, id)) }
}

/** The row after an act; only its id when the act moved it out of what the actor sees. */
async function readAfter(ctx: Ctx, model: House['model'], r: Resource, id: string): Promise<unknown> {
  try {
    return await readOne(ctx, model, r, id)
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return { id }
    throw error
  }
}

async function lockFor(ctx: Ctx, r: Resource, action: Action, id: string, version?: number): Promise<Stored> {
  const row = await findRow(ctx, r, id, { lock: true })
  // What became of it meanwhile says more than that it has changed.
  if (action.notNow && !action.when?.(row)) throw await action.notNow(ctx, row)
  if (version !== undefined && row.version !== version) throw stale(row)
  if (action.when && !action.when(row))
    throw new Refusal(409, 'not_now', {
      id: 'Ini tidak dapat dilakukan pada keadaan data sekarang. Muat ulang untuk melihat yang mungkin.',
      en: 'This cannot be done in the record’s present state. Reload to see what can.',
    })
  return row
}

export function toActions(house: House, r: Resource, after: After = nothingAfter): Hono<Env> {
  const app = new Hono<Env>()
  for (const action of house.model.actions.get(r.name) ?? []) {
    const path = action.on === 'one' ? `/:id/${action.noun}` : `/${action.noun}`
    app.post(path, async (c) => {
      const who = whoOf(c)
      allow(who, r, action.noun)
      const version = versionIn(c, false)
      const { json, text } = await readJson(c)
      const id = action.on === 'one' ? (c.req.param('id' as never) as string) : null
      const sent = action.shownOnce ? { ...sentBy(c, text), key: undefined } : sentBy(c, text)
      const response = await writeOnce(house, who, action.noun, sent, (ctx) => act(ctx, house, action, id, json, version))
      await after(who, r, action.noun)
      return response
    })
  }
  return app
}
