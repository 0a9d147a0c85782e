// Looks at a file while it comes in: what it is, whether its name fits, and whether anything about it is to be refused.
import { createHash } from 'node:crypto'
import { tooLarge } from '#kernel/http/body.ts'
import { redraw } from './image.ts'
import { type FileKind, HEAD_BYTES, kindOf } from './kinds.ts'
import { checkOffice, TAIL_BYTES } from './office.ts'
import { pdfCheck } from './pdf.ts'

/** Pictures are held whole while they are drawn anew. */
const IMAGE_MAX = 60_000_000

export type Inspected = {
  readonly kind: FileKind
  /** What is to be kept. Throws a refusal as soon as something is wrong; only when it has ended is the file a good one. */
  readonly body: AsyncIterable<Buffer>
  /** After `body` has ended: size and SHA-256 of what is kept, SHA-256 of what was sent. */
  readonly facts: () => { readonly size: number; readonly sha256: string; readonly sent: string }
  readonly thumbnail: Buffer | null
  readonly metadata: Readonly<Record<string, number>>
}

type Allowed = { readonly maxBytes: number; readonly accepts: (kind: FileKind) => void }

/** `accepts` throws when the document's type does not take such files. Throws 413 `too_large`, 415 and 422 with the reason. */
export async function inspect(sent: AsyncIterable<Uint8Array>, name: string, { maxBytes, accepts }: Allowed): Promise<Inspected> {
  const received = createHash('sha256')
  const limited = counted(sent, maxBytes, received)
  const { head, rest } = await withHead(limited, HEAD_BYTES)
  const kind = kindOf(head, name)
  accepts(kind)
  const kept = createHash('sha256')
  let size = 0
  let hashes: { sha256: string; sent: string } | null = null
  const facts = (): { size: number; sha256: string; sent: string } => {
    hashes ??= { sha256: kept.digest('hex'), sent: received.digest('hex') }
    return { size, ...hashes }
  }
  const counting = async function* (body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      size += chunk.length
      kept.update(chunk)
      yield chunk
    }
  }
  if (kind.family === 'image') {
    const drawn = await redraw(kind, await whole(rest, Math.min(maxBytes, IMAGE_MAX)))
    const { width, height, thumbnail } = drawn
    return { kind, body: counting(once(drawn.bytes)), facts, thumbnail, metadata: { width, height } }
  }
  return {
    kind,
    body: counting(kind.family === 'pdf' ? checkedPdf(rest) : checkedOffice(kind, rest)),
    facts,
    thumbnail: null,
    metadata: {},
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function* counted(sent: AsyncIterable<Uint8Array>, most: number, hash: { update(bytes: Buffer): unknown }): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of sent) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    size += bytes.length
    if (size > most) throw tooLarge(most)
    hash.update(bytes)
    yield bytes
  }
}

/** The first `length` bytes (fewer when there are no more), and the whole stream again. */
async function withHead(chunks: AsyncGenerator<Buffer>, length: number): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const held: Buffer[] = []
  let size = 0
  while (size < length) {
    const next = await chunks.next()
    if (next.done) break
    held.push(next.value)
    size += next.value.length
  }
  const begun = Buffer.concat(held)
  return {
    head: begun.subarray(0, length),
    rest: (async function* () {
      if (begun.length) yield begun
      yield* chunks
    })(),
  }
}

async function whole(chunks: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const held: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > most) throw tooLarge(most)
    held.push(chunk)
  }
  return Buffer.concat(held)
}

async function* checkedPdf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const check = pdfCheck()
  for await (const chunk of chunks) {
    check.add(chunk)
    yield chunk
  }
  check.end()
}

async function* checkedOffice(kind: FileKind, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let length = 0
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    held.push(chunk)
    length += chunk.length
    if (length > TAIL_BYTES * 2) {
      held = [Buffer.from(Buffer.concat(held).subarray(-TAIL_BYTES))]
      length = TAIL_BYTES
    }
    yield chunk
  }
  checkOffice(kind, Buffer.concat(held), size)
}
