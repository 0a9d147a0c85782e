// Two villages whose messages really leave: a mail server and a push service on this computer, for the stories of this folder.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { api } from '#app/api.ts'
import { whoIs } from '#kernel/access/members.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { NO_OUTBOX } from '#kernel/outbox/config.ts'
import { openOutbox } from '#kernel/outbox/outbox.ts'
import { reading, writing } from '#kernel/tenancy/as-tenant.ts'
import { PASSWORD, type PersonName, type Place } from '#test/places.ts'
import { openWorld, type World } from '#test/world.ts'
import { freshNotices } from './deliver.ts'
import type { Notice } from './notice.ts'
import { pushAdapter } from './push/sender.ts'

export type Pushed = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
export type Answer = { readonly status: number; readonly body: any }

export type TestHouse = {
  readonly world: World
  readonly house: House
  readonly mails: { readonly to: string; readonly subject: string; readonly text: string }[]
  readonly pushed: Pushed[]
  /** `http://127.0.0.1:…` of the push service. */
  readonly pushService: string
  /** What the push service answers. */
  pushAnswers(status: number): void
  mailServer(state: 'up' | 'down'): Promise<void>
  ask(cookie: string, method: string, path: string, body?: unknown): Promise<Answer>
  signIn(person: PersonName): Promise<string>
  write<T>(person: PersonName, place: Place, work: (ctx: Ctx) => Promise<T>): Promise<T>
  read<T>(person: PersonName, place: Place, work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Andi, administrator of Sukamaju, has people told. */
  tell(notice: Notice): Promise<void>
  userId(person: PersonName): Promise<string>
  messages(): Promise<{ channel: string; status: string; last_error: string | null; waits: number }[]>
  close(): Promise<void>
}

export async function openTestHouse(): Promise<TestHouse> {
  const world = await openWorld()
  const { database, config, master, log, pushKeys } = world.house
  const mails: TestHouse['mails'] = []
  const pushed: Pushed[] = []
  let answer = 201
  const service = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (answer < 300) pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(answer).end()
    })
  })
  const pushPort = await listening(service)
  let mail = mailServer(mails)
  const mailPort = await listening(mail.server as unknown as Server)
  const push = { hosts: [`127.0.0.1:${pushPort}`], insecure: true }
  const outbox = openOutbox({
    app: database.app,
    kind: database.kind,
    config: { ...NO_OUTBOX, smtp: `smtp://127.0.0.1:${mailPort}`, mailFrom: 'Desa Sukamaju <balai@sukamaju.desa.id>' },
    baseUrl: config.baseUrl,
    master,
    log,
    push: pushAdapter({ app: database.app, master, keys: pushKeys, config: push, contact: 'mailto:balai@sukamaju.desa.id' }),
    fresh: freshNotices(() => house),
  })
  const house: House = { ...world.house, config: { ...config, push }, outbox }
  const app = api(house)
  const userId = async (person: PersonName): Promise<string> => (await house.identity.userByLogin(person))?.id ?? ''
  const who = async (person: PersonName, place: Place) => whoIs(house, await world.tenantId(place), await userId(person))
  const write: TestHouse['write'] = async (person, place, work) => writing(house, await who(person, place), 'changed', work)
  const ask: TestHouse['ask'] = async (cookie, method, path, body) => {
    const response = await app.request(path, {
      method,
      headers: {
        origin: config.baseUrl,
        cookie,
        'accept-language': 'id',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : null }
  }
  return {
    world,
    house,
    mails,
    pushed,
    pushService: `http://127.0.0.1:${pushPort}`,
    pushAnswers: (status) => void (answer = status),
    async mailServer(state) {
      await new Promise<void>((resolve) => mail.close(() => resolve()))
      if (state === 'down') return
      mail = mailServer(mails)
      await listening(mail.server as unknown as Server, mailPort)
    },
    ask,
    async signIn(person) {
      const response = await app.request('/api/session', {
        method: 'POST',
        headers: { origin: config.baseUrl, 'content-type': 'application/json' },
        body: JSON.stringify({ login: person, password: PASSWORD }),
      })
      return response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    },
    write,
    read: async (person, place, work) => work(await reading(house, await who(person, place))),
    tell: (notice) => write('andi', 'sukamaju', (ctx) => ctx.notify(notice)),
    userId,
    async messages() {
      const { rows } = await database.owner.query(
        `select channel, status, last_error, extract(epoch from next_at - now())::float8 as waits from core.outbox order by id`,
      )
      return rows
    },
    async close() {
      await outbox.stop()
      await new Promise<void>((resolve) => mail.close(() => resolve()))
      service.closeAllConnections()
      await new Promise<void>((resolve) => service.close(() => resolve()))
      await world.close()
    },
  }
}

function mailServer(mails: TestHouse['mails']): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then(({ subject = '', text = '' }) => {
          mails.push({ to: session.envelope.rcptTo[0]?.address ?? '', subject, text })
          setTimeout(() => done(null))
        })
      })
    },
  })
  server.on('error', () => {})
  return server
}

const listening = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
