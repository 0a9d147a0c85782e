// What stands in place of a secret until somebody with the right asks for it. Safe in the browser.

const BULLET = '•'
/** Width of a mask that shows nothing, so that it does not tell the length either. */
const BLANK = BULLET.repeat(8)

/**
 * The value with only its first and last characters readable: `mask('9901012209070012', [4, 4])` is `9901••••••••0012`.
 * Never shows more than half of the characters: short values show fewer, in the same proportion. An empty value stays empty.
 */
export function mask(plain: string, [start, end]: readonly [start: number, end: number]): string {
  // Most values are plain ASCII, where every unit is a letter: then nothing has to be taken apart.
  const letters: readonly string[] | string = /^[\x20-\x7e]*$/.test(plain) ? plain : [...plain]
  if (letters.length === 0) return ''
  const wanted = start + end
  const allowed = Math.min(wanted, Math.floor(letters.length / 2))
  const head = wanted === 0 ? 0 : Math.floor((start * allowed) / wanted)
  const tail = wanted === 0 ? 0 : Math.floor((end * allowed) / wanted)
  if (head + tail === 0) return BLANK
  const part = (from: number, to?: number): string =>
    typeof letters === 'string' ? letters.slice(from, to) : letters.slice(from, to).join('')
  return part(0, head) + BULLET.repeat(letters.length - head - tail) + part(letters.length - tail)
}
