// The officials of the demo villages: invented people, named as the village profile names its head.
import type { Ctx } from '#kernel/ctx.ts'
import { insertRows } from '#kernel/resource/store.ts'
import { addMonths } from '#modules/registry/index.ts'
import type { Duty } from './codes.ts'
import { apparatus } from './resources/index.ts'

type Person = readonly [duty: Duty, position: string, name: string]

const OFFICES: Readonly<Record<string, readonly Person[]>> = {
  sukamaju: [
    ['SECRETARY', 'Sekretaris Desa', 'Endang Kusumawati, S.AP.'],
    ['AFFAIRS', 'Kepala Urusan Tata Usaha dan Umum', 'Tatang Sutarna'],
    ['AFFAIRS', 'Kepala Urusan Keuangan', 'Yanti Nuryani, A.Md.'],
    ['SECTION', 'Kepala Seksi Pemerintahan', 'Asep Rukmana'],
    ['SECTION', 'Kepala Seksi Pelayanan', 'Lilis Suryani'],
  ],
  merantian: [
    ['SECRETARY', 'Sekretaris Nagari', 'Yusniar, S.Sos.'],
    ['AFFAIRS', 'Kepala Urusan Tata Usaha dan Umum', 'Zulfahmi'],
    ['AFFAIRS', 'Kepala Urusan Keuangan', 'Reni Marlina, S.E.'],
    ['SECTION', 'Kepala Seksi Pemerintahan', 'Syafrizal'],
    ['SECTION', 'Kepala Seksi Pelayanan', 'Elvi Rahmadani'],
  ],
}

export async function demo(ctx: Ctx): Promise<void> {
  const { rows } = await ctx.db.query<{ head_name: string | null }>(
    'select head_name from registry.village_profiles where tenant_id = $1 and deleted_at is null',
    [ctx.tenant.id],
  )
  const head = rows[0]?.head_name
  const people = OFFICES[ctx.tenant.code] ?? OFFICES['sukamaju'] ?? []
  const title = ctx.tenant.name.startsWith('Nagari ') ? 'Wali Nagari' : 'Kepala Desa'
  await insertRows(
    ctx,
    apparatus,
    [...(head ? [['HEAD', title, head] as const] : []), ...people].map(([duty, position, name]) => ({
      duty,
      position,
      name,
      start_date: addMonths(ctx.today, -30),
      is_active: true,
    })),
  )
}
