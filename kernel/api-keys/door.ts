// Coming in with a key instead of a session: is it one of this community's, still good, from the right place. Cookies are not looked at.
import { timingSafeEqual } from 'node:crypto'
import { insideOf } from '#kernel/access/networks.ts'
import { dayIn, type Origin, type Tenant } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { rateLimit } from '#kernel/http/rate-limit.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { networkOf, tooManyAttempts } from '#kernel/identity/sign-in-brake.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { closed } from '#kernel/tenancy/closed.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import type { Locale, Words } from '#kernel/words.ts'
import { actorOf, keyByPrefix, type KeyRow, makerOf } from './key-actor.ts'
import { hashOf, prefixOf } from './token.ts'

type Reason = 'key_unknown' | 'key_revoked' | 'key_expired' | 'key_owner_gone' | 'outside_network'

const SAID: Record<Reason, Words> = {
  key_unknown: { id: 'Kunci API ini tidak dikenal di sini.', en: 'This API key is not known here.' },
  key_revoked: {
    id: 'Kunci API ini sudah dicabut. Mintalah kunci baru kepada pengelola.',
    en: 'This API key was revoked. Ask an administrator for a new one.',
  },
  key_expired: {
    id: 'Kunci API ini sudah kedaluwarsa. Mintalah kunci baru kepada pengelola.',
    en: 'This API key has expired. Ask an administrator for a new one.',
  },
  key_owner_gone: {
    id: 'Pembuat kunci API ini tidak lagi menjadi anggota aktif. Mintalah kunci baru kepada pengelola.',
    en: 'Whoever made this API key is no longer an active member. Ask an administrator for a new one.',
  },
  outside_network: { id: 'Kunci API ini tidak boleh dipakai dari jaringan ini.', en: 'This API key may not be used from this network.' },
}

function refused(reason: Reason): Refusal {
  if (reason === 'outside_network') return new Refusal(403, reason, SAID[reason])
  return new Refusal(401, reason, SAID[reason], [], { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
}

const REMEMBERED = 10_000
/** Compared with when there is no such key, so that an unknown one takes the same steps as a wrong one. */
const NOBODY = Buffer.alloc(32)

export type Door = {
  /** Throws 401 `key_unknown`, `key_revoked`, `key_expired`, `key_owner_gone`, 403 `outside_network`, `community_suspended`, 429 `too_many_attempts`. */
  enter(tenantCode: string, token: string, origin: Origin, locale: Locale): Promise<Who>
}

export function openDoor(house: House): Door {
  const strangers = rateLimit({ perMinute: house.config.signInPerMinute })
  // Keys that were good before are not slowed by a stranger who guesses from the same network.
  const good = new Set<string>()
  const noted = new Set<string>()
  const remember = (set: Set<string>, name: string): void => {
    if (set.size >= REMEMBERED) set.clear()
    set.add(name)
  }

  /** Moves "last used", at most once a minute, and notes the first use of a day from an address. */
  async function used(tenant: Tenant, key: KeyRow, origin: Origin): Promise<void> {
    const now = new Date()
    if (!key.last_used_at || now.getTime() - key.last_used_at.getTime() > 60_000)
      await scopedDb(house.database.app, tenant.id)
        .query(
          `update core.api_key_secrets set last_used_at = now(), last_used_ip = $3
            where tenant_id = $1 and key_id = $2 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
          [tenant.id, key.id, origin.ip],
          true,
        )
        // That it was used is worth knowing, not worth failing for.
        .catch(() => {})
    const today = dayIn(tenant.timeZone, now)
    const name = `${today} ${key.id} ${origin.ip ?? ''}`
    const before = key.last_used_at && key.last_used_ip === origin.ip && dayIn(tenant.timeZone, key.last_used_at) === today
    if (!noted.has(name) && !before)
      void noteSecurity(house, { kind: 'key_used', tenantId: tenant.id, actorName: key.name, origin, detail: { key: key.prefix } })
    remember(noted, name)
  }

  async function check(
    tenant: Tenant | null,
    token: string,
    digest: Buffer,
    origin: Origin,
  ): Promise<{ key: KeyRow | null; reason: Reason | null }> {
    const prefix = prefixOf(token)
    const found = tenant && prefix ? await keyByPrefix(house, tenant.id, prefix) : null
    const same = timingSafeEqual(found?.hash ?? NOBODY, digest)
    if (!found || !same) return { key: null, reason: 'key_unknown' }
    const reason =
      found.status === 'revoked'
        ? 'key_revoked'
        : found.expires_at.getTime() <= Date.now()
          ? 'key_expired'
          : found.networks.length && !insideOf(found.networks)(origin.ip)
            ? 'outside_network'
            : null
    return { key: found, reason }
  }

  return {
    async enter(tenantCode, token, origin, locale) {
      const digest = hashOf(token)
      const mark = digest.toString('base64')
      const wait = good.has(mark) ? 0 : strangers.take(networkOf(origin.ip))
      if (wait) throw tooManyAttempts(wait)
      const named = await tenantByCode(house, tenantCode)
      const tenant = named && (!house.config.standalone || named.code === house.config.standalone) ? named : null
      const { key, reason } = await check(tenant, token, digest, origin)
      const maker = tenant && key && !reason ? await makerOf(house, tenant, key) : null
      if (!tenant || !key || !maker) {
        const why = reason ?? 'key_owner_gone'
        const detail = { reason: why, ...(key ? { key: key.prefix } : {}) }
        void noteSecurity(house, { kind: 'key_refused', tenantId: tenant?.id ?? null, actorName: key?.name ?? null, origin, detail })
        throw refused(why)
      }
      if (tenant.status !== 'active') throw closed(tenant)
      remember(good, mark)
      await used(tenant, key, origin)
      return { tenant, actor: actorOf(house.model, key, maker), origin, locale }
    },
  }
}
