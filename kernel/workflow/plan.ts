// Puts a record's clock in order: what the history, the hours and the holidays say now becomes a row that lists and the job can ask.
import type { Ctx } from '#kernel/ctx.ts'
import { calendarOf } from './calendar.ts'
import { automaticMoves, clockOf, type Times } from './clock.ts'
import type { Term, Workflow } from './workflow.ts'

const termsOf = (w: Workflow): Term[] => [
  ...Object.values(w.states).flatMap((s) => s.deadline ?? []),
  ...w.moves.flatMap((m) => (typeof m.automatic === 'object' ? [m.automatic] : [])),
]

/** What a workflow's terms mean in this community. Settings and holidays are read only when a term asks for them. */
export async function timesOf(ctx: Ctx, w: Workflow): Promise<Times> {
  const terms = termsOf(w)
  const hours = new Map<Term, number>()
  for (const term of terms) hours.set(term, typeof term.hours === 'number' ? term.hours : await ctx.setting(term.hours))
  const works = terms.some((t) => t.time === 'working')
  const calendar = works ? await calendarOf(ctx) : { timeZone: ctx.tenant.timeZone, hours: NEVER, isHoliday: () => false }
  return { calendar, hoursOf: (term) => hours.get(term) ?? 0 }
}

const NEVER = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }

/** Works the clock of one row out anew and keeps it; the caller holds the lock of the clock or moved the row. A deadline that was told as missed is not told again for the same clock. */
export async function planClock(ctx: Ctx, w: Workflow, id: string, times?: Times): Promise<void> {
  const key = [ctx.tenant.id, w.resource.name, id]
  const { rows } = await ctx.db.query<{ state: string; at: Date }>(
    `select to_state as state, occurred_at as at from core.status_history
      where tenant_id = $1 and resource = $2 and resource_id = $3 order by occurred_at, id`,
    key,
    true,
  )
  const last = rows.at(-1)
  if (!last) return
  const timed = termsOf(w).length > 0
  const known = timed ? (times ?? (await timesOf(ctx, w))) : null
  const clock = known && clockOf(w, rows, known)
  const [move] = known ? automaticMoves(w, last, clock, known) : []
  await ctx.db.query(
    `update core.workflow_clocks set clock_state = $4, started_at = $5, due_at = $6, paused_at = $7, next_move = $8,
       told_for = case when told_for = $5 then told_for end,
       next_at = least($9::timestamptz, case when told_for is distinct from $5::timestamptz then $6::timestamptz end)
      where tenant_id = $1 and resource = $2 and resource_id = $3`,
    [
      ...key,
      clock?.state ?? null,
      clock?.startedAt ?? null,
      clock?.dueAt ?? null,
      clock?.pausedAt ?? null,
      move?.noun ?? null,
      move?.at ?? null,
    ],
    true,
  )
}

/** Clocks of the rows that this very transaction made or moved and nobody has planned: by functions of a module, and imports. */
export async function planFresh(ctx: Ctx, workflows: ReadonlyMap<string, Workflow>): Promise<void> {
  if (!workflows.size) return
  const { rows } = await ctx.db.query<{ resource: string; resource_id: string }>(
    `select resource, resource_id from core.workflow_clocks
      where tenant_id = $1 and next_at = '-infinity' and entered_at >= now() and resource = any($2)
      limit 100 for no key update skip locked`,
    [ctx.tenant.id, [...workflows.keys()]],
    true,
  )
  for (const [resource, fresh] of Map.groupBy(rows, (row) => row.resource)) {
    const w = workflows.get(resource)!
    const times = await timesOf(ctx, w)
    for (const row of fresh) await planClock(ctx, w, row.resource_id, times)
  }
}
