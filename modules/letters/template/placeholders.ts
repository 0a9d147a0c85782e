// Finds the placeholders in a text: `[NamA]`, `[Form_gajI|rupiah]`, `[terbilang][form_gaji]`, `[hitung][form_a + form_b]`.
import { caseOf, type Case } from './case.ts'

/** How a value is written: words for numbers and days, money, Roman numerals. */
export const MODIFIERS = {
  terbilang: { id: 'dengan huruf', en: 'in words' },
  rupiah: { id: 'uang (Rp1.000,00)', en: 'money (Rp1.000,00)' },
  angka: { id: 'angka (1.000)', en: 'grouped number (1.000)' },
  romawi: { id: 'angka Romawi', en: 'Roman numeral' },
  tanggal: { id: 'tanggal (21 November 2026)', en: 'day (21 November 2026)' },
  tanggal_angka: { id: 'tanggal (21-11-2026)', en: 'day (21-11-2026)' },
  hari: { id: 'hari (Sabtu)', en: 'weekday (Sabtu)' },
  hari_tanggal: { id: 'hari dan tanggal', en: 'weekday and day' },
} as const
export type Modifier = keyof typeof MODIFIERS
export const OF_DAYS: ReadonlySet<Modifier> = new Set(['terbilang', 'tanggal', 'tanggal_angka', 'hari', 'hari_tanggal'])
export const OF_NUMBERS: ReadonlySet<Modifier> = new Set(['terbilang', 'rupiah', 'angka', 'romawi'])

export type CodePart = {
  readonly kind: 'code'
  /** In small letters. */
  readonly code: string
  readonly written: string
  readonly form: Case
  readonly modifier: Modifier | null
  readonly at: number
}
export type SumPart = {
  readonly kind: 'sum'
  readonly text: string
  readonly form: Case
  readonly modifier: Modifier | null
  readonly at: number
  readonly written: string
}
export type BrokenPart = {
  readonly kind: 'broken'
  readonly why: 'not_closed' | 'not_a_name' | 'unknown_modifier'
  readonly written: string
  readonly at: number
}
export type Part = { readonly kind: 'text'; readonly text: string } | CodePart | SumPart | BrokenPart

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/
const SHOWN = 60

/** Where the bracket that opens at `start` closes; -1 when it does not. */
function closing(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    if (text[i] === '[') depth++
    else if (text[i] === ']' && --depth === 0) return i
  }
  return -1
}

const isModifier = (name: string): name is Modifier => Object.hasOwn(MODIFIERS, name)

/** What stands between `[` and `]`, read; null when it is just a bracket in a text, such as "[ ]" or "[1]". */
function inner(content: string, at: number): CodePart | BrokenPart | null {
  if (!/^[A-Za-z]/.test(content)) return null
  const written = `[${content.slice(0, SHOWN)}]`
  const [name = '', modifier, ...more] = content.split('|').map((part) => part.trim())
  if (!NAME.test(name) || name.length > SHOWN || more.length) return { kind: 'broken', why: 'not_a_name', written, at }
  if (modifier !== undefined && !isModifier(modifier)) return { kind: 'broken', why: 'unknown_modifier', written, at }
  return { kind: 'code', code: name.toLowerCase(), written, form: caseOf(name), modifier: modifier ?? null, at }
}

/** A text as its parts, in order. Never throws; what cannot be read is a `broken` part. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let plain = ''
  const push = (part: Part): void => {
    if (plain) parts.push({ kind: 'text', text: plain })
    plain = ''
    parts.push(part)
  }
  let i = 0
  while (i < text.length) {
    const open = text.indexOf('[', i)
    if (open < 0) break
    plain += text.slice(i, open)
    const close = text.indexOf(']', open)
    const content = text.slice(open + 1, close < 0 ? undefined : close)
    if (close < 0 || content.includes('[')) {
      if (/^[A-Za-z]/.test(content)) push({ kind: 'broken', why: 'not_closed', written: `[${content.slice(0, 20)}`, at: open })
      else plain += '['
      i = open + 1 + (/^[A-Za-z][A-Za-z0-9_]*/.exec(content)?.[0].length ?? 0)
      continue
    }
    const part = inner(content, open)
    if (part === null) {
      plain += text.slice(open, close + 1)
      i = close + 1
      continue
    }
    i = close + 1
    if (part.kind === 'code' && (part.code === 'terbilang' || part.code === 'hitung') && text[i] === '[') {
      const end = closing(text, i)
      if (end < 0) {
        push({ kind: 'broken', why: 'not_closed', written: part.written, at: open })
        continue
      }
      push(operator(part, text.slice(i + 1, end), open))
      i = end + 1
    } else push(part)
  }
  plain += text.slice(i)
  if (plain) parts.push({ kind: 'text', text: plain })
  return parts
}

/** `[terbilang][form_gaji]` and `[hitung][a + b]`: the second bracket is what the first works on. */
function operator(first: CodePart, operand: string, at: number): Part {
  const written = `${first.written}[${operand.slice(0, SHOWN)}]`
  if (first.code === 'terbilang') {
    const bare = operand.trim().replace(/^\[(.*)\]$/s, '$1')
    if (NAME.test(bare)) return { kind: 'code', code: bare.toLowerCase(), written, form: first.form, modifier: 'terbilang', at }
    return { kind: 'sum', text: operand, form: first.form, modifier: 'terbilang', at, written }
  }
  return { kind: 'sum', text: operand, form: first.form, modifier: first.modifier, at, written }
}
