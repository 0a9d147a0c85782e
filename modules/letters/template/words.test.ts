// Numbers, days and letters of letters: what clerks would write by hand, for every number there is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, readSum } from './arithmetic.ts'
import { type Case, caseOf, inCase, withCase } from './case.ts'
import { dayInWords, longDay, shortDay, weekdayAndDay, yearsBetween } from './date-words.ts'
import { grouped, readNumber, roman, rupiah, terbilang } from './number-words.ts'

const DIGITS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']
const GROUP: Readonly<Record<string, bigint>> = {
  ribu: 1_000n,
  juta: 10n ** 6n,
  miliar: 10n ** 9n,
  triliun: 10n ** 12n,
  kuadriliun: 10n ** 15n,
}

/** Reads Indonesian number words, written independently of what writes them. */
function readWords(words: string): bigint {
  let [total, three, last] = [0n, 0n, 0n]
  for (const word of words.split(' ')) {
    if (word === 'sepuluh') last += 10n
    else if (word === 'sebelas') last += 11n
    else if (word === 'seratus') three += 100n
    else if (word === 'seribu') total += 1_000n
    else if (word === 'belas') last += 10n
    else if (word === 'puluh') [three, last] = [three + last * 10n, 0n]
    else if (word === 'ratus') [three, last] = [three + last * 100n, 0n]
    else if (word in GROUP) [total, three, last] = [total + (three + last) * GROUP[word]!, 0n, 0n]
    else last += BigInt(DIGITS.indexOf(word))
  }
  return total + three + last
}

describe('numbers', () => {
  test('as a clerk writes them', () => {
    const written: [number | string, string][] = [
      [0, 'nol'],
      [10, 'sepuluh'],
      [11, 'sebelas'],
      [12, 'dua belas'],
      [20, 'dua puluh'],
      [21, 'dua puluh satu'],
      [100, 'seratus'],
      [111, 'seratus sebelas'],
      [1000, 'seribu'],
      [1001, 'seribu satu'],
      [2000, 'dua ribu'],
      [11_000, 'sebelas ribu'],
      [1_000_000, 'satu juta'],
      [1_001_000, 'satu juta seribu'],
      [1_500_000, 'satu juta lima ratus ribu'],
      ['2.50', 'dua koma lima'],
      [-7, 'minus tujuh'],
      ['1000000000000', 'satu triliun'],
    ]
    for (const [number, words] of written) expect(terbilang(number), String(number)).toBe(words)
    expect(terbilang('1'.padEnd(19, '0'))).toBeNull()
  })

  test('every number up to 10^15 is read back from its words, and its words are words', () =>
    fc.assert(
      fc.property(fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 20_000n })), (n) => {
        const words = terbilang(n) ?? ''
        expect(words).toMatch(/^[a-z]+( [a-z]+)*$/)
        expect(words).not.toMatch(/satu (puluh|belas|ratus)\b|\bundefined\b/)
        expect(readWords(words)).toBe(n)
      }),
      { numRuns: 3000 },
    ))

  test('what is typed as a number is read as Indonesians mean it', () => {
    const typed: [string, string | null][] = [
      ['1.500.000', '1500000'],
      ['1500000', '1500000'],
      ['1.500.000,50', '1500000.50'],
      ['Rp 2.000', '2000'],
      ['2.5', '2.5'],
      ['2,5', '2.5'],
      ['1.2.3', null],
      ['1,2,3', null],
      ['seribu', null],
      ['', null],
    ]
    for (const [text, number] of typed) expect(readNumber(text), text).toBe(number)
    expect([rupiah('1500000'), rupiah('999.5'), grouped('1234567.25')]).toEqual(['Rp1.500.000,00', 'Rp999,50', '1.234.567,25'])
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e15 }), (n) => readNumber(grouped(String(n))) === String(n)))
  })

  test('Roman numerals of every month, and of every year', () => {
    expect(Array.from({ length: 12 }, (_, i) => roman(i + 1)).join(' ')).toBe('I II III IV V VI VII VIII IX X XI XII')
    const value: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }
    const back = (text: string): number =>
      [...text].reduce((sum, letter, i) => sum + (value[letter]! < (value[text[i + 1] ?? ''] ?? 0) ? -value[letter]! : value[letter]!), 0)
    for (let n = 1; n < 4000; n++) expect(back(roman(n)!)).toBe(n)
    expect([roman(0), roman(4000), roman(1.5)]).toEqual([null, null, null])
  })
})

test('days in words, and days that do not exist', () => {
  expect(longDay('2026-11-21')).toBe('21 November 2026')
  expect(shortDay('2026-11-21')).toBe('21-11-2026')
  expect(weekdayAndDay('2026-11-21')).toBe('Sabtu, 21 November 2026')
  expect(dayInWords('2026-11-21')).toBe('dua puluh satu November dua ribu dua puluh enam')
  expect([longDay('2026-02-30'), weekdayAndDay('kemarin'), dayInWords('')]).toEqual([null, null, null])
  expect([yearsBetween('1990-07-05', '2026-07-04'), yearsBetween('1990-07-05', '2026-07-05')]).toEqual([35, 36])
})

describe('the letters of a code choose the letters of its value', () => {
  test('as the old system does', () => {
    const rules: [string, Case][] = [
      ['NamA', 'as_is'],
      ['nama', 'lower'],
      ['nAMA', 'lower'],
      ['NAma', 'upper'],
      ['Nama', 'title'],
      ['NaMa', 'title'],
      ['Klg1_nama', 'title'],
    ]
    for (const [code, rule] of rules) expect(caseOf(code), code).toBe(rule)
  })

  test('words keep what has to stay large', () => {
    expect(withCase('JALAN MELATI, RT 002/RW 001', 'title')).toBe('Jalan Melati, RT 002/RW 001')
    expect(withCase("DRS. H. MA'RUF, S.PD.", 'title')).toBe("Drs. H. Ma'ruf, S.Pd.")
    expect(withCase('Petani/Pekebun', 'upper')).toBe('PETANI/PEKEBUN')
  })

  test('a code written for a case is read as that case, and says the same', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{2}[a-z_]{0,20}[a-z]$/),
        fc.constantFrom<Case>('as_is', 'lower', 'upper', 'title'),
        (code, wanted) => {
          expect(caseOf(inCase(code, wanted))).toBe(wanted)
          expect(inCase(code, wanted).toLowerCase()).toBe(code)
        },
      ),
    ))
})

describe('sums', () => {
  const worth = (text: string, names: Record<string, number> = {}): unknown => {
    const sum = readSum(text)
    return 'code' in sum ? sum.code : calculate(sum, (name) => names[name] ?? null)
  }
  test('are worked out, first × and ÷', () => {
    expect(worth('2 + 3 * 4')).toBe('14')
    expect(worth('(2 + 3) * -4')).toBe('-20')
    expect(worth('form_luas * 1.500.000 / 3', { form_luas: 2 })).toBe('1000000')
    expect(worth('[form_a] + [form_b]', { form_a: 0.1, form_b: 0.2 })).toBe('0.3')
    expect(worth('form_a + 1')).toBeNull()
  })
  test('that cannot be are refused, and nothing in them is run', () => {
    expect(worth('1 / 0')).toMatchObject({ code: 'sum_divides_by_zero' })
    for (const bad of ['1 +', '(1', '1 2', '1 ** 2', 'process.exit()', 'a;b', '', '1,2,3', `${'('.repeat(60)}1${')'.repeat(60)}`])
      expect(worth(bad), bad).toBe('sum_unreadable')
    expect(worth('1+'.repeat(200))).toBe('sum_too_long')
  })
  test('agree with arithmetic', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('+', '-', '*'), fc.integer({ min: 0, max: 999 })), { minLength: 1, maxLength: 8 }),
        (steps) => {
          const text = `7 ${steps.map(([sign, n]) => `${sign} ${n}`).join(' ')}`
          let [sum, product] = [0, 7]
          for (const [sign, n] of steps)
            if (sign === '*') product *= n
            else [sum, product] = [sum + product, sign === '+' ? n : -n]
          const expected = sum + product
          if (Math.abs(expected) <= 1e15) expect(worth(text)).toBe(String(expected || 0))
        },
      ),
    ))
})
