// When two personal values count as the same for searching: blind indexes are made of these forms.

/**
 * The form in which values are compared for equality: compatibility-normalised (NFKC), lower case, single spaces.
 * A number written with spaces, dots or dashes (`99.0101-220907-0012`) is only its digits.
 */
export function normal(value: string): string {
  const text = value.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim()
  const digits = text.replace(/[\s.\p{Pd}\u2212]/gu, '')
  return /^\d+$/.test(digits) ? digits : text
}

/** The words of a value, without diacritics and repeats, lower case: `Jl. Kénari RT 03` is jl, kenari, rt, 03. */
export function wordsOf(value: string): string[] {
  const plain = value.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean))]
}
