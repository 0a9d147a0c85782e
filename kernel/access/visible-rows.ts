// The one place where a policy becomes SQL: which rows of a resource an actor may see.
import type { Actor, Tenant } from '#kernel/ctx.ts'
import type { Model } from '#kernel/resource/model.ts'
import type { Param } from './policy.ts'

/** SQL over the alias `t`. A rule that a role names but nobody declares shows nothing: a typing mistake must not open a door. */
export function visibleRows(model: Model, who: { actor: Actor; tenant: Tenant }, resource: string, param: Param): string {
  // Who may not read a resource sees none of its rows, not even their names through a reference.
  if (!who.actor.permissions.has(`${resource}:read`)) return 'false'
  const policy = model.policies.get(resource)
  const parts: string[] = []
  const asker = { actor: who.actor, tenant: who.tenant, model }
  if (policy?.always && who.actor.userId !== null) parts.push(policy.always(asker, param))
  const chosen = who.actor.visibility[resource]
  if (chosen !== undefined && chosen !== 'all') {
    const rule = policy?.visibility.find((v) => v.name === chosen)
    parts.push(rule ? rule.rows(asker, param) : 'false')
  }
  // What holds for every row limits nothing: whoever sees them all is told so.
  const limits = parts.filter((part) => part !== 'true')
  return limits.length ? limits.map((part) => `(${part})`).join(' and ') : 'true'
}
