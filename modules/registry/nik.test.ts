// What a NIK says, for people whose papers are in order and for those whose are not.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeNik, nikWarnings, parseNik, readNik } from './nik.ts'

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10))
const gender = fc.constantFrom('L' as const, 'P' as const)
const serial = fc.integer({ min: 1, max: 9999 })

describe('the parts of a NIK', () => {
  test('Siti was born on 7 September 1985: 40 is added to her day', () => {
    expect(parseNik('9902044709850012')).toEqual({ region: '990204', day: 7, month: 9, year: 85, gender: 'P', serial: '0012' })
    expect(parseNik('9902040709850012')).toMatchObject({ gender: 'L', day: 7 })
  })

  test('too short, too long, an impossible day or month, or a leading 0 make it none', () => {
    const lengths = ['', '0', '990204470985001', '99020447098500123', '9902043109130012x']
    for (const nik of [...lengths, '9902047209850012', '9902040013850012', '0902044709850012']) expect(parseNik(nik), nik).toBeNull()
  })

  test('every NIK made for somebody agrees with them', () =>
    fc.assert(
      fc.property(day, gender, serial, (birthDate, who, n) => {
        const nik = makeNik('990204', birthDate, who, n)
        expect(nik).toMatch(/^\d{16}$/)
        expect(nikWarnings(nik, { birthDate, gender: who, district: '99.02.04' })).toEqual([])
      }),
    ))
})

describe('doubts', () => {
  const codes = (nik: string, facts: Parameters<typeof nikWarnings>[1]): string[] => nikWarnings(nik, facts).map((w) => w.code)

  test('a wrong day, the other sex and another district are each said, and none is an error', () => {
    expect(codes('9902044709850012', { birthDate: '1985-09-08' })).toEqual(['nik_birth_date'])
    expect(codes('9902044709850012', { gender: 'L' })).toEqual(['nik_gender'])
    expect(codes('9902044709850012', { district: '990311' })).toEqual(['nik_region'])
    expect(codes('9902047209850012', {})).toEqual(['nik_unreadable'])
  })

  test('the century is not in the NIK, so it is not compared', () => {
    expect(codes('9902040709050012', { birthDate: '1905-09-07' })).toEqual([])
    expect(codes('9902040709050012', { birthDate: '2005-09-07' })).toEqual([])
  })
})

describe('reading what people write', () => {
  test.each(['', ' ', '-', '0', '000', '0990101200500001', '0000000000000000'])('"%s" means: none yet', (raw) =>
    expect(readNik(raw).kind).toBe('temporary'),
  )
  test.each(['9902 0447 0985 0012', '99.0204-470985-0012'])('"%s" is a NIK with ornaments', (raw) =>
    expect(readNik(raw)).toEqual({ kind: 'permanent', nik: '9902044709850012' }),
  )
  test.each(['990101500707363', '12345', 'tidak ada', '9902044709850012a'])('"%s" is wrong', (raw) =>
    expect(readNik(raw).kind).toBe('wrong'),
  )
  test('anything is one of the three', () =>
    fc.assert(fc.property(fc.string(), (raw) => ['permanent', 'temporary', 'wrong'].includes(readNik(raw).kind))))
})
