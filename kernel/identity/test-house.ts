// A house with nothing in it but people, for the stories of this folder: on the server of TEST_DATABASE_URL, else embedded.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, migrationsIn } from '#kernel/db/migrate.ts'
import { openDatabase } from '#kernel/db/open.ts'
import type { Config, House } from '#kernel/house.ts'
import { problemResponse, refusalOf } from '#kernel/http/problem.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { preferredLocale } from '#kernel/words.ts'
import { Hono } from 'hono'
import pg from 'pg'
import { openIdentity } from './identity.ts'
import type { Identity } from './identity.ts'
import { identityRoutes } from './routes.ts'

const SERVER = process.env['TEST_DATABASE_URL']

export const CONFIG: Config = {
  port: 0,
  baseUrl: 'http://balai.test',
  dataDir: '',
  standalone: null,
  locale: 'id',
  trustProxy: false,
  secret: 'a secret of forty characters, for tests..',
  signInPerMinute: 1_000,
  requestsPerMinute: 100_000,
}

export type TestHouse = House & {
  /** Asks as a browser at 10.0.0.`from` would, keeping cookies in `jar`. */
  ask(method: string, path: string, options?: Asking): Promise<Answer>
  signIn(login: string, password: string, jar?: Map<string, string>, from?: number): Promise<Answer>
  /** The cookies of a browser that is signed in. */
  browserOf(login: string, password: string, from?: number): Promise<Map<string, string>>
  /** Another process on the same database. */
  another(change?: Partial<Config>): Identity
  close(): Promise<void>
}
type Asking = { body?: unknown; jar?: Map<string, string>; from?: number; agent?: string; headers?: Record<string, string> }
export type Answer = { status: number; body: any; headers: Headers; setCookie: string[] }

export const onServer = SERVER !== undefined

export async function openTestHouse(change: Partial<Config> = {}): Promise<TestHouse> {
  const config = { ...CONFIG, ...change }
  const dataDir = await mkdtemp(join(tmpdir(), 'balai-identity-'))
  const url = SERVER ? await newDatabase(SERVER) : undefined
  const database = await openDatabase({ dataDir, durable: false, ...(url ? { url } : {}) })
  const known = await migrationsIn(new URL('../../db/migrations/', import.meta.url))
  await migrate(database.owner, known.filter(({ name }) => name < '0004'))
  const identity = openIdentity({ app: database.app, config })
  const house = { config, database, identity, model: modelOf([]) } as unknown as House
  const app = serve(house)
  const signIn: TestHouse['signIn'] = (login, password, jar = new Map(), from = 1) =>
    ask(app, 'POST', '/api/session', { body: { login, password }, jar, from })
  return {
    ...house,
    ask: (method, path, options) => ask(app, method, path, options),
    signIn,
    async browserOf(login, password, from) {
      const jar = new Map<string, string>()
      const { status } = await signIn(login, password, jar, from)
      if (status !== 200) throw new Error(`${login} could not sign in: ${status}`)
      return jar
    },
    another: (differing = {}) => openIdentity({ app: database.app, config: { ...config, ...differing } }),
    async close() {
      await database.close()
      if (url && SERVER) await dropDatabase(SERVER, url)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The routes with as much of the pipeline as they need. */
function serve(house: House) {
  const app = new Hono<{ Variables: { origin: { requestId: string; ip: string | null; userAgent: string | null } } }>()
  app.use(async (c, next) => {
    c.set('origin', { requestId: 'r-1', ip: c.req.header('x-test-ip') ?? null, userAgent: c.req.header('user-agent') ?? null })
    await next()
  })
  app.route('/', identityRoutes(house))
  app.onError((error, c) => {
    const refusal = refusalOf(error, house.model)
    if (!refusal) throw error
    return problemResponse(refusal, preferredLocale(c.req.header('accept-language'), house.config.locale), 'r-1')
  })
  return app
}

async function ask(app: ReturnType<typeof serve>, method: string, path: string, options: Asking = {}): Promise<Answer> {
  const { body, jar, from = 1, agent, headers } = options
  const response = await app.request(`http://balai.test${path}`, {
    method,
    headers: {
      origin: 'http://balai.test',
      host: 'balai.test',
      'x-test-ip': `10.0.0.${from}`,
      'user-agent': agent ?? 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
      ...(jar?.size ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const setCookie = response.headers.getSetCookie()
  for (const cookie of setCookie) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (value) jar?.set(name, value)
    else jar?.delete(name)
  }
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers, setCookie }
}

async function newDatabase(server: string): Promise<string> {
  const url = new URL(server)
  url.pathname = `/identity_${randomUUID().slice(0, 8)}`
  await asServer(server, `create database ${url.pathname.slice(1)}`)
  return url.href
}
const dropDatabase = (server: string, url: string): Promise<void> =>
  asServer(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)

async function asServer(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
