// Keeps a flood from filling the disk: what anybody can cause at will is written once a minute, with how often it happened.
import { newId } from '#kernel/resource/id.ts'
import type { Noted } from './write.ts'
import type { SecurityKind } from './kinds.ts'

const WINDOW_MS = 60_000
/** Different events of one kind in a minute from one address, and against one community, that are still told apart. */
const APART_BY_ADDRESS = 20
const APART_BY_TENANT = 120

/** What a stranger, a broken device or a bored member can cause thousands of times. Everything else is written every time. */
const FLOODABLE: ReadonlySet<SecurityKind> = new Set([
  'sign_in_failed',
  'locked_out',
  'password_reset_asked',
  'code_sent',
  'code_failed',
  'second_factor_failed',
  'refused',
  'refused_by_rule',
  'pin_failed',
  'pin_locked',
  'key_used',
  'key_refused',
] as const)

type Bucket = { readonly until: number; more: number; last: Noted }

export type Folding = {
  /** True when the event is to be written now; otherwise it was counted. */
  admit(event: Noted, now?: number): boolean
  /** What was counted since it was last written, as one event each; `all`: also where the minute is not over. */
  due(all: boolean, now?: number): Noted[]
  /** Whether something is counted that `due` will give. */
  holds(): boolean
}

export function openFolding(): Folding {
  const buckets = new Map<string, Bucket>()
  /** How many different events a coarser key has let through in its minute. */
  const apart = new Map<string, { until: number; n: number }>()

  const full = (key: string, most: number, now: number): boolean => {
    const seen = apart.get(key)
    if (!seen || seen.until <= now) {
      apart.set(key, { until: now + WINDOW_MS, n: 1 })
      return false
    }
    return ++seen.n > most
  }

  /** Under which key an event is counted, coarser the more there are, and what is left of it then. */
  const place = (e: Noted, now: number): [string, Noted] => {
    const whose = `${e.kind} ${e.tenantId ?? ''}`
    const exact = `${whose} ${e.userId ?? ''} ${e.actorName ?? ''} ${e.ip ?? ''} ${JSON.stringify(e.detail)}`
    if (open(exact, now)) return [exact, e]
    if (full(whose, APART_BY_TENANT, now))
      return [whose, { ...e, userId: null, actorName: null, ip: null, userAgent: null, detail: { folded: true } }]
    const from = `${whose} ${e.ip ?? ''}`
    if (full(from, APART_BY_ADDRESS, now)) return [`${from} *`, { ...e, userId: null, actorName: null, detail: { folded: true } }]
    return [exact, e]
  }

  const open = (key: string, now: number): Bucket | undefined => {
    const found = buckets.get(key)
    return found && found.until > now ? found : undefined
  }

  return {
    admit(event, now = Date.now()) {
      if (!FLOODABLE.has(event.kind)) return true
      const [key, left] = place(event, now)
      const bucket = open(key, now)
      // A bucket whose minute is over is emptied by due() first; what it still counts goes on with the new minute.
      if (!bucket) {
        const kept = buckets.get(key)?.more ?? 0
        buckets.set(key, { until: now + WINDOW_MS, more: kept + (left === event ? 0 : 1), last: left })
        return left === event
      }
      bucket.more += 1
      bucket.last = left
      return false
    },
    due(all, now = Date.now()) {
      const told: Noted[] = []
      for (const [key, bucket] of buckets) {
        const over = bucket.until <= now
        if (bucket.more && (all || over)) told.push({ ...bucket.last, id: newId(), times: bucket.more })
        if (all || over) bucket.more = 0
        if (over) buckets.delete(key)
      }
      for (const [key, seen] of apart) if (seen.until <= now) apart.delete(key)
      return told
    },
    holds: () => [...buckets.values()].some((b) => b.more > 0),
  }
}
