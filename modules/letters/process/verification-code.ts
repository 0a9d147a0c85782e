// The code that a stranger verifies a letter by: 130 random bits, in letters and digits that nobody confuses.
import { randomBytes } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'

/** Crockford's base 32 in small letters: no i, l, o and u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 26

/** A new code. 32 divides 256, so every letter is as likely as any other. */
export const newVerificationCode = (): string => [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32]).join('')

/** Where a stranger verifies it. */
export const verificationLink = (ctx: Pick<Ctx, 'baseUrl' | 'tenant'>, code: string): string =>
  `${ctx.baseUrl}/${ctx.tenant.code}/v/${code}`
