// `npm run check`: types of server and browser, lint, form, and that everything generated is current. What CI runs before the tests.
import { ensureInstalled, main, root, runNode } from './prepare.mjs'
import path from 'node:path'

const at = (...parts) => path.join(root, ...parts)
// Until `npm run format` has been over the whole tree once, its form is not a fault.
const FORMATTED = true
const CHECKS = [
  ['types (server)', [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at('tsconfig.json')]],
  ['types (browser)', [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at('tsconfig.web.json')]],
  ['lint', [at('node_modules', 'oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', root]],
  ...(FORMATTED ? [['form', [at('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'format', root]]] : []),
  ['generated files', [at('app', 'generate.ts'), '--check']],
]

await main(async () => {
  await ensureInstalled()
  let failed = 0
  for (const [name, args] of CHECKS) {
    console.error(`${name} …`)
    if ((await runNode(args)) !== 0) failed++
  }
  console.error(failed ? `${failed} of ${CHECKS.length} checks failed.` : 'All checks passed.')
  return failed ? 1 : 0
})
