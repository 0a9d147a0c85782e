// Whom a run acts for: the person or the key that started it, with the rights they have now, or the system.
import { whoIs } from '#kernel/access/members.ts'
import { keyActor } from '#kernel/api-keys/key-actor.ts'
import type { Origin, Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { systemActor, type Who } from '#kernel/tenancy/as-tenant.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import type { JobRow } from './rows.ts'

const gone = (): Refusal =>
  new Refusal(403, 'starter_gone', {
    id: 'Orang yang memulai pekerjaan ini bukan lagi anggota di sini.',
    en: 'Whoever started this work is no longer a member here.',
  })

/** Who the run acts as: whoever started it; the system when nobody did. */
export async function starter(house: House, job: JobRow): Promise<Who> {
  if (job.started_by === null) return systemWho(house, job)
  const tenant = await tenantById(house, job.tenant_id)
  if (!tenant) throw gone()
  return actingAs(house, tenant, job.started_by, { requestId: job.id, ip: job.origin.ip ?? null, userAgent: job.origin.userAgent ?? null })
}

/** A person or a key by their id, with the rights they have now; the system by null. Throws 403 `starter_gone` and what keeps a member out. */
export async function actingAs(house: House, tenant: Tenant, userId: string | null, origin: Origin): Promise<Who> {
  if (userId === null) return { tenant, actor: systemActor(house.model), origin, locale: tenant.locale }
  try {
    return await whoIs(house, tenant.id, userId, origin)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const actor = await keyActor(house, tenant, userId)
    if (!actor) throw gone()
    return { tenant, actor, origin, locale: tenant.locale }
  }
}

/** The system in the job's tenant. */
export async function systemWho(house: House, job: Pick<JobRow, 'id' | 'tenant_id'>): Promise<Who> {
  const tenant = await tenantById(house, job.tenant_id)
  if (!tenant) throw gone()
  return { tenant, actor: systemActor(house.model), origin: { requestId: job.id, ip: null, userAgent: null }, locale: tenant.locale }
}
