// Archives of communities lie beside the data for a week, readable by nobody but the house; an operator downloads them from there.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '#kernel/house.ts'

const KEPT_MS = 7 * 86_400_000

/** The folder, made when it is not there. */
export function exportsFolder(house: Pick<House, 'config'>): string {
  const folder = join(house.config.dataDir, 'exports')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Where the archive of one export lies: the name begins with the community's id, so that it goes when the community goes. */
export const exportFile = (house: Pick<House, 'config'>, tenantId: string, workId: string): string =>
  join(exportsFolder(house), `${tenantId}-${workId}.tar.gz`)

/** Removes archives older than a week, and what an interrupted export left. */
export function sweepExports(house: Pick<House, 'config'>, now = Date.now()): void {
  const folder = exportsFolder(house)
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const age = now - statSync(file).mtimeMs
    if (age > KEPT_MS || (name.includes('.part-') && age > 86_400_000)) rmSync(file, { recursive: true, force: true })
  }
}
