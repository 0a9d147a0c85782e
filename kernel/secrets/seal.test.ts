// What a seal promises: only the tenant that sealed a value for a field can open it, and equal values are found.
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mask } from './mask.ts'
import { normal, wordsOf } from './normal.ts'
import { SealError, sealedWith, sealWith, type OpenKeys } from './tenant-seal.ts'

const NIK = 'registry.citizens.nik'
const STREET = 'registry.citizens.street'
const newKey = () => createSecretKey(randomBytes(32))
const anyText = fc.string({ unit: 'binary', maxLength: 300 })

function village(name?: Partial<OpenKeys>): OpenKeys {
  return { tenantId: randomUUID(), index: randomBytes(32), data: new Map([[1, newKey()]]), current: () => 1, ...name }
}
const sukamaju = sealWith(village())
const mekarsari = sealWith(village())

describe('what Sukamaju seals', () => {
  test('comes back as it was, whatever the script', () => {
    fc.assert(fc.property(anyText, (plain) => sukamaju.open(sukamaju.seal(plain, NIK), NIK) === plain))
  })

  test('never looks the same twice', () => {
    const seals = new Set(Array.from({ length: 1000 }, () => sukamaju.seal('9901012209070012', NIK).toString('hex')))
    expect(seals.size).toBe(1000)
  })

  test('does not open when any bit was changed or any byte is missing', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, flip) => {
        const sealed = sukamaju.seal(plain, NIK)
        const altered = Buffer.from(sealed)
        altered[at % altered.length]! ^= flip
        expect(() => sukamaju.open(altered, NIK)).toThrow(SealError)
        expect(() => sukamaju.open(sealed.subarray(0, at % sealed.length), NIK)).toThrow(SealError)
      }),
    )
  })

  test('opens nowhere else: not in another field, not in Mekarsari, not under the same keys in another village', () => {
    const keys = village()
    const here = sealWith(keys)
    const elsewhere = sealWith({ ...keys, tenantId: randomUUID() })
    fc.assert(
      fc.property(anyText, (plain) => {
        const sealed = here.seal(plain, NIK)
        for (const attempt of [() => here.open(sealed, STREET), () => elsewhere.open(sealed, NIK), () => mekarsari.open(sealed, NIK)])
          expect(attempt).toThrow(SealError)
      }),
    )
  })

  test('says when the key is gone, and names the field but never the value', () => {
    const keys = village({
      data: new Map([
        [1, newKey()],
        [2, newKey()],
      ]),
      current: () => 2,
    })
    const sealed = sealWith(keys).seal('9901012209070012', NIK)
    expect(sealedWith(sealed)).toBe(2)
    const poorer = sealWith({ ...keys, data: new Map([[1, keys.data.get(1)!]]), current: () => 1 })
    expect(() => poorer.open(sealed, NIK)).toThrow(expect.objectContaining({ code: 'seal_key_unknown' }))
    expect(() => poorer.open(Buffer.from('9901012209070012 is not sealed at all'), NIK)).toThrow(/^(?!.*9901).*registry\.citizens\.nik/)
  })
})

describe('finding a sealed value', () => {
  test('a NIK is found however the clerk types it', () => {
    const stored = sukamaju.blind('9901012209070012', NIK)
    expect(stored).toHaveLength(16)
    for (const typed of [
      ' 9901012209070012 ',
      '990101 220907 0012',
      '99.01.01.220907.0012',
      '990101-220907-0012',
      '９９０１０１２２０９０７００１２',
    ])
      expect(sukamaju.blind(typed, NIK)).toEqual(stored)
    expect(sukamaju.blind('9901012209070013', NIK)).not.toEqual(stored)
  })

  test('normalising again changes nothing, and equal forms have equal indexes', () => {
    fc.assert(
      fc.property(anyText, (plain) => {
        expect(normal(normal(plain))).toBe(normal(plain))
        expect(sukamaju.blind(`  ${plain}\t`, NIK)).toEqual(sukamaju.blind(normal(plain), NIK))
      }),
    )
  })

  test('a value that is not only a number keeps its dashes: Rawa-Rawa is not RawaRawa', () => {
    expect(sukamaju.blind('Rawa-Rawa', STREET)).not.toEqual(sukamaju.blind('RawaRawa', STREET))
    expect(normal('-')).toBe('-')
    expect(normal('RT 03')).toBe('rt 03')
  })

  test('the same value has another index in another village, another field, and as a word', () => {
    fc.assert(
      fc.property(anyText, (plain) => {
        const here = sukamaju.blind(plain, NIK)
        expect(mekarsari.blind(plain, NIK)).not.toEqual(here)
        expect(sukamaju.blind(plain, STREET)).not.toEqual(here)
        expect(sukamaju.blindWords(plain, NIK)).not.toContainEqual(here)
      }),
    )
  })

  test('a street is found by any of its words, without accents, case and repeats', () => {
    expect(wordsOf('Jl. Kénari-Kenari No.12/A, RT 03')).toEqual(['jl', 'kenari', 'no', '12', 'a', 'rt', '03'])
    const street = sukamaju.blindWords('Jl. Kénari No. 12', STREET)
    const asked = sukamaju.blindWords('KENARI 12', STREET)
    expect(asked).toHaveLength(2)
    for (const word of asked) expect(street).toContainEqual(word)
    expect(sukamaju.blindWords(' .,- ', STREET)).toEqual([])
  })
})

describe('a masked value', () => {
  test('shows the ends of a NIK', () => {
    expect(mask('9901012209070012', [4, 4])).toBe('9901••••••••0012')
    expect(mask('sari@contoh.id', [2, 0])).toBe('sa••••••••••••')
  })

  test('does not tell the length when it shows nothing', () => {
    expect(mask('Kanker', [0, 0])).toBe('••••••••')
    expect(mask('Hipertensi kronis', [0, 0])).toBe('••••••••')
    expect(mask('7', [4, 4])).toBe('••••••••')
    expect(mask('', [4, 4])).toBe('')
  })

  test('never shows more than half of a value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), fc.nat(9), fc.nat(9), (plain, start, end) => {
        const shown = [...mask(plain, [start, end])].filter((c) => c !== '•').length
        expect(shown).toBeLessThanOrEqual([...plain].length / 2)
      }),
    )
    expect(mask('08123456', [4, 4])).toBe('08••••56')
  })
})
