// Writes what follows from the code and is committed, so that a review shows what a change really does. `--check` only compares.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { modelOf } from '#kernel/resource/model.ts'
import { toOpenApi } from '#kernel/resource/to-openapi.ts'
import { api } from './api.ts'
import { readConfig } from './config.ts'
import { eventsText, modulesText, permissionsText } from './generate/documents.ts'
import { schemaText } from './generate/schema-text.ts'
import { WORKFLOWS_FOLDER, workflowPath, workflowText } from './generate/workflows.ts'
import { MODULES } from './modules.ts'
import { type OpenHouse, openHouse } from './open-house.ts'
import { VERSION } from './version.ts'

const ROOT = new URL('../', import.meta.url)

/** An installation of its own for as long as `work` takes: on a fresh embedded database, so that everybody's is the same. */
async function withHouse<T>(work: (house: OpenHouse) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'balai-generate-'))
  try {
    const settings = readConfig({ BALAI_DATA: dataDir, BALAI_SECRET: 'x'.repeat(32), BALAI_KEY: Buffer.alloc(32, 1).toString('base64') })
    const house = await openHouse(settings, { quiet: true, durable: false })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/**
 * Every generated file that follows from the code alone: path in the repository → text. `house` is asked for nothing but its routes;
 * its own modules do not matter.
 */
export function documents(house: OpenHouse): Map<string, string> {
  const model = modelOf(MODULES)
  return new Map([
    ['docs/openapi.json', `${JSON.stringify(toOpenApi(model, VERSION, api({ ...house, model }).routes), null, 1)}\n`],
    ['docs/permissions.md', permissionsText(model)],
    ['docs/events.md', eventsText(ROOT, MODULES)],
    ['modules/README.md', modulesText(MODULES)],
    ...[...model.workflows.values()].map((w) => [workflowPath(w), workflowText(w)] as const),
  ])
}

/** Paths whose committed text is not what the code says now. */
export function stale(files: ReadonlyMap<string, string>): string[] {
  const kept = (path: string): string | null => {
    try {
      return readFileSync(new URL(path, ROOT), 'utf8')
    } catch {
      return null
    }
  }
  return [...files].filter(([path, text]) => kept(path) !== text).map(([path]) => path)
}

/** Pages of workflows that nobody declares any more. */
export function leftOver(files: ReadonlyMap<string, string>, root = ROOT): string[] {
  try {
    return readdirSync(new URL(WORKFLOWS_FOLDER, root))
      .map((name) => `${WORKFLOWS_FOLDER}${name}`)
      .filter((path) => !files.has(path))
  } catch {
    return []
  }
}

if (import.meta.main) {
  const files = await withHouse(async (house) => documents(house).set('db/schema.sql', await schemaText(house.database.owner)))
  const changed = stale(files)
  const gone = leftOver(files)
  if (process.argv.includes('--check')) {
    for (const path of changed) console.error(`${path} is not what the code says. Run: npm run generate`)
    for (const path of gone) console.error(`${path} describes what is not there any more. Run: npm run generate`)
    process.exitCode = changed.length || gone.length ? 1 : 0
  } else {
    for (const path of changed) {
      mkdirSync(new URL('./', new URL(path, ROOT)), { recursive: true })
      writeFileSync(new URL(path, ROOT), files.get(path) ?? '')
    }
    for (const path of gone) rmSync(new URL(path, ROOT))
    const done = [...changed.map((path) => `written ${path}`), ...gone.map((path) => `removed ${path}`)]
    console.log(done.length ? done.join('\n') : 'Everything generated is current.')
  }
}
