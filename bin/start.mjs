// `npm start`: from a fresh clone to a running Balai. Installs and builds what is missing, then serves.
import { ensureBuilt, ensureInstalled, main, root, runNode, Stop, say } from './prepare.mjs'
import path from 'node:path'

await main(async () => {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Stop(
      say(
        `Node.js ${process.versions.node} terlalu lama. Pasang Node.js 20 atau lebih baru dari https://nodejs.org, lalu jalankan lagi.`,
        `Node.js ${process.versions.node} is too old. Install Node.js 20 or newer from https://nodejs.org, then run this again.`,
      ),
    )
  }
  await ensureInstalled()
  await ensureBuilt()
  return runNode([path.join(root, 'app', 'cli.ts'), 'serve', ...process.argv.slice(2)])
})
