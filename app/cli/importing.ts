// `balai import`: the same check, the same rules and the same report as in the browser.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { whoIs } from '#kernel/access/members.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { writeReport } from '#kernel/imports/report.ts'
import { runImport } from '#kernel/imports/run-import.ts'
import { importersOf } from '#kernel/imports/importers.ts'
import { systemActor, type Who } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { say } from '#kernel/words.ts'
import type { OpenHouse } from '../open-house.ts'
import { line, LOCALE, progressLine, tell } from './terminal.ts'

/** The first rows a note is about; the report has them all. */
const listed = (rows: readonly number[]): string => rows.slice(0, 12).join(', ') + (rows.length > 12 ? ` … ${rows.length}` : '')

type Options = { importer: string; dryRun: boolean; user?: string; report?: string }

async function whoImports(house: OpenHouse, code: string, username: string | undefined): Promise<Who> {
  const tenant = await tenantByCode(house, code)
  if (!tenant)
    throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code },
    })
  const origin = { requestId: 'cli', ip: null, userAgent: 'balai import' }
  if (!username) return { tenant, actor: systemActor(house.model), origin, locale: LOCALE }
  const user = await house.identity.userByLogin(username)
  if (!user)
    throw new Refusal(404, 'unknown_user', { id: 'Tidak ada pengguna "{username}".', en: 'There is no user "{username}".' }, [], {
      more: { username },
    })
  return whoIs(house, tenant.id, user.id, origin, LOCALE)
}

export function importCommand(program: Command, open: <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>): void {
  program
    .command('import <tenant> <file>')
    .description('import a CSV or XLSX file into a community; all of it or nothing')
    .option('--importer <name>', 'what the file is', 'registry.population')
    .option('--dry-run', 'only check every row', false)
    .option('--user <username>', 'in whose name (default: the system)')
    .option('--report <file>', 'write the verdict of every row to this .csv or .xlsx file')
    .action((code: string, file: string, o: Options) =>
      open(async (house) => {
        const who = await whoImports(house, code, o.user)
        const importer = importersOf(house.model).get(o.importer)
        if (!importer)
          throw new Refusal(404, 'unknown_importer', { id: 'Tidak ada pengimpor "{name}".', en: 'There is no importer "{name}".' }, [], {
            more: { name: o.importer },
          })
        if (!who.actor.permissions.has(`${importer.resource}:import`))
          throw new Refusal(403, 'forbidden', { id: 'Peran orang ini tidak boleh mengimpor.', en: 'This person’s role may not import.' })
        const outcome = await runImport(house, who, importer, readFileSync(file), basename(file), {
          dryRun: o.dryRun,
          tell: progressLine(),
        })
        for (const v of outcome.verdicts)
          for (const issue of [...v.errors, ...v.warnings])
            line(
              `${String(v.row).padStart(6)}  ${v.outcome === 'rejected' ? '✗' : '!'} ${v.title}: ${say(issue.message, LOCALE, issue.values ?? {})}`,
            )
        for (const n of outcome.notes) line(`        ! ${say(n.message, LOCALE, n.values ?? {})} (${listed(n.rows)})`)
        tell(
          {
            id: '{new} baru, {unchanged} tidak berubah, {rejected} ditolak, {warnings} peringatan.',
            en: '{new} new, {unchanged} unchanged, {rejected} rejected, {warnings} warnings.',
          },
          { ...outcome.counts },
        )
        if (outcome.totals)
          line(
            Object.entries(outcome.totals)
              .map(([name, n]) => `${name}: ${n}`)
              .join(', '),
          )
        else tell({ id: 'Percobaan saja: tidak ada yang diubah.', en: 'Dry run: nothing was changed.' })
        if (o.report)
          writeFileSync(
            o.report,
            new Uint8Array(
              await new Response(
                writeReport(o.report.endsWith('.xlsx') ? 'xlsx' : 'csv', LOCALE, importer, outcome.verdicts, outcome.notes).body,
              ).arrayBuffer(),
            ),
          )
      }),
    )
}
