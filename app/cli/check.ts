// `balai check`: looks through the registers of communities for what contradicts itself. Says numbers, no names.
import type { Command } from 'commander'
import type { Tenant } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { reading, systemActor } from '#kernel/tenancy/as-tenant.ts'
import { allTenants, tenantByCode } from '#kernel/tenancy/tenants.ts'
import { say } from '#kernel/words.ts'
import { RULES } from '#modules/registry/integrity/index.ts'
import type { OpenHouse } from '../open-house.ts'
import { EXIT, line, LOCALE, tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>
const ORIGIN = { requestId: 'cli', ip: null, userAgent: 'balai' }

export type Count = { readonly key: string; readonly weight: 'error' | 'doubt'; readonly found: number }

/** Runs every check over a whole community, one after the other. */
export async function checkTenant(house: OpenHouse, tenant: Tenant): Promise<Count[]> {
  const ctx = await reading(house, { tenant, actor: systemActor(house.model), origin: ORIGIN, locale: LOCALE })
  const counts: Count[] = []
  for (const rule of RULES) counts.push({ key: rule.key, weight: rule.weight, found: (await rule.find(ctx)).length })
  return counts
}

async function chosen(house: OpenHouse, code: string | undefined): Promise<Tenant[]> {
  if (code === undefined) return (await allTenants(house)).filter((t) => t.modules.includes('registry'))
  const tenant = await tenantByCode(house, code)
  if (!tenant)
    throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code },
    })
  return [tenant]
}

export function checkCommand(program: Command, open: With): void {
  program
    .command('check')
    .description('look for contradictions in the registers; exit code 1 when there are errors')
    .option('--tenant <code>', 'only this community')
    .option('--strict', 'exit code 1 for doubts too')
    .action((o: { tenant?: string; strict?: boolean }) =>
      open(async (house) => {
        for (const tenant of await chosen(house, o.tenant)) {
          line(`${tenant.code}\t${tenant.name}`)
          const counts = await checkTenant(house, tenant)
          for (const { key, weight, found } of counts) {
            const label = say(RULES.find((r) => r.key === key)!.label, LOCALE)
            if (found) line(`  ${weight === 'error' ? '!!' : ' ?'}  ${String(found).padStart(6)}  ${label} (${key})`)
            if (found && (weight === 'error' || o.strict)) process.exitCode = EXIT.failed
          }
          if (counts.every((c) => c.found === 0)) tell({ id: '  Tidak ada temuan.', en: '  Nothing found.' })
        }
      }),
    )
}
