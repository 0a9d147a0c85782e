// A village to tell stories in: Siti makes areas, families and residents, and acts on them, through the API.
import { expect } from 'vitest'
import type { Answer, Client, World } from '#test/world.ts'

/** The body of an answer that must have gone well. */
export const ok = (answer: Answer, status = 200): any => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  return answer.body
}

let serial = 1000
/** A family card number nobody has yet. */
export const cardNumber = (): string => `990204010110${++serial}`

export const person = (name: string, more: object = {}): object => ({
  name,
  gender: 'L',
  birth_place: 'Sukamaju',
  birth_date: '1980-05-17',
  religion: 'ISLAM',
  education: 'SMA',
  occupation: 'PETANI/PEKEBUN',
  marital_status: 'KAWIN',
  ...more,
})

type Home = { hamlet: any; rt: any; address: any; family: any }

export type Village = {
  readonly siti: Client
  make(what: string, values: object): Promise<any>
  get(what: string, id: string): Promise<any>
  act(what: string, id: string, noun: string, input: object): Promise<Answer>
  /** A hamlet with one RT, an address in it and a family living there. */
  home(hamlet: string): Promise<Home>
  member(family: any, name: string, as: string, more?: object): Promise<any>
}

export async function villageIn(world: World): Promise<Village> {
  const siti = await world.as('siti')
  const make: Village['make'] = async (what, values) => ok(await siti.post(`/registry/${what}`, values), 201)
  return {
    siti,
    make,
    get: async (what, id) => ok(await siti.get(`/registry/${what}/${id}`)),
    act: (what, id, noun, input) => siti.post(`/registry/${what}/${id}/${noun}`, input),
    async home(name) {
      const hamlet = await make('areas', { kind: 'hamlet', code: name })
      const rt = await make('areas', { kind: 'rt', code: '001', parent_id: hamlet.id })
      const address = await make('addresses', { street: `Jalan ${name} Nomor 7`, area_id: rt.id })
      const family = await make('families', { family_number: cardNumber(), address_id: address.id, social_status: 'MAMPU' })
      return { hamlet, rt, address, family }
    },
    member: (family, name, as, more = {}) => make('citizens', person(name, { family_id: family.id, family_relationship: as, ...more })),
  }
}

/** Andi gives Joko a hamlet to look after, instead of the one he had. */
export async function giveJoko(world: World, area: string): Promise<void> {
  const andi = await world.as('andi')
  const membership = ok(await andi.get('/core/memberships')).data.find((m: any) => m.username === 'joko')
  ok(await andi.patch(`/core/memberships/${membership.id}`, { attributes: { area_id: area } }, { 'if-match': `"${membership.version}"` }))
}
