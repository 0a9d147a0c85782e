// Hashes under a key that is not in the database: what is short or known to many cannot be found again by trying.
import { createHmac, timingSafeEqual } from 'node:crypto'

export type Keyed = (...parts: readonly string[]) => string

/** HMAC-SHA-256 for one purpose, 43 characters of base64url. Parts are told apart, so that no two lists of them read the same. */
export const keyed = (secret: string, purpose: string): Keyed => {
  const key = createHmac('sha256', secret).update(`balai ${purpose}`).digest()
  return (...parts) => createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')
}

/** Compares in a time that does not depend on where they differ. */
export function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
