// Tar archives (POSIX.1-1988 ustar), written and read as a stream: only what the archive of a community needs.
import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Refusal } from '#kernel/http/refusal.ts'

const BLOCK = 512

export const badArchive = (why: string): Refusal =>
  new Refusal(
    422,
    'bad_archive',
    { id: 'Arsip ini rusak atau bukan arsip Balai ({why}).', en: 'This archive is damaged or not one of Balai ({why}).' },
    [],
    { more: { why } },
  )

/** The 512 bytes before a file's content. `size` in bytes, below 8 GB in octal and beyond in the GNU binary form. */
export function tarHeader(name: string, size: number, at: Date): Buffer {
  const head = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 99) throw new Error(`A name in an archive has at most 99 bytes: ${name}`)
  head.write(name, 0)
  head.write('0000600\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  if (size < 0o77777777777) head.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    head.writeBigUInt64BE(BigInt(size), 128)
    head[124] = 0x80
  }
  head.write(
    `${Math.floor(at.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  head.write('        ', 148)
  head.write('0', 156)
  head.write('ustar\u000000', 257)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

/** Zeros up to the next block. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

/** What ends an archive. */
export const tarEnd = (): Buffer => Buffer.alloc(BLOCK * 2)

export type TarEntry = { readonly name: string; readonly size: number; readonly body: AsyncIterable<Buffer> }

/** The files of an archive, in order; each body is read to its end before the next. Throws 422 `bad_archive`. */
export async function* readTar(stream: Readable): AsyncGenerator<TarEntry> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let held: Buffer = Buffer.alloc(0)

  async function more(): Promise<boolean> {
    const next = await chunks.next()
    if (next.done) return false
    held = held.length ? Buffer.concat([held, next.value]) : next.value
    return true
  }
  async function exactly(size: number): Promise<Buffer> {
    while (held.length < size) if (!(await more())) throw badArchive('ends early')
    const taken = held.subarray(0, size)
    held = held.subarray(size)
    return taken
  }
  async function* content(size: number, left: { bytes: number }): AsyncGenerator<Buffer> {
    while (left.bytes > 0) {
      if (!held.length && !(await more())) throw badArchive('ends early')
      const part = held.subarray(0, Math.min(held.length, left.bytes))
      held = held.subarray(part.length)
      left.bytes -= part.length
      yield part
    }
    await exactly((BLOCK - (size % BLOCK)) % BLOCK)
  }

  for (;;) {
    const head = await exactly(BLOCK)
    if (head.every((byte) => byte === 0)) return
    const sum = head.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
    if (sum !== Number.parseInt(head.toString('latin1', 148, 154), 8)) throw badArchive('header')
    const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const size = head[124] === 0x80 ? Number(head.readBigUInt64BE(128)) : Number.parseInt(head.toString('latin1', 124, 135), 8)
    if (!Number.isSafeInteger(size) || size < 0 || !/^[a-z0-9_."]{1,99}$/.test(name)) throw badArchive('header')
    const left = { bytes: size }
    const body = content(size, left)
    yield { name, size, body }
    // Whoever did not want this file skips it.
    if (left.bytes > 0) for await (const _ of body);
  }
}

/** The lines of a file, without their ends. A line is at most 400 MB. */
export async function* linesOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = []
  let size = 0
  for await (let part of body) {
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10)) {
      held.push(part.subarray(0, end))
      yield Buffer.concat(held).toString('utf8')
      held = []
      size = 0
      part = part.subarray(end + 1)
    }
    size += part.length
    if (size > 400_000_000) throw badArchive('line')
    if (part.length) held.push(part)
  }
  if (held.length) throw badArchive('line')
}

/** The files of an archive, unpacked as they are read. */
export function openArchive(file: string): ReturnType<typeof readTar> {
  const packed = createReadStream(file, { highWaterMark: 1 << 18 })
  // Errors of the file or of unpacking reach whoever reads the stream.
  return readTar(pipeline(packed, createGunzip(), () => {}))
}
