// Valid values made from a declaration: what lets one test hold for every resource, also for those that come later.
import fc from 'fast-check'
import type { Field } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'

const given = new Set<string>()

/** A text that fits a pattern and its limits, never the same twice: many of them are unique in a community. */
function fitting(f: Field, n: number): string {
  const fits = (text: string): boolean => text === text.trim() && [...text].length <= (f.max ?? 255) && [...text].length >= (f.min ?? 1)
  const arbitrary = fc.stringMatching(new RegExp(`^(?:${f.pattern})$`), { size: 'medium' }).filter(fits)
  const fresh = fc.sample(arbitrary, { seed: n * 7919 + 17, numRuns: 20 }).findLast((text) => !given.has(`${f.pattern} ${text}`)) ?? ''
  given.add(`${f.pattern} ${fresh}`)
  return fresh
}

const FORMATS: Record<string, (n: number) => string> = {
  email: (n) => `warga${n}@desa-contoh.id`,
  url: (n) => `https://desa-contoh.id/${n}`,
  phone: (n) => `0812${String(10_000_000 + n).slice(0, 8)}`,
  year: (n) => String(1980 + (n % 40)),
}

function textOf(f: Field, n: number, marker: string): string {
  if (f.pattern) return fitting(f, n)
  if (f.format) return FORMATS[f.format]?.(n) ?? ''
  // Ends with a dot, so that 11 is not found in 110.
  return `${marker} ${n}.`.slice(0, f.max ?? 255).padEnd(f.min ?? 1, 'x')
}

/** A valid value in JSON form. `marker` appears in every text long enough for it, so that a leak can be seen. */
export function valueOf(f: Field, n: number, marker: string): unknown {
  switch (f.kind) {
    case 'text':
    case 'long_text':
      return textOf(f, n, marker)
    case 'choice':
      return f.choices?.[n % f.choices.length]?.value
    case 'day':
      return `19${60 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`
    case 'instant':
      return `2024-05-0${1 + (n % 9)}T08:00:00Z`
    case 'integer':
      return Math.min(f.max ?? 1_000, (f.min ?? 0) + (n % 50))
    case 'decimal':
      return ((f.min ?? 0) + (n % 50) + 0.25).toFixed(f.scale ?? 2)
    case 'boolean':
      return n % 2 === 0
    case 'point':
      return { lat: -6.9 - (n % 100) / 1000, lng: 107.6 + (n % 100) / 1000 }
    case 'tags':
      return f.pattern ? [fitting(f, n)] : [`${marker} ${n}`.slice(0, f.max)]
    case 'json':
      return { note: `${marker} ${n}` }
    case 'ref':
    case 'id':
      return null
  }
}

/** A valid row without references: the body of a create, before a module's own knowledge is added. Secrets say so, to tell them from other texts. */
export function rowOf(fields: Resource['fields'], n: number, marker: string): Record<string, unknown> {
  const open = Object.entries(fields).filter(([, f]) => !f.readonly && f.kind !== 'ref' && f.kind !== 'id')
  return Object.fromEntries(open.map(([name, f]) => [name, valueOf(f, n, f.secret ? `Pribadi ${marker}` : marker)]))
}
