// Imports a generated workbook of residents as the command line would, and prints how long it took.
import { rmSync } from 'node:fs'
import { openHouse } from '#app/open-house.ts'
import { importersOf } from '#kernel/imports/importers.ts'
import { runImport } from '#kernel/imports/run-import.ts'
import { writeXlsx } from '#kernel/sheet/write-sheet.ts'
import { createTenant } from '#kernel/tenancy/tenants.ts'
import { benchSettings } from '../data/make.ts'
import { whoIn } from '../statements.ts'
import { HEADINGS, workbookRows } from '../data/workbook.ts'

const folder = process.env['BENCH_DATA']!
const house = await openHouse(benchSettings(folder, process.env['BENCH_URL'] || undefined), { quiet: true })
const rows = Number(process.env['BENCH_ROWS'])
const bytes = new Uint8Array(await new Response(writeXlsx(HEADINGS, workbookRows(rows))).arrayBuffer())
await createTenant(house, { code: 'desa-impor', name: 'Desa Impor', kind: 'village', modules: ['registry'] })
const who = await whoIn(house, 'desa-impor')
const importer = importersOf(house.model).get('registry.population')
if (!importer) throw new Error('There is no importer of the population workbook.')

const took = async (dryRun: boolean): Promise<number> => {
  const began = performance.now()
  const { counts } = await runImport(house, who, importer, bytes, 'penduduk.xlsx', { dryRun, tell: () => {} })
  if (counts.new !== rows) throw new Error(`Of ${rows} rows ${counts.new} were new, ${counts.rejected} rejected.`)
  return (performance.now() - began) / 1000
}
const dry = await took(true)
const seconds = await took(false)
console.log(`BENCH ${JSON.stringify({ dry, seconds, rss: Math.round(process.memoryUsage.rss() / 2 ** 20) })}`)
await house.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
