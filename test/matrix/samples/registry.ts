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
const citizenIn = async (maker: Maker, area: Made): Promise<Made> =>
  maker.make('registry.citizens', { address_id: (await addressIn(maker, area)).id })

/** The event that brought a person into the register. */
async function firstEvent(maker: Maker, citizen: Made): Promise<Made> {
  const { body } = await maker.client.get(`/registry/population_events?citizen_id=${citizen.id}`)
  return { id: body.data[0].id, plain: [], words: [] }
}

/** Months close in order, from long ago: what the month after the last closed one is. */
async function nextMonth(maker: Maker): Promise<Record<string, unknown>> {
  const { body } = await maker.client.get('/registry/month_closings?sort=-month&limit=1')
  const last = body.data?.[0]?.month as string | undefined
  const next = last ? new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5, 7)), 1)) : new Date('1960-01-01')
  return { month: next.toISOString().slice(0, 10) }
}

export const registry: Samples = {
  'registry.areas': {
    values: (n) => ({ kind: 'hamlet', parent_id: null, code: `Dusun ${n}` }),
    seen: inArea(async (_maker, area) => area),
  },
  'registry.addresses': { seen: inArea(addressIn) },
  'registry.families': {
    seen: inArea(async (maker, area) => maker.make('registry.families', { address_id: (await addressIn(maker, area)).id })),
  },
  'registry.citizens': { values: () => ({ family_id: null, family_relationship: null }), seen: inArea(citizenIn) },
  'registry.population_events': {
    make: async (maker) => (await firstEvent(maker, await maker.make('registry.citizens'))).id,
    seen: inArea(async (maker, area) => firstEvent(maker, await citizenIn(maker, area))),
  },
  'registry.month_closings': {
    make: async (maker) => {
      const { body, status } = await maker.client.post('/registry/month_closings/closing', await nextMonth(maker))
      if (status !== 200) throw new Error(`No month could be closed: ${JSON.stringify(body)}`)
      return body.id
    },
    inputs: { closing: nextMonth },
  },
  'registry.health_records': {
    seen: inArea(async (maker, area) => maker.make('registry.health_records', { citizen_id: (await citizenIn(maker, area)).id })),
  },
  'registry.health_measurements': {
    seen: inArea(async (maker, area) => maker.make('registry.health_measurements', { citizen_id: (await citizenIn(maker, area)).id })),
  },
  // Counted from the books: somebody has to have been there a month ago.
  'registry.population_statistics': {
    derived: true,
    make: async (maker) => {
      const first = async (): Promise<string | undefined> =>
        (await maker.client.get('/registry/population_statistics?limit=1')).body.data[0]?.id
      const known = await first()
      if (known) return known
      const { id } = await maker.make('registry.village_profiles')
      const { body } = await maker.client.get(`/registry/village_profiles/${id}`)
      const now = new Date()
      const books_from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2, 1)).toISOString().slice(0, 10)
      await maker.client.patch(`/registry/village_profiles/${id}`, { books_from }, { 'if-match': `"${body.version}"` })
      await maker.make('registry.citizens')
      const counted = await maker.client.post('/registry/population_statistics/rebuilding', {})
      const made = await first()
      if (!made) throw new Error(`No month has been counted: ${JSON.stringify(counted.body)}`)
      return made
    },
    inputs: { rebuilding: async () => ({ from: null }) },
  },
  'registry.village_profiles': { single: true },
}
