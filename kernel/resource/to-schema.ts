// Declaration → validation: one set of rules for server, browser and import. Knows every way a value can be wrong.
import type { Words } from '#kernel/words.ts'
import type { Field } from './field.ts'

/** What is wrong with one field. `values` fill the places of the message. */
export type Problem = { readonly field: string; readonly code: string; readonly message: Words; readonly values?: Record<string, unknown> }

export type Fields = Readonly<Record<string, Field>>
export type Checked = { readonly values: Record<string, unknown>; readonly problems: Problem[] }

const MESSAGES = {
  unknown_field: { id: 'Isian ini tidak dikenal.', en: 'This field is not known.' },
  readonly_field: { id: 'Isian ini tidak dapat diubah di sini.', en: 'This field cannot be changed here.' },
  required: { id: 'Wajib diisi.', en: 'Please fill this in.' },
  wrong_type: { id: 'Bentuk isian ini keliru.', en: 'This has the wrong form.' },
  too_long: { id: 'Paling banyak {max} huruf; ini {length}.', en: 'At most {max} characters; this has {length}.' },
  too_short: { id: 'Paling sedikit {min} huruf; ini {length}.', en: 'At least {min} characters; this has {length}.' },
  too_many: { id: 'Paling banyak {max} butir.', en: 'At most {max} entries.' },
  too_small: { id: 'Paling kecil {min}.', en: 'At least {min}.' },
  too_large: { id: 'Paling besar {max}.', en: 'At most {max}.' },
  forbidden_characters: { id: 'Mengandung karakter yang tidak dapat disimpan.', en: 'Contains characters that cannot be stored.' },
  pattern: { id: 'Bentuk isian ini keliru.', en: 'This has the wrong form.' },
  not_a_choice: { id: 'Bukan salah satu pilihan.', en: 'Not one of the choices.' },
  not_a_day: {
    id: 'Tulis tanggal seperti 2024-12-31; tanggal ini tidak ada.',
    en: 'Write a date like 2024-12-31; this day does not exist.',
  },
  too_early: { id: 'Tidak boleh sebelum {from}.', en: 'Not before {from}.' },
  too_late: { id: 'Tidak boleh sesudah {until}.', en: 'Not after {until}.' },
  not_an_instant: { id: 'Tulis waktu seperti 2024-12-31T10:00:00Z.', en: 'Write a time like 2024-12-31T10:00:00Z.' },
  not_a_number: { id: 'Tulis angka.', en: 'Write a number.' },
  not_whole: { id: 'Tulis bilangan bulat.', en: 'Write a whole number.' },
  too_precise: { id: 'Paling banyak {scale} angka di belakang koma.', en: 'At most {scale} digits after the point.' },
  not_an_id: { id: 'Pilih dari daftar.', en: 'Choose from the list.' },
  not_a_place: { id: 'Lintang −90…90, bujur −180…180.', en: 'Latitude −90…90, longitude −180…180.' },
  not_an_email: { id: 'Tulis alamat surel seperti nama@desa.id.', en: 'Write an e-mail address like name@village.id.' },
  not_a_url: { id: 'Tulis alamat web lengkap, dimulai dengan https://', en: 'Write a full web address, starting with https://' },
  not_a_phone: {
    id: 'Tulis nomor telepon Indonesia, seperti 081234567890 atau +6281234567890.',
    en: 'Write an Indonesian phone number, such as 081234567890 or +6281234567890.',
  },
} satisfies Record<string, Words>

type Fault = { code: keyof typeof MESSAGES; values?: Record<string, unknown>; message?: Words }
type Result = { value: unknown } | { fault: Fault }

const fault = (code: keyof typeof MESSAGES, values?: Record<string, unknown>, message?: Words): Result => ({
  fault: { code, ...(values ? { values } : {}), ...(message ? { message } : {}) },
})

// NUL cannot be stored by PostgreSQL; lone surrogates are not text.
// oxlint-disable-next-line no-control-regex
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0001-\u001F\u007F]/
// Indonesian numbering (Permenkominfo 14/2018): 0 or +62, then 8–13 digits.
const PHONE = /^(\+62|62|0)[2-9]\d{7,12}$/
const EMAIL = /^[^\s@<>"]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,5}$/i

function checkText(raw: unknown, f: Field): Result {
  if (typeof raw !== 'string') return fault('wrong_type')
  const text = raw.trim().normalize('NFC')
  if (UNSTORABLE.test(text) || (f.kind === 'text' && CONTROL.test(text))) return fault('forbidden_characters')
  const length = [...text].length
  if (f.max !== undefined && length > f.max) return fault('too_long', { max: f.max, length })
  if (f.min !== undefined && length < f.min) return fault('too_short', { min: f.min, length })
  if (f.pattern && !new RegExp(`^(?:${f.pattern})$`, 'u').test(text)) return fault('pattern', { length }, f.patternHelp)
  if (f.format === 'email' && !EMAIL.test(text)) return fault('not_an_email')
  if (f.format === 'phone' && !PHONE.test(text.replace(/[\s().-]/g, ''))) return fault('not_a_phone')
  if (f.format === 'url' && !isWebAddress(text)) return fault('not_a_url')
  return { value: text }
}

function isWebAddress(text: string): boolean {
  try {
    return ['https:', 'http:'].includes(new URL(text).protocol)
  } catch {
    return false
  }
}

/** Whether `YYYY-MM-DD` names a day that exists (proleptic Gregorian). */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && Number(match[1]) >= 1
}

function checkDay(raw: unknown, f: Field, today: string): Result {
  if (typeof raw !== 'string' || !isDay(raw)) return fault('not_a_day')
  const until = f.until === 'today' ? today : f.until
  if (f.from && raw < f.from) return fault('too_early', { from: f.from })
  if (until && raw > until) return fault('too_late', { until })
  return { value: raw }
}

function checkNumber(raw: unknown, f: Field): Result {
  const text = typeof raw === 'number' ? String(raw) : raw
  if (typeof text !== 'string' || !/^-?\d{1,16}(\.\d{1,6})?$/.test(text))
    return fault(typeof raw === 'object' ? 'wrong_type' : 'not_a_number')
  const number = Number(text)
  if (f.kind === 'integer' && (!Number.isInteger(number) || Math.abs(number) > 2_147_483_647)) return fault('not_whole')
  const decimals = text.split('.')[1]?.length ?? 0
  if (f.kind === 'decimal' && decimals > (f.scale ?? 2)) return fault('too_precise', { scale: f.scale ?? 2 })
  if (f.min !== undefined && number < f.min) return fault('too_small', { min: f.min })
  if (f.max !== undefined && number > f.max) return fault('too_large', { max: f.max })
  return { value: f.kind === 'integer' ? number : text }
}

function checkPoint(raw: unknown): Result {
  const p = raw as { lat?: unknown; lng?: unknown }
  if (typeof raw !== 'object' || raw === null || Object.keys(raw).some((k) => k !== 'lat' && k !== 'lng')) return fault('wrong_type')
  if (typeof p.lat !== 'number' || typeof p.lng !== 'number') return fault('not_a_place')
  if (!(Math.abs(p.lat) <= 90 && Math.abs(p.lng) <= 180)) return fault('not_a_place')
  return { value: { lat: p.lat, lng: p.lng } }
}

function checkTags(raw: unknown, f: Field): Result {
  if (!Array.isArray(raw)) return fault('wrong_type')
  if (raw.length > 500) return fault('too_many', { max: 500 })
  const found: string[] = []
  for (const item of raw) {
    const one = checkText(item, { ...f, kind: 'text' })
    if ('fault' in one) return one
    if (!found.includes(one.value as string)) found.push(one.value as string)
  }
  return { value: found }
}

/** Looks into every text and every name: written as JSON, what cannot be stored would be hidden behind its escape. */
const hasUnstorable = (value: unknown): boolean =>
  typeof value === 'string'
    ? UNSTORABLE.test(value)
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([name, inner]) => UNSTORABLE.test(name) || hasUnstorable(inner))

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/

function checkValue(raw: unknown, f: Field, today: string): Result {
  switch (f.kind) {
    case 'text':
    case 'long_text':
      return checkText(raw, f)
    case 'choice':
      return f.choices?.some((c) => c.value === raw) ? { value: raw } : fault(typeof raw === 'string' ? 'not_a_choice' : 'wrong_type')
    case 'day':
      return checkDay(raw, f, today)
    case 'instant':
      return typeof raw === 'string' && INSTANT.test(raw) && isDay(raw.slice(0, 10)) && !Number.isNaN(Date.parse(raw))
        ? { value: raw }
        : fault('not_an_instant')
    case 'integer':
    case 'decimal':
      return checkNumber(raw, f)
    case 'boolean':
      return typeof raw === 'boolean' ? { value: raw } : fault('wrong_type')
    case 'ref':
    case 'id':
      return typeof raw === 'string' && UUID.test(raw) ? { value: raw.toLowerCase() } : fault('not_an_id')
    case 'point':
      return checkPoint(raw)
    case 'tags':
      return checkTags(raw, f)
    case 'json':
      if (typeof raw !== 'object' || raw === null) return fault('wrong_type')
      return hasUnstorable(raw) ? fault('forbidden_characters') : { value: raw }
  }
}

const blank = (raw: unknown): boolean => raw === undefined || raw === null || raw === ''

/**
 * Checks the input of a create, an update (only the fields that are present) or an action against its fields.
 * Answers clean values (trimmed, normalised) and every problem found, not only the first.
 */
export function checkInput(fields: Fields, input: unknown, mode: 'create' | 'update', today: string): Checked {
  const problems: Problem[] = []
  const values: Record<string, unknown> = {}
  const report = (field: string, f: Fault): void => {
    problems.push({ field, code: f.code, message: f.message ?? MESSAGES[f.code], ...(f.values ? { values: f.values } : {}) })
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    report('', { code: 'wrong_type' })
    return { values, problems }
  }
  const given = input as Record<string, unknown>
  for (const name of Object.keys(given)) {
    const f = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!f) report(name.slice(0, 60), { code: 'unknown_field' })
    else if (f.readonly) report(name, { code: 'readonly_field' })
  }
  for (const [name, f] of Object.entries(fields)) {
    if (f.readonly) continue
    const present = Object.hasOwn(given, name)
    if (mode === 'update' && !present) continue
    const raw = present ? given[name] : f.initial
    if (blank(raw)) {
      if (f.required) report(name, { code: 'required' })
      else if (present || mode === 'create') values[name] = null
      continue
    }
    const result = checkValue(raw, f, today)
    if ('fault' in result) report(name, result.fault)
    else if (result.value === '' && f.required) report(name, { code: 'required' })
    else values[name] = result.value === '' ? null : result.value
  }
  return { values, problems }
}

/** The problem of one value as somebody leaves its field; null when it is fine. */
export function checkField(name: string, f: Field, raw: unknown, today: string): Problem | null {
  return checkInput({ [name]: f }, { [name]: raw }, 'create', today).problems[0] ?? null
}
