// What one member may use, as data: the screens are built from this and from nothing else.
import type { Ctx } from '#kernel/ctx.ts'
import { importersOf } from '#kernel/imports/importers.ts'
import { typesetterIsHere } from '#kernel/pdf/typesetter.ts'
import { mayDoMany } from './may.ts'
import { workflowFacts } from '#kernel/workflow/to-model.ts'
import type { Model } from './model.ts'

/** The declarations, actions, importers and queries that are open to the member in this tenant. */
export function toModel(ctx: Ctx, model: Model): Record<string, unknown> {
  const { tenant, actor } = ctx
  const modules = model.modules
    .filter((m) => m.name === 'core' || tenant.modules.includes(m.name))
    .map((m) => ({
      name: m.name,
      label: m.label,
      doc: m.doc,
      resources: m.resources
        .filter((r) => ctx.can(`${r.name}:read`))
        .map((r) => ({
          ...r,
          ...workflowFacts(model.workflows.get(r.name)),
          may: [
            ...mayDoMany(ctx, model, r),
            ...r.verbs.filter((v) => ['update', 'delete', 'reveal'].includes(v) && ctx.can(`${r.name}:${v}`)),
          ],
          actions: (model.actions.get(r.name) ?? [])
            .filter((a) => ctx.can(`${r.name}:${a.noun}`))
            .map(({ noun, label, doc, on, input, grave, unlisted }) => ({
              ...{ noun, label, doc, on, input },
              ...(grave ? { grave } : {}),
              ...(unlisted ? { unlisted } : {}),
            })),
          importers: ctx.can(`${r.name}:import`)
            ? [...importersOf(model).values()].filter((i) => i.resource === r.name).map(({ name, label, doc }) => ({ name, label, doc }))
            : [],
          // What asks for a PIN: verbs of the resource and nouns of its actions.
          sensitive: model.policies.get(r.name)?.sensitive ?? [],
          visibility: (model.policies.get(r.name)?.visibility ?? []).map(({ name, label }) => ({ name, label })),
        })),
      queries: (m.queries ?? []).filter((q) => ctx.can(q.permission)).map(({ name, label, doc }) => ({ name, label, doc })),
    }))
    .filter((m) => m.resources.length || m.queries.length)
  return {
    tenant: {
      id: tenant.id,
      code: tenant.code,
      name: tenant.name,
      kind: tenant.kind,
      locale: tenant.locale,
      time_zone: tenant.timeZone,
      currency: tenant.currency,
      today: ctx.today,
    },
    me: {
      name: actor.name,
      role: actor.role,
      user_id: actor.userId,
      membership_id: actor.membershipId,
      permissions: [...actor.permissions].toSorted(),
    },
    modules,
    // Whether reports come as PDF from this server.
    pdf: typesetterIsHere(),
  }
}

/** Every permission there is, for the role editor: only those of modules this tenant uses. */
export const permissionsOf = (ctx: Ctx, model: Model): string[] =>
  [...model.permissions].filter((p) => p.startsWith('core.') || ctx.tenant.modules.some((m) => p.startsWith(`${m}.`))).toSorted()
