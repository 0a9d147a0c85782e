// Office files are zip archives: their table of contents is read, nothing is unpacked. Refuses macros, bombs, passwords and what is appended.
// Structure: PKWARE APPNOTE 6.3.10 §4.3.12 (table of contents) and §4.3.16 (its end).
import type { FileKind } from './kinds.ts'
import { refused } from './refusals.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50
const MOST_ENTRIES = 10_000
const MB = 1024 * 1024
/** Real documents unpack 2 to 60 times; small ones may be as tight as they like. */
const TIGHTEST = 200
const SMALL = 20 * MB
const UNPACKED = 1_000 * MB
/** The table of contents lies in so many last bytes, or the file is no document people make. */
export const TAIL_BYTES = 2 * MB

/** Macros of Microsoft's formats, and of OpenDocument (Basic, scripts). */
const MACROS = /(^|\/)vbaProject\.bin$|(^|\/)vbaData\.xml$|^xl\/macrosheets\/|^Basic\/|^Scripts\//i
const PROGRAMS = /\.(exe|dll|scr|bat|cmd|com|js|vbs|ps1|jar|msi)$/i

/** Checks an office file by its last bytes. `size`: of the whole file. Throws 415 or 422. */
export function checkOffice(kind: FileKind, tail: Buffer, size: number): void {
  // The end record closes the file: a comment behind it is where other files hide.
  const end = tail.length - 22
  if (end < 0 || tail.readUInt32LE(end) !== END)
    throw refused(tail.includes(Buffer.from('PK\x05\x06', 'latin1')) ? 'file_two_faced' : 'file_damaged')
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const offset = tail.readUInt32LE(end + 16)
  if (count > MOST_ENTRIES || count === 0xffff || length === 0xffffffff || offset === 0xffffffff) throw refused('file_bomb')
  // Nothing stands before the first part or between the table and its end.
  if (offset + length + 22 !== size) throw refused('file_two_faced')
  const begin = tail.length - (size - offset)
  if (begin < 0) throw refused('file_bomb')
  checkNames(kind, readTable(tail, begin, end, count, size))
}

function readTable(tail: Buffer, begin: number, end: number, count: number, size: number): Set<string> {
  const names = new Set<string>()
  let total = 0
  let at = begin
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || tail.readUInt32LE(at) !== ENTRY) throw refused('file_damaged')
    const flags = tail.readUInt16LE(at + 8)
    const method = tail.readUInt16LE(at + 10)
    const packed = tail.readUInt32LE(at + 20)
    const unpacked = tail.readUInt32LE(at + 24)
    const nameEnd = at + 46 + tail.readUInt16LE(at + 28)
    if (flags & 1) throw refused('file_password')
    if (method !== 0 && method !== 8) throw refused('file_damaged')
    if (packed === 0xffffffff || unpacked === 0xffffffff || packed > size) throw refused('file_bomb')
    // Deflate makes nothing more than 1,032 times smaller: who declares less than is packed, lies.
    if (unpacked < packed && method === 0) throw refused('file_damaged')
    total += unpacked
    if (total > UNPACKED || (total > SMALL && total > size * TIGHTEST) || (unpacked > SMALL && unpacked > packed * TIGHTEST))
      throw refused('file_bomb')
    const name = tail.toString('utf8', at + 46, nameEnd)
    if (names.has(name)) throw refused('file_damaged')
    names.add(name)
    at = nameEnd + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  if (at !== end) throw refused('file_damaged')
  return names
}

function checkNames(kind: FileKind, names: ReadonlySet<string>): void {
  for (const name of names) {
    if (MACROS.test(name)) throw refused('file_macros')
    if (PROGRAMS.test(name)) throw refused('file_executable')
  }
  const open = kind.extensions[0] === 'odt' || kind.extensions[0] === 'ods'
  if (!names.has(kind.part ?? '') || (!open && !names.has('[Content_Types].xml')))
    throw refused('file_extension', { extension: `.${kind.extensions[0]}`, found: 'ZIP' })
}
