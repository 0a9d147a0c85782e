// The world of all tests, spoken to by browsers at different addresses, for the stories of this folder.
import { api } from '#app/api.ts'
import type { Config } from '#kernel/house.ts'
import type { ShownMessage } from '#kernel/outbox/outbox.ts'
import { openWorld } from '#test/world.ts'
import type { World } from '#test/world.ts'
import { openIdentity } from './identity.ts'
import type { Identity } from './identity.ts'

export type Asking = { body?: unknown; jar?: Jar; from?: number; agent?: string; headers?: Record<string, string> }
export type Answer = { status: number; body: any; headers: Headers; setCookie: string[] }
/** The cookies of one browser. */
export type Jar = Map<string, string>

export type TestHouse = World['house'] & {
  readonly world: World
  /** Asks as a browser at 10.0.0.`from` would, keeping cookies in `jar`. */
  ask(method: string, path: string, options?: Asking): Promise<Answer>
  signIn(login: string, password: string, jar?: Jar, from?: number): Promise<Answer>
  /** The cookies of a browser that is signed in. */
  browserOf(login: string, password: string, from?: number): Promise<Jar>
  /** Another process on the same database. */
  another(change?: Partial<Config>): Identity
  /** The same, with its own way to ask. */
  elsewhere(change: Partial<Config>): Pick<TestHouse, 'ask'>
  /** What was sent to an address, newest first. */
  messagesTo(to: string): Promise<ShownMessage[]>
  /** The six digits last sent to a phone. */
  codeSentTo(phone: string): Promise<string>
}

/** `change`: settings of this installation. The addresses of browsers come as a reverse proxy would tell them. */
export async function openTestHouse(change: Partial<Config> = {}): Promise<TestHouse> {
  const world = await openWorld()
  const config = { ...world.house.config, trustProxy: true, ...change }
  const identityWith = (settings: Config): Identity =>
    openIdentity({ app: world.house.database.app, config: settings, master: world.house.master, house: () => world.house })
  const house = { ...world.house, config, identity: identityWith(config) }
  const askOf = (settings: Config, identity: Identity): TestHouse['ask'] => {
    const app = api({ ...house, config: settings, identity })
    return (method, path, options) => ask(app, config.baseUrl, method, path, options)
  }
  const asks = askOf(config, house.identity)
  const signIn: TestHouse['signIn'] = (login, password, jar = new Map(), from = 1) =>
    asks('POST', '/api/session', { body: { login, password }, jar, from })
  const messagesTo: TestHouse['messagesTo'] = async (to) => (await house.outbox.newest(200)).filter((message) => message.to === to)
  return {
    ...house,
    world,
    ask: asks,
    signIn,
    async browserOf(login, password, from) {
      const jar: Jar = new Map()
      const { status } = await signIn(login, password, jar, from)
      if (status !== 200) throw new Error(`${login} could not sign in: ${status}`)
      return jar
    },
    another: (differing = {}) => identityWith({ ...config, ...differing }),
    elsewhere(differing) {
      const settings = { ...config, ...differing }
      return { ask: askOf(settings, identityWith(settings)) }
    },
    messagesTo,
    async codeSentTo(phone) {
      const message = (await messagesTo(phone)).find((l) => l.purpose === 'otp')
      const code = /\b(\d{6})\b/.exec(message?.text ?? '')?.[1]
      if (!code) throw new Error(`No code was sent to ${phone}.`)
      return code
    },
    close: world.close,
  }
}

async function ask(app: ReturnType<typeof api>, base: string, method: string, path: string, options: Asking = {}): Promise<Answer> {
  const { body, jar, from = 1, agent, headers } = options
  const response = await app.request(`${base}${path}`, {
    method,
    headers: {
      origin: base,
      host: new URL(base).host,
      'x-forwarded-for': `10.0.0.${from}`,
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
