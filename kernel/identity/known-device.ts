// A browser that signed in before is remembered by a cookie, so that a stranger's guessing does not keep its owner out
// (OWASP, "Device cookies"). It proves nothing else: without the password it opens no door.
import { randomBytes } from 'node:crypto'
import { cookieValue } from './cookie.ts'
import { keyed, same } from './keyed.ts'

const COOKIE = 'balai.device'
const DAYS = 180

export type KnownDevices = {
  /** Names the browser when it signed in under this name before; null otherwise. `login`: as counted by the brake. */
  of(headers: Headers, login: string): string | null
  /** `Set-Cookie` that remembers this browser for this name. */
  remember(login: string): string
}

export function knownDevices(secret: string, secure: boolean): KnownDevices {
  const sign = keyed(secret, 'known device')
  return {
    of(headers, login) {
      const [nonce = '', signature = ''] = cookieValue(headers.get('cookie'), COOKIE).split('.')
      return nonce && same(signature, sign(login, nonce)) ? nonce : null
    },
    remember(login) {
      const nonce = randomBytes(16).toString('base64url')
      return `${COOKIE}=${nonce}.${sign(login, nonce)}; Max-Age=${DAYS * 86_400}; Path=/api/session; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    },
  }
}
