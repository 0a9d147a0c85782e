// `balai audit …`: seals the logs, and checks every row of them against its seal.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { LOG_NAMES } from '#kernel/audit/seals/canonical.ts'
import { type Checked, type Finding, FINDING_WORDS, LOG_WORDS } from '#kernel/audit/seals/findings.ts'
import { type Kept, readKept, sealFile } from '#kernel/audit/seals/kept-apart.ts'
import { sealAll } from '#kernel/audit/seals/sealing.ts'
import { verifyLog } from '#kernel/audit/seals/verify.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { PLATFORM } from '#kernel/security-log/kinds.ts'
import { allTenants, tenantByCode } from '#kernel/tenancy/tenants.ts'
import { say } from '#kernel/words.ts'
import type { OpenHouse } from '../open-house.ts'
import { EXIT, line, LOCALE, tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>
type Whose = { readonly id: string; readonly name: string }

async function whose(house: OpenHouse, code: string | undefined): Promise<Whose[]> {
  if (code === undefined)
    return [...(await allTenants(house)), { id: PLATFORM, name: say({ id: 'Instalasi ini', en: 'This installation' }, LOCALE) }]
  const tenant = await tenantByCode(house, code)
  if (!tenant)
    throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code },
    })
  return [tenant]
}

/** The seals kept apart: of a file, of a folder with one file per tenant, or of the data folder. */
function keptOf(house: OpenHouse, tenantId: string, given: string | undefined): Map<string, Kept> | null {
  if (given !== undefined && !existsSync(given))
    throw new Refusal(404, 'no_seals', { id: 'Tidak ada segel di {file}.', en: 'There are no seals at {file}.' }, [], {
      more: { file: given },
    })
  const folder = given !== undefined && statSync(given).isDirectory()
  const file = given === undefined ? sealFile(house.config.dataDir, tenantId) : folder ? join(given, `${tenantId}.ndjson`) : given
  return existsSync(file) ? readKept(file) : null
}

function describe(finding: Finding): string {
  const { log, what } = finding
  const places =
    'id' in finding
      ? { row: finding.id, at: finding.at, seal: finding.sequence ?? '—', log: say(LOG_WORDS[log], LOCALE) }
      : { seal: finding.sequence, month: finding.month?.slice(0, 7) ?? '?', log: say(LOG_WORDS[log], LOCALE) }
  return say(FINDING_WORDS[what], LOCALE, places)
}

const FINE = {
  id: 'Baris yang cocok: {rows}. Segel yang utuh: {seals}. Baris baru yang belum disegel: {waiting}.',
  en: 'Rows that agree: {rows}. Seals that hold: {seals}. New rows not sealed yet: {waiting}.',
}
const DROPPED = {
  id: '{dropped} baris dari {months} dihapus oleh aturan penyimpanan; segelnya utuh.',
  en: '{dropped} rows of {months} were dropped by the rule of retention; their seals are whole.',
}
const BACKDATED = {
  id: 'Perhatikan: {backdated} baris mengaku lebih dari sehari lebih tua daripada saat ditulis, yang pertama {firstBackdated}.',
  en: 'Note: {backdated} rows claim to be more than a day older than when they were written, the first is {firstBackdated}.',
}
const ALONE = {
  id: 'Perhatikan: tidak ada segel yang disimpan terpisah untuk dibandingkan; pemilik basis data dapat menulis ulang semuanya.',
  en: 'Note: there are no seals kept apart to compare with; whoever owns the database could have rewritten everything.',
}

function report(checked: Checked): void {
  line(`  ${say(FINE, LOCALE, { ...checked })}`)
  if (checked.droppedMonths.length)
    line(`  ${say(DROPPED, LOCALE, { dropped: checked.dropped, months: checked.droppedMonths.map((m) => m.slice(0, 7)).join(', ') })}`)
  if (checked.backdated) line(`  ${say(BACKDATED, LOCALE, { ...checked })}`)
}

/** Checks everything that is asked for. Answers whether all of it is whole. */
async function verify(house: OpenHouse, o: { tenant?: string; seals?: string }): Promise<boolean> {
  if (o.seals !== undefined && o.tenant === undefined && existsSync(o.seals) && statSync(o.seals).isFile())
    throw new Refusal(422, 'whose_seals', {
      id: 'Sebut --tenant: satu berkas segel milik satu komunitas.',
      en: 'Say --tenant: a file of seals belongs to one community.',
    })
  let whole = true
  for (const { id, name } of await whose(house, o.tenant)) {
    const kept = keptOf(house, id, o.seals)
    for (const log of LOG_NAMES) {
      const told = (n: number): void =>
        void (process.stderr.isTTY && process.stderr.write(`\r${name} · ${say(LOG_WORDS[log], LOCALE)} · ${n} `))
      const { finding, checked } = await verifyLog(house, id, log, kept ?? new Map(), (so) => told(so.rows))
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
      line(`${finding ? '✗' : '✓'} ${name} · ${say(LOG_WORDS[log], LOCALE)}`)
      if (finding) line(`  ${describe(finding)}`)
      report(checked)
      if (!kept && checked.seals) line(`  ${say(ALONE, LOCALE)}`)
      if (finding) whole = false
    }
  }
  return whole
}

export function auditCommands(program: Command, open: With): void {
  const audit = program.command('audit').description('the sealed logs: who changed what, who came in')
  audit
    .command('verify')
    .description('compute every hash again and name the first row or seal that is not as it was; exit code 1 when something is')
    .option('--tenant <code>', 'only this community')
    .option('--seals <path>', 'the seals kept apart: a file, or a folder of files (default: the data folder)')
    .action((o: { tenant?: string; seals?: string }) =>
      open(async (house) => {
        if (!(await verify(house, o))) process.exitCode = EXIT.failed
      }),
    )
  audit
    .command('seal')
    .description('seal now what is new; it is done every quarter of an hour anyway')
    .option('--tenant <code>', 'only this community')
    .action((o: { tenant?: string }) =>
      open(async (house) => {
        let rows = 0
        for (const { id } of await whose(house, o.tenant)) rows += await sealAll(house, id)
        tell({ id: '{rows} baris disegel.', en: '{rows} rows are sealed.' }, { rows })
      }),
    )
}
