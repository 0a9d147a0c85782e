// The text of a cell as the JSON value of a field, the way people write: labels for codes, 31-12-2024, ya, 1.250,50.
import type { Field } from '#kernel/resource/field.ts'
import { plainName } from './mapping.ts'

const YES = ['ya', 'y', 'yes', 'true', 'benar', '1', 'x', 'ada']
const NO = ['tidak', 't', 'no', 'n', 'false', 'salah', '0', 'tidakada']

/** What cannot be understood is handed on as it is: validation says what is wrong with it. */
export function toJson(f: Field, text: string): unknown {
  switch (f.kind) {
    case 'choice':
      return choiceOf(f, text)
    case 'day':
      return dayOf(text)
    case 'integer':
    case 'decimal':
      return numberOf(text)
    case 'boolean':
      return YES.includes(plainName(text)) ? true : NO.includes(plainName(text)) ? false : text
    case 'tags':
      return text
        .split(/[,;\n]/)
        .map((t) => t.trim())
        .filter(Boolean)
    case 'point':
      return pointOf(text)
    default:
      return text
  }
}

function choiceOf(f: Field, text: string): string {
  const name = plainName(text)
  const found = f.choices?.find((c) => [c.value, c.label.id, c.label.en].some((known) => known === text || plainName(known) === name))
  return found?.value ?? text
}

/** `2024-12-31`, or day first as in Indonesia: `31-12-2024`, `31/12/2024`, `31.12.2024`. */
function dayOf(text: string): string {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  if (!match) return text
  const [, day = '', month = '', year = ''] = match
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A number with the point as decimal sign and no separators. `1.250` is twelve hundred and fifty, as it is written in Indonesia. */
function numberOf(text: string): string {
  const bare = text.replace(/^Rp\.?\s*/i, '').replace(/\s/g, '')
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare)) return bare.replaceAll('.', '').replace(',', '.')
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(bare)) return bare.replaceAll(',', '')
  return /^-?\d+,\d+$/.test(bare) ? bare.replace(',', '.') : bare
}

/** `-6.9147, 107.6098`: latitude first. */
function pointOf(text: string): unknown {
  const match = /^(-?\d{1,3}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text)
  return match ? { lat: Number(match[1]), lng: Number(match[2]) } : text
}
