// What the house does for its logs once a day: seals what is new, then lets go of what is old.
import { auditLegalHold, auditRetentionYears } from '#kernel/audit/settings.ts'
import type { House } from '#kernel/house.ts'
import { settingOf } from '#kernel/settings/setting-of.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { dropOldMonths } from './retention.ts'
import { sealAll } from './sealing.ts'

export async function keepLogs(house: House, now: Date = new Date()): Promise<void> {
  await sealAll(house)
  const tenants = (await allTenants(house)).map((t) => t.id)
  const dropped = await dropOldMonths(
    house,
    tenants,
    async (id) => ({ years: await settingOf(house, id, auditRetentionYears), hold: await settingOf(house, id, auditLegalHold) }),
    now,
  )
  for (const { log, month, rows } of dropped)
    house.log.info({ log, month, rows }, 'an old month of a log was dropped by the rule of retention')
}
