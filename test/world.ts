// A whole installation for one test file: cloned from a template, spoken to in process, as named people.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { api } from '#app/api.ts'
import { readConfig, type Settings } from '#app/config.ts'
import { MODULES } from '#app/modules.ts'
import { openHouse, type OpenHouse } from '#app/open-house.ts'
import { whoIs } from '#kernel/access/members.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { reading, writing } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { library } from './library/index.ts'
import { PASSWORD, PEOPLE, type PersonName, type Place } from './places.ts'
import { sayingPin } from './say-pin.ts'

export type Answer = { readonly status: number; readonly body: any; readonly headers: Headers }
export type Send = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/**
 * A signed-in person; paths are inside `place` (`/registry/citizens`) or absolute (`/api/me`). Says its PIN when it is asked for, as a
 * browser would; with the header `balai-step-up: ''` it does not.
 */
export type Client = {
  get: Send
  post: Send
  put: Send
  patch: Send
  delete: Send
  cookie: string
  raw(path: string, init?: RequestInit): Promise<Response>
}

export type World = {
  readonly house: OpenHouse
  readonly kind: 'embedded' | 'server'
  /** Signs in once and remembers. `place` defaults to the person's first. */
  as(person: PersonName, place?: Place): Promise<Client>
  anonymous(place?: Place): Client
  /** Calls a module's function directly, as a person. */
  read<T>(person: PersonName, place: Place, work: (ctx: Ctx) => Promise<T>): Promise<T>
  write<T>(person: PersonName, place: Place, work: (ctx: Ctx) => Promise<T>): Promise<T>
  tenantId(place: Place): Promise<string>
  /** A connection string of this world's database, on a server only. */
  readonly url: string | null
  close(): Promise<void>
}

export const MIGRATIONS = [new URL('../db/migrations/', import.meta.url), new URL('./library/migrations/', import.meta.url)]
export const TEST_MODULES = [...MODULES, library]

/** Settings of a test installation: no limits that a fast test would meet. */
export const testSettings = (dataDir: string, url?: string): Settings => ({
  ...readConfig({
    BALAI_DATA: dataDir,
    PORT: '0',
    BALAI_DEMO: 'true',
    BALAI_SECRET: 'a secret that only tests know, and it is long',
    BALAI_KEY: 'YmFsYWktdGVzdC1rZXktYmFsYWktdGVzdC1rZXktMDE=',
    BALAI_SIGN_IN_PER_MINUTE: '100000',
    BALAI_REQUESTS_PER_MINUTE: '1000000',
    BALAI_POOL: '6',
  }),
  databaseUrl: url,
})

/** Opens a clone of the template world. Call in `beforeAll`; `close()` in `afterAll`. */
export async function openWorld(): Promise<World> {
  const template = inject('template')
  const dataDir = mkdtempSync(join(tmpdir(), 'balai-world-'))
  const url = template.kind === 'server' ? await cloneDatabase(template.url, template.database) : undefined
  const house = await openHouse(testSettings(dataDir, url), {
    modules: TEST_MODULES,
    migrations: MIGRATIONS,
    quiet: true,
    durable: false,
    ...(template.kind === 'embedded' ? { template: template.dataDir } : {}),
  })
  const app = api(house)
  const clients = new Map<string, Client>()
  const client = (place: Place, cookie: string): Client => {
    const raw: Client['raw'] = async (path, init = {}) =>
      app.request(path.startsWith('/api') ? path : `/api/${place}${path}`, {
        ...init,
        headers: { origin: house.config.baseUrl, ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) },
      })
    const tokens = new Map<string, string>()
    const plainly =
      (method: string): Send =>
      async (path, body, headers = {}) => {
        const json = body === undefined || body instanceof FormData ? undefined : JSON.stringify(body)
        const response = await raw(path, {
          method,
          headers: { 'accept-language': 'id', ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          ...(json === undefined ? {} : { body: json }),
          ...(body instanceof FormData ? { body } : {}),
        })
        const text = await response.text()
        const isJson = response.headers.get('content-type')?.includes('json')
        return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
      }
    const send = (method: string): Send => sayingPin(plainly(method), { put: plainly('PUT'), post: plainly('POST'), tokens }, place)
    return { get: send('GET'), post: send('POST'), put: send('PUT'), patch: send('PATCH'), delete: send('DELETE'), cookie, raw }
  }
  const whoIsAt = async (person: PersonName, place: Place) => {
    const user = await house.identity.userByLogin(person)
    const tenant = await tenantByCode(house, place)
    if (!user || !tenant) throw new Error(`${person} or ${place} is not in this world.`)
    return whoIs(house, tenant.id, user.id)
  }
  return {
    house,
    kind: template.kind,
    url: url ?? null,
    async as(person, place) {
      const at = place ?? (Object.keys(PEOPLE[person].in)[0] as Place | undefined) ?? 'sukamaju'
      const known = clients.get(`${person} ${at}`)
      if (known) return known
      const signIn = await client(at, '').post('/api/session', { login: person, password: PASSWORD })
      if (signIn.status !== 200) throw new Error(`${person} could not sign in: ${JSON.stringify(signIn.body)}`)
      const made = client(
        at,
        signIn.headers
          .getSetCookie()
          .map((c) => c.split(';')[0])
          .join('; '),
      )
      clients.set(`${person} ${at}`, made)
      return made
    },
    anonymous: (place = 'sukamaju') => client(place, ''),
    read: async (person, place, work) => work(await reading(house, await whoIsAt(person, place))),
    write: async (person, place, work) => writing(house, await whoIsAt(person, place), 'changed', work),
    tenantId: async (place) => (await tenantByCode(house, place))!.id,
    async close() {
      await house.close()
      rmSync(dataDir, { recursive: true, force: true })
      if (url) await dropDatabase(url)
    },
  }
}

const named = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

async function cloneDatabase(url: string, template: string): Promise<string> {
  const database = `balai_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    for (let attempt = 1; ; attempt++)
      try {
        await admin.query(`create database ${database} template ${template}`)
        break
      } catch (error) {
        // Another worker is copying the same template at this moment.
        if (attempt === 20) throw error
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt))
      }
  } finally {
    await admin.end()
  }
  return named(url, database)
}

async function dropDatabase(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: named(url, 'postgres') })
  await admin.connect()
  await admin.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
  await admin.end()
}
