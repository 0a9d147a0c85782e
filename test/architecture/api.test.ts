// The description of the API and the API are one: no route is left out, no code is invented, no answer is of another shape.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api } from '#app/api.ts'
import { DIST } from '#app/serve.ts'
import { site } from '#app/site/site.ts'
import { addOperator } from '#kernel/platform/operators.ts'
import { factOf } from '#kernel/http/says.ts'
import { openApiPath, type Route } from '#kernel/http/to-paths.ts'
import { openWorld, type World } from '../world.ts'
import { sources } from './sources.ts'

/** What the description leaves out, and why. */
const UNSAID: readonly { readonly why: string; readonly is: (method: string, path: string) => boolean }[] = [
  { why: 'a page for people, made from the description itself', is: (_method, path) => path === '/api/docs' },
  {
    why: 'there for every record, and refuses everybody where the record offers none of it',
    is: (_method, path) => {
      const [module, plural, last] = path.split('/').slice(3)
      const verbs: readonly string[] = world.house.model.resources.get(`${module}.${plural}`)?.verbs ?? []
      if (last === 'export') return verbs.length > 0 && !verbs.includes('export')
      return last === 'batch' && verbs.length > 0 && !['update', 'delete', 'restore'].some((verb) => verbs.includes(verb))
    },
  },
]

type Operation = { operationId: string; responses: Record<string, { description: string; content?: Record<string, any> }> }
let world: World
let routes: readonly Route[]
let described: Record<string, Record<string, Operation>>
beforeAll(async () => {
  world = await openWorld()
  const app = site(world.house, api(world.house), DIST)
  routes = app.routes
  described = ((await (await app.request('/api/openapi.json')).json()) as { paths: typeof described }).paths
})
afterAll(() => world?.close())

const operations = (): Operation[] => Object.values(described).flatMap((methods) => Object.values(methods))

test('every route is described, or stands on the short list with its reason', () => {
  const unsaid = routes
    .filter((r) => r.method !== 'ALL' && r.path.startsWith('/api/'))
    .map((r) => ({ ...r, path: openApiPath(r.path) }))
    .filter((r) => !described[r.path]?.[r.method.toLowerCase()])
  expect(unsaid.filter((r) => !UNSAID.some((entry) => entry.is(r.method, r.path))).map((r) => `${r.method} ${r.path}`)).toEqual([])
  // A reason that nothing needs any more goes.
  expect(UNSAID.filter((entry) => !unsaid.some((r) => entry.is(r.method, r.path))).map((entry) => entry.why)).toEqual([])
})

test('and nothing is described that does not exist', () => {
  const registered = new Set(routes.map((r) => `${r.method.toLowerCase()} ${openApiPath(r.path)}`))
  const invented = Object.entries(described).flatMap(([path, methods]) =>
    Object.keys(methods)
      .map((method) => `${method} ${path}`)
      .filter((one) => !registered.has(one)),
  )
  expect(invented).toEqual([])
})

test('no two operations have one name', () => {
  const names = operations().map((o) => o.operationId)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})

test('every code that a route promises stands somewhere in the code', () => {
  const text = sources()
    .filter(({ path }) => /^(kernel|app)\/.*(?<!\.test)\.ts$/.test(path))
    .map((source) => source.text)
    // What routes promise is itself no proof.
    .map((code) => code.replaceAll(/problems: \{[^]*?\},?\n/g, ''))
    .join('\n')
  const written = new Set([...text.matchAll(/'([a-z_]+)'|^ {2}([a-z_]+): /gm)].map(([, quoted, key]) => quoted ?? key))
  const codes = new Set(routes.flatMap(({ handler }) => Object.values(factOf(handler)?.problems ?? {}).flat()))
  expect(codes.size).toBeGreaterThan(30)
  expect([...codes].filter((code) => !written.has(code))).toEqual([])
})

test('what can be read is answered in the shape that is described', async () => {
  const andi = await world.as('andi')
  const { id } = (await world.house.identity.userByLogin('andi'))!
  await addOperator(world.house, id)
  await andi.post('/core/invitations/invitation', {
    name: 'Ratna',
    email: 'ratna@desa.example',
    role_id: (await andi.get('/core/roles?limit=1')).body.data[0].id,
  })
  let checked = 0
  for (const { method, path, handler } of routes) {
    const said = factOf(handler)?.answers[200]
    const place = path.replace(':tenant', 'sukamaju').replace(/(.)\/$/, '$1')
    if (method !== 'GET' || typeof said !== 'object' || !said.shape || place.includes(':') || place.endsWith('/confirmation')) continue
    const answer = await andi.get(`${place}${place.endsWith('/search') ? '?q=andi' : ''}`)
    expect(answer.status, place).toBe(200)
    const read = said.shape.safeParse(answer.body)
    expect(read.error?.issues, place).toBeUndefined()
    checked++
  }
  expect(checked).toBeGreaterThan(20)
})
