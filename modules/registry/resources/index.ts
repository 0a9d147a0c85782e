// What the register keeps.
import { addresses } from './addresses.ts'
import { areas } from './areas.ts'
import { citizens } from './citizens.ts'
import { families } from './families.ts'
import { healthMeasurements } from './health-measurements.ts'
import { healthRecords } from './health-records.ts'
import { monthClosings } from './month-closings.ts'
import { populationEvents } from './population-events.ts'
import { populationStatistics } from './population-statistics.ts'
import { villageProfiles } from './village-profiles.ts'

export {
  addresses,
  areas,
  citizens,
  families,
  healthMeasurements,
  healthRecords,
  monthClosings,
  populationEvents,
  populationStatistics,
  villageProfiles,
}

/** In the order their menu entries appear. */
export const resources = [
  citizens,
  families,
  addresses,
  areas,
  populationEvents,
  monthClosings,
  populationStatistics,
  healthRecords,
  healthMeasurements,
  villageProfiles,
]
