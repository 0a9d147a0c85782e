// What a client sends to routes that belong to no community, checked against a small schema; what is wrong is said per field.
import { readJson } from '#kernel/http/body.ts'
import { invalid } from '#kernel/http/refusal.ts'
import type { Context } from 'hono'
import type { z } from 'zod'

/** Throws 422 with every problem, 400, 413, 415. */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  return checked((await readJson(c)).json, schema)
}

export function checked<T>(json: unknown, schema: z.ZodType<T>): T {
  const read = schema.safeParse(json, { reportInput: true })
  if (read.success) return read.data
  throw invalid(
    read.error.issues.flatMap((issue) => {
      const fields = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')]
      return fields.map((field) => ({ field, ...complaint(issue) }))
    }),
  )
}

function complaint(issue: z.core.$ZodIssue) {
  if (issue.code === 'unrecognized_keys')
    return { code: 'unknown_field', message: { id: 'Isian ini tidak dikenal.', en: 'This field is not known.' } }
  if (issue.code === 'too_big') return { code: 'too_long', message: { id: 'Isian ini terlalu panjang.', en: 'This is too long.' } }
  if (issue.code === 'too_small' || issue.input === undefined)
    return { code: 'required', message: { id: 'Isi bagian ini.', en: 'Fill this in.' } }
  return { code: 'invalid', message: { id: 'Isian ini tidak sesuai.', en: 'This is not one of the accepted values.' } }
}
