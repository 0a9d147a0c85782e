// `npm run build`: the web app, when its sources changed.
import { ensureBuilt, ensureInstalled, main } from './prepare.mjs'

await main(async () => {
  await ensureInstalled()
  await ensureBuilt()
})
