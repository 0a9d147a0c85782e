// `npm test`: the whole suite, browser tests included, on the embedded database — or on TEST_DATABASE_URL. Arguments go to vitest.
import { ensureBuilt, ensureInstalled, main, root, runNode } from './prepare.mjs'
import path from 'node:path'

await main(async () => {
  await ensureInstalled()
  await ensureBuilt()
  return runNode([path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)])
})
