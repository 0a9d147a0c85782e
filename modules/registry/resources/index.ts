// What the register keeps.
import { addresses } from './addresses.ts'
import { areas } from './areas.ts'
import { citizens } from './citizens.ts'
import { families } from './families.ts'
import { populationEvents } from './population-events.ts'
import { villageProfiles } from './village-profiles.ts'

export { addresses, areas, citizens, families, populationEvents, villageProfiles }

/** In the order their menu entries appear. */
export const resources = [citizens, families, addresses, areas, populationEvents, villageProfiles]
