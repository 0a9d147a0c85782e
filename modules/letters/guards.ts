// A template is kept only when it can be printed: its HTML, its placeholders and what it asks for are checked as it is saved.
import type { Ctx } from '#kernel/ctx.ts'
import { type FieldProblem, invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Guard } from '#kernel/resource/guard.ts'
import { checkPattern } from './numbers/pattern.ts'
import { checkTemplate, type TemplateProblem } from './template/index.ts'

const SHOWN_MAX = 20

/** Problems of a template as problems of fields; those in a text say where. */
export const asFieldProblems = (problems: readonly TemplateProblem[]): FieldProblem[] =>
  problems.slice(0, SHOWN_MAX).map(({ field, code, message, line, column, values = {} }) => ({
    field,
    code,
    message:
      line === undefined
        ? message
        : { id: `Baris {line}, kolom {column}: ${message.id}`, en: `Line {line}, column {column}: ${message.en}` },
    values: { ...values, ...(line === undefined ? {} : { line, column }) },
  }))

const PARTS = ['template', 'attachment', 'variables', 'subjects'] as const

/** Throws 422 with every problem when a template cannot be kept by this author. */
export function refuseBroken(ctx: Pick<Ctx, 'can'>, draft: Readonly<Record<(typeof PARTS)[number], unknown>>): void {
  const problems = checkTemplate(
    {
      template: String(draft.template ?? ''),
      attachment: draft.attachment === null || draft.attachment === undefined ? null : String(draft.attachment),
      variables: draft.variables ?? [],
      subjects: draft.subjects ?? [],
    },
    (resource) => ctx.can(`${resource}:reveal`),
  )
  if (problems.length) throw invalid(asFieldProblems(problems))
}

export const templateGuard: Guard = {
  resource: 'letters.letter_templates',
  check: async (ctx, { verb, values, row }) => {
    if (verb !== 'create' && verb !== 'update') return
    if (!PARTS.some((name) => Object.hasOwn(values, name))) return
    const now = (name: (typeof PARTS)[number]): unknown => (Object.hasOwn(values, name) ? values[name] : row?.[name])
    refuseBroken(ctx, { template: now('template'), attachment: now('attachment'), variables: now('variables'), subjects: now('subjects') })
  },
}

/** A template's own number pattern is one that numbers can be written with. */
export const patternGuard: Guard = {
  resource: 'letters.letter_templates',
  check: async (_ctx, { values }) => {
    const pattern = values['number_pattern']
    const wrong = typeof pattern === 'string' && pattern ? checkPattern(pattern) : null
    if (wrong) throw invalid([{ field: 'number_pattern', code: 'rule_broken', message: wrong }])
  },
}

/** Only drafts are thrown away: what was issued stays in the archive. */
export const draftGuard: Guard = {
  resource: 'letters.generated_letters',
  check: async (_ctx, { verb, row }) => {
    if (verb === 'delete' && row?.['status'] !== 'draft')
      throw new Refusal(409, 'not_a_draft', {
        id: 'Hanya konsep yang dapat dihapus. Surat yang sudah terbit dapat dicabut.',
        en: 'Only drafts can be removed. An issued letter can be revoked.',
      })
  },
}
