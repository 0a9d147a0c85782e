// Codes of an authenticator app: RFC 6238 over RFC 4226, with what every app understands (SHA-1, six digits, thirty seconds).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Seconds that one code is shown. */
export const PERIOD = 30
/** Codes before and after the present one that are accepted: clocks differ, people type slowly (RFC 6238 §5.2). */
const DRIFT = 1
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret: 160 bits, as RFC 4226 §4 recommends. */
export const newSecret = (): Buffer => randomBytes(20)

export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / PERIOD)

/** The six digits of a step. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac[19]! & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The step a code belongs to, or null. All steps are compared, so that time tells nothing. */
export function stepOfCode(secret: Buffer, code: string, at: Date): number | null {
  const given = Buffer.from(code)
  let found: number | null = null
  for (let step = stepAt(at) - DRIFT; step <= stepAt(at) + DRIFT; step++) {
    const wanted = Buffer.from(codeAt(secret, step))
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) found = step
  }
  return found
}

/** RFC 4648 §6 without padding: how a secret is typed into an app. */
export function base32(bytes: Uint8Array): string {
  let [bits, value, text] = [0, 0, '']
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
  }
  return bits ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

/** What the QR code says, in the form authenticator apps agreed on. `issuer` and `account` are shown in the app. */
export function otpauth(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=${PERIOD}`
}
