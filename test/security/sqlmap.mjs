// Lets sqlmap (system package `sqlmap`) loose on a running server, signed in, and fails when it finds a way in.
// Run by hand: node test/security/sqlmap.mjs [address] [--level 3]. Without an address it starts a demo installation of its own, on
// TEST_DATABASE_URL where that is set, else on the embedded database. Takes some minutes.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const args = process.argv.slice(2)
const level = args.includes('--level') ? args[args.indexOf('--level') + 1] : '3'
const given = args.find((a) => a.startsWith('http'))
const dir = mkdtempSync(join(tmpdir(), 'balai-sqlmap-'))
const PORT = '3999'

try {
  execFileSync('sqlmap', ['--version'], { stdio: 'ignore' })
} catch {
  console.error('sqlmap is not installed: apt-get install sqlmap')
  process.exit(2)
}

/** A demo installation of its own; answers its address once it is ready. */
async function startDemo() {
  const env = { ...process.env, PORT, BALAI_DATA: join(dir, 'data'), BALAI_REQUESTS_PER_MINUTE: '1000000', ...(process.env.TEST_DATABASE_URL ? { DATABASE_URL: process.env.TEST_DATABASE_URL } : {}) }
  const server = spawn(process.execPath, [join(ROOT, 'bin/start.mjs')], { cwd: ROOT, env, stdio: 'ignore' })
  const base = `http://localhost:${PORT}`
  for (let i = 0; i < 240; i++) {
    if (await fetch(`${base}/readyz`).then((r) => r.ok, () => false)) return { base, server }
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  server.kill()
  throw new Error('The server did not start.')
}

async function signIn(base) {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ login: 'admin', password: 'selamat-datang' }),
  })
  if (!answer.ok) throw new Error(`Signing in: ${answer.status}`)
  return answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
}

const started = given ? null : await startDemo()
const base = given ?? started.base
const cookie = await signIn(base)
const village = `${base}/api/sukamaju`
const first = await (await fetch(`${village}/registry/citizens?limit=1`, { headers: { cookie } })).json()
const id = first.data[0].id

// `*` marks where to inject; `body` is JSON.
const TARGETS = [
  { url: `${village}/registry/citizens?q=siti*&sort=name*&limit=5*&status=ALIVE*` },
  { url: `${village}/registry/citizens?birth_date.gte=1990-01-01*&family_id.area_id=${id}*&fields=name*&after=x*` },
  { url: `${village}/registry/citizens/${id}*` },
  { url: `${village}/registry/citizens/options?q=a*` },
  { url: `${village}/search?q=siti*` },
  { url: `${village}/registry/statistics?breakdown=religion*&day=2026-01-01*&also=religion:ISLAM*&sex=L*` },
  { url: `${village}/registry/statistics-names?breakdown=religion&category=ISLAM*&after=x*` },
  { url: `${village}/core/audit_logs?resource=registry.citizens*&action=created*&from=2020-01-01*` },
  { url: `${village}/core/security_events?kind=signed_in*&from=2020-01-01*` },
  { url: `${base}/sukamaju*?lang=id*` },
  { url: `${base}/api/session`, body: '{"login":"admin*","password":"x*"}' },
  { url: `${base}/api/password-reset`, body: '{"login":"admin*"}' },
  { url: `${village}/registry/citizens`, body: '{"name":"Uji*","gender":"L*","birth_place":"Garut*","birth_date":"1990-05-17*","religion":"ISLAM","education":"SMA","occupation":"PETANI*","marital_status":"KAWIN"}' },
]

const FOUND = /is vulnerable|appears to be .*injectable|is .*injectable|sqlmap identified the following injection/i
const NOT = /not (?:appear to be|seem to be) injectable|might not be injectable|do not appear/i
let bad = 0
for (const [i, target] of TARGETS.entries()) {
  const options = ['-u', target.url, '--batch', '--flush-session', '--level', level, '--risk', '2', '--dbms', 'PostgreSQL', '--threads', '4', '--timeout', '20', '--ignore-code', '*', '--skip-urlencode', '--disable-coloring', '--output-dir', join(dir, String(i)), '--cookie', cookie, '--header', `Origin: ${base}`]
  if (target.body) options.push('--data', target.body, '--method', 'POST', '--headers', 'Content-Type: application/json')
  process.stdout.write(`${target.body ? 'POST' : 'GET '} ${target.url.replace(base, '').slice(0, 110)} … `)
  let said = ''
  try {
    said = execFileSync('sqlmap', options.filter((o) => o !== '--skip-urlencode'), { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 20 * 60_000 })
  } catch (error) {
    said = `${error.stdout ?? ''}${error.stderr ?? ''}`
  }
  const hit = said.split('\n').find((line) => FOUND.test(line) && !NOT.test(line))
  const tested = (said.match(/testing '/g) ?? []).length
  if (hit) bad++
  console.log(hit ? `FOUND: ${hit.trim()}` : tested ? `nothing (${tested} techniques)` : `NOT TESTED: ${said.trim().split('\n').at(-1)}`)
  if (!tested && !hit) bad++
}
started?.server.kill('SIGTERM')
rmSync(dir, { recursive: true, force: true })
console.log(bad ? `${bad} of ${TARGETS.length} need a look.` : `sqlmap found nothing in ${TARGETS.length} targets.`)
process.exit(bad ? 1 : 0)
