// What every command needs before Balai itself can run: packages, the right Node, the built web app. Plain JavaScript
// without dependencies, because it runs before there are any, on whatever Node (20 or newer) the machine has.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const at = (...parts) => path.join(root, ...parts)
const NODE_NEEDED = 24

const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
/** The phrase in the language of the terminal: Indonesian when LANG starts with "id", else English. */
export const say = (id, en) => (language.startsWith('id') ? id : en)
const tell = (id, en) => console.error(say(id, en))

/** A failure whose message already says what to do; shown without a stack. */
export class Stop extends Error {}
const stop = (id, en) => new Stop(say(id, en))

/** Runs a command's body; a Stop becomes its message and exit code 1. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Installs the packages of the lockfile when they are missing or older than it. */
export async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(fs.readFileSync(at('package-lock.json')))
    .digest('hex')
  const stamp = at('node_modules', '.cache', 'balai', 'installed')
  // npm writes this file last: without it an installation was interrupted.
  const done = modified(at('node_modules', '.package-lock.json'))
  if (done > 0 && read(stamp) === wanted) return
  if (done < modified(at('package-lock.json'))) await install()
  fs.mkdirSync(path.dirname(stamp), { recursive: true })
  fs.writeFileSync(stamp, wanted)
}

async function install() {
  tell('Memasang paket yang diperlukan (sekali saja, sekitar satu menit) …', 'Installing what Balai needs (only once, about a minute) …')
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const ticker = setInterval(() => tell(`  masih memasang, ${seconds()} detik …`, `  still installing, ${seconds()} s …`), 15_000)
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const command = npm?.endsWith('.js') ? [process.execPath, npm, ...args] : ['npm', ...args]
  const { code, output } = await run(command)
  clearInterval(ticker)
  if (code === 0) return tell(`  selesai dalam ${seconds()} detik`, `  done in ${seconds()} s`)
  throw whyInstallFailed(output)
}

/** What npm says when it fails, and what a person can do about it. */
const INSTALL_FAILURES = [
  [
    /spawn npm ENOENT|is not recognized/,
    'npm tidak ditemukan. Pasang Node.js beserta npm dari https://nodejs.org, lalu jalankan lagi.',
    'npm was not found. Install Node.js with npm from https://nodejs.org, then run this again.',
  ],
  [
    /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH/,
    'npm tidak dapat menjangkau jaringan. Periksa internet atau proxy, lalu jalankan lagi.',
    'npm cannot reach the network. Check the internet connection or proxy, then run this again.',
  ],
  [/ENOSPC/, 'Disk penuh. Kosongkan kira-kira 1 GB, lalu jalankan lagi.', 'The disk is full. Free about 1 GB, then run this again.'],
  [
    /EACCES|EPERM/,
    `Folder ${at('node_modules')} tidak dapat ditulis. Perbaiki pemilik atau izinnya, lalu jalankan lagi.`,
    `The folder ${at('node_modules')} cannot be written. Fix its owner or permissions, then run this again.`,
  ],
]

function whyInstallFailed(output) {
  const known = INSTALL_FAILURES.find(([pattern]) => pattern.test(output))
  if (known !== undefined) return stop(known[1], known[2])
  console.error(output.trim().split('\n').slice(-15).join('\n'))
  return stop(
    'Pemasangan paket gagal; alasannya ada di atas. Jalankan lagi setelah diperbaiki.',
    'Installing the packages failed; the reason is above. Run this again once it is fixed.',
  )
}

/** Path of a Node that runs Balai: the one from the lockfile, else this one when it is new enough. */
export function nodePath() {
  const packaged = at('node_modules', '.bin', 'node')
  if (fs.existsSync(packaged) && spawnSync(packaged, ['--version']).status === 0) return packaged
  if (Number.parseInt(process.versions.node, 10) >= NODE_NEEDED) return process.execPath
  const [mine, place] = [process.versions.node, `${process.platform}-${process.arch}`]
  throw stop(
    `Balai memerlukan Node.js ${NODE_NEEDED}; yang terpasang ${mine}, dan untuk ${place} tidak ada paket siap pakai.\n` +
      `Pasang Node.js ${NODE_NEEDED} dari https://nodejs.org, lalu jalankan lagi.`,
    `Balai needs Node.js ${NODE_NEEDED}; this is ${mine}, and there is no ready-made package for ${place}.\n` +
      `Install Node.js ${NODE_NEEDED} from https://nodejs.org, then run this again.`,
  )
}

/**
 * Node's own options for a process that opens the embedded database: a deeper stack, so that a too deeply nested query
 * is PostgreSQL's error and not the end of it. Windows gives the main thread 1 MB, so there the default stays.
 */
export const nodeFlags = process.platform === 'win32' ? [] : ['--stack-size=3900']

/** Builds the web app when its sources changed since the last build. */
export async function ensureBuilt() {
  if (!fs.existsSync(at('vite.config.ts'))) return
  const stamp = at('web', 'dist', '.stamp')
  const sources = hashOf(['web', 'kernel', 'modules', 'vite.config.ts', 'package-lock.json'])
  if (read(stamp) === sources) return
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  if (!fs.existsSync(vite)) {
    if (fs.existsSync(at('web', 'dist', 'index.html'))) return
    throw stop(
      'Aplikasi web belum dibangun, dan alat pembangunnya tidak terpasang. Jalankan: npm ci',
      'The web app is not built, and the tools that build it are not installed. Run: npm ci',
    )
  }
  tell('Membangun aplikasi web …', 'Building the web app …')
  const started = Date.now()
  fs.rmSync(stamp, { force: true })
  const { code, output } = await run([nodePath(), vite, 'build', '--logLevel', 'warn'])
  if (code !== 0) {
    console.error(output.trim())
    throw stop('Aplikasi web gagal dibangun; alasannya ada di atas.', 'Building the web app failed; the reason is above.')
  }
  compress(at('web', 'dist'))
  fs.writeFileSync(stamp, sources)
  tell(`  selesai dalam ${((Date.now() - started) / 1000).toFixed(1)} detik`, `  done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/** Keeps a compressed copy beside every text file of the built app, so that no request has to compress it. */
function compress(folder) {
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, String(name))
    if (!/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(file) || fs.statSync(file).size < 1024) continue
    const content = fs.readFileSync(file)
    fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }))
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(content, { level: 9 }))
  }
}

/** One hash over files and folders (sorted, by content); tests and built files do not count. */
function hashOf(places) {
  const hash = createHash('sha256')
  const visit = (place) => {
    const stat = fs.statSync(at(place), { throwIfNoEntry: false })
    if (stat === undefined) return
    if (stat.isFile()) hash.update(`${place}\0`).update(fs.readFileSync(at(place)))
    else for (const name of fs.readdirSync(at(place)).sort()) if (!skipped(place, name)) visit(`${place}/${name}`)
  }
  for (const place of places) visit(place)
  return hash.digest('hex')
}
const skipped = (place, name) => name === 'node_modules' || (place === 'web' && name === 'dist') || name.includes('.test.')

/**
 * Runs a program of Balai with its Node, with this terminal and environment. Passes signals on and resolves to its exit
 * code (128 + number when a signal ended it).
 */
export function runNode(args, env = process.env) {
  const child = spawn(nodePath(), [...nodeFlags, ...args], { stdio: 'inherit', env })
  const pass = (signal) => {
    // Ctrl-C in a terminal reaches the child by itself; passing it on would count as pressing it twice.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0))
    })
  })
}
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }

/** Runs a command in the repository, keeping what it says. A program that does not exist is a failure like any other. */
function run([command, ...args]) {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32' && command === 'npm'
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
    child.on('error', (error) => resolve({ code: 1, output: `${output}\n${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

const modified = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null)
