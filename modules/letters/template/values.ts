// What was filled in for a letter, checked against the fields its template asks for.
import type { FieldProblem } from '#kernel/http/refusal.ts'
import { isId } from '#kernel/resource/id.ts'
import { isDay } from '#kernel/resource/to-schema.ts'
import type { Words } from '#kernel/words.ts'
import type { Definition, FormField } from './definition.ts'
import { readNumber } from './number-words.ts'

/** Code of a field → what was filled in: text, or a list of ids for `members`. */
export type FormValues = Readonly<Record<string, unknown>>

export const TEXT_MAX = 500
export const LONG_TEXT_MAX = 4_000
export const MEMBERS_MAX = 20

const WORDS = {
  required: { id: 'Wajib diisi.', en: 'Please fill this in.' },
  unknown_field: { id: 'Isian ini tidak diminta surat ini.', en: 'This letter does not ask for this.' },
  too_long: { id: 'Paling banyak {max} huruf.', en: 'At most {max} characters.' },
  not_a_number: { id: 'Tulis angka, seperti 1.500.000.', en: 'Write a number, such as 1.500.000.' },
  not_a_day: {
    id: 'Tulis tanggal seperti 2024-12-31; tanggal ini tidak ada.',
    en: 'Write a date like 2024-12-31; this day does not exist.',
  },
  not_a_time: { id: 'Tulis jam seperti 14:30.', en: 'Write a time like 14:30.' },
  not_a_choice: { id: 'Bukan salah satu pilihan.', en: 'Not one of the choices.' },
  not_an_id: { id: 'Pilih dari daftar.', en: 'Choose from the list.' },
  wrong_type: { id: 'Bentuk isian ini keliru.', en: 'This has the wrong form.' },
} as const satisfies Record<string, Words>
type Code = keyof typeof WORDS

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)
// oxlint-disable-next-line no-control-regex
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function faultOf(field: FormField, value: unknown): Code | null {
  if (field.type === 'members')
    return Array.isArray(value) && value.length <= MEMBERS_MAX && value.every(isId) && new Set(value).size === value.length
      ? null
      : 'not_an_id'
  if (typeof value !== 'string' && !(typeof value === 'number' && field.type === 'number')) return 'wrong_type'
  const text = String(value)
  if (UNSTORABLE.test(text)) return 'wrong_type'
  if (text.length > (field.type === 'textarea' ? LONG_TEXT_MAX : TEXT_MAX)) return 'too_long'
  if (field.type === 'number') return readNumber(text) === null ? 'not_a_number' : null
  if (field.type === 'date') return isDay(text) ? null : 'not_a_day'
  if (field.type === 'time') return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? null : 'not_a_time'
  if (field.type === 'choice') return field.choices?.includes(text) ? null : 'not_a_choice'
  return field.type === 'resident' && !isId(text) ? 'not_an_id' : null
}

/** Problems by field, named `values.form_…`; empty when a letter can be made of it. */
export function checkValues({ variables }: Pick<Definition, 'variables'>, values: FormValues): FieldProblem[] {
  const problem = (name: string, code: Code): FieldProblem => ({
    field: `values.${name.slice(0, 60)}`,
    code,
    message: WORDS[code],
    values: { max: variables.find((f) => f.code === name)?.type === 'textarea' ? LONG_TEXT_MAX : TEXT_MAX },
  })
  const unknown = Object.keys(values).filter((name) => !variables.some((f) => f.code === name))
  return [
    ...unknown.map((name) => problem(name, 'unknown_field')),
    ...variables.flatMap((field) => {
      const value = Object.hasOwn(values, field.code) ? values[field.code] : undefined
      if (isBlank(value)) return field.required ? [problem(field.code, 'required')] : []
      const fault = faultOf(field, value)
      return fault ? [problem(field.code, fault)] : []
    }),
  ]
}

/** A value as text; nothing as ''. */
export const valueText = (values: FormValues, code: string): string => {
  const value = Object.hasOwn(values, code) ? values[code] : undefined
  return isBlank(value) || Array.isArray(value) ? '' : String(value).trim()
}
export const listOf = (values: FormValues, code: string): readonly string[] => {
  const value = Object.hasOwn(values, code) ? values[code] : undefined
  return Array.isArray(value) ? value.map(String) : []
}
