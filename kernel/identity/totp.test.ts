// The codes of an authenticator app, against the vectors that the standards print.
import { expect, it } from 'vitest'
import { base32, codeAt, newSecret, otpauth, stepAt, stepOfCode } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

// RFC 6238, appendix B (SHA-1); ours are the last six of its eight digits.
it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %d', (second, code) => expect(codeAt(SECRET, stepAt(new Date(second * 1000)))).toBe(code))

it('accepts the code before and after, and says whose turn it was', () => {
  const now = new Date(1_111_111_111_000)
  const step = stepAt(now)
  expect([-2, -1, 0, 1, 2].map((n) => stepOfCode(SECRET, codeAt(SECRET, step + n), now))).toEqual([null, step - 1, step, step + 1, null])
  for (const code of ['', '05047', '0504711', 'abcdef', '٠٥٠٤٧١']) expect([code, stepOfCode(SECRET, code, now)]).toEqual([code, null])
})

// RFC 4648, §10.
it.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of "%s"', (text, spelled) => expect(base32(Buffer.from(text))).toBe(spelled))

it('makes a new secret each time and puts it where an app finds it', () => {
  expect(newSecret()).toHaveLength(20)
  expect(newSecret().equals(newSecret())).toBe(false)
  const uri = new URL(otpauth(SECRET, 'Balai Sukamaju', 'sari@sukamaju.example'))
  expect(decodeURIComponent(uri.pathname)).toBe('/Balai Sukamaju:sari@sukamaju.example')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: 'Balai Sukamaju',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
