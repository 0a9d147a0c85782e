// Declaration → importer: the fields are the columns. Rows are only added; a row that is there already is left as it is.
import type { Ctx } from '#kernel/ctx.ts'
import { insertRows } from '#kernel/resource/store.ts'
import type { Field } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { checkInput } from '#kernel/resource/to-schema.ts'
import { mask } from '#kernel/secrets/mask.ts'
import type { Checked, Importer, Issue, SheetRow, Tell, Verdict } from './importer.ts'
import { toJson } from './cells.ts'
import { findExisting, keyFields, keyOf } from './existing.ts'
import { resolveReferences } from './references.ts'

type Values = Record<string, unknown>
type Plan = readonly Values[]

const CHECKING = { id: 'Memeriksa baris', en: 'Checking rows' }
const ADDING = { id: 'Menambahkan baris', en: 'Adding rows' }

/** Fields a sheet can fill. Structured values have no honest form in one cell. */
export const importable = (r: Pick<Resource, 'fields'>): readonly (readonly [string, Field])[] =>
  Object.entries(r.fields).filter(([, f]) => !f.readonly && f.kind !== 'json')

/** The importer every resource has by its declaration. `resources` finds what references point to. */
export function resourceImporter(r: Resource, resources: (name: string) => Resource | undefined): Importer<Plan> {
  const fields = importable(r)
  return {
    name: r.name,
    resource: r.name,
    label: { id: `Impor ${r.label.many.id}`, en: `Import ${r.label.many.en}` },
    doc: 'One row per record; the headings are the names of the fields. Records that are there already stay as they are.',
    columns: fields.map(([key, f]) => ({ key, label: f.label, ...(f.required && f.initial === undefined ? { required: true } : {}) })),

    async check(ctx, rows, tell): Promise<Checked<Plan>> {
      tell(0, rows.length, CHECKING)
      const references = await resolveReferences(ctx, fields, resources, rows)
      const keys = keyFields(r)
      const seen = new Map<string, number>()
      const drafts = rows.map((row) => {
        const { values, errors } = readRow(ctx, r, fields, row, references)
        const key = keyOf(keys, values)
        const first = errors.length ? undefined : seen.get(key)
        if (first !== undefined) errors.push(duplicate(first))
        else if (!errors.length) seen.set(key, row.row)
        return { row: row.row, title: titleOf(r, row), values, errors }
      })
      const sound = drafts.filter((d) => !d.errors.length)
      const there = new Set<number>()
      for (let start = 0; start < sound.length; start += 500) {
        const some = sound.slice(start, start + 500)
        for (const i of await findExisting(
          ctx,
          r,
          keys,
          some.map((d) => d.values),
        ))
          there.add(some[i]?.row ?? -1)
        tell(Math.min(rows.length, start + 500), rows.length, CHECKING)
      }
      const verdicts = drafts.map(({ row, title, errors }): Verdict => {
        const outcome = errors.length ? 'rejected' : there.has(row) ? 'unchanged' : 'new'
        return { row, title, outcome, errors, warnings: [] }
      })
      return { verdicts, notes: [], plan: sound.filter((d) => !there.has(d.row)).map((d) => d.values) }
    },

    async apply(ctx, plan, tell: Tell) {
      for (let start = 0; start < plan.length; start += 500) {
        tell(start, plan.length, ADDING)
        await insertRows(ctx, r, plan.slice(start, start + 500))
      }
      tell(plan.length, plan.length, ADDING)
      return { [r.plural]: plan.length }
    },
  }
}

const duplicate = (row: number): Issue => ({
  code: 'duplicate_in_file',
  message: { id: 'Sama dengan baris {row} dalam berkas ini.', en: 'The same as row {row} of this file.' },
  values: { row },
})

/** One row as JSON values, with everything that is wrong with it. Columns that are not mapped keep their initial value. */
function readRow(
  ctx: Pick<Ctx, 'today'>,
  r: Resource,
  fields: readonly (readonly [string, Field])[],
  row: SheetRow,
  references: Awaited<ReturnType<typeof resolveReferences>>,
): { values: Values; errors: Issue[] } {
  const input: Values = {}
  const errors: Issue[] = []
  for (const [name, f] of fields) {
    const text = row.cells[name]?.trim()
    if (!text) continue
    if (f.kind !== 'ref') input[name] = toJson(f, text)
    else {
      const found = references(name, text)
      if (found.length === 1) input[name] = found[0]
      else errors.push(reference(name, text, found.length))
    }
  }
  const failed = new Set(errors.map((e) => e.column))
  const { values, problems } = checkInput(r.fields, input, 'create', ctx.today)
  for (const p of problems)
    if (!failed.has(p.field)) errors.push({ code: p.code, column: p.field, message: p.message, ...(p.values ? { values: p.values } : {}) })
  return { values, errors }
}

const reference = (column: string, text: string, matches: number): Issue =>
  matches === 0
    ? { code: 'reference_not_found', column, message: { id: '“{text}” tidak ditemukan.', en: '“{text}” was not found.' }, values: { text } }
    : {
        code: 'reference_not_unique',
        column,
        message: { id: 'Ada lebih dari satu “{text}”. Tulis id-nya.', en: 'There is more than one “{text}”. Write its id.' },
        values: { text },
      }

/** What a person calls the row, from its own cells; secrets as masked as anywhere else. */
const titleOf = (r: Resource, row: SheetRow): string =>
  r.title
    .map((name) => {
      const text = row.cells[name]?.trim() ?? ''
      const secret = r.fields[name]?.secret
      return secret && text ? mask(text, secret.mask) : text
    })
    .filter(Boolean)
    .join(' ')
