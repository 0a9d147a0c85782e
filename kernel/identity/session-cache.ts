// Sessions read lately, so that a request does not ask the database who is asking. Small, short-lived,
// and emptied for a person the moment something about them changes.

export type SessionCache<S extends { readonly userId: string }> = {
  get(key: string): S | undefined
  /** `since`: what `moment()` said before the session was read. If anything was dropped meanwhile, it is not kept. */
  put(key: string, session: S, since: number): void
  moment(): number
  dropUser(userId: string): void
  clear(): void
}

/** `ttl` in milliseconds: the longest that a change made elsewhere can go unseen. */
export function sessionCache<S extends { readonly userId: string }>(options: {
  ttl: number
  size: number
  now?: () => number
}): SessionCache<S> {
  const { ttl, size, now = Date.now } = options
  const kept = new Map<string, { session: S; until: number }>()
  let drops = 0
  return {
    get(key) {
      const entry = kept.get(key)
      if (!entry) return undefined
      if (entry.until > now()) return entry.session
      kept.delete(key)
      return undefined
    },
    put(key, session, since) {
      if (since !== drops) return
      kept.delete(key)
      kept.set(key, { session, until: now() + ttl })
      if (kept.size > size) kept.delete(kept.keys().next().value!)
    },
    moment: () => drops,
    dropUser(userId) {
      drops++
      for (const [key, entry] of kept) if (entry.session.userId === userId) kept.delete(key)
    },
    clear() {
      drops++
      kept.clear()
    },
  }
}
