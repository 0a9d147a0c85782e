// Whether a template can be kept: its HTML, its placeholders, its sums, its fields and people. Says where, and what to do.
import type { Words } from '#kernel/words.ts'
import { namesIn, readSum } from './arithmetic.ts'
import { codesOf, kindOf, type Meaning, meaningOf, type Sealed, sealedOf } from './catalogue.ts'
import { checkDefinition, type Definition, type TemplateProblem } from './definition.ts'
import { parseTemplate, textsIn } from './parse.ts'
import { type CodePart, OF_DAYS, OF_NUMBERS, type Part, partsOf, type SumPart } from './placeholders.ts'
import { LIMITS, type Place, type Row } from './tree.ts'

/** The texts and lists of a template as they were sent. */
export type Draft = {
  readonly template: string
  readonly attachment?: string | null
  readonly variables: unknown
  readonly subjects: unknown
}

const WORDS = {
  unknown_placeholder: {
    id: 'Kode {code} tidak dikenal. Pilih dari daftar, atau tambahkan isian dengan kode itu.',
    en: 'The code {code} is not known. Choose from the list, or add a field with this code.',
  },
  unknown_placeholder_near: {
    id: 'Kode {code} tidak dikenal. Barangkali maksud Anda [{near}]?',
    en: 'The code {code} is not known. Did you mean [{near}]?',
  },
  not_closed: { id: 'Kurung siku {code} tidak ditutup. Tambahkan ].', en: 'The bracket {code} is not closed. Add ].' },
  not_a_name: {
    id: 'Kode {code} keliru: hanya huruf, angka dan garis bawah, tanpa spasi.',
    en: 'The code {code} is wrong: only letters, digits and underscores, no spaces.',
  },
  unknown_modifier: { id: 'Bentuk tulisan pada {code} tidak dikenal.', en: 'The way of writing in {code} is not known.' },
  modifier_misfit: {
    id: '{code} bukan tanggal atau angka yang dapat ditulis begitu. Pakai isian berjenis angka atau tanggal.',
    en: '{code} is no day or number that could be written so. Use a field of that kind.',
  },
  secret_placeholder: {
    id: 'Peran Anda tidak boleh membuka isi {code}, jadi tidak dapat menaruhnya di surat. Mintalah kepada pengelola.',
    en: 'Your role may not reveal {code}, so it cannot go into a letter. Ask an administrator.',
  },
  sum_unreadable: {
    id: 'Hitungan {code} tidak terbaca. Tulis seperti form_luas * form_harga.',
    en: 'The sum {code} cannot be read. Write it like form_area * form_price.',
  },
  sum_too_long: { id: 'Hitungan {code} terlalu panjang.', en: 'The sum {code} is too long.' },
  sum_not_a_number: {
    id: '{name} di dalam {code} bukan angka. Pakai isian berjenis angka.',
    en: '{name} in {code} is not a number. Use a field of that kind.',
  },
  row_outside_table: {
    id: 'Kode {code} mengulang baris tabel. Letakkan di dalam tabel.',
    en: 'The code {code} repeats a table row. Put it inside a table.',
  },
  rows_mixed: {
    id: 'Satu baris tabel hanya dapat diulang untuk satu daftar orang.',
    en: 'A table row can be repeated for one list of people only.',
  },
  too_many_placeholders: { id: 'Terlalu banyak kode: paling banyak {max}.', en: 'Too many codes: at most {max}.' },
} as const satisfies Record<string, Words>
type Code = keyof typeof WORDS

/** Levenshtein distance, given up beyond `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const now = [i]
    for (let j = 1; j <= b.length; j++) now[j] = Math.min(now[j - 1]! + 1, before[j]! + 1, before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    before = now
  }
  return before[b.length] ?? most + 1
}

function nearest(code: string, codes: readonly string[]): string | null {
  let best: string | null = null
  let least = 3
  for (const one of codes) {
    const far = distance(code, one, 2)
    if (far < least) [best, least] = [one, far]
  }
  return best
}

/** The place `at` characters into a text that starts at `from`. */
function placeIn(text: string, from: Place, at: number): Place {
  const before = text.slice(0, at).split('\n')
  return { line: from.line + before.length - 1, column: (before.length === 1 ? from.column : 1) + (before.at(-1)?.length ?? 0) }
}

/** Looking for the code that somebody meant costs more than all the rest; the first few are enough. */
const HINTS_MAX = 20

type Report = (code: Code, values?: Record<string, unknown>) => void
type Checking = {
  readonly d: Definition
  readonly codes: readonly string[]
  readonly mayReveal: (resource: Sealed) => boolean
  readonly hints: () => boolean
}

function checkCode(
  part: CodePart,
  row: Row | null,
  groups: Map<Row, string>,
  { d, codes, mayReveal, hints }: Checking,
  report: Report,
): void {
  const meaning: Meaning | null = meaningOf(part.code, d)
  if (!meaning) {
    const near = hints() ? nearest(part.code, codes) : null
    return near ? report('unknown_placeholder_near', { near }) : report('unknown_placeholder')
  }
  const kind = kindOf(meaning)
  if (part.modifier) {
    const fits = (kind === 'day' && OF_DAYS.has(part.modifier)) || (kind === 'number' && OF_NUMBERS.has(part.modifier))
    if (!fits) report('modifier_misfit')
  }
  const sealed = sealedOf(meaning)
  if (sealed && !mayReveal(sealed)) report('secret_placeholder')
  if (meaning.of === 'row') {
    if (!row) return report('row_outside_table')
    if ((groups.get(row) ?? meaning.group) !== meaning.group) report('rows_mixed')
    groups.set(row, meaning.group)
  }
}

function checkSum(part: SumPart, { d }: Checking, report: Report): void {
  if (part.modifier && !OF_NUMBERS.has(part.modifier)) report('modifier_misfit')
  const sum = readSum(part.text)
  if ('code' in sum) return report(sum.code === 'sum_too_long' ? 'sum_too_long' : 'sum_unreadable')
  for (const name of namesIn(sum)) {
    const meaning = meaningOf(name, d)
    if (!meaning) report('unknown_placeholder', { code: `[${name}]` })
    else if (kindOf(meaning) !== 'number' || meaning.of === 'row') report('sum_not_a_number', { name })
  }
}

function checkText(html: string, field: 'template' | 'attachment', checking: Checking): TemplateProblem[] {
  const { blocks, faults } = parseTemplate(html)
  const problems: TemplateProblem[] = faults.map((fault) => ({ field, ...fault }))
  let count = 0
  const groups = new Map<Row, string>()
  for (const { text, place, row } of textsIn(blocks))
    for (const part of partsOf(text)) {
      if (part.kind === 'text') continue
      const report: Report = (code, values = {}) =>
        void problems.push({
          field,
          ...placeIn(text, place, part.at),
          code,
          message: WORDS[code],
          values: { code: part.written, ...values },
        })
      if (++count === LIMITS.placeholders + 1) report('too_many_placeholders', { max: LIMITS.placeholders })
      if (count > LIMITS.placeholders) return problems
      if (part.kind === 'broken') report(part.why)
      else if (part.kind === 'code') checkCode(part, row, groups, checking, report)
      else checkSum(part, checking, report)
    }
  return problems
}

/**
 * Everything wrong with a template; empty when it may be kept. `mayReveal`: whether its author may see what a placeholder of that resource
 * prints. Line and column count from 1, in the text as it was sent.
 */
export function checkTemplate(draft: Draft, mayReveal: (resource: Sealed) => boolean): TemplateProblem[] {
  const { definition, problems } = checkDefinition(draft.variables, draft.subjects)
  if (problems.length) return problems
  let hinted = 0
  const checking: Checking = {
    d: definition,
    codes: codesOf(definition).map((one) => one.code),
    mayReveal,
    hints: () => hinted++ < HINTS_MAX,
  }
  return [
    ...checkText(draft.template, 'template', checking),
    ...(draft.attachment ? checkText(draft.attachment, 'attachment', checking) : []),
  ]
}

/** The resources whose secrets a kept template prints: whoever makes the letter must be allowed to reveal each. */
export function sealedIn(draft: Draft): ReadonlySet<Sealed> {
  const { definition } = checkDefinition(draft.variables, draft.subjects)
  const found = new Set<Sealed>()
  const codes = (part: Part): string[] => {
    if (part.kind === 'code') return [part.code]
    const sum = part.kind === 'sum' ? readSum(part.text) : null
    return sum && !('code' in sum) ? namesIn(sum) : []
  }
  for (const html of [draft.template, draft.attachment ?? ''])
    for (const { text } of textsIn(parseTemplate(html).blocks))
      for (const code of partsOf(text).flatMap(codes)) {
        const meaning = meaningOf(code, definition)
        const sealed = meaning && sealedOf(meaning)
        if (sealed) found.add(sealed)
      }
  return found
}
