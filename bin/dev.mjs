// `npm run dev`: the server on PORT (3000), restarted when its files change, and the web app with hot reload on 5173.
import { ensureInstalled, main, nodeFlags, nodePath, root } from './prepare.mjs'
import { spawn } from 'node:child_process'
import path from 'node:path'

await main(async () => {
  await ensureInstalled()
  const start = (...args) => spawn(nodePath(), args, { cwd: root, stdio: 'inherit' })
  const running = [
    start(...nodeFlags, '--watch', path.join('app', 'cli.ts'), 'serve'),
    start(path.join('node_modules', 'vite', 'bin', 'vite.js')),
  ]
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => running.forEach((child) => child.kill(signal)))
  await Promise.all(running.map((child) => new Promise((resolve) => child.on('exit', resolve))))
})
