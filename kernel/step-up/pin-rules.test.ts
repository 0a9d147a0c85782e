// What is too easy to guess, and what is not; and that a hash opens for its own PIN, in its own row, under its own master key only.
import { expect, test } from 'vitest'
import { masterKey } from '#kernel/secrets/master-key.ts'
import { hashPin, isOld, verifyPin } from './pin-hash.ts'
import { easyToGuess } from './pin-rules.ts'
import { makeToken, tokenHolds } from './token.ts'

test.each([
  '000000',
  '111111',
  '121212',
  '123123',
  '112233',
  '111222',
  '454545',
  '499949', // repeats
  '123456',
  '654321',
  '012345',
  '890123',
  '987654',
  '246802',
  '135791', // runs
  '010190',
  '170845',
  '311299',
  '900101',
  '450817',
  '081745',
  '122599',
  '310100', // dates in any order
  '199001',
  '011990',
  '202301',
  '742019', // years
  '123321',
  '159753',
  '142857',
  '520131',
  '314159', // chosen by many
])('%s is refused', (pin) => {
  expect(easyToGuess(pin)?.id).toMatch(/\S/)
  expect(easyToGuess(pin)?.en).toMatch(/\S/)
})

test.each(['738214', '480263', '904857', '637084', '853947', '406958'])('%s is taken', (pin) => expect(easyToGuess(pin)).toBe(null))

test('four of five PINs stay possible', () => {
  let left = 0
  for (let n = 0; n < 1_000_000; n += 37) if (!easyToGuess(String(n).padStart(6, '0'))) left += 37
  expect(left).toBeGreaterThan(800_000)
})

const [old, current] = [masterKey([Buffer.alloc(32, 1)]), masterKey([Buffer.alloc(32, 2), Buffer.alloc(32, 1)])]
const joko = { tenantId: '0190a000-0000-7000-8000-000000000001', membershipId: '0190a000-0000-7000-8000-000000000002' }

test('a hash opens for its PIN, its member and its master key', async () => {
  const hash = await hashPin(old, joko, '738214')
  expect(hash).not.toContain('738214')
  expect(await verifyPin(old, joko, hash, '738214')).toBe('right')
  expect(await verifyPin(old, joko, hash, '738215')).toBe('wrong')
  expect(await verifyPin(old, { ...joko, membershipId: joko.tenantId }, hash, '738214')).toBe('wrong')
  expect(await verifyPin(masterKey([Buffer.alloc(32, 3)]), joko, hash, '738214')).toBe('lost')
  for (const broken of ['', 'x', hash.replace('argon2id', 'argon2i'), hash.replace(/keyid=\w+/, '')])
    expect(await verifyPin(old, joko, broken, '738214')).toBe('lost')
})

test('after the master key changed a PIN still opens, and is due to be hashed anew', async () => {
  const hash = await hashPin(old, joko, '738214')
  expect([await verifyPin(current, joko, hash, '738214'), isOld(current, hash), isOld(old, hash)]).toEqual(['right', true, false])
})

test('a proof holds for its session, member, community and PIN, for five minutes', () => {
  const now = new Date('2026-11-23T03:00:00Z')
  const bearer = { ...joko, sessionId: '0190a000-0000-7000-8000-000000000003', pinSetAt: new Date('2026-01-01T00:00:00Z') }
  const secret = 'a secret that only tests know, and it is long'
  const { token, expiresAt } = makeToken(secret, bearer, now)
  expect(expiresAt.toISOString()).toBe('2026-11-23T03:05:00.000Z')
  const holds = (change: Partial<typeof bearer> = {}, later = 0, shown = token, by = secret): boolean =>
    tokenHolds(by, { ...bearer, ...change }, shown, new Date(now.getTime() + later))
  expect([holds(), holds({}, 299_999)]).toEqual([true, true])
  expect([
    holds({}, 300_000),
    holds({ sessionId: joko.tenantId }),
    holds({ tenantId: bearer.sessionId }),
    holds({ membershipId: bearer.sessionId }),
    holds({ pinSetAt: now }),
  ]).toEqual([false, false, false, false, false])
  const longer = token.replace(/^1\.\d+/, `1.${now.getTime() + 3_000_000}`)
  for (const forged of [
    '',
    'x',
    `${token}x`,
    token.slice(0, -1),
    longer,
    token.replace('1.', '2.'),
    `1.${expiresAt.getTime()}.${'A'.repeat(43)}`,
  ])
    expect(holds({}, 0, forged), forged).toBe(false)
  expect(holds({}, 0, token, 'another secret, of another installation')).toBe(false)
})
