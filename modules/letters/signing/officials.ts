// Which office the person who asks holds, and which key they sign with: nobody signs or brings a key for somebody else.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { officialOfAccount, type Official } from '#modules/office/index.ts'

/** The official whose account asks. Throws 403 `not_an_official`. */
export async function ownOffice(ctx: Ctx): Promise<Official> {
  const official = ctx.actor.userId ? await officialOfAccount(ctx, ctx.actor.userId, ctx.today) : null
  if (official) return official
  throw new Refusal(403, 'not_an_official', {
    id: 'Akun Anda belum dihubungkan dengan perangkat desa yang menjabat. Mintalah kepada sekretaris untuk menghubungkannya di Perangkat desa.',
    en: 'Your account is not linked to an official in office. Ask the secretary to link it under Officials.',
  })
}

/** A key without its secret, and whether it may sign today. */
export type OwnKey = { readonly id: string; readonly subject: string; readonly valid_to: Date }

/** The key an official signs with; null when they have none. */
export async function keyOf(ctx: Ctx, officialId: string): Promise<OwnKey | null> {
  const { rows } = await ctx.db.query<OwnKey>(
    `select t.id, t.subject, t.valid_to from letters.signing_keys t
      where t.tenant_id = $1 and t.official_id = $2 and t.status = 'ACTIVE' and t.deleted_at is null`,
    [ctx.tenant.id, officialId],
  )
  return rows[0] ?? null
}
