// The other tenant, in every place an id or a value can stand: paths, references, filters, batches, actions, search. Nothing of it is ever answered.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Field } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { openWorld, type Client, type World } from '../world.ts'
import { askQuery } from './ask.ts'
import { sampleFor } from './samples/index.ts'
import { makerOf, pathOf, type Made, type Maker } from './maker.ts'
import { watched } from './people.ts'

const MARKER = 'Pusaka-Nagari'

let world: World
let theirs: Maker
let ours: Maker
const foreign = new Map<string, Made>()
const forbidden: string[] = [MARKER]
/** Those who could do most harm: an administrator, and somebody who works in both villages. */
const clients = new Map<string, Client>()

beforeAll(async () => {
  world = await openWorld()
  theirs = makerOf(world, await world.as('made', 'merantian'), MARKER)
  ours = makerOf(world, await world.as('andi', 'sukamaju'), 'Sukamaju')
  for (const r of world.house.model.resources.values()) {
    const made = await theirs.make(r.name)
    foreign.set(r.name, made)
    forbidden.push(...made.plain)
  }
  for (const person of ['andi', 'rina'] as const)
    clients.set(
      person,
      watched(await world.as(person, 'sukamaju'), () => forbidden),
    )
})
afterAll(() => world?.close())

const everywhere = async (work: (client: Client, r: Resource, id: string) => Promise<void>): Promise<void> => {
  for (const client of clients.values())
    for (const r of world.house.model.resources.values()) await work(client, r, foreign.get(r.name)!.id)
}
const admin = (): Client => clients.get('andi')!
const refsOf = (fields: Readonly<Record<string, Field>>): [string, Field][] =>
  Object.entries(fields).filter(([, f]) => f.kind === 'ref' && !f.readonly)

test('in a path it is not found, whatever is asked of it', async () => {
  await everywhere(async (client, r, id) => {
    const path = pathOf(r)
    const version = { 'if-match': '"1"' }
    const asked = [
      await client.get(`${path}/${id}`),
      await client.get(`${path}/${id}/history`),
      await client.patch(`${path}/${id}`, {}, version),
      await client.patch(`${path}/${id}`, {}, { 'if-match': '"99"' }),
      await client.delete(`${path}/${id}`, undefined, version),
      await client.post(`${path}/${id}/restoration`),
    ]
    for (const answer of asked) expect([403, 404], r.name).toContain(answer.status)
    expect((await admin().get(`${path}/${id}`)).status, r.name).toBe(404)
    const secrets = Object.entries(r.fields)
      .filter(([, f]) => f.secret)
      .map(([name]) => name)
    if (secrets.length)
      expect([403, 404], r.name).toContain((await client.post(`${path}/${id}/disclosure`, { fields: secrets.slice(0, 20) })).status)
  })
})

test('in a batch each of its rows is not found, and ours beside it is done', async () => {
  for (const r of world.house.model.resources.values())
    for (const action of ['update', 'delete', 'restore'] as const) {
      if (!r.verbs.includes(action)) continue
      const own = await ours.make(r.name)
      const items = [{ id: foreign.get(r.name)!.id, version: 1 }, { id: own.id }]
      const { body, status } = await admin().post(`${pathOf(r)}/batch`, { action, items, changes: {} })
      expect(status).toBe(200)
      const of = (id: string): number => body.results.find((x: { id: string }) => x.id === id).status
      expect(of(foreign.get(r.name)!.id), `${action} ${r.name}`).toBe(404)
      if (action !== 'restore') expect(of(own.id), `${action} ${r.name}`).toBe(200)
    }
})

test('as a reference it does not exist, on create, update and batch', async () => {
  for (const r of world.house.model.resources.values())
    for (const [name, f] of refsOf(r.fields)) {
      const id = foreign.get(f.to ?? '')!.id
      if (r.verbs.includes('create'))
        expect(await admin().post(pathOf(r), await ours.body(r.name, { [name]: id })), `${r.name}.${name}`).toMatchObject({ status: 422 })
      if (!r.verbs.includes('update')) continue
      const own = await ours.make(r.name)
      const { body } = await admin().get(`${pathOf(r)}/${own.id}`)
      const refused = await admin().patch(`${pathOf(r)}/${own.id}`, { [name]: id }, { 'if-match': `"${body.version}"` })
      expect(refused, `${r.name}.${name}`).toMatchObject({ status: 422, body: { errors: [{ field: name, code: 'reference_not_found' }] } })
      const batch = await admin().post(`${pathOf(r)}/batch`, { action: 'update', items: [{ id: own.id }], changes: { [name]: id } })
      expect(batch.body.results[0].status, `${r.name}.${name}`).toBe(422)
    }
})

test('an action on it, or with it, is refused', async () => {
  for (const [name, actions] of world.house.model.actions)
    for (const a of actions) {
      const r = world.house.model.resources.get(name)!
      const input = await ours.input(name, a.noun, a.input)
      if (a.on === 'one')
        expect([404, 422], `${name}:${a.noun}`).toContain(
          (await admin().post(`${pathOf(r)}/${foreign.get(name)!.id}/${a.noun}`, input)).status,
        )
      for (const [field, f] of refsOf(a.input)) {
        const path = a.on === 'one' ? `${pathOf(r)}/${(await ours.make(name)).id}/${a.noun}` : `${pathOf(r)}/${a.noun}`
        const answer = await admin().post(path, { ...input, [field]: foreign.get(f.to ?? '')!.id })
        expect([404, 409, 422], `${name}:${a.noun} with ${field}`).toContain(answer.status)
      }
    }
})

test('lists, counts, filters, searches, pickers and files hold nothing of it', async () => {
  await everywhere(async (client, r, id) => {
    const path = pathOf(r)
    const seen = [...clients.values()][0] === client || (await client.get(path)).status === 200
    if (!seen) return
    for (const q of ['', `?q=${MARKER}`, `?q=${MARKER}&count=true`, '?deleted=true', '?sort=-created_at']) await client.get(path + q)
    const found = await client.get(`${path}?q=${encodeURIComponent(MARKER)}&count=true`)
    expect(found.body, r.name).toMatchObject({ data: [], page: { total: 0 } })
    expect((await client.get(`${path}/options?q=${MARKER}`)).body.data, r.name).toEqual([])
    const file = await client.get(`${path}/export?columns=${Object.keys(r.fields).join(',')}`)
    expect(file.status === 200 ? file.body.includes(id) : false).toBe(false)
    for (const [name, f] of Object.entries(r.fields)) {
      if (f.kind === 'ref')
        expect((await client.get(`${path}?${name}=${foreign.get(f.to ?? '')!.id}&count=true`)).body, `${r.name}?${name}`).toMatchObject({
          data: [],
          page: { total: 0 },
        })
      const plain = foreign.get(r.name)!.plain
      if (f.secret?.find === 'equal' || f.secret?.find === 'words')
        for (const value of plain) {
          expect((await client.get(`${path}?${name}=${encodeURIComponent(value)}`)).body.data, `${r.name}?${name}`).toEqual([])
          expect((await client.get(`${path}?q=${encodeURIComponent(value)}`)).body.data, `${r.name}?q`).toEqual([])
        }
    }
    const all: string[] = (await client.get(`${path}?limit=200`)).body.data.map((row: { id: string }) => row.id)
    expect(all).not.toContain(id)
  })
})

test('the pages of a person say nothing of it', async () => {
  for (const client of clients.values()) {
    expect((await client.get(`/search?q=${MARKER}`)).body.data).toEqual([])
    for (const path of ['/home', '/jobs', '/imports', '/model', '/permissions', '/core/audit_logs?limit=200']) await client.get(path)
    for (const { id } of foreign.values()) expect([200, 403]).toContain((await client.get(`/core/audit_logs?resource_id=${id}`)).status)
    const log = await admin().get(`/core/audit_logs?resource_id=${foreign.get('core.roles')!.id}`)
    expect(log.body.data).toEqual([])
  }
})

test('the questions of a module, asked about it, know nothing of it', async () => {
  for (const client of clients.values())
    for (const q of world.house.model.queries.values()) {
      await askQuery(client, q)
      for (const [name, f] of Object.entries(q.input)) {
        const ids = [...foreign.values()].map((made) => made.id)
        // Only a text or an id could lead to a row; anything else is asked once.
        const asked = f.to ? [foreign.get(f.to)!.id] : [...(['text', 'id'].includes(f.kind) ? ids : ids.slice(0, 1)), MARKER]
        for (const value of asked) await askQuery(client, q, { [name]: value })
      }
    }
})

test('an upload and its job are as hidden as any record', async () => {
  const form = new FormData()
  form.set('file', new File([`Kode\n${MARKER}\n`], `${MARKER}.csv`))
  form.set('importer', 'library.shelves')
  const upload = await theirs.client.post('/imports', form)
  expect(upload.status, JSON.stringify(upload.body)).toBe(201)
  for (const to of ['', '/verdicts', '/report']) expect((await admin().get(`/imports/${upload.body.id}${to}`)).status).toBe(404)
  expect((await admin().put(`/imports/${upload.body.id}/mapping`, { mapping: {} })).status).toBe(404)
  for (const to of ['/check', '/confirmation']) expect((await admin().post(`/imports/${upload.body.id}${to}`)).status).toBe(404)
  expect((await admin().delete(`/imports/${upload.body.id}`)).status).toBe(404)
  const { body } = await theirs.client.post(`/imports/${upload.body.id}/check`)
  await world.house.jobs.drain()
  expect((await admin().get(`/jobs/${body.job.id}`)).status).toBe(404)
  for (const to of ['/cancellation', '/retry']) expect((await admin().post(`/jobs/${body.job.id}${to}`)).status).toBe(404)
  expect((await theirs.client.get(`/imports/${upload.body.id}`)).status).toBe(200)
})

test('and none of it was touched', async () => {
  for (const r of world.house.model.resources.values()) {
    if (sampleFor(r.name).derived) continue
    const { status, body } = await theirs.client.get(`${pathOf(r)}/${foreign.get(r.name)!.id}`)
    expect(status, r.name).toBe(200)
    expect(body.deleted_at, r.name).toBe(null)
  }
})

test('the same id may stand in both villages without either noticing', async () => {
  const id = foreign.get('library.shelves')!.id
  expect((await admin().post('/library/shelves', { id, code: 'KEMBAR' })).status).toBe(201)
  expect((await theirs.client.get(`/library/shelves/${id}`)).body.code).not.toBe('KEMBAR')
})
