#!/usr/bin/env node
// `npm run bench -- --help`: measures Balai against bare SQL, a bare handler and its peers. Not a test: a tool.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const node = existsSync(at('node_modules/.bin/node')) ? at('node_modules/.bin/node') : process.execPath
const { status, error } = spawnSync(node, [at('bench/run.ts'), ...process.argv.slice(2)], { stdio: 'inherit', cwd: at('.') })
if (error) console.error(`The benchmark could not be started (${error.message}). Run "npm ci" first.`)
process.exit(status ?? 1)
