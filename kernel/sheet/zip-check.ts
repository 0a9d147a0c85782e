// A workbook is a zip archive: this reads its table of contents and refuses bombs before anything is unpacked.
// The unpacker itself stops at the sizes declared here, so a table that lies gains nothing.
import { inMegabytes, type SheetLimits } from './limits.ts'
import { SheetError } from './sheet-error.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50
/** Stands in place of a number that is told in a ZIP64 record. */
const UNSAID = 0xffffffff
const MB = 1024 * 1024
/** Entries in the archive; a workbook with pictures has hundreds. */
const MOST_ENTRIES = 5_000
/** Parts this small may be packed as tightly as they like. */
const SMALL = 10 * MB
/** Real sheets pack 10 to 60 times; deflate cannot do more than about 1,030. */
const TIGHTEST = 200
/** Parts other than worksheets are unpacked whole, into objects several times their size. */
const PART = 16 * MB
const STRINGS = 64 * MB

/** Names of the parts in a zip archive. Throws `SheetError` when it is damaged, or would unpack to more than the limits allow. */
export function checkZip(bytes: Uint8Array, limits: SheetLimits): Set<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > MOST_ENTRIES) throw tooLarge(limits)
  // ZIP64 keeps a second table elsewhere, which the unpacker would believe instead of this one. No sheet within our limits needs it.
  if (view.getUint32(end + 12, true) === UNSAID || view.getUint32(end + 16, true) === UNSAID) throw tooLarge(limits)
  const names = new Set<string>()
  let total = 0
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw new SheetError('sheet_damaged')
    const method = view.getUint16(at + 10, true)
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    // A name twice, a size told elsewhere or another way of packing: nothing that writes workbooks does that.
    const told = method === 0 || (method === 8 && packed >= 2 && (size > 0 || packed === 2))
    if (names.has(name) || !told) throw new SheetError('sheet_damaged')
    names.add(name)
    total += method === 0 ? Math.max(size, packed) : size
    const most = /^xl\/worksheets\/[^/]+\.xml$/i.test(name) ? limits.uncompressed : name === 'xl/sharedStrings.xml' ? STRINGS : PART
    if (total > limits.uncompressed || size > most || (size > SMALL && size > packed * TIGHTEST)) throw tooLarge(limits)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return names
}

const tooLarge = (limits: SheetLimits): SheetError => new SheetError('sheet_unpacks_too_large', { limit: inMegabytes(limits.uncompressed) })

/** Where the end record is: in the last 64 KiB, before a comment that nobody writes. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) if (view.getUint32(at, true) === END) return at
  throw new SheetError('sheet_damaged')
}
