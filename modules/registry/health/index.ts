// What health records do and can be asked.
import type { Action } from '#kernel/resource/action.ts'
import type { Query } from '#kernel/resource/query.ts'
import { growth } from './growth.ts'
import { healthSummary } from './summary.ts'
import { vaccination, vaccinationRemoval } from './vaccination.ts'

export const healthActions = [vaccination, vaccinationRemoval] as unknown as readonly Action<never>[]
export const healthQueries = [growth, healthSummary] as unknown as readonly Query<never>[]
