// A setting's value as the text that is kept, and back: one column holds every kind.
import type { Field } from '#kernel/resource/field.ts'

/** The requirement's data types. */
export type DataType = 'STRING' | 'NUMBER' | 'BOOLEAN' | 'JSON' | 'EMAIL' | 'URL'

/** Which of them a field is. */
export function dataTypeOf(f: Field): DataType {
  if (f.kind === 'integer' || f.kind === 'decimal') return 'NUMBER'
  if (f.kind === 'boolean') return 'BOOLEAN'
  if (f.kind === 'point' || f.kind === 'tags' || f.kind === 'json') return 'JSON'
  return f.format === 'email' ? 'EMAIL' : f.format === 'url' ? 'URL' : 'STRING'
}

/** The text of a checked value; null stays null. */
export function toText(f: Field, value: unknown): string | null {
  if (value === null || value === undefined) return null
  return dataTypeOf(f) === 'JSON' ? JSON.stringify(value) : String(value)
}

/** The value of a kept text, in the field's JSON form. Undefined when the text is not of this kind. */
export function fromText(f: Field, text: string): unknown {
  const value = typed(dataTypeOf(f), text)
  return f.kind === 'decimal' ? text : value
}

/** A text as its data type says; undefined when it is not one. */
export function typed(type: DataType, text: string): unknown {
  if (type === 'NUMBER') return /^-?\d{1,16}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined
  if (type === 'BOOLEAN') return text === 'true' ? true : text === 'false' ? false : undefined
  if (type !== 'JSON') return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
