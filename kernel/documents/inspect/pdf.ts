// A PDF is looked at while it flows: no password, and nothing behind its end. What it shows is for its reader.
import { refused } from './refusals.ts'

const ENCRYPT = Buffer.from('/Encrypt')
/** Enough to see what follows the word: ` 12 0 R` or ` <<`. */
const AFTER = 40
/** A zip archive's own end may carry a comment of so many bytes. */
const TAIL = 70_000

export type PdfCheck = { add(chunk: Buffer): void; end(): void }

/** `add` every chunk in order, then `end`. Both throw 422. */
export function pdfCheck(): PdfCheck {
  let held = Buffer.alloc(0)
  let tail = Buffer.alloc(0)
  const look = (last: boolean): void => {
    for (let at = held.indexOf(ENCRYPT); at >= 0 && (last || at + AFTER <= held.length); at = held.indexOf(ENCRYPT, at + 1))
      // ISO 32000-2 §7.5.5: the trailer's Encrypt entry, a reference or a dictionary. The trailer itself is never packed.
      if (/^\/Encrypt[\s\0]*(?:\d+\s+\d+\s+R|<<)/.test(held.toString('latin1', at, at + AFTER))) throw refused('file_password')
    held = held.subarray(Math.max(0, held.length - AFTER - ENCRYPT.length))
  }
  return {
    add(chunk) {
      held = Buffer.concat([held, chunk])
      look(false)
      tail = Buffer.concat([tail, chunk]).subarray(-TAIL)
    },
    end() {
      look(true)
      const close = tail.lastIndexOf('%%EOF')
      if (close < 0) throw refused('file_damaged')
      if (/[^\s\0]/.test(tail.toString('latin1', close + 5))) throw refused('file_two_faced')
      // A zip archive is read from its end: one whose comment reaches exactly to the end of the file is an archive as well.
      for (let at = tail.indexOf('PK\x05\x06', 0, 'latin1'); at >= 0; at = tail.indexOf('PK\x05\x06', at + 1, 'latin1'))
        if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) throw refused('file_two_faced')
    },
  }
}
