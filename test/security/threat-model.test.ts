// Holds docs/threat-model.md to its word: every test that it names exists, with the name it gives.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const lines = readFileSync(new URL('docs/threat-model.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))

test('has every line of the issue, numbered without a gap', () => {
  expect(lines.map((line) => Number(line.split('|')[1]))).toEqual(lines.map((_, i) => i + 1))
  expect(lines.length).toBeGreaterThan(35)
})

test.each(lines.map((line) => [line.split('|')[2]!.trim(), line.split('|').at(-2)!] as const))('%s: its tests exist', (_threat, cell) => {
  const named = [...cell.matchAll(/`([^`]+)`(?: › ([^`|]+?))?(?=$|, `| \||;|\s*$)/g)]
  expect(named.length).toBeGreaterThan(0)
  for (const [, file, name] of named) {
    const text = readFileSync(new URL(file!, root), 'utf8')
    if (name) expect(text).toContain(name.trim())
  }
})
