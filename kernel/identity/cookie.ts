// The session cookie: a token and a signature over it. Checking the signature costs no query and stops forged tokens
// before the database, whose rows in turn hold only hashes of tokens: neither a stolen row nor a stolen secret signs anybody in.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'

export const COOKIE = 'balai.session'
/** Checked cookies to remember, some 100 bytes each. */
const CHECKED_MAX = 10_000

export type SessionCookie = {
  /** The token of a well-signed session cookie, or null. */
  read(headers: Headers): string | null
  /** `Set-Cookie` that signs a browser in. */
  write(token: string): string
  /** `Set-Cookie` that forgets. */
  clear(): string
}

/** `maxAge` in seconds: the longest a session can live. The row decides sooner. */
export function sessionCookie(options: { secret: string; secure: boolean; maxAge: number }): SessionCookie {
  const key = createSecretKey(Buffer.from(options.secret, 'utf8'))
  const flags = `Path=/; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`
  const sign = (token: string): Buffer => createHmac('sha256', key).update(token).digest()
  // Cookies whose signature was checked: a browser sends the same one with every request.
  const checked = new Map<string, string>()
  return {
    read(headers) {
      const value = cookieValue(headers.get('cookie'), COOKIE)
      const known = checked.get(value)
      if (known !== undefined) return known
      const dot = value.lastIndexOf('.')
      if (dot < 1) return null
      const token = value.slice(0, dot)
      const given = Buffer.from(value.slice(dot + 1), 'base64')
      const wanted = sign(token)
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
      if (checked.size >= CHECKED_MAX) checked.clear()
      checked.set(value, token)
      return token
    },
    write: (token) => `${COOKIE}=${encodeURIComponent(`${token}.${sign(token).toString('base64')}`)}; Max-Age=${options.maxAge}; ${flags}`,
    clear: () => `${COOKIE}=; Max-Age=0; ${flags}`,
  }
}

/** Decoded value of a cookie in a `Cookie` header (RFC 6265 §4.2); '' when it is not there or not decodable. */
export function cookieValue(header: string | null, name: string): string {
  if (!header) return ''
  const pair = header.split(';').find((part) => part.trimStart().startsWith(`${name}=`))
  if (!pair) return ''
  try {
    return decodeURIComponent(pair.trim().slice(name.length + 1))
  } catch {
    return ''
  }
}
