// Cells as village clerks fill them: every habit has one meaning, and nonsense has none.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as codes from '../codes.ts'
import { OCCUPATIONS } from '../occupations.ts'
import { areaNumberOf, clean, dayOf, hamletOf, placeOf, textOf } from './cells.ts'
import { bloodOf, codeOf, type ListName, LISTS, occupationOf } from './lists.ts'

describe('texts', () => {
  test.each([
    ["9901015404157474'", '9901015404157474'],
    ["'002", '002'],
    ["WARDOYI'", 'WARDOYI'],
    ["  Nur'aini\u00a0 Putri ", "Nur'aini Putri"],
    ["NI'MAH", "NI'MAH"],
  ])('%j is %j', (raw, meant) => expect(clean(raw)).toBe(meant))

  test('cleaning twice is cleaning once', () => fc.assert(fc.property(fc.string(), (s) => clean(clean(s)) === clean(s))))
  test.each(['', '-', ' - ', '--', "'"])('%j says nothing', (raw) => expect(textOf(raw)).toBeNull())
})

describe('days', () => {
  test.each([
    ['2006-05-01', '2006-05-01'],
    ['01-05-2006', '2006-05-01'],
    ['1/5/2006', '2006-05-01'],
    ['1.5.2006', '2006-05-01'],
    ['1 Mei 2006', '2006-05-01'],
    ['17 Agustus 1945', '1945-08-17'],
    ["2019-06-24'", '2019-06-24'],
    ['2006-05-01T00:00:00', '2006-05-01'],
    ['29-02-2024', '2024-02-29'],
    ['38838', '2006-05-01'],
  ])('%s is %s', (raw, meant) => expect(dayOf(raw)).toEqual({ day: meant }))

  test.each(['2012-02-30', '31-04-2001', '29-02-2023', '2001-13-01', '00-05-2006'])('%s does not exist', (raw) =>
    expect(dayOf(raw)).toEqual({ fault: 'impossible' }),
  )
  test.each(['1-5-06', 'kemarin', '2006', '5 Foo 2006'])('%s cannot be read', (raw) => expect(dayOf(raw)).toEqual({ fault: 'unreadable' }))
  test.each(['', '-', '0', '0000-00-00'])('%j is missing', (raw) => expect(dayOf(raw)).toEqual({ fault: 'missing' }))

  test('every real day is read the same from both orders, and nothing becomes another day', () => {
    const real = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(real, (day) => {
        const [y, m, d] = day.split('-')
        expect(dayOf(day)).toEqual({ day })
        expect(dayOf(`${d}-${m}-${y}`)).toEqual({ day })
      }),
    )
  })
})

describe('places', () => {
  test('numbers of RT and RW count without zeros and ornaments', () => {
    for (const raw of ['2', '02', "'002", 'RT 2', 'RW.002']) expect(areaNumberOf(raw)).toEqual({ code: '002' })
    for (const raw of ['-', '', '0', '000']) expect(areaNumberOf(raw)).toEqual({ none: true })
    for (const raw of ['A1', '1a', '123456']) expect(areaNumberOf(raw)).toEqual({ fault: 'wrong' })
  })

  test('a hamlet is its name', () => {
    expect(hamletOf('Dusun karang_anyar')).toBe('KARANG ANYAR')
    expect(hamletOf('-')).toBeNull()
  })

  test('a place needs both numbers', () => {
    expect(placeOf('-5,384178', '111.489765')).toEqual({ lat: -5.384178, lng: 111.489765 })
    for (const [lat, lng] of [
      ['', '111'],
      ['-5', 'x'],
      ['91', '0'],
      ['0', '0'],
    ])
      expect(placeOf(lat, lng)).toBeNull()
  })
})

describe('codes', () => {
  test.each([
    ['gender', 'Perempuan', 'P'],
    ['gender', 'LK', 'L'],
    ['gender', '1', 'L'],
    ['religion', 'Katholik', 'KATOLIK'],
    ['education', 'SLTA/SEDERAJAT', 'SMA'],
    ['education', 'Tidak/Blm Sekolah', 'TIDAK_SEKOLAH'],
    ['marital', 'bk', 'BELUM_KAWIN'],
    ['relationship', 'Anak', 'ANAK'],
    ['blood', 'Tdk Th', 'TIDAK_TAHU'],
    ['blood', 'AB+', 'AB+'],
    ['blood', '10', 'AB-'],
    ['citizenship', 'wni', 'WNI'],
    ['status', 'PINDAH DALAM NEGERI', 'MOVED'],
    ['status', '-1', 'INVALID'],
    ['identityCard', '3', 'KIA'],
  ] as const)('%s: %j is %s', (list, raw, code) => expect(codeOf(list, raw)).toEqual({ code }))

  test('0 and dashes are none, the rest is unknown', () => {
    for (const raw of ['', '0', '-', ' ']) expect(codeOf('religion', raw)).toEqual({ none: true })
    for (const raw of ['8', '99', 'Zoroaster']) expect(codeOf('religion', raw)).toEqual({ fault: 'unknown' })
  })

  test('a rhesus is split off', () => {
    expect(bloodOf('AB-')).toEqual({ type: 'AB', rhesus: 'NEGATIF' })
    expect(bloodOf('O')).toEqual({ type: 'O', rhesus: null })
  })

  test('every list speaks the codes of the register, and every code of the register can be read back', () => {
    const pairs: [ListName, object][] = [
      ['gender', codes.GENDER],
      ['religion', codes.RELIGION],
      ['education', codes.EDUCATION],
      ['schooling', codes.SCHOOLING],
      ['marital', codes.MARITAL_STATUS],
      ['relationship', codes.RELATIONSHIP],
      ['citizenship', codes.CITIZENSHIP],
      ['disability', codes.DISABILITY],
      ['contraception', codes.CONTRACEPTION],
      ['pregnancy', codes.PREGNANCY],
      ['identityCard', codes.IDENTITY_CARD],
      ['cardStage', codes.CARD_STAGE],
      ['status', codes.STATUS],
      ['insurance', codes.INSURANCE],
    ]
    for (const [name, known] of pairs) {
      for (const code of LISTS[name].values()) expect(Object.keys(known), name).toContain(code)
      for (const code of Object.keys(known)) expect(codeOf(name, code), name).toEqual({ code })
    }
  })

  test('occupations: 89 by number, the rest in words', () => {
    expect(OCCUPATIONS).toHaveLength(89)
    expect(occupationOf('9')).toEqual({ code: 'PETANI/PEKEBUN' })
    expect(occupationOf('petani / pekebun')).toEqual({ code: 'PETANI/PEKEBUN' })
    expect(occupationOf('Penjahit layar')).toEqual({ code: 'Penjahit layar' })
    expect(occupationOf('90')).toEqual({ fault: 'unknown' })
  })
})
