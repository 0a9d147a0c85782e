// What is measured beside the server's requests: importing a workbook, and the embedded database with a whole village in it.
import { start, here } from './child.ts'
import { asAdmin, named } from './data/make.ts'
import { runChild } from './measure.ts'
import type { Options } from './options.ts'
import type { Line } from './report.ts'
import { statisticsOfOne } from './statistics.ts'
import { asksOfVillage, signIn } from './subject.ts'

const TEMPORARY = 'balai_bench_import'

/** Rows per second of a generated workbook, from its bytes to the commit, on both kinds of database. */
export async function importLines(o: Options, dataDir: string, tell: (text: string) => void): Promise<Line[]> {
  const rows = o.scale === 'full' ? 10_000 : 1_000
  const lines: Line[] = []
  for (const kind of o.scale === 'full' ? (['server', 'embedded'] as const) : (['server'] as const)) {
    if (kind === 'server') await asAdmin(o.url, (c) => c.query(`create database ${TEMPORARY}`))
    try {
      const url = kind === 'server' ? named(o.url, TEMPORARY) : ''
      const said = await runChild('./servers/import.ts', { BENCH_URL: url, BENCH_DATA: `${dataDir}-${kind}`, BENCH_ROWS: String(rows) })
      tell(`import, ${kind}: ${rows} rows in ${said['seconds']?.toFixed(1)} s (dry run ${said['dry']?.toFixed(1)} s), ${said['rss']} MB`)
      lines.push({
        what: `import of ${rows} rows, ${kind}`,
        value: rows / said['seconds']!,
        unit: 'rows/s',
        against: null,
        ...(kind === 'server' ? { rule: '>=', limit: 2_000 } : { rule: null, limit: null }),
      })
    } finally {
      if (kind === 'server') await asAdmin(o.url, (c) => c.query(`drop database if exists ${TEMPORARY} with (force)`))
    }
  }
  return lines
}

/** Every list, search and filter of the register on the embedded database; the slowest is judged. */
export async function embeddedLines(o: Options, tell: (text: string) => void): Promise<Line[]> {
  const residents = o.scale === 'full' ? 20_000 : 2_000
  const running = await start(here('./servers/embedded.ts'), { BENCH_RESIDENTS: String(residents) }, '/healthz', { seconds: 300 })
  try {
    const headers = await signIn(running.base)
    const times: { path: string; ms: number }[] = []
    for (const path of await asksOfVillage(running.base, headers))
      for (let i = 0; i < 3; i++) {
        const began = performance.now()
        const answer = await fetch(running.base + path, { headers })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`)
        times.push({ path, ms: performance.now() - began })
      }
    const slowest = times.toSorted((a, b) => b.ms - a.ms)[0]!
    const middle = times.map((t) => t.ms).toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
    tell(
      `embedded, ${residents} residents: ${times.length} requests, half under ${middle.toFixed(0)} ms, slowest ${slowest.ms.toFixed(0)} ms (${slowest.path})`,
    )
    const statistics = await statisticsOfOne(running.base, 'desa-01', residents, headers, tell)
    return [
      statistics,
      {
        what: `embedded, ${residents} residents: slowest list, search or filter`,
        value: slowest.ms,
        unit: 'ms',
        against: null,
        rule: '<=',
        limit: 1_000,
      },
      { what: `embedded, ${residents} residents: median`, value: middle, unit: 'ms', against: null, rule: null, limit: null },
      { what: 'embedded: memory', value: running.rss() ?? 0, unit: 'MB', against: null, rule: null, limit: null },
    ]
  } finally {
    await running.stop()
  }
}
