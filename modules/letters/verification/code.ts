// A verification code as people type it from paper.

/**
 * In the form it was made in (process/verification-code.ts): small letters, o read as 0, i and l as 1, hyphens and spaces left out (as Crockford's
 * base 32 is read). Null when it cannot be a code.
 */
export function readCode(typed: string): string | null {
  const code = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(code) ? code : null
}
