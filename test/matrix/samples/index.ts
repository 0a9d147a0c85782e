// Every module's part of the samples.
import { core } from './core.ts'
import { letters } from './letters.ts'
import { library } from './library.ts'
import { office } from './office.ts'
import { registry } from './registry.ts'
import type { Sample, Samples } from './sample.ts'

const SAMPLES: Samples = { ...core, ...letters, ...library, ...office, ...registry }

export const sampleFor = (resource: string): Sample => SAMPLES[resource] ?? {}
