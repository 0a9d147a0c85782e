// A limit on how often one caller may ask: a token bucket per key, in this process's memory.

export type RateLimit = {
  /** Takes one token. 0 = go on; otherwise the whole seconds to wait (`Retry-After`). */
  take(key: string): number
  /** How many callers are remembered. */
  readonly size: number
}

type Bucket = { tokens: number; at: number }

/**
 * `perMinute` is the rate that can be kept up; `burst` (default: the same) is how many may come at once.
 * Remembers at most `remember` callers: the one not seen for longest is forgotten first, which only ever favours a caller.
 */
export function rateLimit(options: { perMinute: number; burst?: number; remember?: number; now?: () => number }): RateLimit {
  const { perMinute, burst = perMinute, remember = 10_000, now = Date.now } = options
  const perMs = perMinute / 60_000
  // A Map keeps insertion order; a bucket moves to the end when it is used.
  const buckets = new Map<string, Bucket>()
  return {
    take(key) {
      const at = now()
      const bucket = buckets.get(key) ?? { tokens: burst, at }
      buckets.delete(key)
      bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
      bucket.at = at
      const wait = bucket.tokens >= 1 ? 0 : Math.ceil((1 - bucket.tokens) / perMs / 1000)
      if (wait === 0) bucket.tokens -= 1
      buckets.set(key, bucket)
      if (buckets.size > remember) buckets.delete(buckets.keys().next().value!)
      return wait
    },
    get size() {
      return buckets.size
    },
  }
}
