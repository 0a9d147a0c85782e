// A text with placeholders → words. What is filled in is never read again: a name "[nik]" prints as it is written.
import { calculate, readSum } from './arithmetic.ts'
import { withCase } from './case.ts'
import { kindOf, type Meaning, meaningOf, type ValueKind } from './catalogue.ts'
import { dayInWords, longDay, shortDay, weekday, weekdayAndDay } from './date-words.ts'
import type { Definition } from './definition.ts'
import { grouped, readNumber, roman, rupiah, terbilang } from './number-words.ts'
import type { PersonFacts } from './people.ts'
import { type CodePart, type Modifier, type Part, partsOf, type SumPart } from './placeholders.ts'

/** Everything a letter's placeholders can say. */
export type Filling = {
  readonly definition: Definition
  readonly fixed: Readonly<Record<string, string>>
  /** Key of a person of the letter, or code of a field that picks one → what is known. */
  readonly people: ReadonlyMap<string, PersonFacts>
  /** Name of a list of people → them, in order. */
  readonly lists: ReadonlyMap<string, readonly PersonFacts[]>
  readonly fields: Readonly<Record<string, string>>
  readonly empty: string
}

/** The person that a repeated row is about now, and their place in the list. */
export type RowNow = { readonly group: string; readonly person: PersonFacts | null; readonly nth: number }

function rawOf(meaning: Meaning, f: Filling, row: RowNow | null): string {
  switch (meaning.of) {
    case 'person':
      return f.people.get(meaning.who)?.[meaning.code] ?? ''
    case 'field':
      // A field that picks a resident says their name.
      return f.people.get(meaning.code)?.['nama'] ?? f.fields[meaning.code] ?? ''
    case 'row':
      if (meaning.code === 'no') return row?.person ? String(row.nth) : ''
      return row?.person?.[meaning.code] ?? ''
    case 'member': {
      const member = f.lists.get('klg')?.[meaning.nth - 1]
      return meaning.code === 'no' ? (member ? String(meaning.nth) : '') : (member?.[meaning.code] ?? '')
    }
    default:
      return f.fixed[meaning.code] ?? ''
  }
}

const DAYS: Partial<Record<Modifier, (day: string) => string | null>> = {
  terbilang: dayInWords,
  tanggal: longDay,
  tanggal_angka: shortDay,
  hari: weekday,
  hari_tanggal: weekdayAndDay,
}
const NUMBERS: Partial<Record<Modifier, (number: string) => string | null>> = {
  terbilang,
  rupiah,
  angka: grouped,
  romawi: (number) => roman(Number(number)),
}

/** A raw value in the way it was asked for; '' when it cannot be. */
function written(raw: string, kind: ValueKind, modifier: Modifier | null): string {
  if (raw === '') return ''
  if (kind === 'day') return (DAYS[modifier ?? 'tanggal'] ?? longDay)(raw) ?? raw
  if (modifier) {
    const number = readNumber(raw)
    return (number === null ? null : NUMBERS[modifier]?.(number)) ?? ''
  }
  return raw
}

/** Digits, days and codes are never made small: "21 november" and "s-41" are no better. */
const cased = (text: string, part: CodePart | SumPart, kind: ValueKind): string =>
  kind !== 'text' && (part.modifier !== 'terbilang' || kind === 'day') && part.form !== 'upper' ? text : withCase(text, part.form)

function sumText(part: SumPart, f: Filling): string {
  const sum = readSum(part.text)
  if ('code' in sum) return ''
  const result = calculate(sum, (name) => {
    const meaning = meaningOf(name, f.definition)
    const number = meaning ? readNumber(rawOf(meaning, f, null)) : null
    return number === null ? null : Number(number)
  })
  if (result === null || typeof result !== 'string') return ''
  return cased(written(result, 'number', part.modifier ?? 'angka'), part, 'number')
}

function partText(part: Part, f: Filling, row: RowNow | null): string {
  if (part.kind === 'text') return part.text
  if (part.kind === 'broken') return part.written
  if (part.kind === 'sum') return sumText(part, f) || f.empty
  const meaning = meaningOf(part.code, f.definition)
  if (!meaning) return part.written
  const kind = kindOf(meaning)
  return cased(written(rawOf(meaning, f, row), kind, part.modifier), part, kind) || f.empty
}

export const fillText = (text: string, f: Filling, row: RowNow | null = null): string =>
  partsOf(text)
    .map((part) => partText(part, f, row))
    .join('')

/** The list of people that a text repeats its row for; null when it does not. */
export function groupIn(text: string, d: Definition): string | null {
  for (const part of partsOf(text)) {
    const meaning = part.kind === 'code' ? meaningOf(part.code, d) : null
    if (meaning?.of === 'row') return meaning.group
  }
  return null
}

/** Which members of the family a text names by number: `klg3_nama` → 3. */
export const membersIn = (text: string, d: Definition): number[] =>
  partsOf(text).flatMap((part) => {
    const meaning = part.kind === 'code' ? meaningOf(part.code, d) : null
    return meaning?.of === 'member' ? [meaning.nth] : []
  })
