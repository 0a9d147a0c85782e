// Quiet nights and morning digests, on wall clocks that cross midnight and are set forward or back.
import { expect, test } from 'vitest'
import { isZone, nextDigest, quietUntil } from './wall-clock.ts'

const night = { quiet_from: '21:00', quiet_until: '06:30', digest_at: null }
const ends = (hours: typeof night, zone: string, at: string): string | null => quietUntil(hours, zone, new Date(at))?.toISOString() ?? null

test.each([
  ['just before the night', '2026-03-10T13:59:59Z', null],
  ['its first minute', '2026-03-10T14:00:00Z', '2026-03-10T23:30:00.000Z'],
  ['before midnight', '2026-03-10T16:59:00Z', '2026-03-10T23:30:00.000Z'],
  ['after midnight', '2026-03-10T17:01:00Z', '2026-03-10T23:30:00.000Z'],
  ['its last minute', '2026-03-10T23:29:59Z', '2026-03-10T23:30:00.000Z'],
  ['the minute it ends', '2026-03-10T23:30:00Z', null],
])('in Sukamaju: %s', (_when, at, until) => expect(ends(night, 'Asia/Jakarta', at)).toBe(until))

test('a quiet noon does not reach over midnight', () => {
  const noon = { ...night, quiet_from: '12:00', quiet_until: '13:00' }
  expect(ends(noon, 'Asia/Jayapura', '2026-03-10T03:30:00Z')).toBe('2026-03-10T04:00:00.000Z')
  expect(ends(noon, 'Asia/Jayapura', '2026-03-10T14:30:00Z')).toBeNull()
})

test('the night in which clocks go forward is an hour shorter, the one in which they go back an hour longer', () => {
  // Berlin, 29 March 2026: 02:00 becomes 03:00. From 22:00 (+1) until 06:30 (+2).
  expect(ends({ ...night, quiet_from: '22:00' }, 'Europe/Berlin', '2026-03-28T21:00:00Z')).toBe('2026-03-29T04:30:00.000Z')
  // 25 October 2026: 03:00 becomes 02:00.
  expect(ends({ ...night, quiet_from: '22:00' }, 'Europe/Berlin', '2026-10-24T20:00:00Z')).toBe('2026-10-25T05:30:00.000Z')
})

test('quiet that ends at a time that does not exist ends behind the gap', () => {
  const until = { ...night, quiet_until: '02:30' }
  expect(ends(until, 'Europe/Berlin', '2026-03-28T23:00:00Z')).toBe('2026-03-29T01:30:00.000Z')
})

test('quiet that ends at a time that comes twice is over the first time, and quiet again until the second', () => {
  const until = { ...night, quiet_until: '02:30' }
  expect(ends(until, 'Europe/Berlin', '2026-10-24T23:00:00Z')).toBe('2026-10-25T00:30:00.000Z')
  expect(ends(until, 'Europe/Berlin', '2026-10-25T00:45:00Z'), '02:45 the first time').toBeNull()
  expect(ends(until, 'Europe/Berlin', '2026-10-25T01:10:00Z'), '02:10 the second time').toBe('2026-10-25T01:30:00.000Z')
})

test('whatever the hour, quiet ends later than now and within a day', () => {
  for (const zone of ['Asia/Jakarta', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'])
    for (let hour = 0; hour < 24 * 400; hour += 5) {
      const at = new Date(Date.UTC(2026, 0, 1, hour, 17))
      const until = quietUntil(night, zone, at)
      if (!until) continue
      expect(until.getTime() - at.getTime(), `${zone} ${at.toISOString()}`).toBeGreaterThan(0)
      expect(until.getTime() - at.getTime(), `${zone} ${at.toISOString()}`).toBeLessThanOrEqual(11 * 3_600_000)
      expect(quietUntil(night, zone, until), `${zone} ${at.toISOString()}`).toBeNull()
    }
})

test('the next digest is later today or tomorrow, never now', () => {
  const seven = { quiet_from: null, quiet_until: null, digest_at: '07:00' }
  const next = (at: string, zone = 'Asia/Makassar'): string | undefined => nextDigest(seven, zone, new Date(at))?.toISOString()
  expect(next('2026-03-09T22:59:00Z')).toBe('2026-03-09T23:00:00.000Z')
  expect(next('2026-03-09T23:00:00Z')).toBe('2026-03-10T23:00:00.000Z')
  expect(next('2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T05:00:00.000Z')
  expect(nextDigest({ ...seven, digest_at: null }, 'Asia/Makassar', new Date())).toBeNull()
})

test('zones are those that exist', () => {
  expect(isZone('Asia/Jakarta')).toBe(true)
  expect(isZone('Asia/Sukamaju')).toBe(false)
})
