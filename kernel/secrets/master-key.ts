// The one key that is not in the database: it locks every tenant's keys, so a stolen database alone opens nothing.
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { KEY_WORDS, KeyError } from './key-error.ts'

export type MasterKey = {
  /** Names the current key without telling it: 16 hex digits, stored beside what it locks. */
  readonly id: string
  /** 32 bytes; locks new keys. */
  readonly key: Buffer
  /** Every known key by id, the current one included: older ones only unlock. */
  readonly known: ReadonlyMap<string, Buffer>
}

/**
 * The master key from `env` (`BALAI_KEY`: 32 bytes in base64 or hex; several with commas, the first is current, the rest only unlock)
 * or, when that is blank, from `file`, which is made on first start (mode 0600, on disk before this returns).
 * With `env`, an existing `file` still unlocks: moving from the file to the variable needs no ceremony.
 * Throws `KeyError` `key_malformed`, `key_file_malformed`, `key_file_unreadable`.
 */
export function loadMasterKey(from: { env: string | undefined; file: string }): MasterKey {
  const given = from.env?.trim() ? from.env.split(',').map((part, index) => keyOfVariable(part, index, 'BALAI_KEY')) : []
  if (given.length === 0) return masterKey([keyOfFile(from.file) ?? makeFile(from.file)])
  const filed = keyOfFile(from.file)
  return masterKey(filed ? [...given, filed] : given)
}

/** A master key of raw 32-byte keys, the first current. Throws when there is none or one has another length. */
export function masterKey(keys: readonly Buffer[]): MasterKey {
  const current = keys[0]
  if (!current || keys.some((k) => k.length !== 32))
    throw new KeyError('key_malformed', KEY_WORDS.malformed, { variable: 'BALAI_KEY', place: 1 })
  return { id: idOf(current), key: current, known: new Map(keys.map((k) => [idOf(k), k])) }
}

const idOf = (key: Buffer): string => createHash('sha256').update('balai master key id\0').update(key).digest('hex').slice(0, 16)

/** Another key of 32 bytes kept as the master key is: from `variable`, or from a file that is made on first start. Throws as `loadMasterKey`. */
export const loadKey = (from: { env: string | undefined; file: string }, variable: string): Buffer =>
  from.env?.trim() ? keyOfVariable(from.env, 0, variable) : (keyOfFile(from.file) ?? makeFile(from.file))

function keyOfVariable(part: string, index: number, variable: string): Buffer {
  const key = decode(part)
  if (!key) throw new KeyError('key_malformed', KEY_WORDS.malformed, { variable, place: index + 1 })
  return key
}

/** 32 bytes of hex, base64 or base64url; null for anything else, a passphrase too. */
function decode(text: string): Buffer | null {
  const t = text.trim()
  if (/^[0-9a-f]{64}$/i.test(t)) return Buffer.from(t, 'hex')
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(t)) return Buffer.from(t, 'base64')
  return null
}

function keyOfFile(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
    // Copying and restoring tends to open a file's mode; close it again where the file system knows modes.
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  } catch (e) {
    const reason = (e as NodeJS.ErrnoException).code
    if (reason === 'ENOENT') return null
    throw new KeyError('key_file_unreadable', KEY_WORDS.unreadable, { file, reason })
  }
  const key = decode(text)
  if (!key) throw new KeyError('key_file_malformed', KEY_WORDS.file, { file })
  return key
}

/** Written aside, then linked: the file appears whole or not at all, and of two first starts one wins. */
function makeFile(file: string): Buffer {
  const key = randomBytes(32)
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const fd = openSync(aside, 'wx', 0o600)
    try {
      writeSync(fd, key.toString('base64') + '\n')
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    try {
      linkSync(aside, file)
    } finally {
      rmSync(aside, { force: true })
    }
    syncFolder(dirname(file))
    return key
  } catch (e) {
    const reason = (e as NodeJS.ErrnoException).code
    const theirs = reason === 'EEXIST' ? keyOfFile(file) : null
    if (theirs) return theirs
    throw new KeyError('key_file_unreadable', KEY_WORDS.unreadable, { file, reason })
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // folders cannot be opened there
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
