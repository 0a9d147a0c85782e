// The dry run: every row against the others and against the register, and the plan of what would be written.
import type { Ctx } from '#kernel/ctx.ts'
import type { Checked, Note, SheetRow, Tell, Verdict } from '#kernel/imports/importer.ts'
import { newId } from '#kernel/resource/id.ts'
import { ACTIVE_STATUSES } from '../codes.ts'
import { folded } from './cells.ts'
import { issue } from './messages.ts'
import { type NewAddress, type NewArea, placeKey, placesOf } from './places.ts'
import { type Draft, readRow } from './read-row.ts'
import { familiesByNumber, knownAddresses, knownAreas, type KnownPerson, peopleByNik, peopleWithoutNik, personKey } from './register.ts'

export type Values = Record<string, unknown>

/** What an import writes, in the order in which it is written. */
export type Plan = {
  readonly areas: readonly NewArea[]
  readonly addresses: readonly NewAddress[]
  readonly families: readonly Values[]
  readonly citizens: readonly Values[]
}

const READING = { id: 'Membaca baris', en: 'Reading rows' }
const COMPARING = { id: 'Membandingkan dengan buku penduduk', en: 'Comparing with the register' }

const active = (d: Draft): boolean => (ACTIVE_STATUSES as readonly unknown[]).includes(d.values['status'])

/** Reads and judges all rows; writes nothing. */
export async function check(ctx: Ctx, rows: readonly SheetRow[], tell: Tell): Promise<Checked<Plan>> {
  const drafts: Draft[] = []
  for (const [i, row] of rows.entries()) {
    if (i % 250 === 0) tell(i, rows.length * 2, READING)
    if (Object.values(row.cells).some((cell) => cell.trim() !== '')) drafts.push(readRow(row, ctx.today))
  }
  rejectRepeated(drafts)
  tell(rows.length, rows.length * 2, COMPARING)
  const there = await compareWithRegister(
    ctx,
    drafts.filter((d) => !d.errors.length),
  )
  const fresh = drafts.filter((d) => !d.errors.length && !there.has(d))
  const { plan, notes } = await planOf(ctx, fresh)
  if (there.size) notes.push({ ...issue('already_there'), rows: [...there].map((d) => d.row) })
  tell(rows.length * 2, rows.length * 2, COMPARING)
  const verdicts = drafts.map((d): Verdict => {
    const outcome = d.errors.length ? 'rejected' : there.has(d) ? 'unchanged' : 'new'
    return { row: d.row, title: d.title, outcome, errors: d.errors, warnings: outcome === 'rejected' ? [] : d.warnings }
  })
  return { verdicts, notes, plan }
}

/** The first good row keeps a NIK; a later one is refused. People without a NIK are told apart by name, place and date of birth. */
function rejectRepeated(drafts: readonly Draft[]): void {
  const niks = new Map<string, number>()
  const people = new Map<string, number>()
  for (const d of drafts) {
    if (d.errors.length) continue
    const [seen, key] = d.nik === null ? [people, personKey(d.values as never)] : [niks, d.nik]
    const first = seen.get(key)
    if (first === undefined) seen.set(key, d.row)
    else d.errors.push(issue(d.nik === null ? 'person_in_file' : 'nik_in_file', 'nik', { row: first }))
  }
}

const same = (d: Draft, p: KnownPerson): boolean => folded(d.title) === folded(p.name) && d.values['birth_date'] === p.birth_date

/** Rows whose person is registered already. A NIK that belongs to somebody else is an error. */
async function compareWithRegister(ctx: Ctx, drafts: readonly Draft[]): Promise<ReadonlySet<Draft>> {
  const byNik = await peopleByNik(
    ctx,
    drafts.flatMap((d) => d.nik ?? []),
  )
  const withoutNik = await peopleWithoutNik(ctx)
  const there = new Set<Draft>()
  for (const d of drafts) {
    const known = d.nik === null ? withoutNik.get(personKey(d.values as never)) : byNik.get(d.nik)
    if (!known) {
      if (d.nik !== null && withoutNik.has(personKey(d.values as never))) d.warnings.push(issue('person_without_nik', 'nama'))
    } else if (d.nik !== null && !same(d, known)) d.errors.push(issue('nik_taken', 'nik'))
    else {
      there.add(d)
      d.warnings.splice(0)
      if (known.status !== d.values['status']) d.warnings.push(issue('status_differs', 'status_dasar'))
    }
  }
  return there
}

async function planOf(ctx: Ctx, fresh: readonly Draft[]): Promise<{ plan: Plan; notes: Note[] }> {
  const places = placesOf(await knownAreas(ctx), await knownAddresses(ctx))
  const byNumber = Map.groupBy(fresh, (d) => d.familyNumber)
  const known = await familiesByNumber(
    ctx,
    [...byNumber.keys()].filter((n) => n !== null),
  )
  const families: Values[] = []
  const citizens: Values[] = []
  const notes: Note[] = []
  for (const [number, members] of byNumber) {
    if (number === null) {
      for (const d of members) citizens.push({ id: newId(), ...d.values, address_id: places.addressOf(d.where) })
      continue
    }
    const family = known.get(number)
    const head = oneHead(members, family?.has_head ?? false)
    if (!head && !family?.has_head) notes.push({ ...issue('no_head', 'no_kk'), rows: members.map((d) => d.row) })
    const address = family?.address_id ?? addressOfFamily(places.addressOf, members, head)
    const id = family?.id ?? newId()
    const shown = { head_name: head?.title ?? '', needs_head: !head && members.some(active) }
    if (!family) families.push({ id, family_number: number, address_id: address, ...shown })
    for (const d of members)
      citizens.push({ id: newId(), ...d.values, family_id: id, family_relationship: d.relationship, address_id: address })
  }
  return { plan: { areas: places.areas, addresses: places.addresses, families, citizens }, notes }
}

/** The head among the new members. Whoever comes second, in the sheet or after the register's own head, becomes "other". */
function oneHead(members: readonly Draft[], registered: boolean): Draft | undefined {
  let head: Draft | undefined
  for (const d of members) {
    if (d.relationship !== 'KEPALA_KELUARGA' || !active(d)) continue
    if (!head && !registered) head = d
    else {
      d.relationship = 'LAINNYA'
      d.warnings.push(issue('second_head', 'kk_level'))
    }
  }
  return head
}

/** A family lives where its head does; a row that says otherwise is told so. */
function addressOfFamily(addressOf: (w: Draft['where']) => string, members: readonly Draft[], head: Draft | undefined): string {
  const where = (head ?? members[0]!).where
  for (const d of members) if (placeKey(d.where) !== placeKey(where)) d.warnings.push(issue('address_differs', 'alamat'))
  return addressOf(where)
}
