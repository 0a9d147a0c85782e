// Brings a row into a state of its workflow as the database allows it: by steps that are declared, without anybody's permission.
import { transaction } from '#kernel/db/scoped.ts'
import type { Workflow } from '#kernel/workflow/workflow.ts'
import type { World } from '../world.ts'

/** The states that lead from the beginning to a state, fewest first. */
export function wayTo(w: Workflow, state: string): string[] {
  const ways = new Map<string, string[]>([[w.initial, []]])
  for (const [at, way] of ways) for (const m of w.moves) if (m.from.includes(at) && !ways.has(m.to)) ways.set(m.to, [...way, m.to])
  return ways.get(state)!
}

/** Writes a state, whatever it was; rejects when no move leads there. */
export const forceState = (world: World, tenantId: string, w: Workflow, id: string, state: string): Promise<unknown> =>
  transaction(world.house.database.app, tenantId, { user: null, doing: 'changed', request: 'matrix', ip: null, agent: null }, (db) =>
    db.query(`update ${w.resource.table} set ${w.field} = $3 where tenant_id = $1 and id = $2`, [tenantId, id, state]),
  )

/** A row in its first state is taken to `state`. */
export async function intoState(world: World, tenantId: string, w: Workflow, id: string, state: string): Promise<void> {
  for (const step of wayTo(w, state)) await forceState(world, tenantId, w, id, step)
}
