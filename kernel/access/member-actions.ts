// What is done to a membership with a reason: another role, suspended, put to rest, let in again.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { type Action, action, type Stored } from '#kernel/resource/action.ts'
import { longText, ref } from '#kernel/resource/field.ts'
import { checkGrant } from './guards.ts'

/** Nobody does these to themselves, nor to somebody who holds more than they do. */
async function checkOther(ctx: Ctx, row: Stored): Promise<void> {
  if (row['user_id'] === ctx.actor.userId)
    throw new Refusal(409, 'own_membership', {
      id: 'Anda tidak dapat mengubah peran atau status Anda sendiri.',
      en: 'You cannot change your own role or status.',
    })
  await checkGrant(ctx, row['role_id'])
}

const reason = longText(
  { id: 'Alasan', en: 'Reason' },
  { min: 3, max: 500, help: { id: 'Tersimpan dalam riwayat.', en: 'Kept in the history.' } },
)
const on = 'core.memberships'

export const roleAction: Action<{ role_id: string; reason: string }> = action({
  resource: on,
  noun: 'role',
  label: { id: 'Ganti peran', en: 'Change role' },
  doc: {
    id: 'Memberi anggota ini peran lain. Alasannya tersimpan dalam riwayat peran.',
    en: 'Gives the member another role. The reason is kept in the role history.',
  },
  input: { role_id: ref('core.roles', { id: 'Peran baru', en: 'New role' }), reason },
  run: async (ctx, row, input) => {
    await checkOther(ctx, row)
    await checkGrant(ctx, input.role_id)
    if (input.role_id === row['role_id'])
      throw invalid([
        {
          field: 'role_id',
          code: 'same_role',
          message: { id: 'Anggota ini sudah berperan demikian.', en: 'The member already has this role.' },
        },
      ])
    await ctx.db.query('update core.memberships set role_id = $3, role_reason = $4 where tenant_id = $1 and id = $2', [
      ctx.tenant.id,
      row.id,
      input.role_id,
      input.reason,
    ])
    await ctx.emit('core.role_changed', on, row.id, { from: row['role_id'], to: input.role_id })
  },
})

const setStatus = async (ctx: Ctx, row: Stored, status: string, why: string | null): Promise<void> => {
  await checkOther(ctx, row)
  await ctx.db.query('update core.memberships set status = $3, suspended_reason = $4 where tenant_id = $1 and id = $2', [
    ctx.tenant.id,
    row.id,
    status,
    why,
  ])
  await ctx.emit('core.member_status_changed', on, row.id, { status })
}

export const suspensionAction: Action<{ reason: string }> = action({
  resource: on,
  noun: 'suspension',
  label: { id: 'Tangguhkan', en: 'Suspend' },
  doc: {
    id: 'Anggota ini tidak dapat masuk lagi mulai saat ini, di perangkat mana pun, sampai diaktifkan kembali.',
    en: 'Keeps the member out at once, wherever they are signed in, until they are let in again.',
  },
  input: { reason },
  grave: true,
  when: (row) => row['status'] !== 'suspended',
  run: (ctx, row, input) => setStatus(ctx, row, 'suspended', input.reason),
})

export const deactivationAction: Action<object> = action({
  resource: on,
  noun: 'deactivation',
  label: { id: 'Nonaktifkan', en: 'Deactivate' },
  doc: {
    id: 'Anggota ini tidak bekerja di sini lagi, untuk sementara atau seterusnya. Catatannya tetap ada.',
    en: 'The member no longer works here, for now or for good. Their records stay.',
  },
  input: {},
  grave: true,
  when: (row) => row['status'] === 'active',
  run: (ctx, row) => setStatus(ctx, row, 'inactive', null),
})

export const reinstatementAction: Action<object> = action({
  resource: on,
  noun: 'reinstatement',
  label: { id: 'Aktifkan kembali', en: 'Let in again' },
  doc: { id: 'Anggota ini dapat masuk lagi, dengan perannya sekarang.', en: 'The member may come in again, with the role they have.' },
  input: {},
  when: (row) => row['status'] !== 'active',
  run: (ctx, row) => setStatus(ctx, row, 'active', null),
})

export const memberActions = [roleAction, suspensionAction, deactivationAction, reinstatementAction]
