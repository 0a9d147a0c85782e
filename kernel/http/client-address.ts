// Where a request came from: the socket, or what a trusted reverse proxy says.
import { getConnInfo } from '@hono/node-server/conninfo'
import { isIP } from 'node:net'
import type { Context } from 'hono'

/** The caller's address, or null (requests made in process). With `trustProxy`, the last address the proxy added. */
export function clientAddress(c: Context, trustProxy: boolean): string | null {
  if (trustProxy) {
    const last = (c.req.header('x-forwarded-for') ?? '').split(',').at(-1)?.trim() ?? ''
    if (isIP(last)) return last
  }
  try {
    const address = getConnInfo(c).remote.address ?? null
    return address?.startsWith('::ffff:') ? address.slice(7) : address
  } catch {
    return null
  }
}
