// Starts one system after the other, never two at once, and puts the scenarios to it.
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { here, type Running, start } from './child.ts'
import { type Ask, type Measured, measure } from './load.ts'
import type { Options, Scenario } from './options.ts'
import { asksOf, forgetMade, plainAsksOf, signIn, type Subject } from './subject.ts'
import type { Statement } from './statements.ts'

export type Taken = {
  readonly measured: Record<string, Measured>
  readonly startMs: number
  readonly rssIdle: number | null
  readonly rssLoad: number | null
}

type Plan = {
  readonly name: string
  readonly scenarios: readonly Scenario[]
  readonly asks: (s: Scenario) => readonly Ask[]
  readonly headers: Record<string, string>
}

async function put(o: Options, subject: Subject, running: Running, plan: Plan, tell: (text: string) => void): Promise<Taken> {
  const measured: Record<string, Measured> = {}
  const rssIdle = running.rss()
  let rssLoad = rssIdle
  try {
    for (const scenario of plan.scenarios) {
      const m = await measure({
        base: running.base,
        asks: plan.asks(scenario),
        headers: plan.headers,
        connections: o.connections,
        seconds: o.seconds,
        runs: o.runs,
        cpu: running.cpu,
      })
      measured[scenario] = m
      rssLoad = Math.max(rssLoad ?? 0, running.rss() ?? 0) || null
      tell(
        `${plan.name}, ${scenario}: ${Math.round(m.perSecond)}/s, p50 ${m.p50.toFixed(1)} ms, p95 ${m.p95.toFixed(1)} ms, ${m.cpuMicros ?? '?'} µs of processor`,
      )
    }
  } finally {
    await running.stop()
    if (plan.scenarios.includes('create')) await forgetMade(subject.url)
  }
  return { measured, startMs: running.startMs, rssIdle, rssLoad }
}

/** Balai, signed in with a real session. Answers are looked at once before they are timed. */
export async function takeBalai(
  o: Options,
  subject: Subject,
  dataDir: string,
  scenarios: readonly Scenario[],
  name: string,
  tell: (text: string) => void,
): Promise<Taken> {
  if (o.profile) mkdirSync(o.profile, { recursive: true })
  const running = await start(here('./servers/balai.ts'), { BENCH_URL: subject.url, BENCH_DATA: dataDir }, '/healthz', {
    nodeArgs: o.profile
      ? [
          '--cpu-prof',
          `--cpu-prof-dir=${resolve(o.profile)}`,
          `--cpu-prof-name=${name.replaceAll(/\W+/g, '-')}-${scenarios.join('-')}.cpuprofile`,
        ]
      : [],
  })
  try {
    const headers = await signIn(running.base)
    for (const scenario of scenarios) await look(running.base, asksOf(subject, scenario)[0]!, headers)
    return await put(o, subject, running, { name, scenarios, asks: (s) => asksOf(subject, s), headers }, tell)
  } catch (error) {
    await running.stop()
    throw error
  }
}

/** A server that answers the plain addresses: the bare handler and the peers of that shape. */
export async function takePlain(
  o: Options,
  subject: Subject,
  running: Running,
  scenarios: readonly Scenario[],
  name: string,
  tell: (text: string) => void,
): Promise<Taken> {
  const headers = { 'content-type': 'application/json' }
  for (const scenario of scenarios) await look(running.base, plainAsksOf(subject, scenario)[0]!, headers)
  return put(o, subject, running, { name, scenarios, asks: (s) => plainAsksOf(subject, s), headers }, tell)
}

/** A peer with addresses of its own. */
export const takeOther = (o: Options, subject: Subject, running: Running, plan: Plan, tell: (text: string) => void): Promise<Taken> =>
  put(o, subject, running, plan, tell)

export const startBare = (subject: Subject): Promise<Running> =>
  start(
    here('./servers/bare.ts'),
    { BENCH_URL: subject.url, BENCH_STATEMENTS: JSON.stringify({ tenantId: subject.tenantId, ...subject.statements }) },
    '/list',
  )

/** One answer, read: a list must have rows, a row its name. Throws what came instead. */
export async function look(base: string, ask: Ask, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(base + ask.path, {
    method: ask.method,
    headers,
    ...(ask.body ? { body: ask.body.replaceAll('@', String(Date.now()).slice(0, 12)) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok || !/"name"/.test(text) || /"errors":\s*\[/.test(text))
    throw new Error(`${ask.method} ${ask.path} answered ${answer.status}: ${text.slice(0, 500)}`)
}

const run = promisify(execFile)

/** The statement without any HTTP around it. */
export async function takeSql(o: Options, subject: Subject, statement: Statement): Promise<Measured> {
  const runs: Measured[] = []
  for (let i = 0; i < o.runs; i++) runs.push(await oneSql(o, subject, statement))
  return runs.toSorted((a, b) => a.p95 - b.p95)[Math.floor(runs.length / 2)]!
}

async function oneSql(o: Options, subject: Subject, statement: Statement): Promise<Measured> {
  const said = await runChild('./servers/sql.ts', {
    BENCH_URL: subject.url,
    BENCH_SQL: JSON.stringify({ tenantId: subject.tenantId, statement, connections: o.connections, seconds: o.seconds }),
  })
  return { perSecond: said['requests']! / said['seconds']!, p50: said['p50']!, p95: said['p95']!, p99: said['p99']!, failed: 0 }
}

/** Runs a script to its end and reads the line of JSON it prints after `BENCH`. */
export async function runChild(file: string, env: Record<string, string>): Promise<Record<string, number>> {
  const { stdout } = await run(process.execPath, [here(file)], { env: { ...process.env, ...env }, maxBuffer: 1 << 24 })
  const line = /^BENCH (.*)$/m.exec(stdout)?.[1]
  if (!line) throw new Error(`${file} said nothing: ${stdout.slice(-500)}`)
  return JSON.parse(line) as Record<string, number>
}
