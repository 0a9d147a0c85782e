// Rows a role may not see: for every resource and every rule, absent from list, count, search, names, files, history, and deaf to every write.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Resource } from '#kernel/resource/resource.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { MODULES } from '#app/modules.ts'
import { library } from '../library/index.ts'
import { PASSWORD } from '../places.ts'
import { openWorld, type Client, type World } from '../world.ts'
import { askQuery } from './ask.ts'
import { makerOf, pathOf, type Made, type Maker } from './maker.ts'
import { signIn, watched } from './people.ts'
import { sampleFor } from './samples/index.ts'

const model = modelOf([...MODULES, library])
const LOGIN = 'wayan'

let world: World
let admin: Maker
let wayan: Client
let role: string
let membership: string
const forbidden: string[] = []

beforeAll(async () => {
  world = await openWorld()
  admin = makerOf(world, await world.as('andi'), 'Sukamaju')
  const permissions = model.modules.map((m) => `${m.name}.*:*`)
  role = (await admin.client.post('/core/roles', { name: 'Serba boleh', permissions, visibility: {} })).body.id
  const account = { name: 'Wayan', username: LOGIN, email: null, password: PASSWORD, role_id: role }
  membership = (await admin.client.post('/core/memberships/account', account)).body.id
  wayan = watched(await signIn(world, 'sukamaju', LOGIN), () => forbidden)
})
afterAll(() => world?.close())

/** From now on Wayan may do everything, but sees of these resources only what a rule shows. */
async function limit(visibility: Record<string, string>, attributes: Record<string, unknown> = {}): Promise<void> {
  const versionOf = async (path: string): Promise<Record<string, string>> => ({
    'if-match': `"${(await admin.client.get(path)).body.version}"`,
  })
  const changed = [
    await admin.client.patch(`/core/roles/${role}`, { visibility }, await versionOf(`/core/roles/${role}`)),
    await admin.client.patch(`/core/memberships/${membership}`, { attributes }, await versionOf(`/core/memberships/${membership}`)),
  ]
  for (const answer of changed) expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

/** Asks for one hidden row in every way there is. */
async function expectHidden(r: Resource, hidden: Made): Promise<void> {
  forbidden.splice(0, Infinity, ...hidden.plain, ...hidden.words)
  const path = pathOf(r)
  const version = { 'if-match': '"1"' }
  for (const to of ['', '/history']) expect((await wayan.get(`${path}/${hidden.id}${to}`)).status, r.name).toBe(404)
  if (r.verbs.includes('update'))
    for (const v of ['"1"', '"7"']) expect((await wayan.patch(`${path}/${hidden.id}`, {}, { 'if-match': v })).status, r.name).toBe(404)
  if (r.verbs.includes('delete')) expect((await wayan.delete(`${path}/${hidden.id}`, undefined, version)).status, r.name).toBe(404)
  if (r.verbs.includes('restore')) expect((await wayan.post(`${path}/${hidden.id}/restoration`)).status, r.name).toBe(404)
  const secrets = Object.entries(r.fields)
    .filter(([, f]) => f.secret)
    .map(([name]) => name)
  if (r.verbs.includes('reveal') && secrets.length)
    expect((await wayan.post(`${path}/${hidden.id}/disclosure`, { fields: secrets.slice(0, 1) })).status, r.name).toBe(404)
  for (const a of model.actions.get(r.name) ?? [])
    if (a.on === 'one')
      expect([404, 422], `${r.name}:${a.noun}`).toContain(
        (await wayan.post(`${path}/${hidden.id}/${a.noun}`, await admin.input(r.name, a.noun, a.input))).status,
      )
  for (const action of ['update', 'delete', 'restore'] as const) {
    if (!r.verbs.includes(action)) continue
    const { body } = await wayan.post(`${path}/batch`, { action, items: [{ id: hidden.id }], changes: {} })
    expect(body.results, `${action} ${r.name}`).toEqual([{ id: hidden.id, status: 404, code: 'not_found', detail: expect.any(String) }])
  }
  await expectAbsent(r, hidden)
}

async function expectAbsent(r: Resource, hidden: Made): Promise<void> {
  const path = pathOf(r)
  for (const q of [
    '?limit=200',
    '?sort=-created_at&limit=200',
    '?q=Sukamaju&limit=200',
    '?deleted=true&limit=200',
    '/options?limit=200',
    '/options?q=Sukamaju',
  ]) {
    const { body } = await wayan.get(path + q)
    expect(
      (body.data ?? []).map((row: { id: string }) => row.id),
      path + q,
    ).not.toContain(hidden.id)
  }
  for (const word of [...hidden.plain, ...hidden.words]) {
    expect((await wayan.get(`${path}?q=${encodeURIComponent(word)}&count=true`)).body, r.name).toMatchObject({
      data: [],
      page: { total: 0 },
    })
    expect((await wayan.get(`/search?q=${encodeURIComponent(word)}`)).body.data, r.name).toEqual([])
  }
  await wayan.get('/search?q=Sukamaju')
  for (const q of model.queries.values()) {
    await askQuery(wayan, q)
    for (const name of Object.keys(q.input)) await askQuery(wayan, q, { [name]: hidden.id })
  }
  await wayan.get('/home')
  await wayan.get(`/core/audit_logs?limit=200`)
  expect((await wayan.get(`/core/audit_logs?resource_id=${hidden.id}`)).body.data, r.name).toEqual([])
  if (r.verbs.includes('export')) expect((await wayan.get(`${path}/export?columns=${Object.keys(r.fields).join(',')}`)).status).toBe(200)
}

test.each([...model.resources.values()].map((r) => [r.name, r] as const))(
  '%s: a role that names a rule nobody declared sees no row of it',
  async (_name, r) => {
    const hidden = await admin.make(r.name)
    await limit({ [r.name]: 'a rule that nobody wrote' })
    await expectHidden(r, hidden)
    const list = await wayan.get(`${pathOf(r)}?count=true`)
    expect(list.body).toMatchObject({ data: [], page: { total: 0, next: null } })
  },
)

const rules = model.modules.flatMap((m) => m.policy).flatMap((p) => p.visibility.map((v) => [p.resource, v.name] as const))

test.each(rules)('%s: “%s” shows its rows and hides the others', async (name, rule) => {
  const r = model.resources.get(name)!
  const seen = sampleFor(name).seen?.[rule]
  if (!seen) throw new Error(`Say in test/matrix/samples which rows of ${name} the rule ${rule} shows and which it hides.`)
  const rows = await seen(admin)
  await limit({ [name]: rule }, rows.attributes)
  await expectHidden(r, rows.hidden)
  expect((await wayan.get(`${pathOf(r)}/${rows.seen.id}`)).status).toBe(200)
  const list = await wayan.get(`${pathOf(r)}?limit=200&count=true`)
  expect(list.body.data.map((row: { id: string }) => row.id)).toContain(rows.seen.id)
  expect(list.body.page.total).toBe(list.body.data.length)
  if (r.verbs.includes('update'))
    expect(
      (
        await wayan.patch(
          `${pathOf(r)}/${rows.seen.id}`,
          {},
          { 'if-match': `"${(await wayan.get(`${pathOf(r)}/${rows.seen.id}`)).body.version}"` },
        )
      ).status,
    ).toBe(200)
})

const references = [...model.resources.values()].flatMap((r) =>
  Object.entries(r.fields)
    .filter(([, f]) => f.kind === 'ref')
    .map(([name, f]) => [r.name, name, f.to ?? ''] as const),
)

test.each(references)(
  '%s.%s: what it points to has no name for whoever may not see it, and cannot be pointed to',
  async (name, field, target) => {
    const r = model.resources.get(name)!
    const f = r.fields[field]!
    if (name === target) return
    const hidden = await admin.make(target)
    await limit({ [target]: 'a rule that nobody wrote' })
    forbidden.splice(0, Infinity, ...hidden.plain, ...hidden.words)
    const { body } = await wayan.get(`${pathOf(r)}?limit=200`)
    for (const row of body.data) expect(row.titles[field] ?? null, `${name}.${field}`).toBe(null)
    if (f.readonly) return
    const answer = r.verbs.includes('create')
      ? await wayan.post(pathOf(r), await admin.body(name, { [field]: hidden.id }))
      : r.verbs.includes('update') &&
        (await wayan.patch(`${pathOf(r)}/${(await admin.make(name)).id}`, { [field]: hidden.id }, { 'if-match': '"1"' }))
    if (answer)
      expect(answer.body, `${name}.${field}`).toMatchObject({
        status: 422,
        errors: expect.arrayContaining([expect.objectContaining({ field, code: 'reference_not_found' })]),
      })
  },
)
