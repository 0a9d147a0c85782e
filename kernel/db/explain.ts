// From a database error to a clear answer: which rule was broken, on which field, and what to do.
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { planLimitOf } from '#kernel/platform/plan-refusals.ts'
import type { Model } from '#kernel/resource/model.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { constraintsOf } from '#kernel/resource/to-table.ts'
import type { Words } from '#kernel/words.ts'
import { movesRule } from '#kernel/workflow/to-trigger.ts'

export type DatabaseError = Error & { code: string; constraint?: string; column?: string; detail?: string }

export const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)

/** The rule's name; on a sharded database the driver's field is empty and the name in the message carries a shard number. */
const ruleOf = (error: DatabaseError): string => error.constraint || (/constraint "(.+?)(?:_\d+)?"/.exec(error.message)?.[1] ?? '')

type Rule = { readonly resource: Resource; readonly fields: readonly string[]; readonly message: Words; readonly code: string }

const NO_SUCH_MOVE: Words = {
  id: 'Dari keadaannya sekarang tidak ada jalan ke sana.',
  en: 'No move leads there from its present state.',
}

function ruleNamed(model: Model, name: string): Rule | null {
  for (const resource of model.resources.values()) {
    const unique = resource.unique?.find((u) => u.name === name)
    if (unique) return { resource, fields: unique.fields, message: unique.message, code: 'already_used' }
    const check = resource.checks?.find((c) => c.name === name)
    if (check) return { resource, fields: check.field ? [check.field] : [''], message: check.message, code: 'rule_broken' }
    const rule = resource.rules?.find((r) => r.name === name)
    if (rule) return { resource, fields: [rule.field ?? ''], message: rule.message, code: 'rule_broken' }
    const w = model.workflows.get(resource.name)
    if (w && name === movesRule(resource)) return { resource, fields: [w.field], message: NO_SUCH_MOVE, code: 'no_such_move' }
    const own = constraintsOf(resource)[name]
    const field = Object.keys(resource.fields).find(
      (f) => name === `${resource.plural}_${f}_check` || name === `${resource.plural}_${f}_fkey`,
    )
    if (own && field && name.endsWith('_fkey'))
      return {
        resource,
        fields: [field],
        code: 'reference_not_found',
        message: { id: 'Data yang dirujuk tidak ada.', en: 'What this refers to does not exist.' },
      }
    if (own && field)
      return {
        resource,
        fields: [field],
        code: 'rule_broken',
        message: { id: 'Isian ini melanggar batasnya.', en: 'This is outside its limits.' },
      }
  }
  return null
}

/** The refusal that says what a database error means to a client; null when it is our own fault (a 500). */
export function explain(error: unknown, model: Model): Refusal | null {
  if (!isDatabaseError(error)) return null
  const rule = ruleNamed(model, ruleOf(error))
  if (rule && ['23505', '23514', '23503', '23P01'].includes(error.code)) {
    const fields = rule.fields.map((field) => ({ field, code: rule.code, message: rule.message }))
    return ['23505', '23P01'].includes(error.code) ? new Refusal(409, rule.code, rule.message, fields) : invalid(fields)
  }
  switch (error.code) {
    case 'PL409':
      return planLimitOf(error.detail)
    case '23505':
      return new Refusal(409, 'already_used', { id: 'Data seperti ini sudah ada.', en: 'There is already one like this.' })
    case '23503':
      return new Refusal(409, 'still_referenced', { id: 'Data lain masih merujuk ke sini.', en: 'Something else still refers to this.' })
    case '22001':
    case '22003':
    case '22007':
    case '22008':
    case '22021':
    case '22P02':
    case '22P05':
      return new Refusal(422, 'invalid_input', {
        id: 'Sebuah isian tidak dapat disimpan seperti ini.',
        en: 'A field cannot be stored like this.',
      })
    case '42501':
      return new Refusal(409, 'append_only', {
        id: 'Catatan ini tidak dapat diubah atau dihapus.',
        en: 'This record cannot be changed or deleted.',
      })
    case '57014':
      return new Refusal(503, 'too_slow', {
        id: 'Permintaan ini terlalu lama. Persempit saringannya.',
        en: 'This took too long. Narrow the filter.',
      })
    case '40001':
    case '40P01':
    case '55P03':
      return new Refusal(503, 'busy', { id: 'Sedang ramai. Coba lagi sebentar.', en: 'Busy right now. Try again in a moment.' }, [], {
        headers: { 'retry-after': '1' },
      })
    default:
      return null
  }
}
