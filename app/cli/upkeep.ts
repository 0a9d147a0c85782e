// `balai upkeep`: the daily duties of the installation by hand, and when each was last done. `balai statistics`: months counted again.
import type { Command } from 'commander'
import { Refusal } from '#kernel/http/refusal.ts'
import { systemActor, writing } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { keepHouse, listDuties } from '#kernel/upkeep/upkeep.ts'
import { say } from '#kernel/words.ts'
import { fillMonths } from '#modules/registry/monthly/index.ts'
import type { OpenHouse } from '../open-house.ts'
import { EXIT, line, LOCALE, tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>
const ORIGIN = { requestId: 'cli', ip: null, userAgent: 'balai' }

async function listed(house: OpenHouse): Promise<void> {
  for (const { name, label, last } of await listDuties(house)) {
    const when = last
      ? `${last.started_at.toISOString().slice(0, 16).replace('T', ' ')} ${last.failed ? '!!' : 'ok'}`
      : say({ id: 'belum pernah', en: 'never yet' }, LOCALE)
    const counts = Object.entries(last?.result ?? {})
      .map(([what, n]) => `${what} ${n}`)
      .join(', ')
    line(`${name.padEnd(28)} ${when.padEnd(20)} ${say(label, LOCALE)}${counts ? ` (${counts})` : ''}`)
  }
}

export function upkeepCommands(program: Command, open: With): void {
  program
    .command('upkeep')
    .description('do the daily duties now; --list shows them with their last run')
    .option('--list', 'only show')
    .option('--only <name>', 'one duty')
    .action((o: { list?: boolean; only?: string }) =>
      open(async (house) => {
        if (o.list) return listed(house)
        if (o.only && !(await listDuties(house)).some((d) => d.name === o.only))
          throw new Refusal(
            404,
            'unknown_duty',
            { id: 'Tidak ada tugas "{only}". Lihat --list.', en: 'There is no duty "{only}". See --list.' },
            [],
            { more: o },
          )
        const failed = await keepHouse(house, o.only ? [o.only] : [])
        await listed(house)
        if (failed.length) process.exitCode = EXIT.failed
      }),
    )
  program
    .command('statistics')
    .description('count the monthly statistics of a community that are missing, or all of them again from a month on')
    .requiredOption('--tenant <code>', 'the community')
    .option('--from <month>', 'YYYY-MM')
    .action((o: { tenant: string; from?: string }) =>
      open(async (house) => {
        const tenant = await tenantByCode(house, o.tenant)
        if (!tenant)
          throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{tenant}".', en: 'There is no community "{tenant}".' }, [], {
            more: o,
          })
        if (o.from && !/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/.test(o.from))
          throw new Refusal(422, 'not_a_month', { id: 'Tulis bulan seperti 2026-05.', en: 'Write a month like 2026-05.' })
        const who = { tenant, actor: systemActor(house.model), origin: ORIGIN, locale: LOCALE }
        const done = await writing(house, who, 'changed', (ctx) => fillMonths(ctx, { from: o.from ? `${o.from}-01` : null }))
        tell({ id: '{counted} bulan dihitung.', en: '{counted} months counted.' }, done)
      }),
    )
}
