// Declaration → REST: list, read, create, update, delete, restore. Endpoints only translate; store and read do the work.
import { Hono } from 'hono'
import type { Actor, Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { type Reply, toResponse, writeOnce } from '#kernel/http/once.ts'
import { forbidden, invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import { pinNotSet, pinRequired } from '#kernel/step-up/refusals.ts'
import { noticeReading } from './noticed.ts'
import { reading, type Who } from '#kernel/tenancy/as-tenant.ts'
import { planClock } from '#kernel/workflow/plan.ts'
import { isId } from './id.ts'
import { readListQuery } from './list-query.ts'
import { mayDoMany } from './may.ts'
import { readList, readNew, readOne, readTitles } from './read.ts'
import { checkGuards } from './guard.ts'
import type { Resource, Verb } from './resource.ts'
import { checkReferences, findRow, insertRow, setDeleted, updateRow } from './store.ts'
import { checkInput } from './to-schema.ts'

/**
 * 404 when the caller may not even read the resource, 403 when they may read but not do this, or when it is sensitive and they have not
 * said their PIN (`pin_required`, `pin_not_set`). The one place where every path over HTTP is let through: routes, batches, actions, files.
 */
export function allow({ actor }: { readonly actor: Actor }, r: Resource, verb: string): void {
  const permission = `${r.name}:${verb}`
  if (r.verbs.includes('read') && !actor.permissions.has(`${r.name}:read`)) throw notFound()
  if (!actor.permissions.has(permission)) throw forbidden(permission)
  if (actor.guarded.has(permission)) throw actor.pinSetAt ? pinRequired(permission) : pinNotSet(permission)
}

/** What is done once a write is committed, before it is answered: remembered things forgotten, what happened noted. */
export type After = (who: Who, r: Resource, verb: string) => void | Promise<void>
export const nothingAfter: After = () => {}

/** The version in `If-Match: "3"` (RFC 9110 §13.1.1). */
export function versionIn(c: C, required = true): number | undefined {
  const header = c.req.header('if-match')
  if (header === undefined || header === '*') {
    if (!required) return undefined
    throw new Refusal(428, 'version_required', {
      id: 'Sertakan versi yang Anda baca dalam If-Match, supaya perubahan orang lain tidak tertimpa.',
      en: 'Send the version you read in If-Match, so that nobody else’s change is overwritten.',
    })
  }
  const match = /^"(\d{1,15})"$/.exec(header.trim())
  if (!match) throw new Refusal(400, 'invalid_version', { id: 'If-Match ditulis seperti "3".', en: 'If-Match is written like "3".' })
  return Number(match[1])
}

export const sentBy = (c: C, text: string): { key: string | undefined; method: string; path: string; text: string } => ({
  key: c.req.header('idempotency-key'),
  method: c.req.method,
  path: c.req.path,
  text,
})

const etag = (version: unknown): Record<string, string> => ({ etag: `"${String(version)}"` })

/** Adds the row as it is now to a 412, so that both versions can be shown side by side. */
async function withCurrent<T>(house: House, ctx: Ctx, r: Resource, id: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.code === 'version_stale') error.more['current'] = await readOne(ctx, house.model, r, id)
    throw error
  }
}

export async function createOne(house: House, ctx: Ctx, r: Resource, input: unknown): Promise<Reply> {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
  const { id, ...rest } = (isObject ? input : {}) as Record<string, unknown>
  if (id !== undefined && !isId(id)) throw invalid([{ field: 'id', code: 'not_an_id', message: { id: 'Bukan UUID.', en: 'Not a UUID.' } }])
  const { values, problems } = checkInput(r.fields, isObject ? rest : input, 'create', ctx.today)
  if (problems.length) throw invalid(problems)
  await checkReferences(ctx, r, values)
  await checkGuards(house.model, ctx, r, { verb: 'create', values, row: null })
  const row = await insertRow(ctx, r, { ...values, ...(id ? { id } : {}) })
  const w = house.model.workflows.get(r.name)
  if (w) await planClock(ctx, w, row.id)
  const body = await readNew(ctx, house.model, r, row)
  return { status: 201, body, headers: { ...etag(row.version), location: `/api/${ctx.tenant.code}/${r.module}/${r.plural}/${row.id}` } }
}

export async function updateOne(
  house: House,
  ctx: Ctx,
  r: Resource,
  id: string,
  input: unknown,
  version: number | undefined,
): Promise<Reply> {
  const before = await findRow(ctx, r, id, { lock: true })
  const { values, problems } = checkInput(r.fields, input, 'update', ctx.today)
  if (problems.length) throw invalid(problems)
  await checkReferences(ctx, r, values)
  await checkGuards(house.model, ctx, r, { verb: 'update', values, row: before })
  const row = await withCurrent(house, ctx, r, id, updateRow(ctx, r, id, values, version))
  return { status: 200, body: await readOne(ctx, house.model, r, id), headers: etag(row.version) }
}

/** Deletes or restores one row; shared with batches. */
export async function deleteOne(house: House, ctx: Ctx, r: Resource, id: string, deleted: boolean, version?: number): Promise<Reply> {
  const before = await findRow(ctx, r, id, { lock: true, deleted: !deleted })
  await checkGuards(house.model, ctx, r, { verb: deleted ? 'delete' : 'restore', values: {}, row: before })
  const row = await withCurrent(house, ctx, r, id, setDeleted(ctx, r, id, deleted, version))
  if (deleted) return { status: 204 }
  return { status: 200, body: await readOne(ctx, house.model, r, id), headers: etag(row.version) }
}

export const verbsOffered = (r: Resource, verb: Verb): boolean => r.verbs.includes(verb)

/** The routes of one resource, to be mounted at `/{module}/{plural}`. */
export function toRoutes(house: House, r: Resource, after: After = nothingAfter): Hono<Env> {
  const app = new Hono<Env>()
  const write = async (c: C, doing: string, verb: Verb, work: (ctx: Ctx, json: unknown) => Promise<Reply>): Promise<Response> => {
    const who = whoOf(c)
    allow(who, r, verb)
    const { json, text } = await readJson(c)
    const response = await writeOnce(house, who, doing, sentBy(c, text), (ctx) => work(ctx, json))
    await after(who, r, verb)
    return response
  }
  app.get('/', async (c) => {
    const ctx = await reading(house, whoOf(c))
    allow(ctx, r, 'read')
    const query = readListQuery(house.model, r, new URL(c.req.url).searchParams, ctx.today)
    if (query.deleted) allow(ctx, r, 'restore')
    return toResponse({ status: 200, body: { ...(await readList(ctx, house.model, r, query)), may: mayDoMany(ctx, house.model, r) } })
  })
  app.get('/options', async (c) => {
    const ctx = await reading(house, whoOf(c))
    allow(ctx, r, 'read')
    const query = readListQuery(
      house.model,
      r,
      new URLSearchParams({ q: c.req.query('q') ?? '', limit: c.req.query('limit') ?? '20' }),
      ctx.today,
    )
    return toResponse({ status: 200, body: { data: await readTitles(ctx, house.model, r, query.search, query.limit) } })
  })
  app.get('/:id{[^/]+}', async (c) => {
    const ctx = await reading(house, whoOf(c))
    allow(ctx, r, 'read')
    const row = await readOne(ctx, house.model, r, c.req.param('id'))
    await noticeReading(house, ctx, r, row.id, 'read')
    return toResponse({ status: 200, body: row, headers: etag(row.version) })
  })
  if (verbsOffered(r, 'create')) app.post('/', (c) => write(c, 'created', 'create', (ctx, json) => createOne(house, ctx, r, json)))
  if (verbsOffered(r, 'update'))
    app.patch('/:id', (c) => {
      const version = versionIn(c)
      return write(c, 'changed', 'update', (ctx, json) => updateOne(house, ctx, r, c.req.param('id'), json, version))
    })
  if (verbsOffered(r, 'delete'))
    app.delete('/:id', (c) => {
      const version = versionIn(c)
      return write(c, 'deleted', 'delete', (ctx) => deleteOne(house, ctx, r, c.req.param('id'), true, version))
    })
  if (verbsOffered(r, 'restore'))
    app.post('/:id/restoration', (c) => write(c, 'restored', 'restore', (ctx) => deleteOne(house, ctx, r, c.req.param('id'), false)))
  return app
}
