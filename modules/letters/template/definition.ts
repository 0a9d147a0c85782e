// What a template asks for besides its text: fields to fill in, and the people it is about. Data of a community, so it is checked.
import type { Words } from '#kernel/words.ts'
import { FIELD_TYPE, type FieldType, SUBJECT_SOURCE, type SubjectSource } from '../codes.ts'

/** A field that whoever asks for the letter fills in. `code` is its placeholder: `[form_keperluan]`. */
export type FormField = {
  readonly code: string
  readonly type: FieldType
  readonly label: string
  readonly help?: string
  readonly required?: boolean
  /** Of a `choice`. */
  readonly choices?: readonly string[]
}

/** Whom the letter is about. `key` ends their placeholders, `[nama_pelapor]`; those of the first, `individu`, end in nothing. */
export type Subject = {
  readonly key: string
  readonly label: string
  readonly source: SubjectSource
  readonly required?: boolean
  readonly gender?: 'L' | 'P'
  /** Codes of `registry.citizens.status` that may be chosen; all living here when absent. */
  readonly statuses?: readonly string[]
  /** Codes of `registry.citizens.family_relationship` that may be chosen; all when absent. */
  readonly relationships?: readonly string[]
}

export type Definition = { readonly variables: readonly FormField[]; readonly subjects: readonly Subject[] }

/** The person every letter may speak of without a suffix: the applicant. */
export const MAIN = 'individu'
export const APPLICANT: Subject = { key: MAIN, label: 'Pemohon', source: 'resident', required: true }

export const FIELDS_MAX = 60
export const SUBJECTS_MAX = 10
const CHOICES_MAX = 100
const KEY = /^[a-z][a-z0-9_]{0,29}$/
const CODE = /^form_[a-z0-9_]{1,50}$/

/** Something wrong in the template: which of its fields, a stable code, words, and where in the text (from 1). */
export type TemplateProblem = {
  readonly field: 'template' | 'attachment' | 'variables' | 'subjects'
  readonly code: string
  readonly message: Words
  readonly line?: number
  readonly column?: number
  readonly values?: Readonly<Record<string, unknown>>
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, max: number): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= max
const isList = (value: unknown, max: number, length: number): value is string[] =>
  Array.isArray(value) && value.length <= max && value.every((one) => isText(one, length))

type Report = (code: string, message: Words, values?: Record<string, unknown>) => void

function checkNames(given: Record<string, unknown>, allowed: readonly string[], what: string, report: Report): void {
  for (const name of Object.keys(given))
    if (!allowed.includes(name))
      report(
        'unknown_part',
        { id: '{what}: bagian "{name}" tidak dikenal. Hapus bagian itu.', en: '{what}: the part "{name}" is not known. Remove it.' },
        { what, name: name.slice(0, 40) },
      )
}

function checkField(raw: unknown, index: number, report: Report): FormField | null {
  const at = index + 1
  if (!isObject(raw)) {
    report('not_a_field', { id: 'Isian ke-{at} keliru bentuknya.', en: 'Field {at} has the wrong form.' }, { at })
    return null
  }
  const { code, type, label, help, required, choices } = raw
  const what = `${at}. ${isText(label, 100) ? label : '?'}`
  checkNames(raw, ['code', 'type', 'label', 'help', 'required', 'choices'], what, report)
  if (typeof code !== 'string' || !CODE.test(code))
    report(
      'field_code',
      {
        id: '{what}: kode isian diawali form_ dan hanya berisi huruf kecil, angka dan garis bawah.',
        en: '{what}: a field code starts with form_ and has only small letters, digits and underscores.',
      },
      { what },
    )
  if (!isText(label, 100)) report('field_label', { id: '{what}: beri nama isian.', en: '{what}: give the field a name.' }, { what })
  if (typeof type !== 'string' || !Object.hasOwn(FIELD_TYPE, type))
    report('field_type', { id: '{what}: pilih jenis isian dari daftar.', en: '{what}: choose the kind of field from the list.' }, { what })
  if ((help !== undefined && !isText(help, 300)) || (required !== undefined && typeof required !== 'boolean'))
    report(
      'not_a_field',
      { id: '{what}: petunjuk atau tanda wajib keliru.', en: '{what}: the hint or the required mark is wrong.' },
      { what },
    )
  if (type === 'choice' ? !isList(choices, CHOICES_MAX, 200) || !choices.length : choices !== undefined)
    report(
      'field_choices',
      type === 'choice'
        ? { id: '{what}: tulis sedikitnya satu pilihan, paling banyak 100.', en: '{what}: write at least one choice, at most 100.' }
        : { id: '{what}: hanya isian pilihan yang mempunyai daftar pilihan.', en: '{what}: only a choice has a list of choices.' },
      { what },
    )
  return raw as FormField
}

function checkSubject(raw: unknown, index: number, report: Report): Subject | null {
  const at = index + 1
  if (!isObject(raw)) {
    report('not_a_subject', { id: 'Orang ke-{at} keliru bentuknya.', en: 'Person {at} has the wrong form.' }, { at })
    return null
  }
  const { key, label, source, required, gender, statuses, relationships } = raw
  const what = `${at}. ${isText(label, 100) ? label : '?'}`
  checkNames(raw, ['key', 'label', 'source', 'required', 'gender', 'statuses', 'relationships'], what, report)
  if (typeof key !== 'string' || !KEY.test(key) || key.startsWith('form_'))
    report(
      'subject_key',
      {
        id: '{what}: kode orang hanya berisi huruf kecil, angka dan garis bawah, dan tidak diawali form_.',
        en: '{what}: a person’s code has only small letters, digits and underscores, and does not start with form_.',
      },
      { what },
    )
  if (!isText(label, 100))
    report('subject_label', { id: '{what}: beri sebutan orang ini.', en: '{what}: say what this person is called.' }, { what })
  if (typeof source !== 'string' || !Object.hasOwn(SUBJECT_SOURCE, source))
    report('subject_source', { id: '{what}: pilih asal orang ini.', en: '{what}: choose where this person comes from.' }, { what })
  const limits =
    (required === undefined || typeof required === 'boolean') &&
    (gender === undefined || gender === 'L' || gender === 'P') &&
    (statuses === undefined || isList(statuses, 10, 30)) &&
    (relationships === undefined || isList(relationships, 20, 30))
  if (!limits) report('subject_limits', { id: '{what}: saringan orang keliru.', en: '{what}: the filter of people is wrong.' }, { what })
  return raw as Subject
}

const twice = (names: readonly string[]): string[] => [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]

/** Reads what was sent as fields and people; answers a definition that can be relied on when there are no problems. */
export function checkDefinition(variables: unknown, subjects: unknown): { definition: Definition; problems: TemplateProblem[] } {
  const problems: TemplateProblem[] = []
  const reporter =
    (field: 'variables' | 'subjects'): Report =>
    (code, message, values = {}) =>
      void problems.push({ field, code, message, values })
  const [ofFields, ofPeople] = [reporter('variables'), reporter('subjects')]
  const list = (raw: unknown, max: number, report: Report): unknown[] => {
    if (Array.isArray(raw) && raw.length <= max) return raw
    report('too_many', { id: 'Kirim sebagai daftar, paling banyak {max}.', en: 'Send this as a list, at most {max}.' }, { max })
    return []
  }
  const fields = list(variables, FIELDS_MAX, ofFields).flatMap((raw, i) => checkField(raw, i, ofFields) ?? [])
  const people = list(subjects, SUBJECTS_MAX, ofPeople).flatMap((raw, i) => checkSubject(raw, i, ofPeople) ?? [])
  for (const code of twice(fields.map((f) => String(f.code))))
    ofFields(
      'field_twice',
      { id: 'Kode {code} dipakai dua kali. Ganti salah satunya.', en: 'The code {code} is used twice. Change one of them.' },
      { code: code.slice(0, 60) },
    )
  for (const key of twice(people.map((s) => String(s.key))))
    ofPeople(
      'subject_twice',
      { id: 'Kode orang {key} dipakai dua kali. Ganti salah satunya.', en: 'The person’s code {key} is used twice. Change one of them.' },
      { key: key.slice(0, 60) },
    )
  return { definition: { variables: fields, subjects: people }, problems }
}
