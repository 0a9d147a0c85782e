// Writes what follows from the code and is committed, so that a review shows what a change really does. `--check` only compares.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { modelOf } from '#kernel/resource/model.ts'
import { toOpenApi } from '#kernel/resource/to-openapi.ts'
import { readConfig } from './config.ts'
import { eventsText, modulesText, permissionsText } from './generate/documents.ts'
import { schemaText } from './generate/schema-text.ts'
import { MODULES } from './modules.ts'
import { openHouse } from './open-house.ts'
import { VERSION } from './version.ts'

const ROOT = new URL('../', import.meta.url)

/** The migrated schema as text: made on a fresh embedded database, so that everybody's is the same. */
async function schemaNow(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'balai-generate-'))
  try {
    const settings = readConfig({ BALAI_DATA: dataDir, BALAI_SECRET: 'x'.repeat(32), BALAI_KEY: Buffer.alloc(32, 1).toString('base64') })
    const house = await openHouse(settings, { quiet: true, durable: false })
    try {
      return await schemaText(house.database.owner)
    } finally {
      await house.close()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Every generated file: path in the repository → text. `schema: false` leaves out the one that needs a database. */
export async function generated(options: { schema: boolean } = { schema: true }): Promise<Map<string, string>> {
  const model = modelOf(MODULES)
  return new Map([
    ['docs/openapi.json', `${JSON.stringify(toOpenApi(model, VERSION), null, 1)}\n`],
    ['docs/permissions.md', permissionsText(model)],
    ['docs/events.md', eventsText(ROOT, MODULES)],
    ['modules/README.md', modulesText(MODULES)],
    ...(options.schema ? [['db/schema.sql', await schemaNow()] as const] : []),
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

if (import.meta.main) {
  const files = await generated()
  const changed = stale(files)
  if (process.argv.includes('--check')) {
    for (const path of changed) console.error(`${path} is not what the code says. Run: npm run generate`)
    process.exitCode = changed.length ? 1 : 0
  } else {
    for (const path of changed) writeFileSync(new URL(path, ROOT), files.get(path) ?? '')
    console.log(changed.length ? `Written: ${changed.join(', ')}` : 'Everything generated is current.')
  }
}
