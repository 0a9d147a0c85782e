// One or many templates of the old system → ours, with everything that has no counterpart listed by name.
import type { Words } from '#kernel/words.ts'
import { meaningOf } from '../template/catalogue.ts'
import { checkTemplate } from '../template/check.ts'
import type { Definition } from '../template/definition.ts'
import { parseTemplate, textsIn } from '../template/parse.ts'
import { partsOf } from '../template/placeholders.ts'
import { asJson, convertFields, convertSubjects, fieldCode, suffixIn } from './definition.ts'
import { convertHtml } from './html.ts'

/** A template as it could be created, and what somebody should look at first. */
export type Converted = {
  readonly values: Readonly<Record<string, unknown>>
  /** Codes that mean nothing here, as they were written. */
  readonly unknown: readonly string[]
  readonly notes: readonly Words[]
  /** It can be saved as it is. */
  readonly ready: boolean
}

const NOTES = {
  heading: {
    id: 'Judul dan nomor dihilangkan dari isi: keduanya dicetak di atas surat.',
    en: 'Title and number were taken out: they are printed above the words.',
  },
  signature: {
    id: 'Blok tanda tangan dihilangkan dari isi: dicetak di bawah surat.',
    en: 'The signature block was taken out: it is printed below the words.',
  },
  pictures: {
    id: 'Gambar (logo, QR, foto) dihilangkan: kop dan QR dicetak tersendiri.',
    en: 'Pictures were taken out: letterhead and QR code are printed by themselves.',
  },
  unknown_parts: { id: 'Bagian yang tidak dapat berada di surat dihilangkan.', en: 'Parts that cannot stand in a letter were taken out.' },
  nested_tables: { id: 'Tabel di dalam tabel dijadikan baris teks.', en: 'Tables inside tables became lines of text.' },
  too_deep: { id: 'Sebagian isi bersarang terlalu dalam dan dihilangkan.', en: 'Some of it was nested too deeply and was taken out.' },
  attachments: {
    id: 'Lampiran bawaan ({names}) tidak ikut: buat sebagai lampiran sendiri.',
    en: 'Built-in attachments ({names}) did not come along: write them as an attachment.',
  },
} as const satisfies Record<string, Words>

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const line = (value: unknown, max: number): string =>
  (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, max)

const UNITS: Readonly<Record<string, string>> = { d: 'DAY', w: 'WEEK', m: 'MONTH', y: 'YEAR' }

/** `1 M` → one month. */
function validityOf(raw: unknown): { validity_count: number | null; validity_unit: string | null } {
  const match = /^(\d{1,3})\s*([dwmy])$/i.exec(line(raw, 10))
  const unit = UNITS[match?.[2]?.toLowerCase() ?? '']
  return match && unit && Number(match[1]) > 0
    ? { validity_count: Number(match[1]), validity_unit: unit }
    : { validity_count: null, validity_unit: null }
}

const codesIn = (html: string): { code: string; written: string }[] =>
  [...textsIn(parseTemplate(html).blocks)]
    .flatMap(({ text }) => partsOf(text))
    .flatMap((part) => (part.kind === 'code' ? [{ code: part.code, written: part.written }] : []))

/** People that the words speak of by a suffix which nothing else explains. */
function suffixesIn(html: string, known: Definition): Set<string> {
  const found = new Set<string>()
  for (const { code } of codesIn(html)) {
    const suffix = suffixIn(code)
    if (suffix && (meaningOf(code, known) === null || ['ayah', 'ibu'].includes(suffix))) found.add(suffix)
  }
  // A letter that says no more of the parents than their names and NIK takes them from the applicant.
  for (const parent of ['ayah', 'ibu'])
    if (codesIn(html).every(({ code }) => suffixIn(code) !== parent || meaningOf(code, known) !== null)) found.delete(parent)
  return found
}

export function convertOne(old: Readonly<Record<string, unknown>>): Converted {
  const { template, notes } = convertHtml(typeof old['template'] === 'string' ? old['template'] : '')
  const fields = convertFields(old['kode_isian'])
  // Fields that the words use and nobody declared become plain text fields.
  for (const { code } of codesIn(template))
    if (code.startsWith('form_') && fieldCode(code) === code && !fields.some((f) => f.code === code) && fields.length < 60)
      fields.push({ code, type: 'text', label: code.slice('form_'.length).replaceAll('_', ' ') })
  const alone: Definition = { variables: fields, subjects: [] }
  const definition: Definition = { variables: fields, subjects: convertSubjects(old['form_isian'], suffixesIn(template, alone)) }
  const unknown = [...new Set(codesIn(template).flatMap(({ code, written }) => (meaningOf(code, definition) ? [] : [written])))]
  const name = line(old['nama'], 100) || 'Surat tanpa nama'
  const attachments = line(old['lampiran'], 200)
  const values = {
    name,
    heading: line(/^surat\b/i.test(name) ? name : `Surat ${name}`, 150),
    code: /^[A-Za-z0-9][A-Za-z0-9./-]{0,19}$/.test(line(old['kode_surat'], 30)) ? line(old['kode_surat'], 20) : 'S',
    template,
    variables: definition.variables,
    subjects: definition.subjects,
    self_service: [true, 1, '1'].includes(old['mandiri'] as never),
    qr: ![false, 0, '0'].includes(old['qr_code'] as never),
    district_acknowledges: [true, 1, '1'].includes(old['kecamatan'] as never),
    ...validityOf(old['masa_berlaku']),
  }
  return {
    values,
    unknown,
    notes: [
      ...[...notes].map((note) => NOTES[note]),
      ...(attachments
        ? [{ id: NOTES.attachments.id.replace('{names}', attachments), en: NOTES.attachments.en.replace('{names}', attachments) }]
        : []),
    ],
    ready: template !== '' && checkTemplate(values, () => true).length === 0,
  }
}

export const CONVERTED_MAX = 200

/** What was pasted or uploaded: the HTML of one template, or the JSON of one or many. Null when it is none of these. */
export function convert(source: string): Converted[] | null {
  const text = source.trim()
  if (!/^[[{]\s*["{[\]}]/.test(text)) return /<[a-z]/i.test(text) ? [convertOne({ template: text })] : null
  const json = asJson(text)
  const rows = Array.isArray(json) ? json : isObject(json) ? (Array.isArray(json['data']) ? json['data'] : [json]) : null
  const templates = (rows ?? []).filter((row): row is Record<string, unknown> => isObject(row) && typeof row['template'] === 'string')
  return templates.length ? templates.slice(0, CONVERTED_MAX).map(convertOne) : null
}
