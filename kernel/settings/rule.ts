// The validation rule of a community's own setting: bounds, a pattern, or a list of what is allowed. Data, never code.
import type { FieldProblem } from '#kernel/http/refusal.ts'
import type { Field } from '#kernel/resource/field.ts'
import { text } from '#kernel/resource/field.ts'
import { checkField } from '#kernel/resource/to-schema.ts'
import type { Words } from '#kernel/words.ts'
import { fits, parsePattern } from './pattern.ts'
import { type DataType, typed } from './text-form.ts'

/** `min` and `max`: of a number its size, of a text its length in characters. */
export type Rule = { readonly min?: number; readonly max?: number; readonly pattern?: string; readonly one_of?: readonly string[] }

const KNOWN = ['min', 'max', 'pattern', 'one_of']
const CHOICES_MAX = 100

const broken = (id: string, en: string): FieldProblem => ({ field: 'validation_rule', code: 'rule_broken', message: { id, en } })

/** What is wrong with a rule; null when it is one. */
export function ruleProblem(raw: unknown, type: DataType): FieldProblem | null {
  if (raw === null || raw === undefined) return null
  if (typeof raw !== 'object' || Array.isArray(raw)) return broken('Aturan ditulis sebagai objek.', 'A rule is written as an object.')
  const unknown = Object.keys(raw).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined)
    return broken('Aturan hanya mengenal min, max, pattern dan one_of.', 'A rule knows only min, max, pattern and one_of.')
  const { min, max, pattern, one_of: choices } = raw as Record<string, unknown>
  for (const bound of [min, max])
    if (bound !== undefined && !Number.isFinite(bound)) return broken('min dan max adalah angka.', 'min and max are numbers.')
  if (min !== undefined && max !== undefined && Number(min) > Number(max))
    return broken('min lebih besar daripada max.', 'min is larger than max.')
  if ((min !== undefined || max !== undefined) && (type === 'BOOLEAN' || type === 'JSON'))
    return broken('Jenis ini tidak punya batas.', 'This type has no bounds.')
  if (pattern !== undefined) {
    if (type !== 'STRING') return broken('Hanya teks yang punya pola.', 'Only texts have a pattern.')
    if (typeof pattern !== 'string' || !parsePattern(pattern))
      return broken(
        'Pola hanya huruf, angka, kelas seperti [A-Z] atau \\d, dan pengulangan; tanpa kurung biasa.',
        'A pattern has only characters, classes such as [A-Z] or \\d, and repetition; no groups.',
      )
  }
  if (
    choices !== undefined &&
    !(
      Array.isArray(choices) &&
      choices.length &&
      choices.length <= CHOICES_MAX &&
      choices.every((c) => typeof c === 'string' && c.length <= 255)
    )
  )
    return broken('one_of adalah daftar teks, paling banyak 100.', 'one_of is a list of texts, at most 100.')
  return null
}

const wrong = (message: Words, values?: Record<string, unknown>): FieldProblem => ({
  field: 'value',
  code: 'rule_broken',
  message,
  ...(values ? { values } : {}),
})
const LABEL = { id: 'Nilai', en: 'Value' }

/** What is wrong with the text of a value of this type under a rule that is one; null when it is fine. */
export function valueProblem(value: string, type: DataType, rule: Rule): FieldProblem | null {
  const meant = typed(type, value)
  if (meant === undefined) return wrong(NOT[type])
  if (type === 'EMAIL' || type === 'URL') {
    const field: Field = text(LABEL, { max: 2_000, format: type === 'EMAIL' ? 'email' : 'url' })
    const problem = checkField('value', field, value, '9999-12-31')
    if (problem) return wrong(problem.message, problem.values)
  }
  const size = type === 'NUMBER' ? Number(meant) : [...value].length
  const unit = type === 'NUMBER' ? 'number' : 'text'
  if (rule.min !== undefined && size < rule.min) return wrong(TOO.small[unit], { min: rule.min })
  if (rule.max !== undefined && size > rule.max) return wrong(TOO.large[unit], { max: rule.max })
  if (rule.one_of && !rule.one_of.includes(value))
    return wrong({ id: 'Pilih salah satu: {choices}.', en: 'One of: {choices}.' }, { choices: rule.one_of.join(', ') })
  const items = rule.pattern === undefined ? null : parsePattern(rule.pattern)
  if (items && !fits(items, value))
    return wrong({ id: 'Tidak sesuai pola {pattern}.', en: 'Does not fit the pattern {pattern}.' }, { pattern: rule.pattern })
  return null
}

const NOT: Record<DataType, Words> = {
  NUMBER: { id: 'Tulis angka, dengan titik untuk pecahan.', en: 'Write a number, with a point for fractions.' },
  BOOLEAN: { id: 'Tulis true atau false.', en: 'Write true or false.' },
  JSON: { id: 'Ini bukan JSON yang benar.', en: 'This is not valid JSON.' },
  STRING: { id: 'Tulis teks.', en: 'Write a text.' },
  EMAIL: { id: 'Tulis alamat surel.', en: 'Write an e-mail address.' },
  URL: { id: 'Tulis alamat web.', en: 'Write a web address.' },
}

const TOO = {
  small: {
    number: { id: 'Paling kecil {min}.', en: 'At least {min}.' },
    text: { id: 'Paling sedikit {min} huruf.', en: 'At least {min} characters.' },
  },
  large: {
    number: { id: 'Paling besar {max}.', en: 'At most {max}.' },
    text: { id: 'Paling banyak {max} huruf.', en: 'At most {max} characters.' },
  },
}
