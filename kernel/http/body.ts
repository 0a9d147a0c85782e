// Reading what a client sends, within limits: size, type, depth.
import type { Context } from 'hono'
import { Refusal } from './refusal.ts'

export const BODY_MAX = 1_000_000
const DEPTH_MAX = 20

const badJson = (): Refusal =>
  new Refusal(400, 'invalid_json', { id: 'Isi permintaan bukan JSON yang benar.', en: 'The request body is not valid JSON.' })

export const tooLarge = (max: number): Refusal =>
  new Refusal(413, 'too_large', { id: 'Terlalu besar: paling banyak {max} bita.', en: 'Too large: at most {max} bytes.' }, [], {
    more: { max },
  })

/** The body as bytes, refused as soon as it passes `max`. */
export async function readBytes(request: Request, max: number): Promise<Uint8Array> {
  const length = request.headers.get('content-length')
  if (length !== null) {
    if (Number(length) > max) throw tooLarge(max)
    // The server reads no more than was announced, and this way is much faster than a stream.
    return new Uint8Array(await request.arrayBuffer())
  }
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > max) throw tooLarge(max)
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  for (const item of Object.values(value)) if (tooDeep(item, left - 1)) return true
  return false
}

/** The body as JSON; an absent body is `{}`. The text is kept for the idempotency hash. */
export async function readJson(c: Context): Promise<{ json: unknown; text: string }> {
  const bytes = await readBytes(c.req.raw, BODY_MAX)
  if (!bytes.byteLength) return { json: {}, text: '' }
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(json|merge-patch\+json)\b/i.test(type))
    throw new Refusal(415, 'not_json', { id: 'Kirim sebagai application/json.', en: 'Send this as application/json.' })
  let text: string
  let json: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    json = JSON.parse(text)
  } catch {
    throw badJson()
  }
  if (tooDeep(json, DEPTH_MAX))
    throw new Refusal(400, 'too_deep', { id: 'Isi permintaan bersarang terlalu dalam.', en: 'The request body is nested too deeply.' })
  return { json, text }
}
