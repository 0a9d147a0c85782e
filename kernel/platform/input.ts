// Reading what an operator sends: every field checked, and every mistake said at its field.
import type { Context } from 'hono'
import { z } from 'zod'
import { readJson } from '#kernel/http/body.ts'
import { type FieldProblem, invalid } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'

/** Text without control characters, trimmed. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^\P{Cc}*$/u)
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i)
export const day = z.iso.date()
export const zone = z
  .string()
  .max(64)
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC')

/** The body as `schema` reads it. Throws 422 with a sentence per field. */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const { json } = await readJson(c)
  return check(json, schema)
}

export function check<T>(json: unknown, schema: z.ZodType<T>): T {
  const read = schema.safeParse(json, { reportInput: true })
  if (read.success) return read.data
  throw invalid(read.error.issues.flatMap(complaints))
}

function complaints(issue: z.core.$ZodIssue): FieldProblem[] {
  const at = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: [at, key].filter(Boolean).join('.'), code: 'unknown_field', message: UNKNOWN }))
  if (issue.input === undefined || (issue.code === 'too_small' && issue.input === ''))
    return [{ field: at, code: 'required', message: REQUIRED }]
  if (issue.code === 'too_big')
    return [{ field: at, code: 'too_long', message: { id: 'Terlalu panjang atau terlalu besar.', en: 'Too long or too large.' } }]
  return [{ field: at, code: 'invalid', message: { id: 'Isian ini tidak sesuai.', en: 'This is not one of the accepted values.' } }]
}

const UNKNOWN: Words = { id: 'Isian ini tidak dikenal.', en: 'This field is not known.' }
const REQUIRED: Words = { id: 'Isi bagian ini.', en: 'Fill this in.' }
