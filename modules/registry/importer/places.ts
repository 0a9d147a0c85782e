// Turns "hamlet, RW, RT, street" into rows: those that exist are used again, the others are planned once.
import { newId } from '#kernel/resource/id.ts'
import { normal } from '#kernel/secrets/normal.ts'
import { hamletOf } from './cells.ts'
import type { Where } from './read-row.ts'
import type { KnownAddress, KnownArea } from './register.ts'

export type NewArea = KnownArea
export type NewAddress = KnownAddress

export type Places = {
  readonly areas: NewArea[]
  readonly addresses: NewAddress[]
  /** The address of a place; planned when there is none yet. */
  readonly addressOf: (where: Where) => string
}

/** What makes two places the same: numbers without leading zeros, names and streets without case and double blanks. */
export const placeKey = (w: Where): string =>
  [w.hamlet, w.rw === null ? '' : Number(w.rw), w.rt === null ? '' : Number(w.rt), w.street === null ? '' : normal(w.street)].join('|')

export function placesOf(areas: readonly KnownArea[], addresses: readonly KnownAddress[]): Places {
  const areaIds = new Map<string, string>()
  const addressIds = new Map<string, string>()
  const plan: { areas: NewArea[]; addresses: NewAddress[] } = { areas: [], addresses: [] }
  const codeKey = (kind: string, code: string): string => (kind === 'hamlet' ? (hamletOf(code) ?? code) : String(Number(code)))
  const areaKey = (a: Omit<KnownArea, 'id'>): string => `${a.parent_id ?? ''} ${a.kind} ${codeKey(a.kind, a.code)}`
  const addressKey = (areaId: string, street: string | null): string => `${areaId} ${street === null ? '' : normal(street)}`
  for (const a of areas) if (!areaIds.has(areaKey(a))) areaIds.set(areaKey(a), a.id)
  for (const a of addresses) if (!addressIds.has(addressKey(a.area_id, a.street))) addressIds.set(addressKey(a.area_id, a.street), a.id)

  const area = (kind: KnownArea['kind'], code: string, parent: string | null): string => {
    const wanted = { kind, code, parent_id: parent }
    const known = areaIds.get(areaKey(wanted))
    if (known) return known
    const made = { ...wanted, id: newId() }
    plan.areas.push(made)
    areaIds.set(areaKey(wanted), made.id)
    return made.id
  }

  return {
    ...plan,
    addressOf(w) {
      let at = area('hamlet', w.hamlet, null)
      if (w.rw !== null) at = area('rw', w.rw, at)
      if (w.rt !== null) at = area('rt', w.rt, at)
      const known = addressIds.get(addressKey(at, w.street))
      if (known) return known
      const made = { id: newId(), area_id: at, street: w.street }
      plan.addresses.push(made)
      addressIds.set(addressKey(at, w.street), made.id)
      return made.id
    },
  }
}
