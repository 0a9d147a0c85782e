// A file under its own key, in pieces, so that it can be sealed and opened while it flows.
//
// Bytes of a stored file: "BALAIF" · format (2) · pieces. A piece is at most 65,536 bytes of the file, encrypted with AES-256-GCM under the
// file's own random key, followed by its tag (16). Its nonce (12) is the piece's number (11, big-endian) and whether it is the last (1): the
// STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015). So a piece that is altered, moved, repeated or missing does not open, and
// neither does a file that was cut off between two pieces. The file's id is bound to every piece as well: no file can stand in another's place.
// The key is kept beside the row, sealed with the community's data key; rotating that key seals the file's key anew and leaves the file alone.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const HEAD = Buffer.from('BALAIF\0\x01', 'latin1')
const PIECE = 65_536
const TAG = 16

/** What lies in the storage is not what was put there. */
export class FileDamaged extends Error {
  override name = 'FileDamaged'
}

export const newFileKey = (): Buffer => randomBytes(32)

/** How many bytes a file of `size` bytes (at least one) takes when it is stored. */
export const storedSize = (size: number): number => HEAD.length + size + Math.ceil(size / PIECE) * TAG

function nonceOf(piece: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(piece, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** The stream in parts of exactly `size` bytes, the last one shorter; never an empty part. */
async function* inParts(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    held.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    length += chunk.byteLength
    if (length < size) continue
    const whole = held.length === 1 ? held[0]! : Buffer.concat(held)
    let at = 0
    for (; length - at >= size; at += size) yield whole.subarray(at, at + size)
    held = at < length ? [whole.subarray(at)] : []
    length -= at
  }
  if (length) yield Buffer.concat(held)
}

/** Says of each part whether it is the last. */
async function* withLast(parts: AsyncIterable<Buffer>): AsyncGenerator<{ part: Buffer; last: boolean }> {
  let before: Buffer | null = null
  for await (const part of parts) {
    if (before) yield { part: before, last: false }
    before = part
  }
  if (before) yield { part: before, last: true }
}

/** Seals a file of at least one byte; constant memory. */
export async function* sealFile(plain: AsyncIterable<Uint8Array>, key: Buffer, fileId: string): AsyncGenerator<Buffer> {
  yield HEAD
  let piece = 0
  for await (const { part, last } of withLast(inParts(plain, PIECE))) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(piece++, last), { authTagLength: TAG }).setAAD(Buffer.from(fileId))
    yield Buffer.concat([cipher.update(part), cipher.final(), cipher.getAuthTag()])
  }
}

/** The stored bytes that hold the plain bytes `from` to `to` (inclusive) of a file of `size` bytes: where its pieces begin and end. */
export function storedRange(size: number, from: number, to: number): { first: number; from: number; to: number } {
  const first = Math.floor(from / PIECE)
  const last = Math.floor(to / PIECE)
  const end = Math.min((last + 1) * (PIECE + TAG), size + Math.ceil(size / PIECE) * TAG)
  return { first, from: HEAD.length + first * (PIECE + TAG), to: HEAD.length + end - 1 }
}

/** Opens a whole stored file; every piece is proven before it is handed on. Throws `FileDamaged`, also when the file has another length. */
export async function* openFile(stored: AsyncIterable<Buffer>, key: Buffer, fileId: string, size: number): AsyncGenerator<Buffer> {
  yield* openPieces(skipHead(stored), key, fileId, size, 0, size - 1)
}

/** Opens the bytes `from` to `to` of a file; `stored` are the bytes of `storedRange`. */
export async function* openPieces(
  stored: AsyncIterable<Buffer>,
  key: Buffer,
  fileId: string,
  size: number,
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  const end = Math.ceil(size / PIECE) - 1
  const until = Math.floor(to / PIECE)
  let piece = Math.floor(from / PIECE)
  for await (const part of inParts(stored, PIECE + TAG)) {
    if (piece > until) throw new FileDamaged('A stored file is longer than it was.')
    const plain = openPiece(part, key, fileId, piece, piece === end)
    const start = piece * PIECE
    if (plain.length !== Math.min(PIECE, size - start)) throw new FileDamaged('A piece of a stored file has another length.')
    yield plain.subarray(Math.max(0, from - start), to - start + 1)
    piece++
  }
  if (piece <= until) throw new FileDamaged('A stored file is cut off.')
}

function openPiece(part: Buffer, key: Buffer, fileId: string, piece: number, last: boolean): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(piece, last), { authTagLength: TAG })
    decipher.setAAD(Buffer.from(fileId)).setAuthTag(part.subarray(part.length - TAG))
    return Buffer.concat([decipher.update(part.subarray(0, part.length - TAG)), decipher.final()])
  } catch {
    throw new FileDamaged(`Piece ${piece} of a stored file is not what was put there.`)
  }
}

async function* skipHead(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0)
  let seen = false
  for await (const chunk of stored) {
    if (seen) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < HEAD.length) continue
    if (!head.subarray(0, HEAD.length).equals(HEAD)) throw new FileDamaged('A stored file does not begin as one.')
    seen = true
    if (head.length > HEAD.length) yield head.subarray(HEAD.length)
  }
  if (!seen) throw new FileDamaged('A stored file is cut off.')
}
