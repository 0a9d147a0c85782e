// The clock in answers and filters: joined to the rows that are read, never asked row by row.
import type { Param } from '#kernel/access/policy.ts'
import type { Stored } from '#kernel/resource/action.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import type { Workflow } from './workflow.ts'

export type Workflows = ReadonlyMap<string, Workflow>

/** What a row's answer says of its clock. `due_at` null: no deadline, or it stands still. */
export type ClockFacts = { since: Date; due_at: Date | null; overdue: boolean; paused: boolean }

/** Columns of the clock, after others; empty for a resource without a workflow. */
export const clockColumns = (workflows: Workflows, r: Resource): string =>
  workflows.has(r.name) ? ', ck.entered_at as clock_since, ck.due_at as clock_due_at, ck.paused_at as clock_paused_at' : ''

/** Joins the clock to rows over the alias `t`. */
export const clockJoin = (workflows: Workflows, r: Resource): string =>
  workflows.has(r.name)
    ? `left join core.workflow_clocks ck on ck.tenant_id = $1 and ck.resource = '${r.name}' and ck.resource_id = t.id`
    : ''

/** The clock of a row that was read with `clockColumns`; null when it has none. */
export function clockFacts(now: Date, row: Stored): ClockFacts | null {
  const since = row['clock_since'] as Date | null | undefined
  if (!since) return null
  const dueAt = row['clock_due_at'] as Date | null
  return { since, due_at: dueAt, overdue: dueAt !== null && dueAt <= now, paused: row['clock_paused_at'] !== null }
}

/** SQL over the alias `t`: whether the deadline of a row has passed. */
export const overdueSql = (r: Resource, now: Date, overdue: boolean, param: Param): string =>
  `${overdue ? '' : 'not '}exists (select from core.workflow_clocks ck where ck.tenant_id = $1 and ck.resource = ${param(r.name)} and ck.resource_id = t.id and ck.due_at <= ${param(now)})`
