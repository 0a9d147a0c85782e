// One caller asks too often; the others do not notice.
import { expect, it } from 'vitest'
import { rateLimit } from './rate-limit.ts'

it('lets a burst through, then as fast as the rate, and says how long to wait', () => {
  let now = 0
  const limit = rateLimit({ perMinute: 60, burst: 3, now: () => now })
  expect([1, 2, 3].map(() => limit.take('10.0.0.1'))).toEqual([0, 0, 0])
  expect(limit.take('10.0.0.1')).toBe(1)
  expect(limit.take('10.0.0.2')).toBe(0)
  now = 1_000
  expect([limit.take('10.0.0.1'), limit.take('10.0.0.1')]).toEqual([0, 1])
  now = 60_000
  expect([1, 2, 3, 4].map(() => limit.take('10.0.0.1'))).toEqual([0, 0, 0, 1])
})

it('says longer waits in whole seconds', () => {
  const limit = rateLimit({ perMinute: 2, now: () => 0 })
  expect([1, 2, 3].map(() => limit.take('a'))).toEqual([0, 0, 30])
})

it('does not go wrong when the clock goes back', () => {
  let now = 10_000
  const limit = rateLimit({ perMinute: 60, burst: 1, now: () => now })
  expect(limit.take('a')).toBe(0)
  now = 0
  expect(limit.take('a')).toBe(1)
})

it('remembers only so many callers', () => {
  const limit = rateLimit({ perMinute: 1, remember: 100 })
  for (let i = 0; i < 1_000; i++) limit.take(`10.0.${i >> 8}.${i & 255}`)
  expect(limit.size).toBe(100)
})
