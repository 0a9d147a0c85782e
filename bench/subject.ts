// What is asked of the systems: the same rows of the same community, chosen once.
import type pg from 'pg'
import { encodeCursor } from '#kernel/resource/list-query.ts'
import { citizens } from '#modules/registry/resources/citizens.ts'
import { openHouse } from '#app/open-house.ts'
import { asAdmin, benchSettings, CLERK, named } from './data/make.ts'
import type { Ask } from './load.ts'
import type { Scenario } from './options.ts'
import { statementOfList, statementOfOne, type Statement } from './statements.ts'

/** A community in a database, with what the scenarios need to know of it. */
export type Subject = {
  readonly url: string
  readonly code: string
  readonly tenantId: string
  readonly residents: number
  readonly ids: readonly string[]
  /** The row in the middle of the list by name. */
  readonly middle: { readonly id: string; readonly name: string }
  /** How many names the search finds. */
  readonly matches: number
  readonly statements: {
    readonly one: Statement
    readonly list: Statement
    readonly wide: Statement
    readonly deep: Statement
    readonly search: Statement
  }
}

export const SEARCH = 'siti'
export const MADE = 'Uji Coba'

/** What a client sends to make a resident; `@` is a number of its own. */
export const NEW_RESIDENT = JSON.stringify({
  name: `${MADE} @`,
  gender: 'L',
  birth_place: 'Garut',
  birth_date: '1990-05-17',
  religion: 'ISLAM',
  education: 'SMA',
  occupation: 'WIRASWASTA',
  marital_status: 'KAWIN',
})

/** What the list of residents shows on a screen: its first page, its own columns. `wide` asks for all of them. */
export const FIELDS: readonly string[] = citizens.list
const LIST = `limit=25&fields=${FIELDS.join(',')}`

const cursorOf = (s: Pick<Subject, 'middle'>): string => encodeCursor({ order: 'name', id: s.middle.id, keys: [s.middle.name] })

/** Looks a community up and captures the statements Balai sends for it. */
export async function subjectOf(url: string, database: string, code: string, dataDir: string): Promise<Subject> {
  const where = named(url, database)
  const found = await asAdmin(where, (c) => facts(c, code))
  const house = await openHouse(benchSettings(dataDir, where), { quiet: true })
  try {
    const list = (query: string): Promise<Statement> => statementOfList(house, code, query)
    const statements = {
      one: await statementOfOne(house, code, found.ids[0]!),
      list: await list(LIST),
      wide: await list('limit=25'),
      deep: await list(`${LIST}&after=${cursorOf(found)}`),
      search: await list(`${LIST}&q=${SEARCH}`),
    }
    return { url: where, code, ...found, statements }
  } finally {
    await house.close()
  }
}

async function facts(c: pg.Client, code: string): Promise<Pick<Subject, 'tenantId' | 'residents' | 'ids' | 'middle' | 'matches'>> {
  const { rows: tenants } = await c.query('select id from core.tenants where code = $1', [code])
  const tenantId = tenants[0].id as string
  const counted = await c.query(
    `select count(*)::int as residents, (count(*) filter (where name ilike '%' || $2 || '%'))::int as matches from registry.citizens where tenant_id = $1 and deleted_at is null`,
    [tenantId, SEARCH],
  )
  const { residents, matches } = counted.rows[0]
  const ids = await c.query('select id from registry.citizens where tenant_id = $1 order by md5(id::text) limit 2000', [tenantId])
  const middle = await c.query(
    'select id, name_sort as name from registry.citizens where tenant_id = $1 order by name_sort, id offset $2 limit 1',
    [tenantId, Math.floor(residents / 2)],
  )
  return { tenantId, residents, matches, ids: ids.rows.map((r) => r.id as string), middle: middle.rows[0] }
}

/** The requests of a scenario to Balai. */
export function asksOf(s: Subject, scenario: Scenario): Ask[] {
  const path = `/api/${s.code}/registry/citizens`
  const get = (rest: string): Ask[] => [{ method: 'GET', path: path + rest }]
  switch (scenario) {
    case 'one':
      return s.ids.map((id) => ({ method: 'GET', path: `${path}/${id}` }))
    case 'list':
      return get(`?${LIST}`)
    case 'wide':
      return get('?limit=25')
    case 'deep':
      return get(`?${LIST}&after=${cursorOf(s)}`)
    case 'search':
      return get(`?${LIST}&q=${SEARCH}`)
    case 'create':
      return [{ method: 'POST', path, body: NEW_RESIDENT }]
  }
}

/** The requests of a scenario to a server that answers `/one/{id}`, `/list`, `/deep`, `/search` and `POST /create`. */
export const plainAsksOf = (s: Subject, scenario: Scenario): Ask[] =>
  scenario === 'one'
    ? s.ids.map((id) => ({ method: 'GET', path: `/one/${id}` }))
    : [scenario === 'create' ? { method: 'POST', path: '/create', body: NEW_RESIDENT } : { method: 'GET', path: `/${scenario}` }]

/** Headers of a signed-in clerk. */
export async function signIn(base: string): Promise<Record<string, string>> {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ login: CLERK.username, password: CLERK.password }),
  })
  if (answer.status !== 200) throw new Error(`The clerk could not sign in: ${answer.status} ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  return { cookie, origin: base, 'content-type': 'application/json', 'accept-language': 'id', 'user-agent': 'Mozilla/5.0 (bench)' }
}

/** Takes away what the scenario `create` made, so that the next scenario finds the same data. */
export const forgetMade = (url: string): Promise<void> =>
  asAdmin(url, async (c) => {
    await c.query('set session_replication_role = replica')
    for (const sql of [
      `delete from registry.population_events e using registry.citizens t where t.tenant_id = e.tenant_id and t.id = e.citizen_id and t.name like '${MADE} %'`,
      `delete from registry.citizens where name like '${MADE} %'`,
      'truncate core.audit_logs',
      'vacuum (analyze) registry.citizens, registry.population_events',
    ])
      await c.query(sql)
  })

/** The addresses of every list, search and filter that a village's register offers. */
export async function asksOfVillage(base: string, headers: Record<string, string>): Promise<string[]> {
  const at = `/api/desa-01`
  const model = (await (await fetch(`${base}${at}/model`, { headers })).json()) as {
    modules: {
      name: string
      resources: {
        plural: string
        sort: string[]
        search?: string[]
        filter?: string[]
        fields: Record<string, { kind: string; choices?: { value: string }[] }>
      }[]
    }[]
  }
  const paths: string[] = [`${at}/search?q=${SEARCH}`, `${at}/home`]
  for (const r of model.modules.find((m) => m.name === 'registry')?.resources ?? []) {
    const list = `${at}/registry/${r.plural}`
    paths.push(list, `${list}?count=true`, `${list}?limit=200`, ...r.sort.flatMap((s) => [`${list}?sort=${s}`, `${list}?sort=-${s}`]))
    if (r.search?.length)
      for (const q of [SEARCH, 'an', 'a', 'putri san', 'zzz'])
        paths.push(`${list}?q=${encodeURIComponent(q)}`, `${list}/options?q=${encodeURIComponent(q)}`)
    for (const name of r.filter ?? []) {
      const f = r.fields[name]
      if (f?.kind === 'choice') paths.push(`${list}?${name}=${f.choices?.[0]?.value}&count=true`)
      if (f?.kind === 'ref') paths.push(`${list}?${name}.null=true&count=true`)
      if (f?.kind === 'day') paths.push(`${list}?${name}.gte=1990-01-01&count=true`)
      if (f?.kind === 'boolean') paths.push(`${list}?${name}=true&count=true`)
    }
  }
  return paths
}
