// The small language of patterns: it means what regular expressions mean, and no pattern can hang the server.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, parsePattern } from './pattern.ts'

const matches = (source: string, text: string): boolean => fits(parsePattern(source)!, text)

test('what it accepts it reads as a regular expression does', () => {
  const one = fc.constantFrom('a', 'b', '.', '\\d', '\\.', '[ab]', '[^a]', '[0-9]', '[a-c1]', '-')
  const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '{2,}')
  const source = fc
    .array(
      fc.tuple(one, times).map(([o, t]) => o + t),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join(''))
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '1', '.', '-'), { maxLength: 8 }).map((chars) => chars.join(''))
  fc.assert(
    fc.property(source, text, (s, t) => {
      expect(matches(s, t), `${s} on ${t}`).toBe(new RegExp(`^(?:${s})$`, 'u').test(t))
    }),
    { numRuns: 3_000, seed: 1945 },
  )
})

test('groups, alternatives, references, look-around and unfinished patterns are no patterns', () => {
  for (const source of [
    '',
    '(a)',
    'a|b',
    '(?=a)',
    '\\1',
    'a**',
    '*a',
    'a{3',
    'a{3,1}',
    'a{5000}',
    '[a',
    '[]',
    '[z-a]',
    '\\',
    '\\x',
    '^a',
    'a$',
    'x'.repeat(201),
    'ab'.repeat(40),
  ])
    expect(parsePattern(source), source).toBe(null)
})

// Backtracking would not end in this life; the limit leaves room for a busy machine.
test('the classic traps take no time', () => {
  const began = performance.now()
  for (const source of ['a*a*a*a*a*a*a*a*a*a*b', `${'a?'.repeat(20)}${'a'.repeat(20)}`, '.*.*.*.*.*.*.*=', 'a+a+a+a+a+a+a+a+!'])
    matches(source, 'a'.repeat(5_000))
  expect(performance.now() - began).toBeLessThan(2_000)
})
