// However Wayan writes his number, it is the same phone.
import { expect, it } from 'vitest'
import { maskedPhone, phoneOf } from './phone.ts'

it.each([
  '081234567890',
  '0812-3456-7890',
  '0812 3456 7890',
  '+6281234567890',
  '+62 812-3456-7890',
  '+62 (0)812 3456 7890',
  '6281234567890',
  '81234567890',
  '006281234567890',
  '０８１２３４５６７８９０',
])('%s', (typed) => expect(phoneOf(typed)).toBe('+6281234567890'))

it('takes phones of other countries with their code, and nothing that cannot receive a message', () => {
  expect(phoneOf('+60 12-345 6789')).toBe('+60123456789')
  expect(phoneOf('0060123456789')).toBe('+60123456789')
  for (const typed of [
    '',
    '0',
    '12345',
    '021-5201234',
    '+62215201234',
    '0812',
    '+0812345678',
    '08123456789012345',
    'wayan',
    '0812345678x',
    '+',
    `0812${'0'.repeat(50)}`,
  ]) {
    expect([typed, phoneOf(typed)]).toEqual([typed, null])
  }
})

it('shows enough to recognise it', () => expect(maskedPhone('+6281234567890')).toBe('+62812•••7890'))
