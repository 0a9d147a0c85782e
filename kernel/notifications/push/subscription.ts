// A browser's subscription: where its push service takes messages for it (RFC 8030) and the keys that only it can open them with (RFC 8291).
import { z } from 'zod'

export type Subscription = { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } }

/** Seals subscriptions (identity/own-seal.ts); what it is bound to is the subscription's id. */
export const SEALED_FOR = 'push subscription'

// p256dh: an uncompressed point of P-256, 65 bytes; auth: 16 bytes. Both base64url.
export const subscriptionSchema = z.strictObject({
  endpoint: z.string().max(2_000),
  expirationTime: z.number().nullish(),
  keys: z.strictObject({ p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}=?$/), auth: z.string().regex(/^[A-Za-z0-9_-]{22}(==)?$/) }),
})

/**
 * Whether we may call this address. It comes from a browser, that is, from anybody: only services the operator knows (`hosts`, where
 * `*.` stands for one or more names) are called, and only over TLS, so that nobody has the server knock at doors inside its own network.
 * `insecure`: `http:` as well, for tests.
 */
export function knownService(endpoint: string, hosts: readonly string[], insecure = false): boolean {
  if (!URL.canParse(endpoint)) return false
  const url = new URL(endpoint)
  if (url.username || url.password || !(url.protocol === 'https:' || (insecure && url.protocol === 'http:'))) return false
  return hosts.some((host) => (host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) && url.port === '' : url.host === host))
}
