// The settings that the community's public page shows: those of its group that have been set.
import type { Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import type { Words } from '#kernel/words.ts'
import { settingsOf } from './kept.ts'
import { factsOf } from './routes.ts'
import { valueOf } from './setting-of.ts'

export type PublicSettings = { readonly facts: readonly { readonly label: Words; readonly value: string }[]; readonly updated: Date | null }

export async function publicPageSettings(house: House, tenant: Tenant): Promise<PublicSettings> {
  const kept = await settingsOf(house, tenant.id)
  const facts: { label: Words; value: string }[] = []
  const changed: Date[] = []
  for (const fact of factsOf(house, tenant.modules)) {
    const row = kept.get(fact.name)
    if (!fact.public || fact.category !== 'public_page') continue
    const value = await valueOf(house, tenant.id, fact, row)
    if (typeof value !== 'string' || value === '') continue
    facts.push({ label: fact.field.label, value })
    if (row) changed.push(row.updated_at)
  }
  return { facts, updated: changed.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null }
}
