// What the caller may do next with a row: said in every answer, so that no screen has to guess a policy.
import type { Ctx } from '#kernel/ctx.ts'
import type { Stored } from './action.ts'
import type { Model } from './model.ts'
import type { Resource } from './resource.ts'

/** Verbs and action nouns that are allowed and make sense for this row. */
export function mayDo(ctx: Ctx, model: Model, r: Resource, row: Stored): string[] {
  const can = (verb: string): boolean => ctx.can(`${r.name}:${verb}`)
  if (row['deleted_at']) return r.verbs.includes('restore') && can('restore') ? ['restore', 'history'] : ['history']
  const verbs = (['update', 'delete', 'reveal'] as const).filter((verb) => r.verbs.includes(verb) && can(verb))
  const secretless = !Object.values(r.fields).some((f) => f.secret)
  const actions = (model.actions.get(r.name) ?? []).filter((a) => a.on === 'one' && can(a.noun) && (a.when?.(row) ?? true))
  return [...verbs.filter((v) => v !== 'reveal' || !secretless), 'history', ...actions.map((a) => a.noun)]
}

/** What the caller may do with the resource as a whole. */
export function mayDoMany(ctx: Ctx, model: Model, r: Resource): string[] {
  const verbs = (['create', 'import', 'export', 'restore'] as const).filter((verb) => r.verbs.includes(verb) && ctx.can(`${r.name}:${verb}`))
  const actions = (model.actions.get(r.name) ?? []).filter((a) => a.on === 'many' && ctx.can(`${r.name}:${a.noun}`))
  return [...verbs, ...actions.map((a) => a.noun)]
}
