// The authenticator app of a person: made, confirmed by a first code, asked at sign-in, taken away.
import type { Db } from '#kernel/db/db.ts'
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import { ownSeal } from './own-seal.ts'
import { isRecoveryCode } from './recovery-codes.ts'
import type { RecoveryCodes } from './recovery-codes.ts'
import { base32, newSecret, otpauth, stepOfCode } from './totp.ts'

export type FactorState = { readonly on: boolean; readonly since: Date | null; readonly recoveryCodesLeft: number }

/** What the person's app is told, once. `uri` is what the QR code says. */
export type NewFactor = { readonly secret: string; readonly uri: string }

export type SecondFactor = {
  state(userId: string): Promise<FactorState>
  /** A new secret, not asked for until confirmed. Null when one is already on. `account`: what the app shows. */
  begin(userId: string, account: string): Promise<NewFactor | null>
  /** Turns it on with the app's first code; answers the recovery codes, or null when the code is wrong. */
  confirm(userId: string, code: string): Promise<string[] | null>
  /** Which proof this was; null for none. Each code of either kind counts once. */
  check(userId: string, code: string): Promise<'totp' | 'recovery' | null>
  remove(userId: string): Promise<void>
  /** Seals every secret with the current master key; answers how many. Throws when one cannot be opened. */
  reseal(): Promise<number>
}

type Row = { user_id: string; secret: Buffer; master_key_id: string; confirmed_at: Date | null }

export function secondFactor(db: Db, master: MasterKey, recovery: RecoveryCodes, issuer: string): SecondFactor {
  const seal = ownSeal(master, 'second factor')

  async function find(userId: string): Promise<Row | undefined> {
    const { rows } = await db.query<Row>('select user_id, secret, master_key_id, confirmed_at from core.two_factors where user_id = $1', [
      userId,
    ])
    return rows[0]
  }
  function open(row: Row): Buffer {
    const secret = seal.open(row.secret, row.master_key_id, row.user_id)
    if (!secret) throw new Error('A second factor cannot be opened: the master key it was sealed with is not known.')
    return secret
  }

  return {
    async state(userId) {
      const row = await find(userId)
      const on = Boolean(row?.confirmed_at)
      return { on, since: row?.confirmed_at ?? null, recoveryCodesLeft: on ? await recovery.left(userId) : 0 }
    },
    async begin(userId, account) {
      const secret = newSecret()
      const { rowCount } = await db.query(
        `insert into core.two_factors as f (user_id, secret, master_key_id) values ($1, $2, $3)
         on conflict (user_id) do update set secret = excluded.secret, master_key_id = excluded.master_key_id, last_step = null, created_at = now()
         where f.confirmed_at is null`,
        [userId, seal.seal(secret, userId), seal.keyId],
      )
      return rowCount ? { secret: base32(secret), uri: otpauth(secret, issuer, account) } : null
    },
    async confirm(userId, code) {
      const row = await find(userId)
      const step = row && !row.confirmed_at ? stepOfCode(open(row), digits(code), new Date()) : null
      if (!row || step === null) return null
      const codes = await recovery.renew(userId)
      // The secret that was compared, not one that another window made meanwhile.
      const { rows } = await db.query<{ on: boolean }>(
        `with f as (
           update core.two_factors set confirmed_at = now(), last_step = $2
           where user_id = $1 and confirmed_at is null and secret = $3 returning user_id
         ) update core.users u set two_factor_enabled = true, updated_at = now() from f where u.id = f.user_id returning true as on`,
        [userId, step, row.secret],
      )
      return rows.length ? codes : null
    },
    async check(userId, code) {
      if (isRecoveryCode(code)) return (await recovery.take(userId, code)) ? 'recovery' : null
      const row = await find(userId)
      const step = row?.confirmed_at ? stepOfCode(open(row), digits(code), new Date()) : null
      if (!row || step === null) return null
      const { rowCount } = await db.query(
        'update core.two_factors set last_step = $2 where user_id = $1 and (last_step is null or last_step < $2)',
        [userId, step],
      )
      return rowCount ? 'totp' : null
    },
    async remove(userId) {
      await db.query(
        `with f as (delete from core.two_factors where user_id = $1), r as (delete from core.recovery_codes where user_id = $1)
         update core.users set two_factor_enabled = false, updated_at = now() where id = $1`,
        [userId],
      )
    },
    async reseal() {
      const { rows } = await db.query<Row>(
        'select user_id, secret, master_key_id, confirmed_at from core.two_factors where master_key_id <> $1',
        [seal.keyId],
      )
      for (const row of rows)
        await db.query('update core.two_factors set secret = $2, master_key_id = $3 where user_id = $1 and secret = $4', [
          row.user_id,
          seal.seal(open(row), row.user_id),
          seal.keyId,
          row.secret,
        ])
      return rows.length
    },
  }
}

const digits = (typed: string): string => typed.replace(/\s/g, '')
