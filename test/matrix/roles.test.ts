// Role × verb, for every resource there is: whoever may not read gets 404, whoever may read but not do gets 403, and nothing is ever a 500.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import { rolesOf } from '#kernel/access/templates.ts'
import { modelOf } from '#kernel/resource/model.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { library } from '../library/index.ts'
import { PEOPLE, type PersonName } from '../places.ts'
import { openWorld, type Client, type World } from '../world.ts'
import { makerOf, pathOf, type Made, type Maker } from './maker.ts'
import { permissionsOf, watched } from './people.ts'
import { sampleFor } from './samples/index.ts'

const HERE = 'sukamaju'
const model = modelOf([...MODULES, library])
const members = (Object.keys(PEOPLE) as PersonName[]).filter((p) => HERE in PEOPLE[p].in)

let world: World
let admin: Maker
const plain: string[] = []
beforeAll(async () => {
  world = await openWorld()
  admin = makerOf(world, await world.as('andi', HERE), 'Sukamaju')
})
afterAll(() => world?.close())

/** The rule that limits what this person sees of a resource, from their role's template. */
function ruleOf(person: PersonName, r: Pick<Resource, 'name'>): string | undefined {
  const role = (PEOPLE[person].in as Record<string, string>)[HERE]
  return rolesOf(model.modules).find((t) => t.name === role)?.visibility?.[r.name]
}

type Trial = { r: Resource; can: (verb: string) => boolean; client: Client; maker: Maker; hidden: boolean; make: () => Promise<Made> }

async function trialOf(person: PersonName, r: Resource): Promise<Trial> {
  const permissions = permissionsOf(world, person, HERE)
  const can = (verb: string): boolean => permissions.has(`${r.name}:${verb}`)
  const rule = ruleOf(person, r)
  const through = sampleFor(r.name).through
  const behind = through !== undefined && ruleOf(person, { name: through }) !== undefined
  const client = watched(await world.as(person, HERE), () => plain)
  const owner = can('create') && !behind ? makerOf(world, client, 'Sukamaju') : admin
  const make = async (): Promise<Made> => {
    const made = rule ? (await sampleFor(r.name).seen?.[rule]?.(admin))?.hidden : await owner.make(r.name)
    if (!made) throw new Error(`test/matrix/samples does not say which rows of ${r.name} the rule ${rule} shows and hides.`)
    plain.push(...made.plain)
    return made
  }
  return { r, can, client, maker: owner, hidden: rule !== undefined || behind, make }
}

/** The status a request must get: what the policy promises, said once more in few words. */
function expected(t: Trial, verb: string, success: number | readonly number[], aboutRow = true): readonly number[] {
  if (!t.can('read')) return [404]
  if (!t.can(verb)) return [403]
  return aboutRow && t.hidden ? [404] : [success].flat()
}

const versioned = async (t: Trial, id: string): Promise<Record<string, string>> => {
  const { body } = await admin.client.get(`${pathOf(t.r)}/${id}`)
  return { 'if-match': `"${body.version ?? 1}"` }
}

async function tryReading(t: Trial): Promise<void> {
  const path = pathOf(t.r)
  const { id } = await t.make()
  expect([(await t.client.get(path)).status], 'list').toEqual(expected(t, 'read', 200, false))
  expect([(await t.client.get(`${path}/options`)).status], 'options').toEqual(expected(t, 'read', 200, false))
  expect([(await t.client.get(`${path}?deleted=true`)).status], 'deleted').toEqual(expected(t, 'restore', 200, false))
  expect([(await t.client.get(`${path}/${id}`)).status], 'one').toEqual(expected(t, 'read', 200))
  expect([(await t.client.get(`${path}/${id}/history`)).status], 'history').toEqual(expected(t, 'read', 200))
  expect([(await t.client.get(`${path}/export`)).status], 'export').toEqual(expected(t, 'export', 200, false))
}

async function tryWriting(t: Trial): Promise<void> {
  const { r, client } = t
  const path = pathOf(r)
  const offered = (verb: string): boolean => (r.verbs as readonly string[]).includes(verb)
  if (offered('create')) {
    const single = sampleFor(r.name).single
    const body = t.can('create') ? await t.maker.body(r.name) : {}
    expect(expected(t, 'create', single ? [201, 409] : 201, false), 'create').toContain((await client.post(path, body)).status)
  } else expect((await client.post(path, {})).status, 'create').toBe(404)
  const { id } = await t.make()
  if (offered('update')) {
    expect(expected(t, 'update', 200), 'update').toContain((await client.patch(`${path}/${id}`, {}, await versioned(t, id))).status)
    const batch = await client.post(`${path}/batch`, { action: 'update', items: [{ id }], changes: {} })
    expect([batch.status], 'batch').toEqual(expected(t, 'update', 200, false))
    if (batch.status === 200) expect(batch.body.results[0].status, 'batch').toBe(t.hidden ? 404 : 200)
  } else expect((await client.patch(`${path}/${id}`, {}, { 'if-match': '"1"' })).status, 'update').toBe(404)
  if (offered('delete')) {
    expect(expected(t, 'delete', 204), 'delete').toContain((await client.delete(`${path}/${id}`, undefined, await versioned(t, id))).status)
    if (!t.can('delete')) await admin.client.delete(`${path}/${id}`, undefined, await versioned(t, id))
  } else expect((await client.delete(`${path}/${id}`, undefined, { 'if-match': '"1"' })).status, 'delete').toBe(404)
  if (offered('restore')) {
    const restored = (await client.post(`${path}/${id}/restoration`)).status
    expect(expected(t, 'restore', 200), 'restore').toContain(restored)
    if (restored !== 200) await admin.client.post(`${path}/${id}/restoration`)
  } else expect((await client.post(`${path}/${id}/restoration`)).status, 'restore').toBe(404)
}

async function tryBatches(t: Trial): Promise<void> {
  const { id } = await t.make()
  for (const action of ['update', 'delete', 'restore'] as const) {
    if (t.r.verbs.includes(action)) continue
    const { status } = await t.client.post(`${pathOf(t.r)}/batch`, { action, items: [{ id }], changes: {} })
    expect(status, `batch ${action}`).toBe(t.can('read') ? 422 : 404)
  }
}

async function tryRevealing(t: Trial): Promise<void> {
  const { id } = await t.make()
  const secret = Object.entries(t.r.fields).find(([, f]) => f.secret)?.[0]
  // The one answer that may carry a secret: asked without the watch.
  const client = t.can('reveal') && !t.hidden ? await rawClient(t) : t.client
  const answer = await client.post(`${pathOf(t.r)}/${id}/disclosure`, { fields: [secret ?? 'id'] })
  if (!(t.r.verbs as readonly string[]).includes('reveal')) expect(answer.status, 'reveal').toBe(404)
  else
    expect(expected(t, 'reveal', secret ? 200 : 422), 'reveal').toContain(
      answer.status === 422 && !secret ? expected(t, 'reveal', 422)[0] : answer.status,
    )
}

const rawClient = async (t: Trial): Promise<Client> => ({
  ...t.client,
  post: (await world.as(members.find((p) => permissionsOf(world, p, HERE).has(`${t.r.name}:reveal`)) ?? 'andi', HERE)).post,
})

async function tryActing(t: Trial): Promise<void> {
  for (const a of model.actions.get(t.r.name) ?? []) {
    const input = await admin.input(t.r.name, a.noun, a.input)
    if (a.on === 'many') {
      expect(expected(t, a.noun, [200, 409, 422], false), a.noun).toContain((await t.client.post(`${pathOf(t.r)}/${a.noun}`, input)).status)
      continue
    }
    const { id } = await t.make()
    expect(expected(t, a.noun, [200, 409, 422]), a.noun).toContain((await t.client.post(`${pathOf(t.r)}/${id}/${a.noun}`, input)).status)
  }
}

async function tryImporting(t: Trial): Promise<void> {
  const importers = (await t.client.get('/importers')).body.data.filter((i: { resource: string }) => i.resource === t.r.name)
  if (!t.r.verbs.includes('import')) return expect(importers, 'importers').toEqual([])
  expect(importers.length > 0, 'importers').toBe(t.can('import'))
  const form = new FormData()
  form.set('file', new File(['a;b\n1;2\n'], 'coba.csv'))
  form.set('importer', (await admin.client.get('/importers')).body.data.find((i: { resource: string }) => i.resource === t.r.name).name)
  expect((await t.client.post('/imports', form)).status, 'import').toBe(t.can('import') ? 201 : 403)
}

describe.each(members)('%s', (person) => {
  test.each([...model.resources.values()].map((r) => [r.name, r] as const))('%s', async (_name, r) => {
    for (const attempt of [tryReading, tryWriting, tryBatches, tryRevealing, tryActing, tryImporting])
      await attempt(await trialOf(person, r))
  })
})

test('what a row says one may do is what one may do', async () => {
  for (const person of members)
    for (const r of model.resources.values()) {
      const t = await trialOf(person, r)
      if (!t.can('read') || t.hidden) continue
      const { id } = await t.make()
      const { body } = await t.client.get(`${pathOf(r)}/${id}`)
      const secret = Object.values(r.fields).some((f) => f.secret)
      const told = (['update', 'delete', 'reveal'] as const).filter((verb) => body.may.includes(verb))
      expect(told, `${person} ${r.name}`).toEqual(
        (['update', 'delete', 'reveal'] as const).filter((verb) => t.can(verb) && (verb !== 'reveal' || secret)),
      )
    }
})
