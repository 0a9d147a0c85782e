// A random life of two hamlets: what may happen to whom, on which day, reported when. Told line by line, so that a failure reads.
import fc from 'fast-check'
import type { Answer } from '#test/world.ts'
import { person } from '../test-village.ts'
import { addDays } from './days.ts'
import type { Books } from './test-books.ts'

export const FIRST = '2025-01-01'
export const MONTHS = ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06']

const DOINGS = [
  'death',
  'departure',
  'absence',
  'disappearance',
  'return',
  'arrival',
  'birth',
  'change',
  'change',
  'change',
  'edit',
  'head',
  'family',
  'move',
  'undo',
  'undo',
  'remove',
  'restore',
  'welfare',
  'split',
] as const

/** One thing that happens. Days: `pass` since the last one, `late` from happening to reporting, `back` that the report is dated back. */
export type Happening = { doing: (typeof DOINGS)[number]; who: number; pick: number; pass: number; late: number; back: number }

export const happening: fc.Arbitrary<Happening> = fc.record({
  doing: fc.constantFrom(...DOINGS),
  who: fc.nat(30),
  pick: fc.nat(30),
  pass: fc.nat(9),
  late: fc.nat(60),
  back: fc.oneof(fc.constant(0), fc.nat(45)),
})

type Home = { family: any; address: any; hamlet: any }
type Person = { id: string; name: string }
export type Life = {
  readonly homes: readonly Home[]
  readonly hamlets: readonly string[]
  readonly people: Person[]
  readonly families: any[]
  readonly told: string[]
  accepted: number
}

/** Everything that is counted and can be edited, one at a time. */
export const CHANGES = [
  { citizenship: 'WNA' },
  { citizenship: 'WNI' },
  { gender: 'P' },
  { gender: 'L' },
  { religion: 'HINDU' },
  { religion: 'KRISTEN', education: 'S1' },
  { birth_date: '2008-01-20' },
  { marital_status: 'CERAI_HIDUP' },
  { residency: 'TIDAK_TETAP' },
  { occupation: 'GURU' },
  { disability: 'NETRA' },
  { birth_certificate: 'AL-1' },
  { blood_type: 'AB' },
  { insurance: 'BPJS_PBI' },
  { ethnicity: 'Sunda' },
  { schooling: 'SMA' },
  { card_stage: 'CARD_ISSUED' },
  { identity_card: 'KIA' },
  { marriage_certificate: 'AK-1' },
  { literacy: 'LATIN' },
  { rhesus: 'POSITIF' },
] as const

/** Two hamlets with a family of three each. */
export async function settle(books: Books, name: string): Promise<Life> {
  const homes = [await books.home(`${name} A`), await books.home(`${name} B`)]
  const people: Person[] = []
  for (const [i, { family }] of homes.entries()) {
    people.push(await books.member(family, `Bapak ${i}`, 'KEPALA_KELUARGA', { birth_date: '1990-02-28' }))
    people.push(await books.member(family, `Ibu ${i}`, 'ISTRI', { gender: 'P', birth_date: '1991-03-15' }))
    people.push(
      await books.member(family, `Anak ${i}`, 'ANAK', { birth_date: ['2012-02-29', '2020-03-01'][i], marital_status: 'BELUM_KAWIN' }),
    )
  }
  return { homes, hamlets: homes.map((h) => h.hamlet.id), people, families: homes.map((h) => h.family), told: [], accepted: 0 }
}

/** Lets it all happen, from a day on. What the register refuses is refused (never with a 500), and life goes on. */
export async function live(books: Books, life: Life, from: string, happenings: readonly Happening[]): Promise<void> {
  let today = from
  for (const h of happenings) {
    today = addDays(today, h.pass)
    const reported_on = addDays(today, -h.back) < from ? from : addDays(today, -h.back)
    const dates = { occurred_on: addDays(reported_on, -h.late), reported_on }
    const who = life.people[h.who % life.people.length]!
    const answer = await happen(books, h, life, who, dates)
    const outcome = answer.status < 300 ? 'done' : `${answer.status} ${answer.body.errors?.[0]?.code ?? answer.body.code}`
    life.told.push(`${dates.reported_on} (of ${dates.occurred_on}) ${h.doing} ${who.name}: ${outcome}`)
    if (answer.status >= 500) throw new Error(`A 500, not a refusal:\n${life.told.join('\n')}`)
    if (answer.status < 300) life.accepted++
  }
}

type Dates = { occurred_on: string; reported_on: string }

async function happen(books: Books, h: Happening, life: Life, who: Person, dates: Dates): Promise<Answer> {
  const family = life.families[h.pick % life.families.length]!
  const home = life.homes[h.pick % 2]!
  const { siti, act } = books
  const latest = async (what: string, id: string): Promise<Record<string, string>> => ({
    'if-match': `"${(await siti.get(`/registry/${what}/${id}?deleted=true`)).body.version ?? 1}"`,
  })
  switch (h.doing) {
    case 'death':
    case 'absence':
    case 'disappearance':
    case 'return':
      return act('citizens', who.id, h.doing, dates)
    case 'departure':
      return act('citizens', who.id, 'departure', {
        ...dates,
        move_kind: h.pick % 2 ? 'ANTAR_DESA' : 'ANTAR_PROVINSI',
        whole_family: h.pick % 3 === 0,
      })
    case 'arrival': {
      const answer = await siti.post(
        '/registry/citizens/arrival',
        person(`Pendatang ${h.pick}`, { ...dates, address_id: home.address.id, birth_date: '1979-05-05', gender: h.pick % 2 ? 'L' : 'P' }),
      )
      if (answer.status === 200) life.people.push(answer.body)
      return answer
    }
    case 'birth': {
      const born = {
        name: `Bayi ${h.pick}`,
        gender: h.pick % 2 ? 'L' : 'P',
        birth_place: 'Sukamaju',
        birth_date: dates.occurred_on,
        reported_on: dates.reported_on,
        family_relationship: 'ANAK',
      }
      const answer = await act('families', family.id, 'birth', born)
      if (answer.status === 200) life.people.push(answer.body)
      return answer
    }
    case 'change':
      return act('citizens', who.id, 'change', { ...CHANGES[h.pick % CHANGES.length], ...dates })
    case 'edit':
      return siti.patch(`/registry/citizens/${who.id}`, CHANGES[h.pick % CHANGES.length], await latest('citizens', who.id))
    case 'welfare':
      return siti.patch(
        `/registry/families/${family.id}`,
        { welfare_class: h.pick % 2 ? 'PRA_SEJAHTERA' : 'SEJAHTERA_2' },
        await latest('families', family.id),
      )
    case 'head':
      return act('families', family.id, 'head', { head_id: who.id })
    case 'family':
      return act('citizens', who.id, 'family', { family_id: family.id, family_relationship: 'FAMILI_LAIN' })
    case 'move':
      return act('families', family.id, 'move', { address_id: home.address.id })
    case 'split': {
      const answer = await act('families', family.id, 'split', { family_number: `3299${String(Date.now()).slice(-12)}`, head_id: who.id })
      if (answer.status === 200) life.families.push(answer.body)
      return answer
    }
    case 'undo': {
      const events = await books.events(who.id)
      const event = events[h.pick % Math.max(1, events.length)]
      return event ? books.undo(event.id, dates.reported_on) : { status: 404, body: { code: 'no_event' }, headers: new Headers() }
    }
    case 'remove':
      return siti.delete(`/registry/citizens/${who.id}`, undefined, await latest('citizens', who.id))
    case 'restore':
      return siti.post(`/registry/citizens/${who.id}/restoration`, {})
  }
}
