// The population statistics of one community, one request after the other: every breakdown, today and on past days, reports and names.
import { here, start } from './child.ts'
import { named } from './data/make.ts'
import type { Line } from './report.ts'
import { signIn } from './subject.ts'

const DAYS = ['', '&day=2025-12-31', '&day=2024-06-15']
const MONTHS = ['2025-03-01', '2026-01-01']
const REPEAT = 3

/** The addresses of every statistic of a village that this person may ask. */
export async function statisticsPaths(base: string, code: string, headers: Record<string, string>): Promise<string[]> {
  const at = `/api/${code}/registry`
  const { data } = (await (await fetch(`${base}${at}/breakdowns`, { headers })).json()) as { data: { key: string; past: boolean }[] }
  const counted = data.filter((b) => b.past).map((b) => b.key)
  return [
    ...counted.flatMap((key) => DAYS.map((day) => `${at}/statistics?breakdown=${key}${day}`)),
    ...counted.slice(0, 6).map((key) => `${at}/statistics?breakdown=${key}&also=religion:ISLAM&age_from=17&sex=P`),
    ...MONTHS.flatMap((month) => [
      `${at}/population-report?month=${month}`,
      `${at}/movement?breakdown=religion&month=${month}`,
      `${at}/movement?breakdown=age_range&month=${month}`,
      `${at}/book-recap?month=${month}`,
      `${at}/population-report-names?month=${month}&row=closing`,
    ]),
    ...['age-pyramid', 'vulnerable-groups?day=2026-01-31', 'voters', 'statistics-names', 'book-main'].map((name) => `${at}/${name}`),
    `${at}/statistics-names?breakdown=religion&category=HINDU`,
  ]
}

type Timed = { readonly path: string; readonly ms: number }

/** Asks every address a few times, after one round to warm up. Throws when one of them fails. */
export async function timed(base: string, paths: readonly string[], headers: Record<string, string>): Promise<Timed[]> {
  const times: Timed[] = []
  for (let round = 0; round <= REPEAT; round++)
    for (const path of paths) {
      const began = performance.now()
      const answer = await fetch(base + path, { headers })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`)
      if (round > 0) times.push({ path, ms: performance.now() - began })
    }
  return times.toSorted((a, b) => a.ms - b.ms)
}

const at = (times: readonly Timed[], share: number): Timed => times[Math.min(times.length - 1, Math.floor(times.length * share))]!

/** A server over the large installation, asked as the clerk of some communities. */
export async function statisticsLines(
  url: string,
  database: string,
  villages: readonly { code: string; residents: number }[],
  dataDir: string,
  tell: (text: string) => void,
): Promise<Line[]> {
  const running = await start(here('./servers/balai.ts'), { BENCH_URL: named(url, database), BENCH_DATA: dataDir }, '/healthz')
  const lines: Line[] = []
  try {
    const headers = await signIn(running.base)
    for (const { code, residents } of villages) {
      const times = await timed(running.base, await statisticsPaths(running.base, code, headers), headers)
      const [half, p95, slowest] = [at(times, 0.5), at(times, 0.95), times.at(-1)!]
      tell(`statistics of ${residents}: p50 ${half.ms.toFixed(0)} ms, p95 ${p95.ms.toFixed(0)} ms, slowest ${slowest.ms.toFixed(0)} ms`)
      const worst = [...new Map(times.map((t) => [t.path, t.ms])).entries()].toSorted((a, b) => b[1] - a[1]).slice(0, 6)
      for (const [path, ms] of worst) tell(`  ${ms.toFixed(0)} ms  ${path}`)
      lines.push({ what: `statistics: p95, community of ${residents}`, value: p95.ms, unit: 'ms', against: null, rule: '<=', limit: 300 })
      lines.push({
        what: `statistics: median, community of ${residents}`,
        value: half.ms,
        unit: 'ms',
        against: null,
        rule: null,
        limit: null,
      })
    }
  } finally {
    await running.stop()
  }
  return lines
}

/** The same on a running embedded installation with one village. */
export async function statisticsOfOne(
  base: string,
  code: string,
  residents: number,
  headers: Record<string, string>,
  tell: (text: string) => void,
): Promise<Line> {
  const times = await timed(base, await statisticsPaths(base, code, headers), headers)
  const slowest = times.at(-1)!
  tell(
    `embedded, ${residents} residents: half under ${at(times, 0.5).ms.toFixed(0)} ms, slowest ${slowest.ms.toFixed(0)} ms (${slowest.path})`,
  )
  return {
    what: `embedded, ${residents} residents: slowest statistic`,
    value: slowest.ms,
    unit: 'ms',
    against: null,
    rule: '<=',
    limit: 1_000,
  }
}
