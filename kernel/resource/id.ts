// Identifiers that sort by time: UUID version 7 (RFC 9562 §5.7). A client may make its own.
import { randomFillSync } from 'node:crypto'

// Random bytes are asked for in pages: every request needs an id, and asking costs more than making one.
const page = Buffer.alloc(10 * 256)
let used = page.length

/** A new UUIDv7. The millisecond clock leads, so that rows made together lie together in every index. */
export function newId(now: number = Date.now()): string {
  if (used === page.length) {
    randomFillSync(page)
    used = 0
  }
  const time = Math.floor(now).toString(16).padStart(12, '0')
  page[used] = 0x70 | (page[used]! & 0x0f)
  page[used + 2] = 0x80 | (page[used + 2]! & 0x3f)
  const hex = page.toString('hex', used, used + 10)
  used += 10
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)
