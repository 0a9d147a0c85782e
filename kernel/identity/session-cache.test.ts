// A session is remembered for seconds, and not a moment after it ended.
import { expect, it } from 'vitest'
import { sessionCache } from './session-cache.ts'

const sari = { userId: 'sari' }
const made = { userId: 'made' }

it('forgets by itself, and forgets a person at once', () => {
  let now = 0
  const cache = sessionCache<{ userId: string }>({ ttl: 15_000, size: 10, now: () => now })
  cache.put('a', sari, cache.moment())
  cache.put('b', made, cache.moment())
  now = 14_999
  expect(cache.get('a')).toBe(sari)
  cache.dropUser('sari')
  expect(cache.get('a')).toBeUndefined()
  expect(cache.get('b')).toBe(made)
  now = 15_000
  expect(cache.get('b')).toBeUndefined()
})

it('does not keep what was read before it was ended and arrives after', () => {
  const cache = sessionCache<{ userId: string }>({ ttl: 15_000, size: 10 })
  const read = cache.moment()
  cache.dropUser('sari')
  cache.put('a', sari, read)
  expect(cache.get('a')).toBeUndefined()
})

it('stays small', () => {
  const cache = sessionCache<{ userId: string }>({ ttl: 15_000, size: 2 })
  for (const key of ['a', 'b', 'c']) cache.put(key, sari, cache.moment())
  expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([false, true, true])
})
