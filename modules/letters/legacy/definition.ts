// What an old template asks for (`kode_isian`, `form_isian`) → our fields and people.
import { type FieldType } from '../codes.ts'
import { PERSON } from '../template/catalogue.ts'
import { APPLICANT, type FormField, MAIN, type Subject } from '../template/definition.ts'

const TYPES: Readonly<Record<string, FieldType>> = {
  text: 'text',
  input: 'text',
  email: 'text',
  url: 'text',
  hari: 'text',
  textarea: 'textarea',
  number: 'number',
  date: 'date',
  'hari-tanggal': 'date',
  time: 'time',
  'select-manual': 'choice',
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** The old system keeps JSON in text columns. */
export const asJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}
const listed = (value: unknown): unknown[] => {
  const json = asJson(value)
  return Array.isArray(json) ? json : isObject(json) ? Object.values(json) : []
}
const words = (value: unknown): string => (typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim().slice(0, 100) : '')

/** `[form_Nama Usaha]` and `form_nama_usaha` alike. */
export const fieldCode = (raw: unknown): string => {
  const name = (typeof raw === 'string' ? raw : '')
    .toLowerCase()
    .replaceAll(/[[\]]/g, '')
    .replace(/^form_/, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 50)
  return name ? `form_${name}` : ''
}

export function convertFields(kodeIsian: unknown): FormField[] {
  const seen = new Set<string>()
  return listed(kodeIsian).flatMap((raw): FormField[] => {
    if (!isObject(raw)) return []
    const code = fieldCode(raw['kode'] ?? raw['nama'])
    if (!code || seen.has(code) || seen.size >= 60) return []
    seen.add(code)
    const choices = [
      ...new Set(
        listed(raw['pilihan'])
          .map((one) => (typeof one === 'string' ? one : isObject(one) ? words(one['nama']) : ''))
          .filter(Boolean),
      ),
    ]
      .slice(0, 100)
      .map((one) => one.slice(0, 200))
    const type = TYPES[String(raw['tipe'] ?? 'text')] ?? 'text'
    const help = words(raw['deskripsi'])
    const label = words(raw['label']) || words(raw['nama']) || code.slice('form_'.length).replaceAll('_', ' ')
    return [
      {
        code,
        type: type === 'choice' && !choices.length ? 'text' : type,
        label,
        ...(help && help !== label ? { help } : {}),
        ...(['1', 'true', true, 1].includes(raw['required'] as never) ? { required: true } : {}),
        ...(type === 'choice' && choices.length ? { choices } : {}),
      },
    ]
  })
}

const personCodes = PERSON.entries.map((entry) => entry.code).toSorted((a, b) => b.length - a.length)

/** The suffix of a person in a code: `pekerjaan_saksi_i` → `saksi_i`; null when it is no fact of a person. */
export function suffixIn(code: string): string | null {
  const fact = personCodes.find((one) => code.startsWith(`${one}_`))
  const rest = fact ? code.slice(fact.length + 1) : ''
  return /^[a-z][a-z0-9_]{0,29}$/.test(rest) && !rest.startsWith('form_') ? rest : null
}

/** Whom the letter is about: everybody that its codes speak of, called as the old template calls them. */
export function convertSubjects(formIsian: unknown, suffixes: ReadonlySet<string>): Subject[] {
  const json = asJson(formIsian)
  const told = new Map(Object.entries(isObject(json) ? json : {}).map(([key, value]) => [key.toLowerCase(), isObject(value) ? value : {}]))
  const limits = (key: string): Partial<Subject> => {
    const sex = String(told.get(key)?.['sex'] ?? '')
    return sex === '1' ? { gender: 'L' } : sex === '2' ? { gender: 'P' } : {}
  }
  const name = (key: string): string => words(told.get(key)?.['judul']) || words(told.get(key)?.['label']) || key.replaceAll('_', ' ')
  const main = told.has(MAIN) ? { ...APPLICANT, label: words(told.get(MAIN)?.['judul']) || APPLICANT.label, ...limits(MAIN) } : APPLICANT
  return [
    main,
    ...[...suffixes].slice(0, 9).map((key): Subject => ({ key, label: name(key), source: 'either', required: true, ...limits(key) })),
  ]
}
