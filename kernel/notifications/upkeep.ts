// What people were told does not pile up: read lines are forgotten after a month, unread ones after half a year, keys after more than a year.
import type { TenantDuty } from '#kernel/upkeep/duty.ts'

/** Keys outlive the words, so that a reminder that is worked out anew every day does not come again once it was forgotten. */
export const oldNotifications: TenantDuty = {
  name: 'core.old-notifications',
  label: {
    id: 'Melupakan pemberitahuan yang dibaca setelah 30 hari, yang belum setelah 180 hari',
    en: 'Forget notifications 30 days after they were read, and unread ones after 180 days',
  },
  async run(ctx) {
    const forgotten = await ctx.db.query(
      `update core.notifications set content = null
        where tenant_id = $1 and content is not null
          and (read_at < now() - interval '30 days' or created_at < now() - interval '180 days')`,
      [ctx.tenant.id],
    )
    const removed = await ctx.db.query(
      `delete from core.notifications where tenant_id = $1 and content is null and created_at < now() - interval '400 days'`,
      [ctx.tenant.id],
    )
    // Choices of people who are members no longer.
    for (const table of ['core.notification_choices', 'core.notification_hours'])
      await ctx.db.query(
        `delete from ${table} c where c.tenant_id = $1 and not exists (
           select 1 from core.memberships m where m.tenant_id = $1 and m.user_id = c.user_id and m.deleted_at is null)`,
        [ctx.tenant.id],
      )
    return { forgotten: forgotten.rowCount, removed: removed.rowCount }
  },
}
