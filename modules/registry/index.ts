// The village register: who lives here, in which family, where, and what happened to them.
import type { Importer } from '#kernel/imports/importer.ts'
import type { Module } from '#kernel/module.ts'
import { actions } from './actions/index.ts'
import { demo } from './demo/index.ts'
import { healthActions, healthQueries } from './health/index.ts'
import { home } from './home.ts'
import { populationWorkbook } from './importer/index.ts'
import { integrityQueries } from './integrity/index.ts'
import { ageSettings } from './ledger/age-settings.ts'
import { monthlyActions, monthlyDuty } from './monthly/index.ts'
import { policy, roles } from './policy.ts'
import { publicFacts } from './public.ts'
import { queries } from './queries.ts'
import { resources } from './resources/index.ts'

export { cadresHamlet } from './demo/health.ts'
/** For modules that speak of the people of the village. */
export { HAMLET_HEAD, REGISTRAR, roles, VILLAGE_HEAD, VILLAGE_SECRETARY } from './policy.ts'
export { addresses, citizens, families } from './resources/index.ts'
export { addDays, addMonths } from './ledger/days.ts'

export const registry: Module = {
  name: 'registry',
  label: { id: 'Kependudukan', en: 'Population' },
  doc: 'The population register of a village: residents, families, addresses, areas, population events and the village profile.',
  uses: [],
  resources,
  actions: [...actions, ...healthActions, ...monthlyActions],
  queries: [...queries, ...healthQueries, ...integrityQueries],
  policy,
  roles,
  importers: [populationWorkbook as Importer],
  home,
  demo,
  publicFacts,
  settings: ageSettings,
  upkeep: [monthlyDuty],
}
