// Role × move × state, for every workflow there is: exactly what is declared can be done, through every door, and nothing else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { allows, type Workflow } from '#kernel/workflow/workflow.ts'
import { library } from '../library/index.ts'
import { PEOPLE, type PersonName } from '../places.ts'
import { openWorld, type World } from '../world.ts'
import { forceState, intoState, wayTo } from './into-state.ts'
import { makerOf, pathOf, type Maker } from './maker.ts'
import { permissionsOf } from './people.ts'
import { sampleFor } from './samples/index.ts'

const HERE = 'sukamaju'
const workflows = [...modelOf([...MODULES, library]).workflows.values()].map((w) => [w.resource.name, w] as const)
const members = (Object.keys(PEOPLE) as PersonName[]).filter((p) => HERE in PEOPLE[p].in)

let world: World
let admin: Maker
let tenant: string
beforeAll(async () => {
  world = await openWorld()
  admin = makerOf(world, await world.as('andi', HERE), 'Sukamaju')
  tenant = await world.tenantId(HERE)
})
afterAll(() => world?.close())

/** A new row, in a state. */
async function rowIn(w: Workflow, state: string): Promise<string> {
  const { id } = await admin.make(w.resource.name)
  await intoState(world, tenant, w, id, state)
  return id
}

describe.each(workflows)('%s', (_name, w) => {
  const r = w.resource
  // Where a state holds more than its word, no row is forced into it: what begins there is told by the module's own stories.
  const byActs = sampleFor(r.name).byActs === true
  const states = byActs ? [w.initial] : Object.keys(w.states)

  test.each(members)('%s', async (person) => {
    const permissions = permissionsOf(world, person, HERE)
    const client = await world.as(person, HERE)
    const can = (verb: string): boolean => permissions.has(`${r.name}:${verb}`)
    for (const state of states) {
      let id = await rowIn(w, state)
      for (const move of w.moves) {
        const path = `${pathOf(r)}/${id}`
        const shown = await client.get(path)
        const allowed = allows(w, move, (await admin.client.get(path)).body)
        const asDeclared = can(move.noun) && allowed
        if (can('read'))
          expect([shown.body.may.includes(move.noun), `${state} ${move.noun}`]).toEqual([asDeclared, `${state} ${move.noun}`])
        const answer = await client.post(`${path}/${move.noun}`, await admin.input(r.name, move.noun, move.input ?? {}))
        const expected = !can('read') ? 404 : !can(move.noun) ? 403 : allowed ? 200 : 409
        expect([answer.status, `${state} ${move.noun}`], JSON.stringify(answer.body)).toEqual([expected, `${state} ${move.noun}`])
        const { body } = await admin.client.get(path)
        expect(body[w.field]).toBe(expected === 200 ? move.to : state)
        const past = (await admin.client.get(`${path}/status-history`)).body.data
        expect(past.length).toBe(wayTo(w, state).length + (expected === 200 ? 2 : 1))
        // What was refused left no trace, so the next move may be tried on the same row.
        if (expected === 200) id = await rowIn(w, state)
      }
    }
  })

  test('raw SQL, as the application: each state to each other', async () => {
    for (const from of states)
      for (const to of Object.keys(w.states)) {
        if (from === to) continue
        const id = await rowIn(w, from)
        const done = await forceState(world, tenant, w, id, to).then(
          () => 'done',
          (error: { code: string }) => error.code,
        )
        const declared = w.moves.some((m) => m.from.includes(from) && m.to === to)
        expect([done, `${from}>${to}`]).toEqual([declared && !(byActs && done === '23514') ? 'done' : '23514', `${from}>${to}`])
      }
  })
})
