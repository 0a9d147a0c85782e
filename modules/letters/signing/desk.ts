// What waits for the signature of whoever asks, and whether they can sign: the head's list.
import type { Ctx } from '#kernel/ctx.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { officialOfAccount } from '#modules/office/index.ts'
import { generatedLetters } from '../resources/index.ts'
import { keyOf } from './officials.ts'

type Waiting = {
  readonly id: string
  readonly heading: string
  readonly letter_number: string
  readonly addressee: string
  readonly letter_date: string
  readonly original_version_id: string
  /** Where a signature is that was asked for; null when none was. */
  readonly state: 'QUEUED' | 'SIGNING' | 'FAILED' | null
  readonly problem: { readonly code: string; readonly id: string; readonly en: string } | null
}

/** So many are shown; the rest follow when these are signed. */
const MOST = 200

const FROM = `letters.generated_letters t where t.tenant_id = $1 and t.deleted_at is null and t.status = 'awaiting_signature'`

/** How many letters wait for the signature of whoever asks. */
export async function waitingForMe(ctx: Ctx): Promise<number> {
  const official = ctx.actor.userId ? await officialOfAccount(ctx, ctx.actor.userId, ctx.today) : null
  if (!official) return 0
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ n: number }>(
    `select count(*)::int as n from ${FROM} and t.signatory_id = ${param(official.id)} and ${ctx.sees(generatedLetters.name, param)}`,
    values,
  )
  return rows[0]?.n ?? 0
}

export const signingDesk = query({
  name: 'letters.signing_desk',
  label: { id: 'Menunggu tanda tangan saya', en: 'Waiting for my signature' },
  doc: 'The letters that wait for the signature of whoever asks, the oldest first, and the key they would sign with.',
  permission: 'letters.signings:request',
  input: {},
  run: async (ctx) => {
    const official = ctx.actor.userId ? await officialOfAccount(ctx, ctx.actor.userId, ctx.today) : null
    if (!official) return { official: null, key: null, letters: [] }
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<Waiting>(
      `select t.id, t.heading, t.letter_number, t.addressee, t.letter_date::text as letter_date, t.original_version_id, s.state, s.problem
         from (select * from ${FROM} and t.signatory_id = ${param(official.id)} and ${ctx.sees(generatedLetters.name, param)}
                order by t.issued_at, t.id limit ${MOST}) t
         left join letters.signings s on s.tenant_id = $1 and s.letter_id = t.id and s.deleted_at is null
        order by t.issued_at, t.id`,
      values,
    )
    const key = await keyOf(ctx, official.id)
    return {
      official: { id: official.id, name: official.name, position: official.position },
      key: key && { id: key.id, subject: key.subject, valid_to: key.valid_to, expired: key.valid_to < ctx.now },
      letters: rows,
    }
  },
})
