// A change of a community (suspended, a module switched, a new plan) reaches every process at once, and whoever waits in one.
import { keptMembers } from '#kernel/access/kept-members.ts'
import { type Ear, hear, tell } from '#kernel/db/hear.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/resource/id.ts'
import { forgetTenant } from './tenants.ts'

const CHANNEL = 'balai_tenants'
type Home = Pick<House, 'database'>
type Hear = (tenantId: string | null) => void

const ears = new WeakMap<object, Set<Hear>>()

/** Hears of changes in this process, made here or elsewhere; `null` = any may have changed. Call the answer to stop. */
export function onTenantChange(house: Home, listener: Hear): () => void {
  const all = ears.get(house.database) ?? new Set<Hear>()
  ears.set(house.database, all)
  all.add(listener)
  return () => void all.delete(listener)
}

function noticed(house: Home, tenantId: string | null): void {
  forgetTenant(house, tenantId)
  keptMembers(house).drop(tenantId)
  for (const listener of ears.get(house.database) ?? []) listener(tenantId)
}

/** Call after committing a change to a community: what processes remember of it is dropped, here now and elsewhere within the moment. */
export async function announceTenant(house: Home, tenantId: string): Promise<void> {
  noticed(house, tenantId)
  await tell(house.database, CHANNEL, tenantId)
}

/** Hears what other processes announce. */
export const hearTenants = (house: Home): Ear => hear(house.database, CHANNEL, (word) => noticed(house, isId(word) ? word : null))
