// A cell of a workbook as the text a person would have typed: no exponents, no time zones, no digits made up.

export type CellText = { readonly text: string /** Digits may have been lost before the file reached us. */; readonly rounded?: true }

/** Text of any value a workbook cell can hold. Days are `YYYY-MM-DD`, moments `YYYY-MM-DDTHH:MM:SS`, times of day `HH:MM:SS`. */
export function cellText(value: unknown): CellText {
  if (value === null || value === undefined) return { text: '' }
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  if (value instanceof Date) return { text: dateText(value) }
  return plainText(String(value))
}

/** Text as it stands, without what no database keeps (NUL, half characters). A number Excel has shortened is marked. */
export function plainText(value: string): CellText {
  const text = value.replaceAll('\0', '').toWellFormed()
  return /^\d[.,]\d+E\+\d+$/i.test(text.trim()) ? { text, rounded: true } : { text }
}

/** Excel keeps 15 digits, so a longer number (a NIK typed as a number) has an invented end. */
function numberText(value: number): CellText {
  if (!Number.isFinite(value)) return { text: '' }
  if (Math.abs(value) >= 1e15) return { text: BigInt(Math.round(value)).toString(), rounded: true }
  if (Number.isInteger(value)) return { text: String(value) }
  const exact = Number(value.toPrecision(15)) // 0.1 + 0.2 is 0.3 on the screen
  const short = String(exact)
  return { text: short.includes('e') ? exact.toFixed(20).replace(/\.?0+$/, '') : short }
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const [day, time] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19).split('T') as [string, string]
  if (day < '1900-01-01') return time
  return time === '00:00:00' ? day : `${day}T${time}`
}
