// `npm run bench`: how fast Balai is, told as ratios that hold on any machine. A tool, not a test: nothing fails because of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { here } from './child.ts'
import { asAdmin, isMade, makeDatabase, named } from './data/make.ts'
import { communities } from './data/people.ts'
import { embeddedLines, importLines } from './elsewhere.ts'
import { letterLines } from './letters.ts'
import { generator } from './load.ts'
import { type Taken, startBare, takeBalai, takePlain, takeSql } from './measure.ts'
import { type Options, PARTS, readOptions, SCENARIOS, type Scenario } from './options.ts'
import { takePeer } from './peers.ts'
import { type Line, machine, save, table, versionOf } from './report.ts'
import { statisticsLines } from './statistics.ts'
import { type Subject, subjectOf } from './subject.ts'

const o: Options = readOptions(process.argv.slice(2), process.env)
const began = performance.now()
const tell = (text: string): void => console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`)
const dataDir = mkdtempSync(join(tmpdir(), 'balai-bench-house-'))
const wanted = SCENARIOS.filter((s) => o.parts.has(s))
const lines: Line[] = []
const taken: Record<string, Taken> = {}
const leftOut: string[] = []

const LARGE = o.scale === 'full' ? 'balai_bench' : 'balai_bench_smoke'
const SMALL = o.scale === 'full' ? 'balai_bench_small' : 'balai_bench_smoke_small'
const large = communities(o.scale === 'full' ? 1 : 0.02)
const small = [{ code: 'desa-01', name: 'Desa Contoh 1', residents: o.scale === 'full' ? 10_000 : 1_000 }]
const count = (of: readonly { residents: number }[]): number => of.reduce((sum, v) => sum + v.residents, 0)

try {
  if (wanted.length || o.parts.has('small') || o.parts.has('start')) await measureServer()
  if (o.parts.has('statistics')) {
    await ready(LARGE, large)
    // The largest community, and one of an ordinary size.
    const ordinary = large.toSorted((a, b) => Math.abs(a.residents - count(small)) - Math.abs(b.residents - count(small)))[0]!
    lines.push(...(await statisticsLines(o.url, LARGE, [large[0]!, ordinary], dataDir, tell)))
  }
  if (o.parts.has('import')) lines.push(...(await importLines(o, dataDir, tell)))
  if (o.parts.has('letters')) lines.push(...(await letterLines(o, tell)))
  if (o.parts.has('embedded')) lines.push(...(await embeddedLines(o, tell)))
  report()
} finally {
  rmSync(dataDir, { recursive: true, force: true })
  if (!o.keep)
    for (const database of [LARGE, SMALL]) await asAdmin(o.url, (c) => c.query(`drop database if exists ${database} with (force)`))
}

async function measureServer(): Promise<void> {
  await ready(LARGE, large)
  const subject = await subjectOf(o.url, LARGE, 'desa-01', dataDir)
  tell(`${subject.residents} residents of ${count(large)} in ${subject.code}; "siti" finds ${subject.matches}`)
  const balai = (taken['Balai'] = await takeBalai(o, subject, dataDir, wanted, 'Balai', tell))
  const bare = (taken['bare handler'] = await takePlain(o, subject, await startBare(subject), wanted, 'bare handler', tell))
  for (const s of wanted) compare(`${s}: requests/s`, balai, bare, 'bare handler', s, s === 'one' ? 0.5 : null)
  await againstSql(subject, balai)
  if (o.parts.has('small')) await againstSmall(subject, balai)
  for (const peer of o.peers) {
    const common = wanted.filter((s) => ['one', 'list', 'wide', 'create'].includes(s))
    try {
      const other = (taken[peer] = await takePeer(peer, o, subject, common, tell))
      for (const s of common) compare(`${s}: requests/s`, balai, other, peer, s, s === 'wide' ? null : peer === 'directus' ? 5 : 1.5)
    } catch (error) {
      leftOut.push(`${peer}: ${(error as Error).message.slice(0, 600)}`)
      tell(`${peer} is left out: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  if (o.parts.has('start')) memory()
}

async function ready(database: string, villages: readonly { code: string; name: string; residents: number }[]): Promise<void> {
  if (o.keep && (await isMade(o.url, database, count(villages)))) return tell(`${database}: as the last run left it`)
  await makeDatabase(o.url, database, villages, dataDir, tell)
  // For this database only, and like any tuned server: plans of short statements are not compiled, indexes are believed to be cached.
  await asAdmin(named(o.url, database), async (c) => {
    for (const setting of ['jit = off', 'random_page_cost = 1.1']) await c.query(`alter database ${database} set ${setting}`)
  })
}

function compare(what: string, a: Taken, b: Taken, name: string, s: Scenario, limit: number | null): void {
  const [mine, other] = [a.measured[s], b.measured[s]]
  if (mine && other)
    lines.push({
      what,
      value: mine.perSecond,
      unit: '/s',
      against: { what: name, value: other.perSecond },
      rule: limit === null ? null : '>=',
      limit,
    })
}

/** List and search against the same statement without HTTP. */
async function againstSql(subject: Subject, balai: Taken): Promise<void> {
  for (const s of ['list', 'search'] as const) {
    const mine = balai.measured[s]
    if (!mine) continue
    const sql = await takeSql(o, subject, subject.statements[s])
    tell(`bare SQL, ${s}: ${Math.round(sql.perSecond)}/s, p95 ${sql.p95.toFixed(1)} ms`)
    lines.push({ what: `${s}: p95`, value: mine.p95, unit: 'ms', against: { what: 'bare SQL', value: sql.p95 }, rule: '<=', limit: 2 })
    if (s === 'search')
      lines.push({ what: 'search in the largest community', value: mine.perSecond, unit: '/s', against: null, rule: '>=', limit: 130 })
  }
}

/** List and search in the large installation against a small one. */
async function againstSmall(subject: Subject, balai: Taken): Promise<void> {
  await ready(SMALL, small)
  const both = (['list', 'search'] as const).filter((s) => o.parts.has(s))
  const few = (taken['Balai, small'] = await takeBalai(
    o,
    await subjectOf(o.url, SMALL, 'desa-01', dataDir),
    dataDir,
    both,
    'Balai, small',
    tell,
  ))
  // A community as large as the small installation, among all the others: what the others cost it.
  const like = large.toSorted((a, b) => Math.abs(a.residents - count(small)) - Math.abs(b.residents - count(small)))[0]!
  const same = (taken['Balai, like small'] = await takeBalai(
    o,
    await subjectOf(o.url, LARGE, like.code, dataDir),
    dataDir,
    both,
    `Balai, ${like.code}`,
    tell,
  ))
  for (const s of both) {
    const p95 = few.measured[s]!.p95
    const against = { what: `alone, ${count(small)} residents`, value: p95 }
    lines.push({
      what: `${s}: p95, community of ${like.residents} among ${count(large)}`,
      value: same.measured[s]!.p95,
      unit: 'ms',
      against,
      rule: '<=',
      limit: 1.3,
    })
    const mine = balai.measured[s]
    if (mine)
      lines.push({
        what: `${s}: p95, community of ${subject.residents} among ${count(large)}`,
        value: mine.p95,
        unit: 'ms',
        against,
        rule: '<=',
        limit: 1.3,
      })
  }
}

function memory(): void {
  for (const [name, t] of Object.entries(taken)) {
    lines.push({ what: `start-up: ${name}`, value: t.startMs, unit: 'ms', against: null, rule: null, limit: null })
    if (t.rssIdle && t.rssLoad)
      lines.push({
        what: `memory idle → under load: ${name} (${t.rssIdle} → ${t.rssLoad})`,
        value: t.rssLoad,
        unit: 'MB',
        against: null,
        rule: null,
        limit: null,
      })
  }
}

function report(): void {
  console.log(`\n${table(lines)}\n`)
  for (const line of leftOut) console.log(`Left out: ${line}\n`)
  const root = here('..')
  const file = save({
    date: new Date().toISOString(),
    scale: o.scale,
    settings: {
      connections: o.connections,
      seconds: o.seconds,
      runs: o.runs,
      generator,
      parts: PARTS.filter((p) => o.parts.has(p)),
      database: ['jit = off', 'random_page_cost = 1.1'],
    },
    machine: machine(),
    database: { driver: versionOf(root, 'pg'), hono: versionOf(root, 'hono') },
    leftOut,
    measured: Object.fromEntries(Object.entries(taken).map(([name, t]) => [name, t.measured])),
    lines,
  })
  console.log(`Written to ${file}`)
}
