// What a template asks for, as fields of a form: the generic inputs then fit.
import { choice, day, longText, optional, ref, text } from '#kernel/resource/field.ts'
import type { Field } from '#kernel/resource/field.ts'
import type { FormField, Subject } from '../../template/definition.ts'
import { MAIN } from '../../template/definition.ts'

export type Asked = { readonly variables: readonly FormField[]; readonly subjects: readonly Subject[] }
type FieldMap = Record<string, Field>

const same = (label: string) => ({ id: label, en: label })

function asField(one: FormField): Field | null {
  const label = same(one.label)
  const facts = one.help ? { help: same(one.help) } : {}
  const made =
    one.type === 'textarea'
      ? longText(label, { max: 4_000, ...facts })
      : one.type === 'date'
        ? day(label, facts)
        : one.type === 'choice'
          ? choice(label, Object.fromEntries((one.choices ?? []).map((value) => [value, same(value)])), facts)
          : one.type === 'resident'
            ? ref('registry.citizens', label, facts)
            : one.type === 'members'
              ? null
              : text(label, { max: 500, ...facts })
  return made && (one.required ? made : optional(made as Field<string>))
}

/** What is asked of somebody from elsewhere; the names are placeholders of a person. */
const OUTSIDE = {
  nama: { id: 'Nama', en: 'Name' },
  ttl: { id: 'Tempat dan tanggal lahir', en: 'Place and date of birth' },
  pekerjaan: { id: 'Pekerjaan', en: 'Occupation' },
  alamat: { id: 'Alamat', en: 'Address' },
}

export const residentOf = (key: string): string => `person_${key}`
export const outsideOf = (key: string, fact: string): string => `outside_${key}_${fact}`

/** The people besides the applicant. */
export const othersOf = (asked: Asked): readonly Subject[] => asked.subjects.filter((one) => one.key !== MAIN)

/** All fields of a template, by name: those of its form, and those of its people. */
export function fieldsOf(asked: Asked): FieldMap {
  const fields: FieldMap = {}
  for (const one of othersOf(asked)) {
    if (one.source !== 'outside') {
      const made = ref('registry.citizens', same(one.label))
      fields[residentOf(one.key)] = one.required && one.source === 'resident' ? made : optional(made)
    }
    if (one.source !== 'resident')
      for (const [fact, label] of Object.entries(OUTSIDE)) {
        const made = text({ id: `${one.label}: ${label.id.toLowerCase()}`, en: `${one.label}: ${label.en.toLowerCase()}` }, { max: 300 })
        fields[outsideOf(one.key, fact)] = one.required && one.source === 'outside' && fact === 'nama' ? made : optional(made)
      }
  }
  for (const one of asked.variables) {
    const made = asField(one)
    if (made) fields[one.code] = made
  }
  return fields
}

export type Filled = { readonly values: Record<string, unknown>; readonly subjects: Record<string, unknown> }

/** What was filled in → what the server is sent. `members`: chosen people of the family, by code. */
export function sent(asked: Asked, valueOf: (name: string) => unknown, members: Readonly<Record<string, readonly string[]>>): Filled {
  const values: Record<string, unknown> = {}
  for (const one of asked.variables) {
    const value = one.type === 'members' ? members[one.code] : valueOf(one.code)
    if (value !== null && value !== undefined && value !== '') values[one.code] = value
  }
  const subjects: Record<string, unknown> = {}
  for (const { key } of othersOf(asked)) {
    const resident = valueOf(residentOf(key))
    const facts = Object.fromEntries(
      Object.keys(OUTSIDE).flatMap((fact) => {
        const value = valueOf(outsideOf(key, fact))
        return typeof value === 'string' && value.trim() ? [[fact, value.trim()]] : []
      }),
    )
    if (resident) subjects[key] = { citizenId: resident }
    else if (Object.keys(facts).length) subjects[key] = { facts }
  }
  return { values, subjects }
}

/** What was kept → what stands in the form. */
export function filledIn({ values, subjects }: Filled): Record<string, unknown> {
  const made: Record<string, unknown> = { ...values }
  for (const [key, one] of Object.entries(subjects as Record<string, { citizenId?: string; facts?: Record<string, string> }>)) {
    if (one.citizenId) made[residentOf(key)] = one.citizenId
    for (const [fact, value] of Object.entries(one.facts ?? {})) made[outsideOf(key, fact)] = value
  }
  return made
}

/** Problems of the server, named as the fields of the form: `values.form_x` → `form_x`, `subjects.ayah` → `person_ayah`. */
export const fieldNamed = (path: string, fields: Readonly<Record<string, Field>>): string => {
  if (path.startsWith('values.')) return path.slice('values.'.length)
  if (!path.startsWith('subjects.')) return path
  const key = path.slice('subjects.'.length)
  return residentOf(key) in fields ? residentOf(key) : outsideOf(key, 'nama')
}
