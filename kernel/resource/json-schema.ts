// Declaration → JSON Schema: one field as the API gives or takes it, and a body of several.
import { say } from '#kernel/words.ts'
import type { Field } from './field.ts'

export type Json = Record<string, unknown>

/** JSON Schema 2020-12 of one field's JSON form. `answer`: as the API gives it, secrets masked. */
export function schemaOf(f: Field, answer = false): Json {
  const base: Json = { description: [say(f.label, 'en'), f.help ? say(f.help, 'en') : ''].filter(Boolean).join('. ') }
  const nullable = (type: string): string | string[] => (f.required ? type : [type, 'null'])
  if (f.secret && answer) return { ...base, type: nullable('string'), description: `${base['description']} (masked)` }
  switch (f.kind) {
    case 'choice':
      return { ...base, type: nullable('string'), enum: [...(f.choices ?? []).map((c) => c.value), ...(f.required ? [] : [null])] }
    case 'day':
      return { ...base, type: nullable('string'), format: 'date' }
    case 'instant':
      return { ...base, type: nullable('string'), format: 'date-time' }
    case 'integer':
      return {
        ...base,
        type: nullable('integer'),
        ...(f.min === undefined ? {} : { minimum: f.min }),
        ...(f.max === undefined ? {} : { maximum: f.max }),
      }
    case 'decimal':
      return { ...base, type: nullable('string'), pattern: `^-?\\d{1,16}(\\.\\d{1,${f.scale ?? 2}})?$` }
    case 'boolean':
      return { ...base, type: nullable('boolean') }
    case 'ref':
    case 'id':
      return { ...base, type: nullable('string'), format: 'uuid', ...(f.to ? { 'x-resource': f.to } : {}) }
    case 'point':
      return {
        ...base,
        type: nullable('object'),
        properties: { lat: { type: 'number' }, lng: { type: 'number' } },
        required: ['lat', 'lng'],
      }
    case 'tags':
      return { ...base, type: nullable('array'), items: { type: 'string', maxLength: f.max } }
    case 'json':
      return { ...base, type: nullable('object') }
    default:
      return {
        ...base,
        type: nullable('string'),
        ...(f.max ? { maxLength: f.max } : {}),
        ...(f.min ? { minLength: f.min } : {}),
        ...(f.pattern ? { pattern: `^(${f.pattern})$` } : {}),
      }
  }
}

/** JSON Schema of what a create, an update or an action takes; `required`: what cannot be left out must be there. */
export const inputSchema = (fields: Readonly<Record<string, Field>>, required: boolean): Json => {
  const open = Object.entries(fields).filter(([, f]) => !f.readonly)
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(open.map(([name, f]) => [name, schemaOf(f)])),
    ...(required ? { required: open.filter(([, f]) => f.required && f.initial === undefined).map(([name]) => name) } : {}),
  }
}
