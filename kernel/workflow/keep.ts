// What time does to records: a deadline that passes is told once, a move that waits for its hour is made. Run every few minutes.
import type { Ctx, Tenant } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { seekRow } from '#kernel/resource/store.ts'
import { systemActor, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { moduleIsOpen } from '#kernel/tenancy/open-modules.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { automaticMoves } from './clock.ts'
import { planClock, timesOf } from './plan.ts'
import { allows, type Workflow } from './workflow.ts'
import { carryOut } from './moves.ts'

const BATCH = 200
const ORIGIN = { requestId: 'workflow', ip: null, userAgent: null }

/** How many clocks were worked out, deadlines told, moves made, and rows that could not be served. */
export type Kept = { planned: number; overdue: number; moved: number; failed: number }

/**
 * Serves every record whose hour has come by `at`, in every open community, one transaction each. Safe to run again and in several
 * processes at once: what is due is looked at again under the lock. A row that fails is logged, stops no other, and is tried at the next run.
 */
export async function keepClocks(house: House, at = new Date()): Promise<Kept> {
  const kept: Kept = { planned: 0, overdue: 0, moved: 0, failed: 0 }
  if (!house.model.workflows.size) return kept
  for (const tenant of await allTenants(house)) {
    if (tenant.status !== 'active' || !(await waiting(house, tenant, at))) continue
    const who: Who = { tenant, actor: systemActor(house.model), origin: ORIGIN, locale: tenant.locale }
    for (const w of house.model.workflows.values()) {
      if (!moduleIsOpen(tenant, w.resource.name)) continue
      for (let n = BATCH; n === BATCH; kept.planned += n) n = await planSome(house, who, w)
      await serve(house, who, w, at, kept)
    }
  }
  return kept
}

/** Whether anything at all is to be done in a community: one look into an index, for the many in which nothing is. */
async function waiting(house: House, tenant: Tenant, at: Date): Promise<boolean> {
  const { rowCount } = await scopedDb(house.database.app, tenant.id).query(
    'select 1 from core.workflow_clocks where tenant_id = $1 and next_at <= $2 limit 1',
    [tenant.id, at],
    true,
  )
  return rowCount > 0
}

/** Works out clocks that were asked for: after another holiday, other hours, an import. Answers how many. */
const planSome = (house: House, who: Who, w: Workflow): Promise<number> =>
  writing(house, who, 'changed', async (ctx) => {
    const { rows } = await ctx.db.query<{ id: string }>(
      `select resource_id as id from core.workflow_clocks where tenant_id = $1 and resource = $2 and next_at = '-infinity'
        order by resource_id limit ${BATCH} for no key update skip locked`,
      [ctx.tenant.id, w.resource.name],
    )
    const times = rows.length ? await timesOf(ctx, w) : undefined
    for (const { id } of rows) await planClock(ctx, w, id, times)
    return rows.length
  })

type Due = { readonly id: string; readonly move: string | null }

async function serve(house: House, who: Who, w: Workflow, at: Date, kept: Kept): Promise<void> {
  const db = scopedDb(house.database.app, who.tenant.id)
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await db.query<Due>(
      `select k.resource_id as id, k.next_move as move from core.workflow_clocks k
         join ${w.resource.table} t on t.tenant_id = $1 and t.id = k.resource_id and t.deleted_at is null
        where k.tenant_id = $1 and k.resource = $2 and k.next_at <= $3 and k.resource_id > $4 order by k.resource_id limit ${BATCH}`,
      [who.tenant.id, w.resource.name, at, after],
    )
    for (const due of rows)
      try {
        // The change log remembers the move by its name, as when a person makes it.
        const done = await writing(house, who, due.move ?? 'changed', (ctx) => serveOne(ctx, w, due.id, at))
        kept.overdue += Number(done.overdue)
        kept.moved += Number(done.moved)
      } catch (error) {
        const { name, code } = error as Error & { code?: string }
        kept.failed++
        house.log.error({ resource: w.resource.name, id: due.id, move: due.move, error: name, code }, 'a record could not be moved on')
      }
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}

type Known = { state: string; entered_at: Date; clock_state: string | null; due_at: Date | null; told: boolean; fresh: boolean }

async function serveOne(ctx: Ctx, w: Workflow, id: string, at: Date): Promise<{ overdue: boolean; moved: boolean }> {
  const done = { overdue: false, moved: false }
  const row = await seekRow(ctx, w.resource, id, { lock: true })
  const known = row && (await lockClock(ctx, w, id))
  if (!row || !known || known.fresh) return done
  const key = [ctx.tenant.id, w.resource.name, id]
  if (known.due_at && known.due_at <= at && !known.told) {
    await ctx.db.query(
      'update core.workflow_clocks set told_for = started_at where tenant_id = $1 and resource = $2 and resource_id = $3',
      key,
    )
    await ctx.emit(`${w.resource.name}.overdue`, w.resource.name, id, { state: known.clock_state, due_at: known.due_at })
    done.overdue = true
  }
  const times = await timesOf(ctx, w)
  const clock = known.clock_state && { state: known.clock_state, startedAt: known.entered_at, dueAt: known.due_at, pausedAt: null }
  const ready = automaticMoves(w, { state: known.state, at: known.entered_at }, clock || null, times)
    .filter((one) => one.at <= at)
    .flatMap((one) => w.moves.find((m) => m.noun === one.noun) ?? [])
    .find((m) => allows(w, m, row))
  if (ready) {
    // What an automatic move asks for has defaults, or may stay empty: checked when the program starts.
    await carryOut(ctx, w, ready, row, defaultsOf(ready.input ?? {}) as never)
    done.moved = true
  } else await planClock(ctx, w, id, times)
  return done
}

const defaultsOf = (input: NonNullable<Workflow['moves'][number]['input']>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).map(([name, f]) => [name, f.initial ?? null]))

async function lockClock(ctx: Ctx, w: Workflow, id: string): Promise<Known | undefined> {
  const { rows } = await ctx.db.query<Known>(
    `select state, entered_at, clock_state, due_at, coalesce(told_for = started_at, false) as told, coalesce(next_at = '-infinity', false) as fresh
       from core.workflow_clocks where tenant_id = $1 and resource = $2 and resource_id = $3 for no key update`,
    [ctx.tenant.id, w.resource.name, id],
  )
  return rows[0]
}
