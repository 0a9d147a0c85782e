// The life of a community as the operator moves it: active ⇄ suspended, and to deletion with time to call it back.
import type { Tenant } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'

/** Days in which a deletion can be called back, unless the operator says otherwise. */
export const GRACE_DAYS = 30

const notThat = (status: string): Refusal =>
  new Refusal(
    409,
    'wrong_status',
    { id: 'Ini tidak dapat dilakukan: status komunitas ini kini "{status}".', en: 'This cannot be done: the community is "{status}" now.' },
    [],
    { more: { status } },
  )

/** Moves a community from one of `from`; whoever else moved it first wins. Every process knows when this resolves. */
async function move(
  house: House,
  tenant: Tenant,
  from: readonly Tenant['status'][],
  set: string,
  values: readonly unknown[],
): Promise<void> {
  const { rowCount } = await globalDb(house.database.owner).query(
    `update core.tenants set ${set}, updated_at = now() where id = $1 and status = any($2::text[]) and removal_began_at is null`,
    [tenant.id, from, ...values],
  )
  if (!rowCount) {
    const { rows } = await globalDb(house.database.owner).query<{ status: string }>('select status from core.tenants where id = $1', [
      tenant.id,
    ])
    throw notThat(rows[0]?.status ?? 'deleted')
  }
  await announceTenant(house, tenant.id)
}

/** Closes a community to its members at once; jobs pause, data stays. Throws 409 `wrong_status`. */
export const suspend = (house: House, tenant: Tenant, reason: string | null): Promise<void> =>
  move(house, tenant, ['active'], `status = 'suspended', suspended_at = now(), suspended_reason = $3`, [reason])

/** Opens it again; work that waited goes on. */
export async function restore(house: House, tenant: Tenant): Promise<void> {
  await move(house, tenant, ['suspended'], `status = 'active', suspended_at = null, suspended_reason = null`, [])
  await house.jobs.resume(tenant.id)
}

/**
 * Asks for the deletion of a community: closed at once, removed after `graceDays`. `typed` must be its code.
 * Throws 422 when it is not, 409 `wrong_status`.
 */
export async function askDeletion(house: House, tenant: Tenant, typed: string, graceDays: number, askedBy: string | null): Promise<void> {
  if (typed !== tenant.code)
    throw invalid([
      {
        field: 'code',
        code: 'not_the_code',
        message: { id: 'Ketik kode komunitas ini persis: {code}.', en: 'Type the code of this community exactly: {code}.' },
        values: { code: tenant.code },
      },
    ])
  await move(
    house,
    tenant,
    ['active', 'suspended'],
    `status_before = status, status = 'deleting', deletion_asked_at = now(), deletion_asked_by = $4, delete_after = now() + make_interval(days => $3)`,
    [graceDays, askedBy],
  )
}

/** Calls a deletion back while nothing has been removed; the community is then what it was before. Throws 409 `too_late`, `wrong_status`. */
export async function cancelDeletion(house: House, tenant: Tenant): Promise<void> {
  const { rows } = await globalDb(house.database.owner).query<{ began: Date | null }>(
    'select removal_began_at as began from core.tenants where id = $1',
    [tenant.id],
  )
  if (rows[0]?.began)
    throw new Refusal(409, 'too_late', {
      id: 'Penghapusan sudah dimulai dan tidak dapat dibatalkan lagi.',
      en: 'The deletion has begun and cannot be called back.',
    })
  await move(
    house,
    tenant,
    ['deleting'],
    `status = status_before, status_before = null, deletion_asked_at = null, deletion_asked_by = null, delete_after = null`,
    [],
  )
  await house.jobs.resume(tenant.id)
}
