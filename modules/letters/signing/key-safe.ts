// Where the keys themselves are: sealed with the community's own key, outside the change log, so that a key that is removed is nowhere.
import type { Ctx } from '#kernel/ctx.ts'
import { fromKeptKey, keptKey } from './p12-signer.ts'
import type { OpenedP12 } from './p12.ts'

const FIELD = 'letters.signing_secrets.sealed'

/** Keeps the key of a row of `letters.signing_keys`. */
export async function keepKey(ctx: Ctx, keyId: string, p12: OpenedP12): Promise<void> {
  await ctx.db.query('insert into letters.signing_secrets (tenant_id, key_id, sealed) values ($1, $2, $3)', [
    ctx.tenant.id,
    keyId,
    ctx.seal.seal(keptKey(p12), FIELD),
  ])
}

/** Takes it away for good. */
export async function dropKey(ctx: Ctx, keyId: string): Promise<void> {
  await ctx.db.query('delete from letters.signing_secrets where tenant_id = $1 and key_id = $2', [ctx.tenant.id, keyId])
}

/** The key, or null when it was taken away. */
export async function takeKey(ctx: Ctx, keyId: string): Promise<OpenedP12 | null> {
  const { rows } = await ctx.db.query<{ sealed: Buffer }>(
    'select sealed from letters.signing_secrets where tenant_id = $1 and key_id = $2',
    [ctx.tenant.id, keyId],
  )
  return rows[0] ? fromKeptKey(ctx.seal.open(rows[0].sealed, FIELD)) : null
}
