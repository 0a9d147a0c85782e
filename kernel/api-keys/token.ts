// The key itself: `balai_<8 characters that name it>_<40 characters that prove it>`. Only a hash of it is kept.
import { createHash, randomBytes } from 'node:crypto'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const NAME_LENGTH = 8
/** 40 letters out of 62 are 238 bits: too many to guess, so one round of SHA-256 keeps them well; a slow hash would only cost every request. */
const PROOF_LENGTH = 40
const FORM = /^balai_([0-9a-z]{8})_[0-9A-Za-z]{40}$/

/** Random letters, each equally likely: bytes past the last whole round of the alphabet are thrown away. */
function randomLetters(count: number, letters: string): string {
  const whole = 256 - (256 % letters.length)
  let text = ''
  while (text.length < count)
    for (const byte of randomBytes(count * 2)) if (byte < whole && text.length < count) text += letters[byte % letters.length]
  return text
}

export type NewToken = { readonly token: string; readonly prefix: string; readonly hash: Buffer }

export function newToken(): NewToken {
  const prefix = randomLetters(NAME_LENGTH, LETTERS.replace(/[A-Z]/g, ''))
  const token = `balai_${prefix}_${randomLetters(PROOF_LENGTH, LETTERS)}`
  return { token, prefix, hash: hashOf(token) }
}

/** The part that names a key; null when the text is not a key at all. */
export const prefixOf = (token: string): string | null => FORM.exec(token)?.[1] ?? null

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1); '' when it is unreadable, null when the request brings none. */
export function bearerOf(headers: Headers): string | null {
  const header = headers.get('authorization') ?? ''
  if (!/^bearer\b/i.test(header)) return null
  return /^bearer +([\x21-\x7e]{1,200}) *$/i.exec(header)?.[1] ?? ''
}
