// A write that may be sent twice: done once, answered alike (draft-ietf-httpapi-idempotency-key-header).
import { createHash } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { API_HEADERS } from './headers.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { Refusal } from './refusal.ts'

export type Reply = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }

export type Sent = { readonly key: string | undefined; readonly method: string; readonly path: string; readonly text: string }

const KEY = /^[\x21-\x7e]{1,200}$/

export const toResponse = (reply: Reply): Response =>
  new Response(reply.body === undefined ? null : JSON.stringify(reply.body), {
    status: reply.status,
    headers: {
      ...API_HEADERS,
      ...(reply.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'cache-control': 'no-store',
      ...reply.headers,
    },
  })

/**
 * Runs a write in one transaction. With an `Idempotency-Key` the answer is kept in the same transaction:
 * the same key again is answered from there, another request under the same key is refused with 422.
 */
export async function writeOnce(house: House, who: Who, doing: string, sent: Sent, work: (ctx: Ctx) => Promise<Reply>): Promise<Response> {
  const { key } = sent
  if (key === undefined || who.actor.userId === null) return toResponse(await writing(house, who, doing, work))
  if (!KEY.test(key))
    throw new Refusal(400, 'invalid_idempotency_key', {
      id: 'Idempotency-Key paling banyak 200 karakter ASCII.',
      en: 'An Idempotency-Key has at most 200 ASCII characters.',
    })
  const hash = createHash('sha256').update(`${sent.method} ${sent.path}\n${sent.text}`).digest()
  return writing(house, who, doing, async (ctx) => {
    const keyed = [who.tenant.id, who.actor.userId, key]
    const { rowCount } = await ctx.db.query(
      'insert into core.idempotency_keys (tenant_id, user_id, key, request_hash) values ($1, $2, $3, $4) on conflict do nothing',
      [...keyed, hash],
      true,
    )
    if (rowCount === 0) return replay(ctx, keyed, hash)
    const reply = await work(ctx)
    await ctx.db.query(
      'update core.idempotency_keys set status = $4, headers = $5, body = $6 where tenant_id = $1 and user_id = $2 and key = $3',
      [...keyed, reply.status, JSON.stringify(reply.headers ?? {}), reply.body === undefined ? null : JSON.stringify(reply.body)],
      true,
    )
    return toResponse(reply)
  })
}

async function replay(ctx: Ctx, keyed: unknown[], hash: Buffer): Promise<Response> {
  const { rows } = await ctx.db.query<{ request_hash: Buffer; status: number; headers: Record<string, string>; body: string | null }>(
    'select request_hash, status, headers, body from core.idempotency_keys where tenant_id = $1 and user_id = $2 and key = $3',
    keyed,
    true,
  )
  const kept = rows[0]
  if (!kept || !hash.equals(kept.request_hash))
    throw new Refusal(422, 'idempotency_key_reused', {
      id: 'Idempotency-Key ini sudah dipakai untuk permintaan lain.',
      en: 'This Idempotency-Key was already used for another request.',
    })
  return toResponse({
    status: kept.status,
    headers: { ...kept.headers, 'idempotency-replayed': 'true' },
    ...(kept.body === null ? {} : { body: JSON.parse(kept.body) }),
  })
}

/** A client that has not asked again for two days will not: its kept answers may go. */
export async function forgetOldAnswers(house: Pick<House, 'database'>): Promise<void> {
  for (const tenant of await allTenants(house))
    await scopedDb(house.database.app, tenant.id).query(
      `delete from core.idempotency_keys where tenant_id = $1 and created_at < now() - interval '2 days'`,
      [tenant.id],
    )
}
