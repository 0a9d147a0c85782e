// Balai on the embedded database with one whole village in it; its folder is made for the run and removed after it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHouse } from '#app/open-house.ts'
import { serve } from '#app/serve.ts'
import { benchSettings, fillHouse } from '../data/make.ts'

const folder = mkdtempSync(join(tmpdir(), 'balai-bench-embedded-'))
const settings = benchSettings(folder)
const making = await openHouse(settings, { quiet: true })
const owner = await making.database.owner.connect()
await fillHouse(
  making,
  [{ code: 'desa-01', name: 'Desa Contoh 1', residents: Number(process.env['BENCH_RESIDENTS']) }],
  (work) => work(owner),
  () => {},
)
await owner.query('analyze')
owner.release()
await making.close()

const serving = await serve(await openHouse(settings, { quiet: true }), false)
process.send?.({ port: serving.port })
const end = (): void => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}
process.on('message', () => void serving.stop().then(end, end))
process.on('disconnect', end)
