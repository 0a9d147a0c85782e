// Messages to a browser: encrypted for it alone (RFC 8291) and handed to its push service, which knows us by our key (RFC 8292).
import webPush from 'web-push'
import type pg from 'pg'
import type { Db } from '#kernel/db/db.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import type { Config } from '#kernel/house.ts'
import { type OwnSeal, ownSeal } from '#kernel/identity/own-seal.ts'
import { bareAddress } from '#kernel/outbox/config.ts'
import { type Adapter, Undelivered } from '#kernel/outbox/message.ts'
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import type { PushConfig } from './config.ts'
import type { PushKeys } from './keys.ts'
import { knownService, SEALED_FOR, type Subscription } from './subscription.ts'

const PATIENCE_MS = 15_000
/** Seconds a push service keeps it for a browser that is off. */
const TTL = 86_400
/** RFC 8030, 7.3 and the services themselves: this browser is gone for good. */
const GONE = [404, 410]

type Options = {
  readonly app: pg.Pool
  readonly master: MasterKey
  readonly keys: PushKeys
  readonly config: PushConfig
  /** How a push service reaches the operator, `https:` or `mailto:`. */
  readonly contact: string
}

export const contactOf = ({ baseUrl, outbox }: Pick<Config, 'baseUrl' | 'outbox'>): string =>
  baseUrl.startsWith('https:') ? baseUrl : `mailto:${bareAddress(outbox.mailFrom) || 'balai@localhost'}`

/** Null when no service may be called. */
export function pushAdapter({ app, master, keys, config, contact }: Options): Adapter | null {
  if (!config.hosts.length) return null
  const db = globalDb(app)
  const seal = ownSeal(master, SEALED_FOR)
  return async ({ to, text }) => {
    const subscription = await find(db, seal, to)
    // Signed out meanwhile.
    if (!subscription) return 'gone'
    if (!knownService(subscription.endpoint, config.hosts, config.insecure)) throw new Undelivered('push unknown service', true)
    const { endpoint, headers, body, method } = webPush.generateRequestDetails(subscription, text, {
      TTL,
      contentEncoding: 'aes128gcm',
      vapidDetails: { subject: contact, ...keys },
    })
    let status: number
    try {
      const response = await fetch(endpoint, {
        method,
        // The length is counted by whoever sends it.
        headers: Object.fromEntries(Object.entries(headers).flatMap(([k, v]) => (k === 'Content-Length' ? [] : [[k, String(v)]]))),
        body: body ? new Uint8Array(body) : null,
        // A redirect would have us call whomever it names.
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      status = response.status
      await response.body?.cancel()
    } catch (error) {
      throw new Undelivered((error as Error).name === 'TimeoutError' ? 'push timeout' : 'push unreachable', false)
    }
    if (GONE.includes(status)) {
      await db.query('delete from core.push_subscriptions where id = $1', [to])
      return 'gone'
    }
    if (status < 200 || status > 299) throw new Undelivered(`push ${status}`, status === 400 || status === 413)
    return undefined
  }
}

async function find(db: Db, seal: OwnSeal, id: string): Promise<Subscription | null> {
  const { rows } = await db.query<{ key_id: string; sealed: Buffer }>(
    `select p.key_id, p.sealed from core.push_subscriptions p join core.sessions s on s.token_hash = p.token_hash
      where p.id = $1 and s.expires_at > now()`,
    [id],
  )
  const plain = rows[0] && seal.open(rows[0].sealed, rows[0].key_id, id)
  if (plain) return JSON.parse(plain.toString('utf8')) as Subscription
  // Sealed with a master key that was given up: the person can switch it on anew, and is told that it is off.
  if (rows[0]) await db.query('delete from core.push_subscriptions where id = $1', [id])
  return null
}
