// Numbers as Indonesian letters write them: in words (terbilang), grouped, as money, in Roman numerals.

const ONES = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh', 'sebelas']
const GROUPS = ['', 'ribu', 'juta', 'miliar', 'triliun', 'kuadriliun'] as const

/** The largest number that has words here, inclusive: 999 kuadriliun …. */
export const LARGEST = 10n ** 18n - 1n

/** 1…999 in words. */
function hundreds(n: number): string {
  const words: string[] = []
  if (n >= 200) words.push(`${ONES[Math.floor(n / 100)]} ratus`)
  else if (n >= 100) words.push('seratus')
  const rest = n % 100
  if (rest >= 20) words.push(`${ONES[Math.floor(rest / 10)]} puluh${rest % 10 ? ` ${ONES[rest % 10]}` : ''}`)
  else if (rest >= 12) words.push(`${ONES[rest - 10]} belas`)
  else if (rest > 0) words.push(ONES[rest] ?? '')
  return words.join(' ')
}

function wholeWords(n: bigint): string {
  if (n === 0n) return 'nol'
  const parts: string[] = []
  let left = n
  for (let group = 0; left > 0n; group++, left /= 1000n) {
    const three = Number(left % 1000n)
    if (three === 0) continue
    // One thousand has a word of its own; one million has not.
    if (group === 1 && three === 1) parts.unshift('seribu')
    else parts.unshift([hundreds(three), GROUPS[group]].filter(Boolean).join(' '))
  }
  return parts.join(' ')
}

/**
 * A number in words: `1500000` → "satu juta lima ratus ribu"; `-2.5` → "minus dua koma lima". Takes what `readNumber` answers.
 * Null beyond ±10¹⁸.
 */
export function terbilang(number: string | number | bigint): string | null {
  const text = String(number)
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return null
  const whole = BigInt(match[2] ?? '0')
  if (whole > LARGEST) return null
  const decimals = (match[3] ?? '').replace(/0+$/, '')
  const after = decimals ? ` koma ${[...decimals].map((digit) => ONES[Number(digit)]).join(' ')}` : ''
  return `${match[1] && (whole > 0n || decimals) ? 'minus ' : ''}${wholeWords(whole)}${after}`
}

/**
 * What a person wrote as a number, as plain digits with a decimal point: "1.500.000,50" and "1500000.5" alike. A single point before
 * exactly three digits groups, as in Indonesia. Null when it is no number.
 */
export function readNumber(written: string): string | null {
  const text = written.trim().replace(/^Rp\.?\s*/i, '')
  if (!/^-?\d[\d.,]*$/.test(text) || text.length > 40) return null
  const [head = '', ...tail] = text.split(',')
  if (tail.length > 1) return null
  const grouped = /^-?\d{1,3}(\.\d{3})+$/.test(head)
  const plain = grouped ? head.replaceAll('.', '') : head
  if (tail.length === 1) return /^-?\d+$/.test(plain) && /^\d+$/.test(tail[0] ?? '') ? `${plain}.${tail[0]}` : null
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null
}

const groupedDigits = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '.')

/** `1500000.5` → "1.500.000,5". */
export function grouped(number: string): string {
  const [whole = '', decimals] = number.replace('-', '').split('.')
  return `${number.startsWith('-') ? '-' : ''}${groupedDigits(whole)}${decimals ? `,${decimals}` : ''}`
}

/** `1500000` → "Rp1.500.000,00" (EYD V: no space after Rp, decimals after a comma). */
export function rupiah(number: string): string {
  const [whole = '', decimals = ''] = number.replace('-', '').split('.')
  return `${number.startsWith('-') ? '-' : ''}Rp${groupedDigits(whole)},${`${decimals}00`.slice(0, 2)}`
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

/** 1…3999 in Roman numerals, as the month of a letter's number; null outside. */
export function roman(n: number): string | null {
  if (!Number.isInteger(n) || n < 1 || n > 3999) return null
  let [left, out] = [n, '']
  for (const [value, letters] of ROMAN)
    while (left >= value) {
      out += letters
      left -= value
    }
  return out
}
