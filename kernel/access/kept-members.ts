// Members read lately, so that a request does not ask again who may do what; dropped in every process the moment something changes.
import { type Ear, hear, tell } from '#kernel/db/hear.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/resource/id.ts'
import type { Member } from './members.ts'

/** How long a change may go unseen when its word is lost on the way, in milliseconds. */
const KEPT_MS = 5_000
const KEPT_MAX = 20_000
const CHANNEL = 'balai_members'

type Entry = { readonly member: Member | null; readonly until: number }

export type KeptMembers = {
  /** What is remembered, or what `load` answers; kept unless something was dropped meanwhile. */
  take(tenantId: string, userId: string, load: () => Promise<Member | null>): Promise<Member | null>
  /** Drops the members of a tenant, or everybody, in this process. */
  drop(tenantId: string | null): void
  /** Calls `heard` whenever the members of this tenant were dropped. Call the answer to stop. */
  watch(tenantId: string, heard: () => void): () => void
  /** Rises whenever anything is dropped: what else is remembered about communities, such as their settings, is dropped with it. */
  moment(): number
}

function open(): KeptMembers {
  const entries = new Map<string, Entry>()
  const watchers = new Set<{ tenantId: string; heard: () => void }>()
  let drops = 0
  return {
    async take(tenantId, userId, load) {
      const key = `${tenantId} ${userId}`
      const known = entries.get(key)
      if (known && known.until > Date.now()) return known.member
      const since = drops
      const member = await load()
      if (entries.size >= KEPT_MAX) entries.clear()
      if (since === drops) entries.set(key, { member, until: Date.now() + KEPT_MS })
      return member
    },
    drop(tenantId) {
      drops++
      if (tenantId === null) entries.clear()
      else for (const key of entries.keys()) if (key.startsWith(tenantId)) entries.delete(key)
      for (const w of watchers) if (tenantId === null || w.tenantId === tenantId) w.heard()
    },
    watch(tenantId, heard) {
      const watcher = { tenantId, heard }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    moment: () => drops,
  }
}

// One memory per opened database: a process of tests has several.
const memories = new WeakMap<object, KeptMembers>()

export function keptMembers(house: Pick<House, 'database'>): KeptMembers {
  const found = memories.get(house.database)
  if (found) return found
  const made = open()
  memories.set(house.database, made)
  return made
}

/** Forgets the members of a tenant in this process. */
export const forgetMembers = (house: Pick<House, 'database'>, tenantId: string): void => keptMembers(house).drop(tenantId)

/** After committing a change of a role, a rule or a membership: its members are read anew, here at once and elsewhere within the moment. */
export async function announceMembers(house: Pick<House, 'database'>, tenantId: string): Promise<void> {
  forgetMembers(house, tenantId)
  await tell(house.database, CHANNEL, tenantId)
}

/** Hears what other processes announce. */
export const hearMembers = (house: Pick<House, 'database'>): Ear =>
  hear(house.database, CHANNEL, (word) => keptMembers(house).drop(isId(word) ? word : null))
