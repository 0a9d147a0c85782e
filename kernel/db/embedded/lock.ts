// One process per embedded database: two would write the same files and ruin them, and PostgreSQL inside WebAssembly
// does not notice. The lock survives nothing: after kill -9 or a power cut the next start takes it over.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseUnavailable } from '#kernel/db/unavailable.ts'

type Holder = { readonly pid: number; readonly started: string; readonly host: string; readonly at: string }

/** A holder on another machine (a shared disk, another container) counts as alive while it renews the file this often. */
const RENEW_EVERY = 5_000
const FRESH_FOR = 4 * RENEW_EVERY

/** Takes the lock of a data directory. Throws DatabaseUnavailable when a living process has it. Returns what releases it. */
export function takeLock(dataDir: string): () => void {
  const file = path.join(dataDir, 'db.lock')
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? '', host: os.hostname(), at: new Date().toISOString() }
  const text = JSON.stringify(mine)
  if (!create(file, text)) takeOver(file, text, dataDir)
  const renew = setInterval(() => {
    const now = new Date()
    try {
      fs.utimesSync(file, now, now)
    } catch {
      // The directory went away (a test, an unplugged disk): the database itself will say so.
    }
  }, RENEW_EVERY)
  renew.unref()
  return () => {
    clearInterval(renew)
    if (read(file) === text) fs.rmSync(file, { force: true })
  }
}

/** Replaces a dead holder's lock. A second file makes sure that of two starting at once only one judges the old lock. */
function takeOver(file: string, text: string, dataDir: string): void {
  const guard = `${file}.takeover`
  if (!create(guard, String(process.pid))) {
    if (Date.now() - (fs.statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5_000) throw inUse(parse(read(file)), dataDir)
    fs.rmSync(guard, { force: true })
    return takeOver(file, text, dataDir)
  }
  try {
    const holder = parse(read(file))
    if (holder !== null && isAlive(holder, file)) throw inUse(holder, dataDir)
    fs.rmSync(file, { force: true })
    if (!create(file, text)) throw inUse(parse(read(file)), dataDir)
  } finally {
    fs.rmSync(guard, { force: true })
  }
}

/** Makes a file with these contents, complete from the first moment it can be seen; false when it exists. */
function create(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2, 8)}`
  fs.writeFileSync(draft, text)
  try {
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // A disk without hard links (FAT, some network shares).
    return createExclusive(file, text)
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

function createExclusive(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const read = (file: string): string | null => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function parse(text: string | null): Holder | null {
  try {
    return JSON.parse(text ?? '') as Holder
  } catch {
    return null
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== os.hostname()) return Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < FRESH_FOR
  const started = startOf(holder.pid)
  if (started !== null) return started === holder.started
  if (process.platform === 'linux') return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * When a process started, as `boot id:clock ticks`, so that a number used again by another process is not mistaken for
 * it; null when there is no such process (a zombie is none), or the system does not say (no /proc).
 */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  return `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${fields[19]}`
}

const inUse = (holder: Holder | null, dataDir: string): DatabaseUnavailable =>
  new DatabaseUnavailable(
    {
      id:
        'Data di {dir} sedang dipakai oleh Balai lain (proses {pid} di {host}). Hentikan proses itu, atau pilih folder ' +
        'lain dengan BALAI_DATA.',
      en:
        'The data in {dir} is in use by another Balai (process {pid} on {host}). Stop that process, or choose another ' +
        'folder with BALAI_DATA.',
    },
    { dir: dataDir, pid: holder?.pid ?? '?', host: holder?.host ?? '?' },
  )
