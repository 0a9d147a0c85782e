// One range of bytes (RFC 9110 §14.2): what a paused download or a PDF reader asks for. Several at once are answered whole, which the RFC allows.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Range } from './files.ts'

/** Null: the whole file. Throws 416 when nothing of it exists. */
export function rangeIn(header: string | undefined, size: number): Range | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!match || (!match[1] && !match[2])) return null
  const [from, to] = match[1]
    ? [Number(match[1]), match[2] ? Math.min(Number(match[2]), size - 1) : size - 1]
    : [Math.max(0, size - Number(match[2])), size - 1]
  if (from > to)
    throw new Refusal(416, 'range_not_there', { id: 'Bagian berkas itu tidak ada.', en: 'That part of the file does not exist.' }, [], {
      headers: { 'content-range': `bytes */${size}` },
    })
  return { from, to }
}
