// The embedded database as a directory: copying it, and making sure that a half-made one is never taken for a whole one.
import fs from 'node:fs'
import path from 'node:path'
import { syncPath } from './durable-files.ts'

/**
 * Copies the database of a data directory into another data directory (which must have none). The source must be
 * closed. Uses copy-on-write where the file system has it.
 */
export async function copyDatabase(fromDir: string, toDir: string): Promise<void> {
  await make(toDir, (target) =>
    fs.promises.cp(path.join(fromDir, 'db'), target, { recursive: true, mode: fs.constants.COPYFILE_FICLONE, errorOnExist: true }),
  )
}

/** Whether a data directory holds a complete database. What an interrupted first start left behind is removed. */
export function hasDatabase(dataDir: string): boolean {
  if (fs.existsSync(unfinished(dataDir))) {
    fs.rmSync(path.join(dataDir, 'db'), { recursive: true, force: true })
    fs.rmSync(unfinished(dataDir))
  }
  return fs.existsSync(path.join(dataDir, 'db', 'PG_VERSION'))
}

/** Runs `fill` to make `{dataDir}/db`; until it has succeeded and reached the disk, a mark says "unfinished". */
export async function make(dataDir: string, fill: (target: string) => Promise<void>, durable = true): Promise<void> {
  fs.mkdirSync(dataDir, { recursive: true })
  fs.writeFileSync(unfinished(dataDir), '')
  if (durable) syncPath(dataDir)
  await fill(path.join(dataDir, 'db'))
  if (durable) syncTree(path.join(dataDir, 'db'))
  fs.rmSync(unfinished(dataDir))
  if (durable) syncPath(dataDir)
}

const unfinished = (dataDir: string): string => path.join(dataDir, 'db.unfinished')

function syncTree(dir: string): void {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const at = path.join(dir, entry.name)
    if (entry.isDirectory()) syncTree(at)
    else syncPath(at)
  }
  syncPath(dir)
}
