// `npm run generate`: writes docs/openapi.json, docs/permissions.md, docs/events.md, modules/README.md and db/schema.sql. `-- --check` only compares.
import { ensureInstalled, main, root, runNode } from './prepare.mjs'
import path from 'node:path'

await main(async () => {
  await ensureInstalled()
  return runNode([path.join(root, 'app', 'generate.ts'), ...process.argv.slice(2)])
})
