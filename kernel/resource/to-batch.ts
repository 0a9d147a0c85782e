// The same change to many rows: each in its own savepoint, each with its own result, all in one request.
import { Hono } from 'hono'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { writeOnce } from '#kernel/http/once.ts'
import { refusalOf } from '#kernel/http/problem.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { say } from '#kernel/words.ts'
import { isId } from './id.ts'
import type { Resource, Verb } from './resource.ts'
import { type After, allow, deleteOne, nothingAfter, sentBy, updateOne } from './to-routes.ts'

export const BATCH_MAX = 500
type Item = { id: string; version?: number }
type Order = { action: 'delete' | 'restore' | 'update'; items: Item[]; changes: unknown }
type Result = { id: string; status: number; code?: string; detail?: string }

function readOrder(json: unknown): Order {
  const { action, items, changes } = (json ?? {}) as Record<string, unknown>
  const problem = (field: string, id: string, en: string): Refusal => invalid([{ field, code: 'wrong_type', message: { id, en } }])
  if (action !== 'delete' && action !== 'restore' && action !== 'update')
    throw problem('action', 'Tulis delete, restore atau update.', 'Write delete, restore or update.')
  if (!Array.isArray(items) || !items.length || items.length > BATCH_MAX)
    throw problem('items', `Kirim 1 sampai ${BATCH_MAX} data.`, `Send 1 to ${BATCH_MAX} items.`)
  const read = items.map((item: unknown): Item => {
    const { id, version } = (item ?? {}) as Record<string, unknown>
    if (!isId(id) || (version !== undefined && !Number.isSafeInteger(version)))
      throw problem('items', 'Setiap data punya id dan version.', 'Every item has an id and a version.')
    return { id, ...(version === undefined ? {} : { version: version as number }) }
  })
  // Always in the same order, so that two batches over the same rows cannot lock each other out.
  return { action, items: read.toSorted((a, b) => (a.id < b.id ? -1 : 1)), changes }
}

async function applyOne(house: House, ctx: Ctx, r: Resource, order: Order, item: Item): Promise<Result> {
  await ctx.db.query('savepoint item')
  try {
    if (order.action === 'update') await updateOne(house, ctx, r, item.id, order.changes, item.version)
    else await deleteOne(house, ctx, r, item.id, order.action === 'delete', item.version)
    await ctx.db.query('release savepoint item')
    return { id: item.id, status: 200 }
  } catch (error) {
    const refusal = refusalOf(error, house.model)
    if (!refusal) throw error
    await ctx.db.query('rollback to savepoint item')
    return { id: item.id, status: refusal.status, code: refusal.code, detail: say(refusal.words, ctx.locale) }
  }
}

export function toBatch(house: House, r: Resource, after: After = nothingAfter): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/batch', async (c) => {
    const who = whoOf(c)
    const { json, text } = await readJson(c)
    const order = readOrder(json)
    const verb: Verb = order.action
    const offered = r.verbs.includes(verb)
    allow(who, r, offered ? verb : 'read')
    if (!offered)
      throw invalid([{ field: 'action', code: 'not_a_choice', message: { id: 'Tidak tersedia di sini.', en: 'Not available here.' } }])
    const response = await writeOnce(
      house,
      who,
      { delete: 'deleted', restore: 'restored', update: 'changed' }[order.action],
      sentBy(c, text),
      async (ctx) => {
        const results: Result[] = []
        for (const item of order.items) results.push(await applyOne(house, ctx, r, order, item))
        return { status: 200, body: { results } }
      },
    )
    await after(who, r, verb)
    return response
  })
  return app
}
