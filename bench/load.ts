// Puts a server under load and says how fast it answered: with wrk where it is installed, else with a generator of our own.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { here } from './child.ts'

export type Ask = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string }
/** Times in milliseconds. */
export type Measured = {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly failed: number
  readonly requests?: number
  readonly cpuMicros?: number
}

export type Load = {
  readonly base: string
  /** Sent in turn. `@` in a body becomes a number that is never used twice. */
  readonly asks: readonly Ask[]
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly seconds: number
  readonly runs: number
  /** Processor time of the server so far, in microseconds. */
  readonly cpu?: () => number | null
}

const run = promisify(execFile)

/** Which generator is used, for the report. */
export const generator = ((): string => {
  try {
    return execFileSync('sh', ['-c', 'wrk --version 2>&1 || true'], { encoding: 'utf8' })
      .split('\n')[0]
      ?.replace(/ Copyright.*/, '')
      .trim()
      .startsWith('wrk')
      ? 'wrk'
      : 'own'
  } catch {
    return 'own'
  }
})()

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** A warm-up, then the median of the runs. Throws when requests fail: a fast error is not an answer. */
export async function measure(load: Load): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'balai-bench-'))
  try {
    const file = join(folder, 'asks.txt')
    const lines = [
      ...Object.entries(load.headers).map(([k, v]) => `HEADER\t${k}\t${v}`),
      ...load.asks.map((a) => `${a.method}\t${a.path}\t${a.body ?? ''}`),
    ]
    writeFileSync(file, `${lines.join('\n')}\n`)
    await once(load, file, Math.min(2, load.seconds))
    const before = load.cpu?.() ?? null
    const runs: Measured[] = []
    for (let i = 0; i < load.runs; i++) runs.push(await once(load, file, load.seconds))
    const failed = runs.reduce((sum, r) => sum + r.failed, 0)
    if (!runs.some((r) => r.requests)) throw new Error(`${load.asks[0]?.path} was not answered once in ${load.seconds} s.`)
    if (failed) throw new Error(`${failed} requests to ${load.asks[0]?.path} failed.`)
    const of = (key: 'perSecond' | 'p50' | 'p95' | 'p99'): number => median(runs.map((r) => r[key]))
    const after = load.cpu?.() ?? null
    const requests = runs.reduce((sum, r) => sum + (r.requests ?? 0), 0)
    const cpu = before === null || after === null ? {} : { cpuMicros: Math.round((after - before) / Math.max(1, requests)) }
    return { perSecond: of('perSecond'), p50: of('p50'), p95: of('p95'), p99: of('p99'), failed, requests, ...cpu }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function once(load: Load, file: string, seconds: number): Promise<Measured> {
  const { stdout } =
    generator === 'wrk'
      ? await run('wrk', [
          '-t1',
          `-c${load.connections}`,
          `-d${Math.ceil(seconds)}s`,
          '--timeout',
          '30s',
          '-s',
          here('./load.lua'),
          load.base,
          '--',
          file,
        ])
      : await run(process.execPath, [here('./load-worker.ts'), load.base, file, String(load.connections), String(seconds)])
  const line = /^BENCH (.*)$/m.exec(stdout)?.[1]
  if (!line) throw new Error(`The load generator said nothing: ${stdout.slice(0, 300)}`)
  const said = JSON.parse(line) as { requests: number; seconds: number; p50: number; p95: number; p99: number; failed: number }
  return {
    perSecond: said.requests / said.seconds,
    p50: said.p50,
    p95: said.p95,
    p99: said.p99,
    failed: said.failed,
    requests: said.requests,
  }
}
