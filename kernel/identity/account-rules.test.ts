// Which passwords Balai keeps for people, and how.
import { expect, it } from 'vitest'
import { passwordProblems } from './account-rules.ts'
import { hashPassword, verifyPassword } from './password.ts'

const code = (password: string) => passwordProblems(password, ['kepala.desa', 'lurah@sukamaju.example'])[0]?.code

it('asks for ten characters and nothing silly beyond', () => {
  expect(code('123456789')).toBe('too_short')
  expect(code('sembilan!')).toBe('too_short')
  expect(code('sepuluh!!!')).toBeUndefined()
  expect(code('x'.repeat(129))).toBe('too_long')
})

it('refuses one’s own name and what everybody tries first', () => {
  expect(code('Kepala.Desa')).toBe('same_as_name')
  expect(code('lurah@sukamaju.example')).toBe('same_as_name')
  for (const worst of ['1234567890', 'Password123', 'rahasia123', 'Indonesia45', 'bismillah123', 'aaaaaaaaaa', 'abababababab']) {
    expect([worst, code(worst)]).toEqual([worst, 'too_common'])
  }
})

it('knows a password again however its letters were typed, and no other', async () => {
  const hash = await hashPassword('café di pojok')
  expect(await verifyPassword(hash, 'cafe\u0301 di pojok')).toBe(true)
  expect(await verifyPassword(hash, 'cafe di pojok')).toBe(false)
  expect(await verifyPassword(hash, '')).toBe(false)
})

it('reads the cost from the hash, so that older ones still work', async () => {
  // Made with the reference implementation's parameters m=8192, t=1, p=2.
  const { argon2Sync } = await import('node:crypto')
  const nonce = Buffer.from('garam yang cukup')
  const key = argon2Sync('argon2id', { message: 'jendela kayu', nonce, parallelism: 2, tagLength: 32, memory: 8192, passes: 1 })
  const bare = (b: Buffer) => b.toString('base64').replace(/=+$/, '')
  expect(await verifyPassword(`$argon2id$v=19$m=8192,t=1,p=2$${bare(nonce)}$${bare(key)}`, 'jendela kayu')).toBe(true)
})

it('takes a broken or foreign hash for nobody’s', async () => {
  for (const hash of ['', 'x', '$2b$10$abcdefghijklmnopqrstuu', '$argon2id$v=19$m=19456,t=2,p=1$$']) {
    expect(await verifyPassword(hash, 'x')).toBe(false)
  }
})
