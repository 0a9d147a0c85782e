// When Joko may come in: hours on the wall clock of his village, nights over midnight, networks old and new.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insideOf, networkFrom } from './networks.ts'
import { outsideHours, outsideNetwork } from './outside.ts'
import { clockIn, ruleOf, type RuleRow, verdict, WEEKDAYS } from './rules.ts'

const JAKARTA = 'Asia/Jakarta'
const MAKASSAR = 'Asia/Makassar'
const rule = (facts: Partial<RuleRow> = {}) =>
  ruleOf({ description: 'Kantor desa', weekdays: [], from_time: null, until_time: null, networks: [], ...facts })
const office = rule({ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], from_time: '08:00', until_time: '16:00' })
const at = (instant: string, timeZone: string, ip: string | null = null) => ({ at: new Date(instant), timeZone, ip })

describe('office hours, Monday to Friday from 8 to 16', () => {
  // 23 November 2026 is a Monday; Jakarta is UTC+7.
  test.each([
    ['2026-11-23T01:00:00Z', 'open'],
    ['2026-11-23T00:59:59Z', 'outside_hours'],
    ['2026-11-23T08:59:59Z', 'open'],
    ['2026-11-23T09:00:00Z', 'outside_hours'],
    ['2026-11-27T08:30:00Z', 'open'],
    ['2026-11-28T03:00:00Z', 'outside_hours'],
    ['2026-11-22T23:30:00Z', 'outside_hours'],
  ] as const)('at %s in Jakarta: %s', (instant, expected) => expect(verdict([office], at(instant, JAKARTA))).toBe(expected))

  test('Makassar opens and closes an hour earlier than Jakarta, by the same rule', () => {
    expect(verdict([office], at('2026-11-23T00:30:00Z', MAKASSAR))).toBe('open')
    expect(verdict([office], at('2026-11-23T00:30:00Z', JAKARTA))).toBe('outside_hours')
    expect(verdict([office], at('2026-11-23T08:30:00Z', MAKASSAR))).toBe('outside_hours')
  })

  test('where clocks are changed, eight is eight before and after', () => {
    // Amsterdam: UTC+2 until 25 October 2026, UTC+1 after it.
    expect(verdict([office], at('2026-10-23T06:00:00Z', 'Europe/Amsterdam'))).toBe('open')
    expect(verdict([office], at('2026-10-26T06:00:00Z', 'Europe/Amsterdam'))).toBe('outside_hours')
    expect(verdict([office], at('2026-10-26T07:00:00Z', 'Europe/Amsterdam'))).toBe('open')
  })
})

describe('the night watch, Friday and Saturday from 22 to 5', () => {
  const night = rule({ weekdays: ['fri', 'sat'], from_time: '22:00', until_time: '05:00' })
  test.each([
    ['Friday 21:59', '2026-11-27T14:59:00Z', 'outside_hours'],
    ['Friday 22:00', '2026-11-27T15:00:00Z', 'open'],
    ['Saturday 00:00', '2026-11-27T17:00:00Z', 'open'],
    ['Saturday 04:59', '2026-11-27T21:59:00Z', 'open'],
    ['Saturday 05:00', '2026-11-27T22:00:00Z', 'outside_hours'],
    ['Sunday 03:00, begun on Saturday', '2026-11-28T20:00:00Z', 'open'],
    ['Sunday 23:00', '2026-11-29T16:00:00Z', 'outside_hours'],
    ['Friday 03:00, which belongs to Thursday', '2026-11-26T20:00:00Z', 'outside_hours'],
  ] as const)('%s', (_when, instant, expected) => expect(verdict([night], at(instant, JAKARTA))).toBe(expected))
})

test('a window and the rest of the clock share every minute of a week between them', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  fc.assert(
    fc.property(time, time, fc.integer({ min: 0, max: 7 * 1440 - 1 }), (from, until, minute) => {
      fc.pre(from !== until)
      const moment = at(new Date(Date.UTC(2026, 10, 23) + minute * 60_000).toISOString(), JAKARTA)
      const inside = verdict([rule({ from_time: from, until_time: until })], moment)
      const outside = verdict([rule({ from_time: until, until_time: from })], moment)
      expect([inside, outside].toSorted()).toEqual(['open', 'outside_hours'])
    }),
    { numRuns: 300, seed: 1945 },
  )
})

test('no rules, or a rule without limits, is free; a day without hours is the whole day', () => {
  expect(verdict([], at('2026-11-22T20:00:00Z', JAKARTA))).toBe('open')
  expect(verdict([rule()], at('2026-11-22T20:00:00Z', JAKARTA))).toBe('open')
  const monday = rule({ weekdays: ['mon'] })
  expect(verdict([monday], at('2026-11-22T17:00:00Z', JAKARTA))).toBe('open')
  expect(verdict([monday], at('2026-11-23T17:00:00Z', JAKARTA))).toBe('outside_hours')
  const evening = rule({ from_time: '18:00' })
  expect(verdict([evening], at('2026-11-23T16:59:00Z', JAKARTA))).toBe('open')
  expect(verdict([evening], at('2026-11-23T17:00:00Z', JAKARTA))).toBe('outside_hours')
  expect(WEEKDAYS.map((_, i) => clockIn(JAKARTA, new Date(Date.UTC(2026, 10, 23 + i, 5))).day)).toEqual([...WEEKDAYS])
})

test('time and place must fit in one and the same rule', () => {
  const rules = [
    rule({ ...{ weekdays: ['mon'], from_time: '08:00', until_time: '16:00' }, networks: ['192.168.1.0/24'] }),
    rule({ weekdays: ['sun'], description: 'Piket' }),
  ]
  expect(verdict(rules, at('2026-11-23T03:00:00Z', JAKARTA, '192.168.1.9'))).toBe('open')
  expect(verdict(rules, at('2026-11-23T03:00:00Z', JAKARTA, '192.168.2.9'))).toBe('outside_network')
  expect(verdict(rules, at('2026-11-23T03:00:00Z', JAKARTA, null))).toBe('outside_network')
  expect(verdict(rules, at('2026-11-24T03:00:00Z', JAKARTA, '192.168.1.9'))).toBe('outside_hours')
  expect(verdict(rules, at('2026-11-22T03:00:00Z', JAKARTA, '8.8.8.8'))).toBe('open')
})

test('the no says when and where, in words, and never the addresses', () => {
  const hours = outsideHours([office, rule({ weekdays: ['sat', 'mon', 'sun'], from_time: '22:00', until_time: '05:00' })], MAKASSAR).words
  expect(hours.id).toBe(
    'Peran Anda hanya dapat masuk pada jamnya: Senin–Jumat 08.00–16.00 WITA; atau Senin, Sabtu, Minggu 22.00–05.00 WITA.',
  )
  expect(hours.en).toContain('Monday–Friday 08:00–16:00 WITA; or Monday, Saturday, Sunday 22:00–05:00 WITA')
  const place = outsideNetwork([rule({ networks: ['10.1.0.0/16'] })]).words
  expect(place.id).toContain('“Kantor desa”')
  expect(place.id + place.en).not.toContain('10.1')
})

test.each([
  ['192.168.1.0/24', '192.168.1.255', true],
  ['192.168.1.0/24', '192.168.2.0', false],
  ['192.168.1.77/24', '192.168.1.1', true],
  ['192.168.1.0/24', '::ffff:192.168.1.3', true],
  ['192.168.1.0/24', '::ffff:c0a8:0103', true],
  ['::ffff:192.168.1.0/120', '192.168.1.3', true],
  ['::ffff:192.168.1.0/120', '192.168.2.3', false],
  ['10.0.0.7', '10.0.0.7', true],
  ['10.0.0.7', '10.0.0.8', false],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['2001:db8::/32', '32.1.13.184', false],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '2001:db8::1', true],
] as const)('%s has %s in it: %s', (network, address, expected) => {
  expect(networkFrom(network)).not.toBe(null)
  expect(insideOf([network])(address)).toBe(expected)
})

test.each([
  '',
  '192.168.1',
  '192.168.1.0/33',
  '192.168.1.0/-1',
  '192.168.1.0/24/8',
  '192.168.1.0/',
  'kantor',
  '2001:db8::/129',
  '::ffff:10.0.0.0/90',
  'fe80::1%eth0',
  '1.2.3.4/0x8',
  ' ',
])('“%s” is no network', (text) => expect(networkFrom(text)).toBe(null))
test('an unknown address is in no network', () =>
  expect([insideOf(['0.0.0.0/0', '::/0'])(null), insideOf(['::/0'])('not an address')]).toEqual([false, false]))
