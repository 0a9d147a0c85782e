// Everything the house does by itself, in one list: its own duties, then those of modules towards each community.
import { sweepAllImports } from '#kernel/imports/sweep.ts'
import { sweepFiles } from '#kernel/documents/sweep.ts'
import type { House } from '#kernel/house.ts'
import { forgetOldAnswers } from '#kernel/http/once.ts'
import { keepLogs } from '#kernel/audit/seals/upkeep.ts'
import { oldNotifications } from '#kernel/notifications/upkeep.ts'
import { countAll } from '#kernel/platform/usage.ts'
import { systemActor, writing } from '#kernel/tenancy/as-tenant.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { keepClocks } from '#kernel/workflow/keep.ts'
import type { Duty, DutyResult, TenantDuty } from './duty.ts'

const OWN: readonly Duty[] = [
  {
    name: 'core.partitions',
    label: { id: 'Menyiapkan bulan berikut untuk catatan', en: 'Make room for the next months of the logs' },
    run: async (house) => void (await house.database.owner.query('select core.make_partitions()')),
  },
  {
    name: 'core.expired-sessions',
    label: { id: 'Menghapus sesi, kode dan tautan yang kedaluwarsa', en: 'Remove expired sessions, codes and links' },
    run: (house) => house.identity.sweep(),
  },
  {
    name: 'core.sent-messages',
    label: {
      id: 'Melupakan isi surat setelah 7 hari, suratnya setelah 90 hari',
      en: 'Forget what messages said after 7 days, and the messages after 90',
    },
    run: (house) => house.outbox.sweep(),
  },
  {
    name: 'core.orphan-files',
    label: {
      id: 'Menghapus berkas unggahan, impor dan pekerjaan lama',
      en: 'Remove uploaded files, imports and finished jobs that are old',
    },
    run: sweepAllImports,
  },
  {
    name: 'core.unclaimed-files',
    label: { id: 'Menghapus unggahan yang tidak menjadi dokumen', en: 'Remove uploads that became no document' },
    run: (house) => sweepFiles(house),
  },
  {
    name: 'core.old-answers',
    label: { id: 'Melupakan jawaban untuk permintaan berulang', en: 'Forget answers kept for repeated requests' },
    run: forgetOldAnswers,
  },
  {
    name: 'core.workflow-clocks',
    label: {
      id: 'Menandai tenggat yang lewat, dan melanjutkan yang menunggu waktunya',
      en: 'Tell passed deadlines, and move on what waits for its hour',
    },
    often: true,
    run: async (house) => {
      const { failed, ...done } = await keepClocks(house)
      if (failed) throw Object.assign(new Error(`${failed} records could not be moved on`), { name: 'RecordsNotMoved' })
      return done
    },
  },
  { name: 'core.usage', label: { id: 'Menghitung pemakaian komunitas', en: 'Count what communities use' }, run: countAll },
  {
    name: 'core.platform',
    label: {
      id: 'Menghapus komunitas yang waktunya habis, dan arsip lama',
      en: 'Remove communities whose days are over, and old archives',
    },
    run: (house) => house.platform.upkeep(),
  },
  {
    name: 'core.activity-logs',
    label: {
      id: 'Menyegel catatan, dan menghapus bulan yang melewati masa simpan',
      en: 'Seal the logs, and drop months past their retention',
    },
    run: (house) => keepLogs(house),
  },
]

const ORIGIN = { requestId: 'upkeep', ip: null, userAgent: null }

/** A duty towards communities, one after the other. One that fails does not keep the rest from theirs; the duty has failed then. */
const forEach = (module: string, duty: TenantDuty): Duty => ({
  name: duty.name,
  label: duty.label,
  async run(house) {
    const sum: Record<string, number> = {}
    let failed: Error | null = null
    for (const tenant of await allTenants(house)) {
      if (tenant.status !== 'active' || (module !== 'core' && !tenant.modules.includes(module))) continue
      try {
        const who = { tenant, actor: systemActor(house.model), origin: ORIGIN, locale: tenant.locale }
        const result: DutyResult = (await writing(house, who, 'changed', duty.run)) ?? {}
        for (const [name, n] of Object.entries(result)) sum[name] = (sum[name] ?? 0) + n
      } catch (error) {
        failed = error as Error
      }
    }
    if (failed) throw failed
    return sum
  },
})

/** An invitation nobody took up is no longer shown a month after it ended; until then it can be sent anew. */
const oldInvitations: TenantDuty = {
  name: 'core.expired-invitations',
  label: { id: 'Menghapus undangan yang berakhir lebih dari 30 hari lalu', en: 'Remove invitations that ended more than 30 days ago' },
  async run(ctx) {
    const { rowCount } = await ctx.db.query(
      `update core.invitations set deleted_at = now() where tenant_id = $1 and status = 'pending' and deleted_at is null
         and expires_at < now() - interval '30 days'`,
      [ctx.tenant.id],
    )
    return { removed: rowCount }
  },
}

export const dutiesOf = (house: Pick<House, 'model'>): readonly Duty[] => [
  ...OWN,
  forEach('core', oldInvitations),
  forEach('core', oldNotifications),
  ...house.model.modules.flatMap((m) => (m.upkeep ?? []).map((duty) => forEach(m.name, duty))),
]
