// What somebody filled in for a letter, checked against its template before anything is kept: values, and the other people it speaks of.
import type { Ctx } from '#kernel/ctx.ts'
import { type FieldProblem, invalid, Refusal } from '#kernel/http/refusal.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { shown } from '#kernel/resource/columns.ts'
import { isId } from '#kernel/resource/id.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { paramsOf, seekRow } from '#kernel/resource/store.ts'
import { citizens } from '#modules/registry/index.ts'
import { letterTemplates } from '../resources/index.ts'
import { checkDefinition, checkSubjects, checkValues, type FormValues, MAIN, type SubjectInputs, type Template } from '../template/index.ts'

/** What is kept, sealed, with a request and with a letter. `subjects` without the applicant, who stands in the row. */
export type Details = { readonly values: FormValues; readonly subjects: SubjectInputs }

export type TemplateRow = Stored &
  Template & {
    readonly name: string
    readonly letter_type: string
    readonly is_active: boolean
    readonly number_pattern: string | null
    readonly classification_code: string | null
    readonly validity_count: number | null
    readonly validity_unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' | null
    readonly requirements: readonly string[]
  }

const FACTS_MAX = 60
const FACT_MAX = 500

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const wrong = (field: string, code: string, message: FieldProblem['message']): FieldProblem => ({ field, code, message })
const WRONG_FORM = { id: 'Bentuk isian ini keliru.', en: 'This has the wrong form.' }

/** Whether one person has the form `{ citizenId }` or `{ facts: { nama: … } }`. */
function isSubject(one: unknown): boolean {
  if (!isObject(one) || Object.keys(one).length !== 1) return false
  if ('citizenId' in one) return isId(one['citizenId'])
  const facts = one['facts']
  return (
    isObject(facts) &&
    Object.keys(facts).length <= FACTS_MAX &&
    Object.entries(facts).every(([name, value]) => /^[a-z_]{1,40}$/.test(name) && typeof value === 'string' && value.length <= FACT_MAX)
  )
}

/** The template, when letters can be made of it. Throws 422 on `template_id`. */
export async function templateFor(ctx: Ctx, id: string): Promise<TemplateRow> {
  const row = (await seekRow(ctx, letterTemplates, id)) as TemplateRow | null
  const problem = (code: string, message: FieldProblem['message']): Refusal => invalid([wrong('template_id', code, message)])
  if (!row)
    throw problem('reference_not_found', {
      id: 'Templat ini tidak ditemukan. Pilih lagi.',
      en: 'This template was not found. Choose again.',
    })
  if (!row.is_active) throw problem('not_in_use', { id: 'Templat ini tidak dipakai lagi.', en: 'This template is no longer in use.' })
  return row
}

/** The applicant as the actor sees them. Throws 422 on `citizen_id`. */
export async function applicantFor(ctx: Ctx, id: string): Promise<Stored> {
  const row = await seekRow(ctx, citizens, id)
  if (row) return row
  throw invalid([
    wrong('citizen_id', 'reference_not_found', {
      id: 'Warga ini tidak ditemukan. Pilih lagi dari daftar.',
      en: 'This resident was not found. Choose again.',
    }),
  ])
}

/** Checks what was sent against the template; throws 422 by field (`values.form_…`, `subjects.…`). */
export async function checkDetails(
  ctx: Ctx,
  template: Template,
  given: { values: unknown; subjects: unknown },
  citizenId: string,
): Promise<Details> {
  const values = given.values ?? {}
  const subjects = given.subjects ?? {}
  const problems: FieldProblem[] = []
  if (!isObject(values)) problems.push(wrong('values', 'wrong_type', WRONG_FORM))
  if (!isObject(subjects) || Object.hasOwn(subjects, MAIN)) problems.push(wrong('subjects', 'wrong_type', WRONG_FORM))
  else
    for (const [key, one] of Object.entries(subjects))
      if (!isSubject(one)) problems.push(wrong(`subjects.${key.slice(0, 40)}`, 'wrong_type', WRONG_FORM))
  if (problems.length) throw invalid(problems)
  const details = { values, subjects } as Details
  const { definition } = checkDefinition(template.variables, template.subjects)
  problems.push(...checkSubjects(definition, withApplicant(details, citizenId)), ...checkValues(definition, details.values))
  const people: [string, string][] = Object.entries(details.subjects).flatMap(([key, one]) =>
    'citizenId' in one ? [[`subjects.${key}`, one.citizenId]] : [],
  )
  for (const field of definition.variables)
    if (field.type === 'resident' && isId(details.values[field.code]))
      people.push([`values.${field.code}`, String(details.values[field.code])])
  const seen = await visibleAmong(
    ctx,
    people.map(([, id]) => id),
  )
  for (const [field, id] of people)
    if (!seen.has(id))
      problems.push(
        wrong(field, 'reference_not_found', {
          id: 'Warga ini tidak ditemukan. Pilih lagi dari daftar.',
          en: 'This resident was not found. Choose again.',
        }),
      )
  if (problems.length) throw invalid(problems)
  return details
}

/** What was filled in for a request or a letter, opened. */
export const detailsOf = (ctx: Pick<Ctx, 'seal'>, row: Stored, of: Resource): Details =>
  shown(ctx.seal, of, 'details', row['details'], true) as Details

/** All people of a letter, the applicant among them. */
export const withApplicant = (details: Details, citizenId: string): SubjectInputs => ({ ...details.subjects, [MAIN]: { citizenId } })

async function visibleAmong(ctx: Ctx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (!ids.length) return new Set()
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ id: string }>(
    `select t.id from registry.citizens t
      where t.tenant_id = $1 and t.id = any(${param([...new Set(ids)])}::uuid[]) and t.deleted_at is null and ${ctx.sees('registry.citizens', param)}`,
    values,
  )
  return new Set(rows.map((row) => row.id))
}
