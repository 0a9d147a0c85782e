// A village reading room with its people, for the stories of jobs and imports: in a copy of the template world, with tables of its own.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import { whoIs } from '#kernel/access/members.ts'
import { openDatabase, type Database } from '#kernel/db/open.ts'
import { transaction } from '#kernel/db/scoped.ts'
import type { Config, House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { problemResponse, refusalOf } from '#kernel/http/problem.ts'
import { core } from '#kernel/core-module.ts'
import type { Importer } from '#kernel/imports/importer.ts'
import { importersOf } from '#kernel/imports/importers.ts'
import { importJobs } from '#kernel/imports/jobs.ts'
import { importRoutes } from '#kernel/imports/routes.ts'
import type { Module } from '#kernel/module.ts'
import { NO_OUTBOX } from '#kernel/outbox/config.ts'
import { openOutbox } from '#kernel/outbox/outbox.ts'
import { integer, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { newId } from '#kernel/resource/id.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { resource } from '#kernel/resource/resource.ts'
import { toTable } from '#kernel/resource/to-table.ts'
import { loadMasterKey } from '#kernel/secrets/master-key.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { createTenant } from '#kernel/tenancy/tenants.ts'
import type { JobKind } from './job.ts'
import { openJobs, type Jobs } from './jobs.ts'
import { prepareQueue } from './queue.ts'
import { jobRoutes } from './routes.ts'

export const onServer = inject('template').kind === 'server'

export const shelves = resource('reading.shelves', {
  label: { one: { id: 'Rak', en: 'Shelf' }, many: { id: 'Rak', en: 'Shelves' } },
  doc: 'Where books stand.',
  fields: { name: text({ id: 'Nama rak', en: 'Shelf name' }) },
  title: ['name'],
  list: ['name'],
  sort: ['name'],
  unique: [{ name: 'shelves_name_key', fields: ['name'], message: { id: 'Rak ini sudah ada.', en: 'This shelf exists.' } }],
})

export const books = resource('reading.books', {
  label: { one: { id: 'Buku', en: 'Book' }, many: { id: 'Buku', en: 'Books' } },
  doc: 'What can be borrowed.',
  fields: {
    title: text({ id: 'Judul', en: 'Title' }),
    year: optional(integer({ id: 'Tahun terbit', en: 'Year' }, { min: 1800, max: 2100 })),
    shelf_id: optional(ref('reading.shelves', { id: 'Rak', en: 'Shelf' })),
    lent_to: optional(secret(text({ id: 'Peminjam', en: 'Lent to' }), 'equal', [1, 1])),
  },
  title: ['title'],
  list: ['title', 'year'],
  sort: ['title'],
})

export type Options = { readonly kinds?: readonly JobKind<never>[]; readonly importers?: readonly Importer[] }

export type Library = House & {
  /** The librarian of Kertajaya, who may do everything there. */
  readonly siti: Who
  /** The librarian of the next village, Mekarsari. */
  readonly budi: Who
  /** Another worker process on the same database; stop it before closing. */
  another(options?: Options): Jobs
  /** Asks over HTTP as somebody. */
  ask(who: Who, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  sql<R extends object>(text: string, params?: unknown[]): Promise<R[]>
  close(): Promise<void>
}

const config = { locale: 'id', standalone: null, dataDir: '', files: { clamd: null } } as unknown as Config

export async function openLibrary(options: Options = {}): Promise<Library> {
  const dataDir = await mkdtemp(join(tmpdir(), 'balai-jobs-'))
  const template = inject('template')
  const url = template.kind === 'server' ? await copyOf(template) : undefined
  const from = template.kind === 'server' ? { url } : { template: template.dataDir }
  const database = await openDatabase({ dataDir, durable: false, ...from })
  await prepareQueue(database.owner)
  await makeTables(database)
  const library: Module = {
    name: 'reading',
    label: { id: 'Perpustakaan', en: 'Library' },
    doc: 'Books of a village.',
    uses: [],
    resources: [shelves, books],
    policy: [],
    roles: [],
    importers: options.importers ?? [],
  }
  const model = modelOf([core, library])
  const master = loadMasterKey({ env: undefined, file: join(dataDir, 'master.key') })
  const log = pino({ level: 'fatal' })
  const outbox = openOutbox({ app: database.app, kind: database.kind, config: NO_OUTBOX, baseUrl: 'http://balai.test', master, log })
  const bare = { config, database, model, master, log, outbox } as unknown as House
  const open = (kinds: readonly JobKind<never>[] = []): Jobs => {
    const jobs: Jobs = openJobs({
      database,
      kinds: [...kinds, ...importJobs((name) => importersOf(model).get(name))],
      house: () => ({ ...bare, jobs }),
    })
    return jobs
  }
  const house: House = { ...bare, jobs: open(options.kinds) }
  const siti = await librarian(house, 'kertajaya', 'Siti Aminah')
  const budi = await librarian(house, 'mekarsari', 'Budi Santoso')
  const app = serve(house)
  return {
    ...house,
    siti,
    budi,
    another: (more = {}) => open(more.kinds ?? options.kinds),
    async ask(who, method, path, body, headers = {}) {
      asking = who
      const form = body instanceof FormData
      return app.request(`http://balai.test/api/${who.tenant.code}${path}`, {
        method,
        headers: { ...(body === undefined || form ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      })
    },
    sql: async <R extends object>(text: string, params: unknown[] = []) => (await database.owner.query<R>(text, params)).rows,
    async close() {
      await house.jobs.stop()
      await database.close()
      if (url && template.kind === 'server')
        await asServer(template.url, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

let asking: Who

/** The routes with as much of the pipeline as they need: who asks is set by `ask`. */
function serve(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.route(
    '/api/:tenant/jobs',
    jobRoutes(house, () => asking),
  )
  app.route(
    '/api/:tenant',
    importRoutes(house, () => asking),
  )
  app.onError((error) => {
    const refusal = refusalOf(error, house.model)
    if (!refusal) throw error
    return problemResponse(refusal, asking.locale, 'r-1')
  })
  return app
}

async function makeTables(database: Database): Promise<void> {
  await database.owner.query('create schema reading; grant usage on schema reading to balai_app')
  const made = [shelves, books].map((r) => toTable(r as never))
  for (const { table } of made) for (const statement of table) await database.owner.query(statement)
  for (const { references } of made) for (const statement of references) await database.owner.query(statement)
}

/** A village with one librarian. */
async function librarian(house: House, code: string, name: string): Promise<Who> {
  const tenant = await createTenant(house, { code, name: `Desa ${code}`, kind: 'village', modules: ['reading'] })
  const userId = newId()
  const user = [userId, name, code, `${code}@desa.test`]
  await house.database.owner.query('insert into core.users (id, name, username, email) values ($1, $2, $3, $4)', user)
  await transaction(house.database.app, tenant.id, { user: null, doing: 'created', request: 't', ip: null, agent: null }, (db) =>
    db.query(
      `insert into core.memberships (tenant_id, id, user_id, name, role_id)
       select $1, $2, $3, $4, id from core.roles where tenant_id = $1 and name = 'Administrator'`,
      [tenant.id, newId(), userId, name],
    ),
  )
  return whoIs(house, tenant.id, userId, { requestId: 'r-7', ip: '10.0.0.7', userAgent: 'Firefox' })
}

/** A database of its own; another test file may be copying the same template at this moment. */
async function copyOf(template: { url: string; database: string }): Promise<string> {
  const url = new URL(template.url)
  url.pathname = `/balai_jobs_${randomUUID().slice(0, 8)}`
  for (let attempt = 1; ; attempt++)
    try {
      await asServer(template.url, `create database ${url.pathname.slice(1)} template ${template.database}`)
      return url.href
    } catch (error) {
      if (attempt === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt))
    }
}

async function asServer(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
