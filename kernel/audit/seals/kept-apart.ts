// The seals once more, outside the database: one file per tenant that is only ever added to, so that nobody can quietly rewrite both.
import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { LOG_NAMES, type LogName } from './canonical.ts'
import { type Seal, sealsAfter } from './seal.ts'

/** One line of the file. */
export type Kept = {
  readonly log: LogName
  readonly sequence: number
  readonly act: string
  readonly month: string
  readonly rows: number
  readonly hash: string
  readonly sealed_at: string
}

const PAGE = 200
const TAIL = 64 * 1024

export const sealFolder = (dataDir: string): string => join(dataDir, 'seals')
export const sealFile = (dataDir: string, tenantId: string): string => join(sealFolder(dataDir), `${tenantId}.ndjson`)

const keptOf = (s: Seal): Kept => ({
  log: s.log,
  sequence: s.sequence,
  act: s.act,
  month: s.month,
  rows: s.count,
  hash: s.hash.toString('hex'),
  sealed_at: new Date(Number(s.sealedAt / 1000n)).toISOString(),
})

/** Lines of a file; one that a crash cut in half is left out. */
const linesOf = (text: string): Kept[] =>
  text.split('\n').flatMap((line) => {
    try {
      const kept = JSON.parse(line) as Partial<Kept>
      return typeof kept.log === 'string' && typeof kept.sequence === 'number' && typeof kept.hash === 'string' ? [kept as Kept] : []
    } catch {
      return []
    }
  })

/** Everything a file says, by log and sequence. A sequence that it says twice differently keeps the first: a file is only added to. */
export function readKept(file: string): Map<string, Kept> {
  const found = new Map<string, Kept>()
  if (!existsSync(file)) return found
  for (const kept of linesOf(readFileSync(file, 'utf8'))) {
    const key = `${kept.log} ${kept.sequence}`
    if (!found.has(key)) found.set(key, kept)
  }
  return found
}

/** The last seal of each log that the file has. Reads the end of it first: it grows for years. */
function newestKept(file: string): Map<LogName, Kept> {
  if (!existsSync(file)) return new Map()
  const opened = openSync(file, 'r')
  try {
    const { size } = fstatSync(opened)
    const buffer = Buffer.alloc(Math.min(TAIL, size))
    readSync(opened, buffer, 0, buffer.length, size - buffer.length)
    const newest = (kept: Iterable<Kept>): Map<LogName, Kept> => {
      const found = new Map<LogName, Kept>()
      for (const one of kept) if ((found.get(one.log)?.sequence ?? 0) < one.sequence) found.set(one.log, one)
      return found
    }
    const end = newest(linesOf(buffer.toString('utf8')))
    return size <= TAIL || end.size === LOG_NAMES.length ? end : newest(readKept(file).values())
  } finally {
    closeSync(opened)
  }
}

/**
 * Adds to a tenant's file the seals it does not have yet. When the database disagrees with what the file says already, nothing is added:
 * the file is the evidence, and `balai audit verify` names what differs.
 */
export async function keepApart(house: Pick<House, 'database' | 'log' | 'config'>, tenantId: string): Promise<void> {
  const file = sealFile(house.config.dataDir, tenantId)
  const newest = newestKept(file)
  const db = scopedDb(house.database.owner, tenantId)
  for (const log of LOG_NAMES) {
    const known = newest.get(log)
    let after = known?.sequence ?? 0
    if (known) {
      const [same] = await sealsAfter(db, tenantId, log, after - 1, 1, true)
      if (same?.sequence !== after || same.hash.toString('hex') !== known.hash) {
        house.log.error(
          { tenant: tenantId, log, sequence: after },
          'the seals in the database are not those kept apart: run balai audit verify',
        )
        continue
      }
    }
    for (
      let page = await sealsAfter(db, tenantId, log, after, PAGE, true);
      page.length;
      page = await sealsAfter(db, tenantId, log, after, PAGE, true)
    ) {
      mkdirSync(sealFolder(house.config.dataDir), { recursive: true })
      // A line that a crash cut short must not swallow the next one.
      const gap = existsSync(file) && !readEnd(file).endsWith('\n') ? '\n' : ''
      appendFileSync(file, gap + page.map((seal) => `${JSON.stringify(keptOf(seal))}\n`).join(''), { flush: true })
      after = page.at(-1)!.sequence
    }
  }
}

function readEnd(file: string): string {
  const opened = openSync(file, 'r')
  try {
    const { size } = fstatSync(opened)
    const byte = Buffer.alloc(1)
    return size ? byte.toString('utf8', 0, readSync(opened, byte, 0, 1, size - 1)) : '\n'
  } finally {
    closeSync(opened)
  }
}
