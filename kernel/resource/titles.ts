// What a row is called, also through references: joined into the statement that reads it, never one query per row.
import type { Param } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import type { Locale } from '#kernel/words.ts'
import type { Stored } from './action.ts'
import { worded } from './columns.ts'
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
export function titlePlan(ctx: Pick<Ctx, 'sees'>, model: Model, r: Resource, param: Param): TitlePlan {
  const joins: string[] = []
  const columns: string[] = []
  const of = new Map<string, Part[]>()
  const follow = (from: string, field: string, target: Resource, depth: number): Part[] => {
    const alias = `r${joins.length + 1}`
    const visible = ctx.sees(target.name, param).replaceAll(/\bt\./g, `${alias}.`)
    joins.push(`left join ${target.table} ${alias} on ${alias}.tenant_id = $1 and ${alias}.id = ${from}.${field}${visible === 'true' ? '' : ` and ${visible}`}`)
    return target.title.flatMap((part) => {
      const f = target.fields[part]
      if (!f) return []
      if (f.kind === 'ref') return depth < DEPTH_MAX ? follow(alias, part, resourceNamed(model, f.to ?? ''), depth + 1) : []
      const key = `${alias}_${part}`
      columns.push(`${alias}.${part} as ${key}`)
      return [{ resource: target, field: part, key }]
    })
  }
  for (const [name, f] of Object.entries(r.fields)) if (f.kind === 'ref') of.set(name, follow('t', name, resourceNamed(model, f.to ?? ''), 1))
  return { joins: joins.join('\n'), columns: columns.length ? `, ${columns.join(', ')}` : '', of }
}

const join = (parts: string[]): string => parts.filter(Boolean).join(' ')

/** The names of what a row refers to: `{ family_id: '9901••••••••0012' }`. */
export function titlesOf(seal: Seal, plan: TitlePlan, row: Stored, locale: Locale): Record<string, string | null> {
  const titles: Record<string, string | null> = {}
  for (const [field, parts] of plan.of)
    if (row[field]) titles[field] = join(parts.map((p) => worded(seal, p.resource, p.field, row[p.key], locale))) || null
  return titles
}

/** What a row itself is called. */
export const titleOf = (seal: Seal, plan: TitlePlan, r: Resource, row: Stored, locale: Locale): string =>
  join(
    r.title.flatMap((name) =>
      r.fields[name]?.kind === 'ref'
        ? (plan.of.get(name) ?? []).map((p) => worded(seal, p.resource, p.field, row[p.key], locale))
        : worded(seal, r, name, row[name], locale),
    ),
  )
