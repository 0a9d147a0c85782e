// Every command of `balai`, and what a script is told of how it ended.
import { Command } from 'commander'
import { diff } from '#kernel/db/diff.ts'
import { checkSearch } from '#kernel/search/leakproof.ts'
import { accessCommands } from './access.ts'
import { apiKeyCommands } from './api-keys.ts'
import { auditCommands } from './audit.ts'
import { checkCommand } from './check.ts'
import { importCommand } from './importing.ts'
import { keyCommands, userCommands } from './people.ts'
import { serveCommand, workerCommand } from './serving.ts'
import { EXIT, explainFailure, line, note, tell } from './terminal.ts'
import { operatorCommands } from './operators.ts'
import { tenantCommands } from './tenants.ts'
import { upkeepCommands } from './upkeep.ts'
import { makeDemo } from '../demo.ts'
import type { OpenHouse } from '../open-house.ts'
import { VERSION } from '../version.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>

/** Every command. `open` opens the installation for one of them. */
export function programOf(open: With): Command {
  const program = new Command('balai')
    .description('Balai: one hall for the people who run a community.')
    .version(VERSION)
    .showHelpAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      `
Settings (environment): DATABASE_URL (default: embedded), BALAI_DATA (./data), PORT (3000), BALAI_URL, BALAI_KEY, BALAI_SECRET,
  BALAI_TENANT (serve only this community), BALAI_LOCALE (id, en), BALAI_WORK (false: no worker in this process), BALAI_TRUST_PROXY
Exit codes: 0 done · 1 failed · 2 wrong use or settings · 3 refused by a rule · 4 database unavailable`,
    )

  program
    .command('serve')
    .description('serve the app, the API and (unless BALAI_WORK=false) the jobs')
    .option('--no-demo', 'do not set up demo communities in an empty installation')
    .action(serveCommand)
  program.command('worker').description('run jobs in a process of its own (needs a PostgreSQL server)').action(workerCommand)
  program
    .command('migrate')
    .description('bring the database to the newest schema')
    .action(() => open(async () => tell({ id: 'Basis data sudah terbaru.', en: 'The database is up to date.' })))
  program
    .command('demo')
    .description('set up the demo communities')
    .action(() => open((house) => makeDemo(house, note)))
  const db = program.command('db').description('the schema')
  db.command('diff')
    .description('SQL that the declarations ask for and the database lacks')
    .action(() =>
      open(async (house) => {
        const found = await diff(house.database.owner, house.model.resources.values(), house.model.workflows)
        for (const d of found) line(`-- ${d.resource} ${d.problem}\n${d.proposal}\n`)
        if (!found.length) tell({ id: 'Tidak ada perbedaan.', en: 'No differences.' })
      }),
    )
  program
    .command('doctor')
    .description('is everything in force that should be')
    .action(() =>
      open(async (house) => {
        const search = await checkSearch(house.database.owner)
        for (const name of search.marked) line(`ok    leakproof ${name}`)
        for (const name of search.missing) line(`miss  leakproof ${name}  (db/leakproof.sql, as a superuser)`)
        if (search.missing.length) process.exitCode = EXIT.failed
      }),
    )
  importCommand(program, open)
  tenantCommands(program, open)
  operatorCommands(program, open)
  userCommands(program, open)
  accessCommands(program, open)
  apiKeyCommands(program, open)
  keyCommands(program, open)
  auditCommands(program, open)
  checkCommand(program, open)
  upkeepCommands(program, open)
  return program
}

/** Runs one command and answers the exit code; what went wrong has been said. */
export async function runCommand(open: With, args: readonly string[]): Promise<number> {
  process.exitCode = undefined
  try {
    await programOf(open).parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? EXIT.done)
  } catch (error) {
    const { code, exitCode } = error as { code?: string; exitCode?: number }
    // Commander has already said what was wrong, or printed the help that was asked for.
    return code?.startsWith('commander.') ? (exitCode ? EXIT.usage : EXIT.done) : explainFailure(error)
  } finally {
    process.exitCode = undefined
  }
}
