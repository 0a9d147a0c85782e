// PINs in the database: made, tried, locked. A try is counted before it is looked at, so that many at once gain nothing.
import { scopedDb } from '#kernel/db/scoped.ts'
import type { Db } from '#kernel/db/db.ts'
import type { House } from '#kernel/house.ts'
import { hashPin, isOld, type PinOwner, verifyPin } from './pin-hash.ts'
import { pinLocked, pinNotSet, pinWrong } from './refusals.ts'

export const TRIES = 5
/** The first lock; each wrong try after it doubles the wait, up to the longest. */
const FIRST_LOCK_MINUTES = 15
const LONGEST_LOCK_MINUTES = 24 * 60

type Pins = Pick<House, 'database' | 'master'>
const dbOf = (house: Pick<House, 'database'>, owner: PinOwner): Db => scopedDb(house.database.app, owner.tenantId)

export type PinState = { readonly setAt: Date; readonly triesLeft: number; readonly lockedUntil: Date | null }

/** Where a member's PIN stands; null when they have none. */
export async function pinState(house: Pick<House, 'database'>, owner: PinOwner): Promise<PinState | null> {
  const { rows } = await dbOf(house, owner).query<{ set_at: Date; failures: number; locked_until: Date | null }>(
    `select set_at, failures, case when locked_until > now() then locked_until end as locked_until from core.member_pins where tenant_id = $1 and membership_id = $2`,
    [owner.tenantId, owner.membershipId],
  )
  const row = rows[0]
  return row
    ? { setAt: row.set_at, triesLeft: row.locked_until ? 0 : Math.max(1, TRIES - row.failures), lockedUntil: row.locked_until }
    : null
}

/** Makes or replaces a PIN that has passed the rules; what was counted against the former one is forgotten. */
export async function putPin(house: Pins, owner: PinOwner, pin: string): Promise<void> {
  await dbOf(house, owner).query(
    `insert into core.member_pins as p (tenant_id, membership_id, hash) values ($1, $2, $3)
     on conflict (tenant_id, membership_id) do update set hash = excluded.hash, failures = 0, locked_until = null, set_at = now()`,
    [owner.tenantId, owner.membershipId, await hashPin(house.master, owner, pin)],
  )
}

export type Tried = { readonly setAt: Date }
/** Called with a wrong try; `lockedUntil` when it locked the PIN. */
export type OnWrong = (failures: number, lockedUntil: Date | null) => void

/**
 * Tries a PIN. Throws 403 `pin_not_set`, 403 `pin_wrong` with the tries that are left, 429 `pin_locked`.
 * Five tries; the fifth locks the PIN before it is looked at, and after that one try is given when each lock is over.
 */
export async function tryPin(house: Pins, owner: PinOwner, pin: string, onWrong: OnWrong): Promise<Tried> {
  const place = [owner.tenantId, owner.membershipId]
  const db = dbOf(house, owner)
  const { rows } = await db.query<{ hash: string; failures: number; locked_until: Date | null; set_at: Date }>(
    `update core.member_pins set failures = failures + 1,
        locked_until = case when failures + 1 >= $3 then now() + make_interval(mins => least($4 * 2 ^ least(failures + 1 - $3, 20), $5)::int) end
      where tenant_id = $1 and membership_id = $2 and (locked_until is null or locked_until <= now())
      returning hash, failures, locked_until, set_at`,
    [...place, TRIES, FIRST_LOCK_MINUTES, LONGEST_LOCK_MINUTES],
  )
  const counted = rows[0]
  if (!counted) {
    const state = await pinState(house, owner)
    throw state?.lockedUntil ? pinLocked(state.lockedUntil, new Date()) : state ? pinWrong(1) : pinNotSet()
  }
  const found = await verifyPin(house.master, owner, counted.hash, pin)
  if (found === 'wrong') {
    onWrong(counted.failures, counted.locked_until)
    throw counted.locked_until ? pinLocked(counted.locked_until, new Date()) : pinWrong(Math.max(1, TRIES - counted.failures))
  }
  if (found === 'lost') {
    await db.query('delete from core.member_pins where tenant_id = $1 and membership_id = $2', place)
    throw pinNotSet()
  }
  // Only of the PIN that was tried: another may have been made meanwhile.
  const hash = isOld(house.master, counted.hash) ? await hashPin(house.master, owner, pin) : counted.hash
  await db.query(
    'update core.member_pins set failures = 0, locked_until = null, hash = $4 where tenant_id = $1 and membership_id = $2 and hash = $3',
    [...place, counted.hash, hash],
  )
  return { setAt: counted.set_at }
}
