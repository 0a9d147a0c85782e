// What the settings put on the first page of whoever may set them: what nobody has set yet and somebody must.
import type { Ctx } from '#kernel/ctx.ts'
import type { Waiting } from '#kernel/home/home.ts'
import type { House } from '#kernel/house.ts'
import { settingsOf } from './kept.ts'
import { factsOf } from './routes.ts'
import { needsSomebody } from './setting-of.ts'

export async function settingsWaiting(house: House, ctx: Ctx): Promise<Waiting[]> {
  if (!ctx.can('core.settings:update')) return []
  const kept = await settingsOf(house, ctx.tenant.id)
  const declared = factsOf(house, ctx.tenant.modules).filter((fact) => needsSomebody(fact, kept.get(fact.name)))
  const own = [...kept.values()].filter((row) => row.name.startsWith('custom.') && row.is_required && row.value === null)
  const count = declared.length + own.length
  return count
    ? [
        {
          key: 'settings',
          label: { id: 'pengaturan perlu diisi', en: 'settings need to be filled in' },
          count,
          to: 'settings/configuration',
        },
      ]
    : []
}
