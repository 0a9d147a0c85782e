// What the caller may do next with a row: said in every answer, so that no screen has to guess a policy.
import type { Actor, Ctx } from '#kernel/ctx.ts'
import type { Action, Stored } from './action.ts'
import type { Model } from './model.ts'
import type { Resource } from './resource.ts'

/** Verbs and action nouns that are allowed and make sense for this row. */
export function mayDo(ctx: Ctx, model: Model, r: Resource, row: Stored): string[] {
  const allowed = allowedTo(ctx, model, r)
  if (row['deleted_at']) return allowed.restore ? ['restore', 'history'] : ['history']
  const nouns = [...allowed.verbs, 'history']
  for (const a of allowed.actions) if (a.when?.(row) ?? true) nouns.push(a.noun)
  return nouns
}

type Allowed = { readonly restore: boolean; readonly verbs: readonly string[]; readonly actions: readonly Action[] }
// An actor is made anew whenever a role may have changed, so what one may do is worked out once, not for every row of every list.
const known = new WeakMap<Actor, Map<Resource, Allowed>>()

function allowedTo(ctx: Ctx, model: Model, r: Resource): Allowed {
  let mine = known.get(ctx.actor)
  if (!mine) known.set(ctx.actor, (mine = new Map()))
  let allowed = mine.get(r)
  if (!allowed) {
    const can = (verb: string): boolean => ctx.can(`${r.name}:${verb}`)
    const secretless = !Object.values(r.fields).some((f) => f.secret)
    allowed = {
      restore: r.verbs.includes('restore') && can('restore'),
      verbs: (['update', 'delete', 'reveal'] as const).filter(
        (verb) => r.verbs.includes(verb) && can(verb) && (verb !== 'reveal' || !secretless),
      ),
      actions: (model.actions.get(r.name) ?? []).filter((a) => a.on === 'one' && can(a.noun)),
    }
    mine.set(r, allowed)
  }
  return allowed
}

/** What the caller may do with the resource as a whole. */
export function mayDoMany(ctx: Ctx, model: Model, r: Resource): string[] {
  const verbs = (['create', 'import', 'export', 'restore'] as const).filter(
    (verb) => r.verbs.includes(verb) && ctx.can(`${r.name}:${verb}`),
  )
  const actions = (model.actions.get(r.name) ?? []).filter((a) => a.on === 'many' && ctx.can(`${r.name}:${a.noun}`))
  return [...verbs, ...actions.map((a) => a.noun)]
}
