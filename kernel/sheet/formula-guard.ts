// Spreadsheet programs run a CSV cell that looks like a formula. An apostrophe in front makes it text again,
// and reading takes away exactly what writing added (OWASP, "CSV Injection").

const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u
/** A dash alone ("no RW") and a negative number (a latitude) do nothing when run. */
const HARMLESS = /^-(?:\d+(?:[.,]\d+)?)?$/

const looksLikeFormula = (text: string): boolean => FORMULA.test(text) && !HARMLESS.test(text)
const bare = (text: string): string => text.replace(/^'+/, '')

/** The text as it may stand in a CSV cell. */
export const guarded = (text: string): string => (looksLikeFormula(bare(text)) ? `'${text}` : text)

/** The text that was guarded; any other text as it is. */
export const unguarded = (text: string): string => (text.startsWith("'") && looksLikeFormula(bare(text)) ? text.slice(1) : text)
