// A setting, declared by the module that obeys it: its field gives type, limits, label, help and default.
import type { Field } from '#kernel/resource/field.ts'
import { checkField } from '#kernel/resource/to-schema.ts'
import type { Words } from '#kernel/words.ts'

/** How the page groups settings. A community's own settings may name other groups. */
export const CATEGORIES = {
  public_page: { id: 'Halaman publik', en: 'Public page' },
  security: { id: 'Keamanan', en: 'Security' },
  records: { id: 'Penyimpanan data', en: 'Keeping records' },
  statistics: { id: 'Statistik', en: 'Statistics' },
  working_time: { id: 'Waktu kerja', en: 'Working time' },
  letters: { id: 'Surat', en: 'Letters' },
} as const satisfies Record<string, Words>

/**
 * `field.initial` is the default. A required field without one is asked for on the page and on the first page of whoever may set it.
 * A secret field is sealed, shown masked, never public and never shown again.
 */
export type SettingFact<Value = unknown> = {
  /** Module and key, `registry.minimum_voting_age`. */
  readonly name: string
  readonly category: keyof typeof CATEGORIES
  readonly field: Field<Value>
  /** What is wrong with a value that its field accepts; null when nothing is. */
  check?(value: Value): Words | null
  /** Strangers may read it, at `/api/{tenant}/public-settings`. */
  readonly public?: true
}

/** Declares a setting. Throws at start when it contradicts itself. */
export function setting<Value>(fact: SettingFact<Value>): SettingFact<Value> {
  if (!/^[a-z_]{1,50}\.[a-z][a-z0-9_]{0,99}$/.test(fact.name)) throw new Error(`A setting is named module.key, not "${fact.name}".`)
  if (fact.public && fact.field.secret) throw new Error(`${fact.name} is secret and cannot be public.`)
  if (fact.field.kind === 'ref' || fact.field.kind === 'id') throw new Error(`${fact.name} points to a row: keep such a thing in a record.`)
  const { initial } = fact.field
  if (initial !== undefined && initial !== null && checkField(fact.name, fact.field, initial, '9999-12-31'))
    throw new Error(`The default of ${fact.name} is not one its field accepts.`)
  return fact
}

/** What holds where a community has set nothing; null when there is no default. */
export const defaultOf = (field: Field): unknown => field.initial ?? null
