// After a write to the community's own administration: every process forgets its members at once, and the security log hears of it.
import type { House } from '#kernel/house.ts'
import type { After } from '#kernel/resource/to-routes.ts'
import { noteSecurity, type SecurityKind } from '#kernel/security-log/security-log.ts'
import { announceMembers } from './members.ts'

const KINDS: Readonly<Record<string, SecurityKind>> = {
  'core.memberships:role': 'role_changed',
  'core.memberships:suspension': 'member_suspended',
  'core.memberships:deactivation': 'member_suspended',
  'core.memberships:delete': 'member_suspended',
  'core.memberships:reinstatement': 'member_restored',
  'core.memberships:restore': 'member_restored',
  'core.roles:update': 'role_changed',
  'core.roles:delete': 'role_changed',
}

export const afterCoreWrite =
  (house: Pick<House, 'database' | 'log'>): After =>
  async ({ tenant, actor, origin }, r, verb) => {
    // Views, settings and words are nobody's rights.
    if (['core.saved_views', 'core.settings', 'core.notification_words'].includes(r.name)) return
    await announceMembers(house, tenant.id)
    const kind = KINDS[`${r.name}:${verb}`]
    if (kind)
      void noteSecurity(house, {
        kind,
        tenantId: tenant.id,
        userId: actor.userId,
        actorName: actor.name,
        origin,
        detail: { resource: r.name, verb },
      })
  }
