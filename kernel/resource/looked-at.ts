// What the `when` of actions looks at, found out by asking it: lists then read just that of a row, beside what they show.
import type { Action, Stored } from './action.ts'
import type { Field } from './field.ts'
import type { Resource } from './resource.ts'

/** More answers than this to go through, and a `when` is too clever to be read in a list. */
const TRIES_MAX = 20_000

/**
 * The fields that decide whether an action is possible. Every value of every field looked at is tried until no new field is
 * looked at, so the answer is complete. Throws when it looks at something that is neither a choice nor a flag.
 */
export function lookedAt(action: Action, r: Resource): ReadonlySet<string> {
  const looked = new Set<string>()
  for (let before = -1; before < looked.size; ) {
    before = looked.size
    const names = [...looked]
    const valuesOf = names.map((name) => valuesFor(r.fields[name]))
    const tries = valuesOf.reduce((product, values) => product * values.length, 1)
    if (tries > TRIES_MAX) throw new Error(`When ${action.resource}:${action.noun} is possible depends on too much.`)
    for (let n = 0; n < tries; n++) {
      let rest = n
      const row = new Map<string, unknown>()
      for (const [i, values] of valuesOf.entries()) {
        row.set(names[i]!, values[rest % values.length])
        rest = Math.floor(rest / values.length)
      }
      action.when?.(spy(action, r, row, looked))
    }
  }
  return looked
}

const valuesFor = (f: Field | undefined): readonly unknown[] => [
  null,
  ...(f?.kind === 'boolean' ? [true, false] : (f?.choices ?? []).map((c) => c.value)),
]

/** A row that tells which of its fields were read. */
const spy = (action: Action, r: Resource, row: ReadonlyMap<string, unknown>, looked: Set<string>): Stored =>
  new Proxy({} as Stored, {
    get(_row, key) {
      const name = String(key)
      const f = r.fields[name]
      if (!f) return null
      if (f.secret || (f.kind !== 'choice' && f.kind !== 'boolean'))
        throw new Error(`When ${action.resource}:${action.noun} is possible may depend on choices and flags only, not on ${name}.`)
      looked.add(name)
      return row.get(name) ?? null
    },
  })
