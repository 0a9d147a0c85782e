// Once a day: let go of uploaded files and old imports in every community, also where nobody imports any more.
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { sweepImports } from './rows.ts'

/** Files leave after a week, imports and finished jobs after a month. */
export async function sweepAllImports(house: Pick<House, 'database'>): Promise<void> {
  const said = { user: null, doing: 'sweep', request: 'upkeep', ip: null, agent: null }
  for (const tenant of await allTenants(house)) await transaction(house.database.app, tenant.id, said, (db) => sweepImports(db, tenant.id))
}
