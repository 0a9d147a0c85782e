// Lets sqlmap (Debian/Ubuntu package `sqlmap`) loose, signed in, on every kind of place a client's words reach a statement.
// By hand: node test/security/sqlmap.mjs [address of a demo] [--level 1-5] [--risk 1-3] [--only part-of-a-path]
// Without an address it starts a demo of its own and throws it away afterwards: in a new database on the server of TEST_DATABASE_URL, else
// embedded. Exit code: 0 nothing found · 1 a way in, a 500, or something not tested · 2 it could not begin or was stopped.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled, root } from '../../bin/prepare.mjs'

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: 'string', default: '5' }, risk: { type: 'string', default: '3' }, only: { type: 'string', default: '' } },
})
const PORT = '3999'
// Signing in is slow on purpose, and so are many questions to a book of statistics.
const MINUTES_EACH = 20
const dir = mkdtempSync(join(tmpdir(), 'balai-sqlmap-'))
const serverLog = join(dir, 'server.log')
const cleanUp = []
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopped.abort())

class CannotGoOn extends Error {}

/** A new database on the test server, dropped at the end; undefined = embedded. */
async function databaseOfOwn() {
  const server = process.env.TEST_DATABASE_URL
  if (!server) return undefined
  const { default: pg } = await import('pg')
  const name = `balai_sqlmap_${process.pid}`
  const run = async (text) => {
    const client = new pg.Client(server)
    await client.connect()
    await client.query(text).finally(() => client.end())
  }
  await run(`create database ${name}`)
  cleanUp.push(() => run(`drop database ${name} with (force)`))
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

/** Starts the demo and waits until it answers. */
async function startDemo() {
  await ensureInstalled()
  const url = await databaseOfOwn()
  const env = {
    ...process.env,
    PORT,
    BALAI_DATA: join(dir, 'data'),
    // Nothing may hold sqlmap back but what the statements themselves are made of.
    BALAI_REQUESTS_PER_MINUTE: '100000000',
    BALAI_SIGN_IN_PER_MINUTE: '1000000',
    ...(url ? { DATABASE_URL: url } : {}),
  }
  const log = openSync(serverLog, 'w')
  const server = spawn(process.execPath, [join(root, 'bin/start.mjs')], { cwd: root, env, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = new Promise((resolve) => server.on('exit', resolve))
  cleanUp.unshift(async () => {
    server.kill('SIGTERM')
    await ended
  })
  const base = `http://localhost:${PORT}`
  for (let second = 0; second < 300 && server.exitCode === null; second++) {
    if (await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false)) return base
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  throw new CannotGoOn(`The server did not start:\n${readFileSync(serverLog, 'utf8').slice(-2_000)}`)
}

async function signIn(base) {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ login: 'admin', password: 'selamat-datang' }),
  })
  if (!answer.ok) throw new CannotGoOn(`Signing in as admin: ${answer.status}`)
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
}

/**
 * What is tried; `*` marks a place. Without the marks each must answer with `status` (200), or nothing behind the first check would be reached.
 * `braked`: after some tries it answers 429, which then is no sign of anything. `cursor`: the place is the last key inside a page marker of
 * this order. `agent`: the place is the browser's name; sqlmap then tries the cookies as well.
 */
async function targetsOf(base, cookie) {
  // The demo village without a plan: one with a plan would refuse after so many requests a day.
  const village = '/api/merantian'
  const first = async (path) => (await (await fetch(`${base}${village}${path}`, { headers: { cookie } })).json()).data[0].id
  const [id, family, area] = await Promise.all(['citizens', 'families', 'areas'].map((name) => first(`/registry/${name}?limit=1`)))
  const get = (path, more = {}) => ({ path, ...more })
  const post = (path, body, more = {}) => ({ path, body, status: 201, ...more })
  // New each time: the brake remembers names that were tried.
  const stranger = `nobody-${Date.now()}`
  const registry = (path, more) => get(`${village}/registry/${path}`, more)
  const core = (path, more) => get(`${village}/core/${path}`, more)
  return [
    registry('citizens?q=siti*&limit=5'),
    registry('citizens?q=siti*&sort=name*&limit=5*&status=ALIVE*&fields=name*&deleted=false*&count=true*'),
    registry('citizens?gender*=L'),
    registry(`citizens?birth_date.gte=1990-01-01*&birth_date.lte=2020-01-01*&occupation=PETANI*&area_id=${area}*&family_id.null=false*&religion.not=ISLAM*`),
    registry('citizens?nik=9902010101900001*&phone=0812*'),
    registry('citizens?limit=5&sort=name&after=*', { cursor: ['name', id] }),
    registry('citizens?limit=5&q=siti&after=*', { cursor: ['~name', id, '1'] }),
    registry(`citizens/${id}*`),
    registry(`citizens/${id}/history?limit=5*&after=*`),
    registry('citizens/options?q=a*'),
    registry('citizens/export?format=csv*&columns=name*&q=siti*'),
    registry(`families?family_number=9902*&sort=head_name*&q=siti*&address_id=${id}*&registered_on.gte=2020-01-01*`),
    registry(`family-card?family_id=${family}*`),
    registry('addresses?rt=001*&street=a*&q=a*'),
    registry('areas?kind=hamlet*&q=a*'),
    registry('population_events?kind=BIRTH*&occurred_on.gte=2020-01-01*'),
    registry('check-findings?rule=same_nik*&limit=5*&offset=0*'),
    registry(`statistics?breakdown=religion*&day=2026-01-01*&also=religion:ISLAM*&sex=L*&area_id=${area}*&age_from=1*&group=voters*`),
    registry('statistics-names?breakdown=religion&category=ISLAM*&limit=5*&after=*'),
    registry('population-report?month=2026-01-01*'),
    registry('population-report-names?month=2026-01-01*&row=opening*&cell=male*'),
    registry('movement?breakdown=religion*&month=2026-01-01*'),
    registry('book-main?day=2026-01-01*&limit=5*'),
    get(`${village}/search?q=siti*`),
    core('audit_logs?resource=registry.citizens*&action=created*&from=2020-01-01*&limit=5*'),
    core('audit_logs?limit=5&after=*', { cursor: ['2026-01-01 00:00:00+00', id] }),
    core('security_events?kind=signed_in*&from=2020-01-01*&limit=5*'),
    core('memberships?q=siti*&status=active*&sort=-created_at*'),
    get(`${village}*/registry/areas?limit=1`),
    get('/merantian*?lang=id*'),
    get('/api/me/sessions', { agent: true }),
    post('/api/session', `{"login":"${stranger}*","password":"x"}`, { status: 401, braked: true }),
    post('/api/password-reset', `{"login":"${stranger}*"}`, { status: 202, braked: true }),
    post(`${village}/registry/areas`, '{"kind":"hamlet*","code":"UJI*"}'),
    post(`${village}/core/saved_views`, '{"name":"Uji*","resource":"registry.citizens*","shared":false}'),
    post(
      `${village}/registry/citizens`,
      '{"name":"Uji*","gender":"L*","birth_place":"Garut*","birth_date":"1990-05-17*","religion":"ISLAM","education":"SMA","occupation":"PETANI*","marital_status":"KAWIN"}',
    ),
  ].filter((target) => target.path.includes(asked.only))
}

/** Whether a target answers as it should when nobody attacks it. */
async function answersHonestly(base, cookie, { path, body, status = 200 }) {
  const headers = { cookie, origin: base, ...(body ? { 'content-type': 'application/json' } : {}) }
  const answer = await fetch(base + path.replaceAll('*', ''), body ? { method: 'POST', headers, body: body.replaceAll('*', '') } : { headers })
  await answer.arrayBuffer()
  return answer.status === status ? null : `answers ${answer.status} instead of ${status} even to an honest client`
}

/** A tamper script of sqlmap: carries its words as the last key of a page marker (kernel/resource/list-query.ts). */
function cursorTamper([order, id, ...keys], at) {
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, '__init__.py'), '')
  writeFileSync(
    join(at, 'cursor.py'),
    `import base64, json
__priority__ = 0
def dependencies(): pass
def tamper(payload, **kwargs):
    keys = ${JSON.stringify([order, id, ...keys])} + [payload or ""]
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")
`,
  )
  return join(at, 'cursor.py')
}

// Its last word: what only "appears to be injectable" it checks again itself.
const FOUND = /identified the following injection|is vulnerable/
const SERVER_ERROR = /^5\d\d \(.*\) - (\d+) times/m
const BRAKE = /^429 \(.*\) - (\d+) times/m

/** Lets sqlmap loose on one target; answers what is wrong, or null, and how much was tried. */
async function attack(base, cookie, target, at) {
  const dishonest = await answersHonestly(base, cookie, target)
  if (dishonest) return { wrong: dishonest, tried: 0 }
  const places = target.agent ? 1 : [...`${target.path}${target.body ?? ''}`].filter((letter) => letter === '*').length
  const args = ['-u', base + target.path, '--batch', '--flush-session', '--level', asked.level, '--risk', asked.risk]
  args.push('--dbms', 'PostgreSQL', '--threads', '4', '--timeout', '30', '--ignore-code', '*', '--disable-coloring', '--output-dir', at)
  args.push('--cookie', cookie, '--header', `Origin: ${base}`)
  if (target.body) args.push('--data', target.body, '--method', 'POST', '--headers', 'Content-Type: application/json')
  if (target.cursor) args.push('--tamper', cursorTamper(target.cursor, join(at, 'tamper')))
  if (target.agent) args.push('--user-agent', 'Mozilla/5.0*')
  const said = await heard('sqlmap', args)
  const tried = (said.match(/\] testing '/g) ?? []).length
  // Its verdict on each place; one that was cut short has none.
  const judged = (said.match(/parameter '.*' (?:does not seem to be injectable|is vulnerable)/g) ?? []).length
  const hit = said.split('\n').find((line) => FOUND.test(line))
  const errors = SERVER_ERROR.exec(said)
  const brake = target.braked ? null : BRAKE.exec(said)
  const wrong = hit
    ? `FOUND: ${hit.trim()}`
    : errors
      ? `${errors[1]} answers were a server error`
      : brake
        ? `${brake[1]} requests were turned away (429) before they reached anything`
        : judged < places
          ? `only ${judged} of ${places} places tested to the end in ${MINUTES_EACH} minutes: ${said.trim().split('\n').slice(-4).join(' / ')}`
          : null
  return { wrong, tried, places }
}

/** Runs a program to its end, or for MINUTES_EACH. It has no terminal: sqlmap would take what is piped in for targets. */
function heard(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: MINUTES_EACH * 60_000, signal: stopped.signal })
    // Stopped by hand: said by the loop below.
    child.on('error', () => {})
    let stdout = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (stdout += data))
    child.on('close', () => resolve(stdout))
  })
}

async function main() {
  if (spawnSync('sqlmap', ['--version'], { stdio: 'ignore' }).error) throw new CannotGoOn('sqlmap is not installed: apt-get install sqlmap')
  const own = positionals[0] === undefined
  const base = own ? await startDemo() : new URL(positionals[0]).origin
  const cookie = await signIn(base)
  const targets = await targetsOf(base, cookie)
  if (!targets.length) throw new CannotGoOn(`No target has "${asked.only}" in its path.`)
  let [bad, places, tried] = [0, 0, 0]
  for (const [i, target] of targets.entries()) {
    process.stdout.write(`${target.body ? 'POST' : 'GET '} ${target.path}${target.body ? ` ${target.body}` : ''}\n`)
    const began = Date.now()
    const result = await attack(base, cookie, target, join(dir, String(i)))
    if (stopped.signal.aborted) throw new CannotGoOn('Stopped before the end.')
    places += result.places ?? 0
    tried += result.tried
    if (result.wrong) bad++
    console.log(`     ${result.wrong ?? 'nothing'} (${result.tried} rounds of attacks, ${Math.round((Date.now() - began) / 1000)} s)`)
  }
  const failures = own ? readFileSync(serverLog, 'utf8').split('\n').filter((line) => line.includes('unexpected error')) : []
  for (const line of failures.slice(0, 10)) console.log(`server: ${line}`)
  const verdict = bad || failures.length ? `${bad} of ${targets.length} targets and ${failures.length} server errors need a look.` : 'sqlmap found nothing.'
  console.log(`${verdict} ${targets.length} targets, ${places} places, ${tried} rounds of attacks, level ${asked.level}, risk ${asked.risk}.`)
  return bad || failures.length ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof CannotGoOn ? error.message : error)
  process.exitCode = 2
} finally {
  for (const step of cleanUp) await step()
  rmSync(dir, { recursive: true, force: true })
}
