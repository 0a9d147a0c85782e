// Everything that was declared, looked up by name: made once at start from the list of modules.
import type { ResourcePolicy } from '#kernel/access/policy.ts'
import type { Importer } from '#kernel/imports/importer.ts'
import type { JobKind } from '#kernel/jobs/job.ts'
import type { Module } from '#kernel/module.ts'
import type { NotificationKind } from '#kernel/notifications/kind.ts'
import type { SettingFact } from '#kernel/settings/fact.ts'
import { toMoves } from '#kernel/workflow/moves.ts'
import type { Workflow } from '#kernel/workflow/workflow.ts'
import type { Action } from './action.ts'
import { lookedAt } from './looked-at.ts'
import type { Query } from './query.ts'
import type { Guard } from './guard.ts'
import type { Resource } from './resource.ts'

export type Model = {
  readonly modules: readonly Module[]
  readonly resources: ReadonlyMap<string, Resource>
  /** Resource → its actions. */
  readonly actions: ReadonlyMap<string, readonly Action[]>
  /** Resource → how its rows move. */
  readonly workflows: ReadonlyMap<string, Workflow>
  /** Resource → fields that decide which of its actions are possible. */
  readonly looked: ReadonlyMap<string, ReadonlySet<string>>
  readonly queries: ReadonlyMap<string, Query>
  readonly importers: ReadonlyMap<string, Importer>
  readonly jobs: readonly JobKind<never>[]
  /** What people can be told, by name. */
  readonly notifications: ReadonlyMap<string, NotificationKind>
  /** Resource → which of its rows whom. */
  readonly policies: ReadonlyMap<string, ResourcePolicy>
  /** Resource → checks of its generic writes. */
  readonly guards: ReadonlyMap<string, readonly Guard[]>
  readonly settings: ReadonlyMap<string, SettingFact>
  /** Every permission there is. */
  readonly permissions: ReadonlySet<string>
  /** Permissions that policies mark sensitive: held only with the PIN said just now. */
  readonly sensitive: ReadonlySet<string>
}

/** Gathers modules; throws when two declare the same thing or one points to what does not exist. */
export function modelOf(modules: readonly Module[]): Model {
  const resources = new Map<string, Resource>()
  const actions = new Map<string, Action[]>()
  const workflows = new Map<string, Workflow>()
  const queries = new Map<string, Query>()
  const importers = new Map<string, Importer>()
  const policies = new Map<string, ResourcePolicy>()
  const guards = new Map<string, Guard[]>()
  const settings = new Map<string, SettingFact>()
  const notifications = new Map<string, NotificationKind>()
  const once = <T>(map: Map<string, T>, key: string, value: T): void => {
    if (map.has(key)) throw new Error(`"${key}" is declared twice.`)
    map.set(key, value)
  }
  for (const m of modules) {
    for (const r of m.resources) once(resources, r.name, r)
    for (const w of m.workflows ?? []) {
      if (!m.resources.includes(w.resource)) throw new Error(`The workflow of ${w.resource.name} does not belong to the module ${m.name}.`)
      once(workflows, w.resource.name, w)
    }
    for (const a of [...(m.workflows ?? []).flatMap(toMoves), ...(m.actions ?? [])]) {
      const own = actions.get(a.resource) ?? []
      if (own.some((other) => other.noun === a.noun)) throw new Error(`"${a.resource}:${a.noun}" is declared twice.`)
      actions.set(a.resource, [...own, a as unknown as Action])
    }
    for (const g of m.guards ?? []) guards.set(g.resource, [...(guards.get(g.resource) ?? []), g])
    for (const q of m.queries ?? []) once(queries, q.name, q as unknown as Query)
    for (const i of m.importers ?? []) once(importers, i.name, i)
    for (const s of m.settings ?? []) {
      if (!s.name.startsWith(`${m.name}.`)) throw new Error(`The setting ${s.name} does not belong to the module ${m.name}.`)
      once(settings, s.name, s)
    }
    for (const n of m.notifications ?? []) {
      if (!n.name.startsWith(`${m.name}.`)) throw new Error(`The notification ${n.name} does not belong to the module ${m.name}.`)
      once(notifications, n.name, n)
    }
    for (const p of m.policy) once(policies, p.resource, p)
  }
  for (const [resource, { moves }] of workflows) {
    const grave = moves.filter((move) => move.sensitive).map((move) => move.noun)
    const policy = policies.get(resource) ?? { resource, visibility: [] }
    if (grave.length) policies.set(resource, { ...policy, sensitive: [...(policy.sensitive ?? []), ...grave] })
  }
  for (const r of resources.values())
    for (const [name, f] of Object.entries(r.fields))
      if (f.kind === 'ref' && !resources.has(f.to ?? '')) throw new Error(`${r.name}.${name} points to ${f.to}, which nobody declares.`)
  for (const name of actions.keys()) if (!resources.has(name)) throw new Error(`An action belongs to ${name}, which nobody declares.`)
  const looked = new Map<string, Set<string>>()
  for (const [name, list] of actions) {
    const r = resources.get(name)
    looked.set(name, new Set(list.flatMap((a) => (r ? [...lookedAt(a, r)] : []))))
  }
  const permissions = new Set<string>()
  for (const r of resources.values()) for (const verb of r.verbs) permissions.add(`${r.name}:${verb}`)
  for (const list of actions.values()) for (const a of list) permissions.add(`${a.resource}:${a.noun}`)
  for (const q of queries.values()) permissions.add(q.permission)
  for (const p of KERNEL_PERMISSIONS) permissions.add(p)
  const sensitive = new Set([...policies.values()].flatMap((p) => (p.sensitive ?? []).map((verb) => `${p.resource}:${verb}`)))
  for (const p of sensitive) if (!permissions.has(p)) throw new Error(`${p} is marked sensitive, and nobody declares it.`)
  return {
    modules,
    resources,
    actions,
    workflows,
    looked,
    queries,
    importers,
    jobs: modules.flatMap((m) => m.jobs ?? []),
    notifications,
    policies,
    guards,
    settings,
    permissions,
    sensitive,
  }
}

/** Permissions of what the kernel serves beside resources. */
export const KERNEL_PERMISSIONS = [
  'core.audit_logs:read',
  'core.audit_logs:export',
  'core.jobs:read',
  'core.messages:read',
  'core.messages:retry',
] as const

/** A declared resource by name; its absence is a mistake of ours, not of a caller. */
export function resourceNamed(model: Model, name: string): Resource {
  const found = model.resources.get(name)
  if (!found) throw new Error(`No resource is named ${name}.`)
  return found
}

/** Whether a pattern of a role (`registry.*:read`, `*:*`) grants a permission. */
export function grants(pattern: string, permission: string): boolean {
  const [what = '', verb = ''] = pattern.split(':')
  const [name = '', done = ''] = permission.split(':')
  const whatFits = what === '*' || what === name || (what.endsWith('.*') && name.startsWith(what.slice(0, -1)))
  return whatFits && (verb === '*' || verb === done)
}

/** The permissions that a list of patterns grants. */
export function resolvePermissions(model: Model, patterns: readonly string[]): Set<string> {
  return new Set([...model.permissions].filter((p) => patterns.some((pattern) => grants(pattern, p))))
}
