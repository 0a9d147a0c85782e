// What came out: lines that are judged, a table for people, a file for comparing runs.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { here } from './child.ts'
import type { Measured } from './load.ts'

export type Line = {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** What it is compared with; null when the value itself is judged, or nothing is. */
  readonly against: { readonly what: string; readonly value: number } | null
  readonly rule: '>=' | '<=' | null
  readonly limit: number | null
}

/** The ratio of a line, or its value when it has nothing to be compared with. */
export const judgedOf = (l: Line): number => (l.against ? l.value / l.against.value : l.value)
export const passes = (l: Line): boolean | null =>
  l.rule === null || l.limit === null ? null : l.rule === '>=' ? judgedOf(l) >= l.limit : judgedOf(l) <= l.limit

const number = (n: number): string => (n >= 100 ? Math.round(n).toLocaleString('en') : n >= 10 ? n.toFixed(1) : n.toFixed(2))

/** The table. Lines without a limit are told, not judged. */
export function table(lines: readonly Line[]): string {
  const cells = lines.map((l) => [
    l.what,
    `${number(l.value)} ${l.unit}`,
    l.against ? `${l.against.what} ${number(l.against.value)}` : '',
    l.against ? number(judgedOf(l)) : '',
    l.rule ? `${l.rule === '>=' ? '≥' : '≤'} ${number(l.limit ?? 0)}` : '',
    passes(l) === null ? '' : passes(l) ? 'pass' : 'FAIL',
  ])
  const all = [['what', 'measured', 'against', 'ratio', 'limit', ''], ...cells]
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)))
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 || i === 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Facts of the machine that explain numbers; nothing that names it. */
export function machine(): Record<string, unknown> {
  const models = new Set(cpus().map((c) => c.model.trim()))
  return {
    cores: cpus().length,
    processor: [...models].join(', '),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    commit: commit(),
  }
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      cwd: here('..'),
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null
  }
}

export type Result = {
  readonly date: string
  readonly scale: string
  readonly settings: Record<string, unknown>
  readonly machine: Record<string, unknown>
  readonly database: Record<string, unknown>
  readonly leftOut: readonly string[]
  readonly measured: Record<string, Record<string, Measured>>
  readonly lines: readonly Line[]
}

/** Writes `bench/results/<date>-<scale>-<cores>c.json` and answers its path inside the repository. */
export function save(result: Result): string {
  const name = `${result.date.slice(0, 16).replaceAll(':', '')}-${result.scale}-${String(result.machine['cores'])}c.json`
  mkdirSync(here('./results'), { recursive: true })
  const lines = result.lines.map((l) => ({ ...l, ratio: l.against ? judgedOf(l) : null, pass: passes(l) }))
  writeFileSync(here(`./results/${name}`), `${JSON.stringify({ ...result, lines }, rounded, 2)}\n`)
  return `bench/results/${name}`
}

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value

/** The version of a package in a folder's lock or node_modules; '' when it cannot be told. */
export function versionOf(folder: string, name: string): string {
  try {
    return (JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8')) as { version: string }).version
  } catch {
    return ''
  }
}
