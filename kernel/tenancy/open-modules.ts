// What a switched-off module takes with it: every permission of its own, so that no route, menu, search, export or reference shows it.
import type { Actor, Tenant } from '#kernel/ctx.ts'

/** Whether a module's parts are open in a community; the kernel's own always are. `name`: a module or anything named after one. */
export const moduleIsOpen = (tenant: Pick<Tenant, 'modules'>, name: string): boolean => {
  const module = name.split('.')[0] ?? ''
  return module === 'core' || tenant.modules.includes(module)
}

// The same member under the same modules is the same object: other caches are keyed by it.
const narrowed = new WeakMap<Actor, { modules: string; actor: Actor }>()

/** The member as they are in this community now: without the permissions of modules that are off. */
export function withinModules(tenant: Pick<Tenant, 'modules'>, actor: Actor): Actor {
  const modules = tenant.modules.join()
  const known = narrowed.get(actor)
  if (known?.modules === modules) return known.actor
  const permissions = new Set([...actor.permissions].filter((p) => moduleIsOpen(tenant, p)))
  const made = permissions.size === actor.permissions.size ? actor : { ...actor, permissions }
  narrowed.set(actor, { modules, actor: made })
  return made
}
