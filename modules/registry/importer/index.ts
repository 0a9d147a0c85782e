// The population workbook (43 columns) of the system that villages come from.
import type { Importer } from '#kernel/imports/importer.ts'
import { apply } from './apply.ts'
import { check, type Plan } from './check.ts'
import { COLUMNS } from './columns.ts'

export const populationWorkbook: Importer<Plan> = {
  name: 'registry.population',
  resource: 'registry.citizens',
  label: { id: 'Buku kerja penduduk (43 kolom)', en: 'Population workbook (43 columns)' },
  doc: `One row per resident with family card number, NIK and codes or labels. Adds residents, families, addresses and areas;
whoever is registered already stays as they are, so that a file can be imported twice.`,
  columns: COLUMNS,
  check,
  apply,
}
