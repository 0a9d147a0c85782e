// The letters of a placeholder choose the letters of what replaces it: `[NAma]` shouts, `[nama]` whispers (notation of the old system).

export type Case = 'as_is' | 'lower' | 'upper' | 'title'

const isUpper = (letter: string | undefined): boolean => letter !== undefined && letter >= 'A' && letter <= 'Z'

/** First rule that holds: first and last letter large → as stored; first small → small; two large → all large; else Each Word. */
export function caseOf(code: string): Case {
  if (isUpper(code[0]) && isUpper(code.at(-1)) && code.length > 1) return 'as_is'
  if (!isUpper(code[0])) return 'lower'
  return isUpper(code[1]) ? 'upper' : 'title'
}

/** Writes a code (small letters) so that `caseOf` reads this case from it. One that ends in a digit cannot say `as_is`; it says `title`. */
export function inCase(code: string, wanted: Case): string {
  const first = (code[0] ?? '').toUpperCase()
  if (wanted === 'lower') return code
  if (wanted === 'upper') return first + (code[1] ?? '').toUpperCase() + code.slice(2)
  if (wanted === 'title') return first + code.slice(1)
  return first + code.slice(1, -1) + (code.at(-1) ?? '').toUpperCase()
}

/** What stays large in running text: neighbourhoods are never "Rt 02". */
const LARGE = new Set([
  'RT',
  'RW',
  'NIK',
  'KK',
  'KTP',
  'WNI',
  'WNA',
  'SD',
  'SMP',
  'SMA',
  'TNI',
  'PNS',
  'BUMN',
  'BUMD',
  'DKI',
  'II',
  'III',
  'IV',
])

/** Every Word Begins Large; after a full stop too, so that degrees stay degrees (`S.Pd.`). */
function titled(text: string): string {
  let fresh = true
  let out = ''
  for (const letter of text.toLocaleLowerCase('id')) {
    const isLetter = letter.toLowerCase() !== letter.toUpperCase()
    out += fresh && isLetter ? letter.toLocaleUpperCase('id') : letter
    if (isLetter || (letter >= '0' && letter <= '9')) fresh = false
    else if (letter !== "'" && letter !== '’') fresh = true
  }
  return out.replaceAll(/\p{L}+/gu, (word) => (LARGE.has(word.toUpperCase()) ? word.toUpperCase() : word))
}

export function withCase(text: string, wanted: Case): string {
  if (wanted === 'lower') return text.toLocaleLowerCase('id')
  if (wanted === 'upper') return text.toLocaleUpperCase('id')
  return wanted === 'title' ? titled(text) : text
}
