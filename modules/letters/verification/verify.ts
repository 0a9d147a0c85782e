// What a stranger learns about a letter by its code: what was issued, when and by whom, whether it holds, and whether a file is that letter.
import type { Ctx } from '#kernel/ctx.ts'
import type { Words } from '#kernel/words.ts'
import { REVOCATION } from '../codes.ts'
import { readCode } from './code.ts'
import { maskedName } from './mask.ts'

/** `valid`: signed and within its time. `unsigned`: has its number, nobody has signed it yet. */
export type Standing = 'valid' | 'unsigned' | 'expired' | 'revoked'

export type Verified = {
  readonly heading: string
  readonly number: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** Masked. */
  readonly addressee: string
  readonly standing: Standing
  readonly validUntil: string | null
  readonly revoked: { readonly at: Date; readonly why: Words } | null
  readonly signature: {
    readonly name: string
    readonly position: string
    readonly at: Date
    /** Null when it was signed on paper. */
    readonly certificate: { readonly subject: string; readonly issuer: string } | null
  } | null
}

/** What a file is: the letter as signed, as issued before it was signed, or something else. */
export type FileIs = 'signed' | 'original' | 'other'

type Row = {
  heading: string
  letter_number: string
  letter_date: string
  addressee: string
  status: string
  valid_until: string | null
  sha256: string
  signed_at: Date | null
  revoked_at: Date | null
  revocation_kind: keyof typeof REVOCATION | null
  signer: string | null
  position: string | null
  signed_sha256: string | null
  subject: string | null
  issuer: string | null
}

/** A code that no letter has: what is typed wrong is looked for like the rest, so that the time tells nothing. */
const NONE = '-'

function standingOf(row: Row, today: string): Standing {
  if (row.status === 'revoked') return 'revoked'
  if (row.valid_until !== null && row.valid_until < today) return 'expired'
  return row.status === 'signed' ? 'valid' : 'unsigned'
}

/** `,CN=Haji Mulyadi,O=…` → `Haji Mulyadi`; the whole name where there is no common name. */
const commonName = (name: string): string => /(?:^|,)CN=([^,]+)/.exec(name)?.[1] ?? name

const verified = (row: Row, today: string): Verified => ({
  heading: row.heading,
  number: row.letter_number,
  date: row.letter_date,
  addressee: maskedName(row.addressee),
  standing: standingOf(row, today),
  validUntil: row.valid_until,
  revoked: row.revoked_at && { at: row.revoked_at, why: REVOCATION[row.revocation_kind ?? 'ERROR'] },
  signature: row.signed_at && {
    name: row.signer ?? '',
    position: row.position ?? '',
    at: row.signed_at,
    certificate: row.subject === null ? null : { subject: commonName(row.subject), issuer: commonName(row.issuer ?? '') },
  },
})

/**
 * Looks a letter up by its code and counts that somebody did, never who. `sha256`: of a file to compare, hexadecimal. Null when there is no such
 * letter. In a transaction, as the system.
 */
export async function verifyLetter(
  ctx: Ctx,
  typed: string,
  sha256: string | null,
): Promise<{ readonly letter: Verified; readonly file: FileIs | null } | null> {
  const code = ctx.seal.blind(readCode(typed) ?? NONE, 'letters.generated_letters.verification_code')
  const { rows } = await ctx.db.query<Row>(
    `select l.heading, l.letter_number, l.letter_date::text as letter_date, l.addressee, l.status, l.valid_until::text as valid_until, l.sha256,
        l.signed_at, l.revoked_at, l.revocation_kind, o.name as signer, o.position, s.sha256 as signed_sha256, k.subject, k.issuer
       from letters.generated_letters l
       left join office.apparatus o on o.tenant_id = $1 and o.id = coalesce(l.signed_by, l.signatory_id)
       left join letters.signings s on s.tenant_id = $1 and s.letter_id = l.id and s.state = 'SIGNED'
       left join letters.signing_keys k on k.tenant_id = $1 and k.id = s.key_id
      where l.tenant_id = $1 and l.verification_code_bidx = $2 and l.deleted_at is null`,
    [ctx.tenant.id, code],
  )
  await ctx.db.query(
    `insert into letters.verification_counts as v (tenant_id, letter_id, day, seen, files)
      select $1, l.id, $3, $4, $5 from letters.generated_letters l
       where l.tenant_id = $1 and l.verification_code_bidx = $2 and l.deleted_at is null
      on conflict (tenant_id, letter_id, day) do update set seen = v.seen + excluded.seen, files = v.files + excluded.files`,
    [ctx.tenant.id, code, ctx.today, sha256 ? 0 : 1, sha256 ? 1 : 0],
  )
  const row = rows[0]
  if (!row) return null
  const file = sha256 === null ? null : sha256 === row.signed_sha256 ? 'signed' : sha256 === row.sha256 ? 'original' : 'other'
  return { letter: verified(row, ctx.today), file }
}
