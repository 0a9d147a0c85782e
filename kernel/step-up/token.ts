// The proof that a member has just said their PIN: signed, not stored. It holds for one session of one member in one community, for minutes.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

export const STEP_UP_HEADER = 'balai-step-up'
const LIFE_MS = 5 * 60_000

/** Whom a token is for. A changed PIN ends the tokens of the former one; an ended session ends its own. */
export type Bearer = { readonly tenantId: string; readonly membershipId: string; readonly sessionId: string; readonly pinSetAt: Date }

const keys = new Map<string, Buffer>()
function keyOf(secret: string): Buffer {
  let key = keys.get(secret)
  if (!key) keys.set(secret, (key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'balai step-up token', 32))))
  return key
}

const signed = (secret: string, b: Bearer, until: number): Buffer =>
  createHmac('sha256', keyOf(secret))
    .update(['1', b.tenantId, b.membershipId, b.sessionId, b.pinSetAt.getTime(), until].join('\n'))
    .digest()

/** A token and when it ends. It says nothing but its end; who it is for is in the signature. */
export function makeToken(secret: string, bearer: Bearer, now: Date): { token: string; expiresAt: Date } {
  const until = now.getTime() + LIFE_MS
  return { token: `1.${until}.${signed(secret, bearer, until).toString('base64url')}`, expiresAt: new Date(until) }
}

/** Whether a token is this bearer's and still holds. */
export function tokenHolds(secret: string, bearer: Bearer, token: string, now: Date): boolean {
  const [, end, given] = /^1\.(\d{13})\.([\w-]{43})$/.exec(token) ?? []
  if (!end || !given || Number(end) <= now.getTime() || Number(end) > now.getTime() + LIFE_MS) return false
  return timingSafeEqual(Buffer.from(given, 'base64url'), signed(secret, bearer, Number(end)))
}
