#!/usr/bin/env node
// `npx balai …`: the command line, run by the Node that Balai needs.
import { ensureBuilt, ensureInstalled, main, root, runNode } from './prepare.mjs'
import path from 'node:path'

await main(async () => {
  const args = process.argv.slice(2)
  await ensureInstalled()
  if (args[0] === 'serve' && !args.includes('--help')) await ensureBuilt()
  return runNode([path.join(root, 'app', 'cli.ts'), ...args])
})
