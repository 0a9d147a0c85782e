// The village register: areas form a tree, a person stands in an area through an address, events follow people.
import type { Made, Maker } from '../maker.ts'
import type { Sample, Samples } from './sample.ts'

/** A member of one hamlet; a row of theirs, and one of the next hamlet. */
const inArea = (row: (maker: Maker, area: Made) => Promise<Made>): NonNullable<Sample['seen']> => ({
  own_area: async (maker) => {
    const [own, other] = [await maker.make('registry.areas'), await maker.make('registry.areas')]
    return { attributes: { area_id: own.id }, seen: await row(maker, own), hidden: await row(maker, other) }
  },
})

const addressIn = (maker: Maker, area: Made): Promise<Made> => maker.make('registry.addresses', { area_id: area.id })
const citizenIn = async (maker: Maker, area: Made): Promise<Made> => maker.make('registry.citizens', { address_id: (await addressIn(maker, area)).id })

/** The event that brought a person into the register. */
async function firstEvent(maker: Maker, citizen: Made): Promise<Made> {
  const { body } = await maker.client.get(`/registry/population_events?citizen_id=${citizen.id}`)
  return { id: body.data[0].id, plain: [], words: [] }
}

export const registry: Samples = {
  'registry.areas': {
    values: (n) => ({ kind: 'hamlet', parent_id: null, code: `Dusun ${n}` }),
    seen: inArea(async (_maker, area) => area),
  },
  'registry.addresses': { seen: inArea(addressIn) },
  'registry.families': { seen: inArea(async (maker, area) => maker.make('registry.families', { address_id: (await addressIn(maker, area)).id })) },
  'registry.citizens': { values: () => ({ family_id: null, family_relationship: null }), seen: inArea(citizenIn) },
  'registry.population_events': {
    make: async (maker) => (await firstEvent(maker, await maker.make('registry.citizens'))).id,
    seen: inArea(async (maker, area) => firstEvent(maker, await citizenIn(maker, area))),
  },
  'registry.village_profiles': { single: true },
}
