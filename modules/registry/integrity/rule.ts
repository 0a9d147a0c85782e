// What a check of the register is: one statement that finds rows to look at again, with words for why and what to do.
import type { Param } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import type { Words } from '#kernel/words.ts'

export type Finding = { readonly id: string; readonly title: string; readonly detail: string | null }

export type Rule = {
  readonly key: string
  readonly group: 'people' | 'families' | 'places' | 'books'
  /** `error`: the register contradicts itself. `doubt`: it may well be so, but somebody should look. */
  readonly weight: 'error' | 'doubt'
  readonly label: Words
  /** Why it matters and how it is put right. */
  readonly doc: Words
  /** What is found: the record that a finding links to. */
  readonly resource: string
  readonly find: (ctx: Ctx) => Promise<readonly Finding[]>
}

/** Writes the rules of one group, each a statement: key, weight, what it finds, words, `sql`. */
export const rulesOf =
  (group: Rule['group']) =>
  (key: string, weight: Rule['weight'], resource: string, label: Words, doc: Words, sql: Parameters<typeof bySql>[0]): Rule => ({
    key,
    group,
    weight,
    label,
    doc,
    resource,
    find: bySql(sql),
  })

/** Findings a rule may have at most; a village with more than this has one problem, not so many. */
export const MOST = 50_000

/** Rows of a resource that the actor sees and that are not deleted, as SQL over `t`, beside the tenant. */
export const seen = (ctx: Ctx, resource: string, param: Param): string => `t.deleted_at is null and ${ctx.sees(resource, param)}`

/** Still living here, or expected back. */
export const ACTIVE = `t.status in ('ALIVE', 'MISSING', 'AWAY')`

/** A rule of one statement; `sql` answers id, title and detail. */
export const bySql =
  (sql: (param: Param, ctx: Ctx) => string): Rule['find'] =>
  async (ctx) => {
    const { values, param } = paramsOf(ctx.tenant.id)
    const text = `${sql(param, ctx)} limit ${MOST}`
    return (await ctx.db.query<Finding>(text, values)).rows
  }
