// Makes the same families every time from a seed: households as a village has them, with a plan that the importer can write.
import { newId } from '#kernel/resource/id.ts'
import type { Plan, Values } from '../importer/check.ts'
import { placesOf } from '../importer/places.ts'
import { makeNik } from '../nik.ts'
import type { DemoVillage } from './villages.ts'

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Person = { name: string; gender: 'L' | 'P'; born: number; as: string; extra?: Values }

/** Plans `count` families as they stood at the beginning of the year of `today`. */
export function demoPlan(v: DemoVillage, count: number, today: string): Plan {
  const roll = dice(v.seed)
  const upTo = (n: number): number => Math.floor(roll() * n)
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)]!
  const year = Number(today.slice(0, 4))
  const places = placesOf([], [])
  const families: Values[] = []
  const citizens: Values[] = []
  let serial = 0

  const nameOf = (gender: 'L' | 'P', family: string): string => `${one(gender === 'L' ? v.men : v.women)} ${family}`
  const education = (age: number): string => {
    if (age < 6) return 'TIDAK_SEKOLAH'
    if (age < 13) return 'BELUM_TAMAT_SD'
    if (age < 16) return 'SD'
    return age < 19 ? 'SMP' : one(['SD', 'SMP', 'SMA', 'SMA', 'SMA', 'D3', 'S1'])
  }
  const occupation = (age: number, p: Person): string => {
    if (age < 6) return 'BELUM/TIDAK BEKERJA'
    if (age < 19) return 'PELAJAR/MAHASISWA'
    return p.gender === 'P' && roll() < 0.55 ? 'MENGURUS RUMAH TANGGA' : one(v.occupations)
  }

  const household = (): Person[] => {
    const [family, wifeFamily] = [one(v.family), one(v.family)]
    const headBorn = year - 26 - upTo(45)
    const widow = roll() < 0.12
    const head: Person = widow
      ? { name: nameOf('P', family), gender: 'P', born: headBorn, as: 'KEPALA_KELUARGA', extra: { marital_status: 'CERAI_MATI' } }
      : { name: nameOf('L', family), gender: 'L', born: headBorn, as: 'KEPALA_KELUARGA', extra: { marital_status: 'KAWIN' } }
    const people = [head]
    const married = { marital_status: 'KAWIN' }
    const widowed = { marital_status: 'CERAI_MATI' }
    const wife: Person = { name: nameOf('P', wifeFamily), gender: 'P', born: headBorn + upTo(6), as: 'ISTRI', extra: married }
    if (!widow) people.push(wife)
    const parents = widow ? { mother_name: head.name } : { father_name: head.name, mother_name: wife.name }
    for (let n = upTo(4); n > 0; n--) {
      const born = Math.min(headBorn + 22 + upTo(16), year - 1)
      const gender = roll() < 0.5 ? 'L' : 'P'
      people.push({ name: nameOf(gender, family), gender, born, as: 'ANAK', extra: parents })
    }
    if (roll() < 0.1) people.push({ name: nameOf('P', family), gender: 'P', born: headBorn - 24, as: 'ORANG_TUA', extra: widowed })
    return people
  }

  for (let n = 0; n < count; n++) {
    const hamlet = one(v.hamlets)
    const rw = hamlet.rws.length ? one(hamlet.rws) : null
    const where = { hamlet: hamlet.name, rw, rt: `00${1 + upTo(hamlet.rts)}`, street: `${one(v.streets)} Nomor ${1 + upTo(60)}` }
    const people = household()
    const [id, address] = [newId(), places.addressOf(where)]
    const registered = `${Math.max(people[0]!.born + 22, 1990)}-0${1 + upTo(9)}-1${upTo(10)}`
    const issued = registered.slice(2).split('-').toReversed().join('')
    families.push({
      id,
      family_number: `${v.region}${issued}${String(1000 + n).padStart(4, '0')}`,
      head_name: people[0]!.name,
      address_id: address,
      registered_on: registered,
      social_status: one(['MAMPU', 'MAMPU', 'KURANG_MAMPU', 'KURANG_MAMPU', 'MISKIN']),
      welfare_class: one(['PRA_SEJAHTERA', 'SEJAHTERA_1', 'SEJAHTERA_2', 'SEJAHTERA_3']),
    })
    const at = { lat: v.center.lat + (roll() - 0.5) * 0.02, lng: v.center.lng + (roll() - 0.5) * 0.02 }
    const religion = roll() < 0.92 ? 'ISLAM' : one(['KRISTEN', 'KATOLIK', 'HINDU'])
    for (const p of people) {
      const born = `${p.born}-${String(1 + upTo(12)).padStart(2, '0')}-${String(1 + upTo(28)).padStart(2, '0')}`
      const age = year - p.born
      const adult = age >= 17
      citizens.push({
        id: newId(),
        name: p.name,
        nik: roll() < 0.97 ? makeNik(v.region, born, p.gender, ++serial) : null,
        gender: p.gender,
        birth_date: born,
        birth_place: one(v.birthplaces),
        religion,
        education: education(age),
        occupation: occupation(age, p),
        marital_status: 'BELUM_KAWIN',
        blood_type: one(['A', 'B', 'AB', 'O', 'O', 'TIDAK_TAHU', 'TIDAK_TAHU']),
        citizenship: 'WNI',
        status: 'ALIVE',
        identity_card: adult ? 'KTP_EL' : 'BELUM',
        insurance: one(['BPJS_PBI', 'BPJS_NON_PBI', 'TIDAK_PUNYA']),
        phone: adult && roll() < 0.6 ? `08000${String(1_000_000 + upTo(8_999_999))}` : null,
        family_id: id,
        family_relationship: p.as,
        address_id: address,
        location: p.as === 'KEPALA_KELUARGA' ? at : null,
        ...p.extra,
      })
    }
  }
  return { areas: places.areas, addresses: places.addresses, families, citizens }
}
