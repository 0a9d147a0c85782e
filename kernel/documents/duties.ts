// What is done about documents once a day: those that are over are marked so, those that soon will be are told, and waiting scans begin anew.
import type { Ctx } from '#kernel/ctx.ts'
import { newId } from '#kernel/resource/id.ts'
import type { TenantDuty } from '#kernel/upkeep/duty.ts'
import { type Ending, stepOn, tellEnding } from './reminders.ts'

/** A document is over the day after its latest version's last day. */
const expire: TenantDuty = {
  name: 'core.expired-documents',
  label: { id: 'Menandai dokumen yang kedaluwarsa', en: 'Mark documents that have expired' },
  async run(ctx) {
    const { rowCount } = await ctx.db.query(
      `update core.documents d set status = 'expired' from core.document_versions v
        where d.tenant_id = $1 and d.status = 'valid' and d.deleted_at is null
          and v.tenant_id = $1 and v.id = d.latest_version_id and v.expiry_date < $2::date`,
      [ctx.tenant.id, ctx.today],
    )
    return { expired: rowCount }
  },
}

/** The furthest step before the day, in days; after it reminders go on weekly for a year. */
const AHEAD = 90
const AFTER = 365

const remind: TenantDuty = {
  name: 'core.expiring-documents',
  label: { id: 'Mengingatkan dokumen yang akan kedaluwarsa', en: 'Remind of documents that will expire' },
  async run(ctx) {
    const { rows } = await ctx.db.query<Ending>(
      `select v.id as version_id, d.id as document_id, d.title, v.uploaded_by, v.expiry_date, v.expiry_date - $2::date as days
         from core.document_versions v join core.documents d on d.tenant_id = $1 and d.id = v.document_id and d.deleted_at is null
        where v.tenant_id = $1 and v.is_latest and v.expiry_date between $2::date - ${AFTER} and $2::date + ${AHEAD}
          and d.status in ('valid', 'expired')`,
      [ctx.tenant.id, ctx.today],
    )
    let reminded = 0
    for (const row of rows) {
      const step = stepOn(row.days)
      if (step !== null && (await note(ctx, row, step))) reminded++
    }
    return { reminded }
  },
}

/** Once for each version, its expiry date and step, however often the duty runs: the row is the proof, the event what programs hear, the notice what people do. */
async function note(ctx: Ctx, row: Ending, step: number): Promise<boolean> {
  const { rowCount } = await ctx.db.query(
    `insert into core.document_reminders (tenant_id, id, version_id, expiry_date, step) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, version_id, expiry_date, step) do nothing`,
    [ctx.tenant.id, newId(), row.version_id, row.expiry_date, step],
  )
  if (!rowCount) return false
  const { version_id, expiry_date, days } = row
  await ctx.emit('document.expiring', 'core.documents', row.document_id, { version_id, expiry_date, days, step })
  await tellEnding(ctx, row, step)
  return true
}

/** A scan that was given up, because the scanner was away or whoever uploaded left: begun again as the system. */
const rescan: TenantDuty = {
  name: 'core.waiting-scans',
  label: { id: 'Memeriksa lagi berkas yang menunggu pemeriksaan virus', en: 'Scan files again that wait for the virus scanner' },
  async run(ctx) {
    if (!ctx.files.scanned) return { waiting: 0 }
    const { rows } = await ctx.db.query<{ id: string; mime_type: string }>(
      `select id, mime_type from core.document_versions where tenant_id = $1 and scan_state = 'pending' and created_at < now() - interval '1 hour'`,
      [ctx.tenant.id],
    )
    for (const { id } of rows) await ctx.files.arrived(id, '')
    return { waiting: rows.length }
  },
}

export const documentDuties: readonly TenantDuty[] = [expire, remind, rescan]
