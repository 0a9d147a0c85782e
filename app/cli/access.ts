// `balai access off`: the way back in when rules about hours and networks have shut everybody out.
import type { Command } from 'commander'
import { announceMembers } from '#kernel/access/members.ts'
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import type { OpenHouse } from '../open-house.ts'
import { tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>

/** Puts every access rule of a community out of force; they stay, to be mended and switched on again. Answers how many. Throws 404. */
export async function switchRulesOff(house: Pick<House, 'database'>, code: string): Promise<number> {
  const tenant = await tenantByCode(house, code)
  if (!tenant)
    throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code },
    })
  const said = { user: null, doing: 'changed', request: 'operator', ip: null, agent: null }
  const { rowCount } = await transaction(house.database.app, tenant.id, said, (db) =>
    db.query('update core.access_rules set is_active = false where tenant_id = $1 and is_active and deleted_at is null', [tenant.id]),
  )
  await announceMembers(house, tenant.id)
  return rowCount
}

export function accessCommands(program: Command, open: With): void {
  const access = program.command('access').description('when and from where members may come in')
  access
    .command('off')
    .description('switch every access rule of a community off: the way back in')
    .requiredOption('--tenant <code>', 'the community')
    .action((o: { tenant: string }) =>
      open(async (house) => {
        const n = await switchRulesOff(house, o.tenant)
        tell(
          {
            id: '{n} aturan akses dimatikan. Perbaiki, lalu nyalakan lagi di Pengaturan → Aturan akses.',
            en: '{n} access rules are switched off. Mend them, then switch them on again in Settings → Access rules.',
          },
          { n },
        )
      }),
    )
}
