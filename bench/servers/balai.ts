// Balai itself, as it is served: opens the house on BENCH_URL, says where it listens, and ends when told to.
import { serve } from '#app/serve.ts'
import { openHouse } from '#app/open-house.ts'
import { benchSettings } from '../data/make.ts'

const house = await openHouse(benchSettings(process.env['BENCH_DATA']!, process.env['BENCH_URL'] || undefined), { quiet: true })
const serving = await serve(house, false)
process.send?.({ port: serving.port })
process.on('message', (message) => {
  if (message === 'stop') void serving.stop().then(() => process.exit(0))
})
process.on('disconnect', () => process.exit(0))
