// Refuses writes that another site makes in a visitor's name (cross-site request forgery).
// Browsers say where a request comes from; a client without a browser has no cookie to abuse.
import { Refusal } from '#kernel/http/refusal.ts'
import type { MiddlewareHandler } from 'hono'
import { COOKIE } from './cookie.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Middleware for every route that writes. `baseUrl`: where people reach us, beside the host they used. */
export function requireSameOrigin(options: { readonly baseUrl: string }): MiddlewareHandler {
  const ours = new URL(options.baseUrl).host
  return async (c, next) => {
    if (!SAFE.has(c.req.method) && !isSameOrigin(c.req.raw.headers, ours)) {
      throw new Refusal(403, 'cross_origin', {
        id: 'Permintaan ini datang dari situs lain. Buka Balai langsung dan ulangi.',
        en: 'This request came from another site. Open Balai itself and try again.',
      })
    }
    await next()
  }
}

function isSameOrigin(headers: Headers, ours: string): boolean {
  // Set by the browser and out of a page's reach (Fetch Metadata); "none" is the person's own doing.
  const site = headers.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return true
  const origin = headers.get('origin')
  if (origin) {
    const host = URL.canParse(origin) ? new URL(origin).host : ''
    return host !== '' && (host === ours || host === headers.get('host'))
  }
  return !site && !(headers.get('cookie') ?? '').includes(`${COOKIE}=`)
}
