// The village register: who lives here, in which family, where, and what happened to them.
import type { Importer } from '#kernel/imports/importer.ts'
import type { Module } from '#kernel/module.ts'
import { populationWorkbook } from './importer/index.ts'
import { policy, roles } from './policy.ts'
import { resources } from './resources/index.ts'

export const registry: Module = {
  name: 'registry',
  label: { id: 'Kependudukan', en: 'Population' },
  doc: 'The population register of a village: residents, families, addresses, areas, population events and the village profile.',
  uses: [],
  resources,
  policy,
  roles,
  importers: [populationWorkbook as Importer],
}
