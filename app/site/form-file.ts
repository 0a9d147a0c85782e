// The fingerprint of a file in a form that a browser posts without scripts (multipart/form-data, RFC 7578): read as it flows, never held.
import { createHash } from 'node:crypto'
import { Refusal } from '#kernel/http/refusal.ts'

/** What one part says before its content. */
const HEAD_MAX = 4_000
/** Room for what the form adds around its file. */
const AROUND = 10_000

const noFile = (): Refusal => new Refusal(422, 'no_file', { id: 'Pilih dahulu sebuah berkas PDF.', en: 'Choose a PDF file first.' })
export const tooLong = (): Refusal =>
  new Refusal(413, 'too_large', { id: 'Berkas ini terlalu besar: paling banyak 20 MB.', en: 'This file is too large: at most 20 MB.' })

/**
 * SHA-256, hexadecimal, of the file that is the form's only field. Memory stays the same whatever its size. Throws 413 past `max` bytes,
 * 422 `no_file` when there is none.
 */
export async function fileInForm(request: Request, max: number): Promise<string> {
  const boundary = /^multipart\/form-data;.*\bboundary="?([^";]{1,70})"?/i.exec(request.headers.get('content-type') ?? '')?.[1]
  if (!boundary || !request.body) throw noFile()
  if (Number(request.headers.get('content-length') ?? 0) > max + AROUND) throw tooLong()
  const end = Buffer.from(`\r\n--${boundary}`)
  const hash = createHash('sha256')
  let inside = false
  let over = false
  let [size, seen] = [0, 0]
  let held = Buffer.alloc(0)
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    seen += chunk.length
    if (seen > max + AROUND) throw tooLong()
    if (over) continue
    held = Buffer.concat([held, chunk])
    if (!inside) {
      const head = held.indexOf('\r\n\r\n')
      if (head < 0 && held.length <= HEAD_MAX) continue
      if (head < 0 || head > HEAD_MAX || !/\bname="?file"?(?:;|\r|$)/i.test(held.toString('latin1', 0, head))) throw noFile()
      held = held.subarray(head + 4)
      // An empty file ends where it begins.
      if (held.subarray(0, end.length - 2).equals(end.subarray(2))) throw noFile()
      inside = true
    }
    const at = held.indexOf(end)
    over = at >= 0
    const sure = over ? at : Math.max(0, held.length - end.length)
    hash.update(held.subarray(0, sure))
    size += sure
    if (size > max) throw tooLong()
    held = Buffer.from(held.subarray(sure))
  }
  if (!over || size === 0) throw noFile()
  return hash.digest('hex')
}
