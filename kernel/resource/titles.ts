// What a row is called, also through references: joined into the statement that reads it, never one query per row.
import type { Param } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import type { Locale } from '#kernel/words.ts'
import type { Stored } from './action.ts'
import { type Width, worded } from './columns.ts'
import { type Model, resourceNamed } from './model.ts'
import type { Resource } from './resource.ts'

/** References are followed this far to find a name: resident → address → hamlet. */
const DEPTH_MAX = 3

/** Where each part of a title comes from in the answer of a statement. */
type Part = { readonly resource: Resource; readonly field: string; readonly key: string }
export type TitlePlan = { readonly joins: string; readonly columns: string; readonly of: ReadonlyMap<string, readonly Part[]> }

/**
 * Joins that fetch the names of every row that `r` refers to, over the alias `t`.
 * A row the actor may not see has no name, though its id is known.
 */
export function titlePlan(ctx: Pick<Ctx, 'sees'>, model: Model, r: Resource, param: Param, width: Width = 'all'): TitlePlan {
  const plan = openPlan(model, r, width)
  return plan.targets.every((name) => ctx.sees(name, () => '') === 'true') ? plan : makePlan(ctx, model, r, param, width)
}

type OpenPlan = TitlePlan & { readonly targets: readonly string[] }
const plansOf = new WeakMap<Model, Map<string, OpenPlan>>()

/** The plan of those who see every row, which is most people: made once, because it is the same for all of them. */
function openPlan(model: Model, r: Resource, width: Width): OpenPlan {
  let plans = plansOf.get(model)
  if (!plans) plansOf.set(model, (plans = new Map()))
  const key = `${r.name} ${width}`
  let plan = plans.get(key)
  if (!plan) {
    const targets = new Set<string>()
    const sees = (name: string): string => (targets.add(name), 'true')
    plan = { ...makePlan({ sees }, model, r, () => '', width), targets: [...targets] }
    plans.set(key, plan)
  }
  return plan
}

function makePlan(ctx: Pick<Ctx, 'sees'>, model: Model, r: Resource, param: Param, width: Width): TitlePlan {
  const joins: string[] = []
  const columns: string[] = []
  const of = new Map<string, Part[]>()
  const follow = (from: string, field: string, target: Resource, depth: number): Part[] => {
    const alias = `r${joins.length + 1}`
    const visible = ctx.sees(target.name, param).replaceAll(/\bt\./g, `${alias}.`)
    joins.push(
      `left join ${target.table} ${alias} on ${alias}.tenant_id = $1 and ${alias}.id = ${from}.${field}${visible === 'true' ? '' : ` and ${visible}`}`,
    )
    return target.title.flatMap((part) => {
      const f = target.fields[part]
      if (!f) return []
      if (f.kind === 'ref') return depth < DEPTH_MAX ? follow(alias, part, resourceNamed(model, f.to ?? ''), depth + 1) : []
      const key = `${alias}_${part}`
      columns.push(`${alias}.${part} as ${key}`)
      return [{ resource: target, field: part, key }]
    })
  }
  const wanted = (name: string): boolean => width === 'all' || r.list.includes(name) || r.title.includes(name)
  for (const [name, f] of Object.entries(r.fields))
    if (f.kind === 'ref' && wanted(name)) of.set(name, follow('t', name, resourceNamed(model, f.to ?? ''), 1))
  return { joins: joins.join('\n'), columns: columns.length ? `, ${columns.join(', ')}` : '', of }
}

/** The words of several parts, one after the other; empty parts leave no gap. */
function wordsOf(seal: Seal, parts: readonly Part[], row: Stored, locale: Locale): string {
  let words = ''
  for (const p of parts) {
    const word = worded(seal, p.resource, p.field, row[p.key], locale)
    if (word) words += words ? ` ${word}` : word
  }
  return words
}

/** The names of what a row refers to: `{ family_id: '9901••••••••0012' }`. */
export function titlesOf(
  seal: Seal,
  plan: TitlePlan,
  row: Stored,
  locale: Locale,
  only?: readonly string[],
): Record<string, string | null> {
  const titles: Record<string, string | null> = {}
  for (const [field, parts] of plan.of)
    if (row[field] && (!only || only.includes(field))) titles[field] = wordsOf(seal, parts, row, locale) || null
  return titles
}

/** What a row itself is called. */
export function titleOf(seal: Seal, plan: TitlePlan, r: Resource, row: Stored, locale: Locale): string {
  let words = ''
  for (const name of r.title) {
    const word =
      r.fields[name]?.kind === 'ref' ? wordsOf(seal, plan.of.get(name) ?? [], row, locale) : worded(seal, r, name, row[name], locale)
    if (word) words += words ? ` ${word}` : word
  }
  return words
}
