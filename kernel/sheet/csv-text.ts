// A CSV file says neither its alphabet nor its separator: both are worked out here.
import { SheetError } from './sheet-error.ts'

/** The text of a file in UTF-8, UTF-16 (with a byte order mark, or evident from its zeros) or else Windows-1252, without the mark. */
export function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return decode(bytes, 'utf-16le')
  if (a === 0xfe && b === 0xff) return decode(bytes, 'utf-16be')
  const zeros = zerosIn(bytes.subarray(0, 4_096))
  if (zeros.odd > 0.3 && zeros.even < 0.05) return decode(bytes, 'utf-16le')
  if (zeros.even > 0.3 && zeros.odd < 0.05) return decode(bytes, 'utf-16be')
  if (zeros.odd + zeros.even > 0) throw new SheetError('sheet_unknown')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decode(bytes, 'windows-1252')
  }
}

const decode = (bytes: Uint8Array, alphabet: string): string => new TextDecoder(alphabet).decode(bytes)

function zerosIn(bytes: Uint8Array): { even: number; odd: number } {
  let even = 0
  let odd = 0
  bytes.forEach((byte, i) => {
    if (byte === 0 && i % 2 === 0) even++
    else if (byte === 0) odd++
  })
  const half = Math.max(1, bytes.length / 2)
  return { even: even / half, odd: odd / half }
}

export type Delimiter = ',' | ';' | '\t'
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t']

/** What separates the cells: said by Excel's first line `sep=;`, else what the heading line and the lines after it agree on. */
export function delimiterOf(text: string): { delimiter: Delimiter; start: number } {
  const said = /^sep=([,;\t])\r?\n/i.exec(text)
  if (said) return { delimiter: said[1] as Delimiter, start: said[0].length }
  const lines = linesOf(text, 20)
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const heading = counts[0] ?? 0
    const score = heading === 0 ? 0 : counts.filter((c) => c === heading).length * 1_000 + heading
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, start: 0 }
}

/** The first lines that are not blank, without what stands in quotation marks. */
function linesOf(text: string, most: number): string[] {
  const sample = text.slice(0, 100_000).replace(/"(?:[^"]|"")*"/g, '')
  return sample
    .split(/\r\n|\r|\n/, most * 2)
    .filter((line) => line.trim() !== '')
    .slice(0, most)
}
