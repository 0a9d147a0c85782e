// The rules of input as rules: whatever is sent, the answer is clean values or named problems, and clean values are clean when checked again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import type { Field } from '#kernel/resource/field.ts'
import { day, decimal, instant, integer, longText, opaqueId, text } from '#kernel/resource/field.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { checkField, checkInput, isDay } from '#kernel/resource/to-schema.ts'
import { library } from '../library/index.ts'
import { HOSTILE } from './hostile.ts'

const TODAY = '2026-08-17'
const label = { id: 'Isian', en: 'Field' }
const resources = [...modelOf([...MODULES, library]).resources.values()]
const anything = fc.oneof(
  fc.anything(),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...HOSTILE.map(([, value]) => value)),
)

test('nothing that can be sent makes it throw, and what it keeps it keeps again unchanged', () => {
  const fields = Object.assign({}, ...resources.map((r) => r.fields)) as Record<string, Field>
  const names = Object.keys(fields)
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), anything, { maxKeys: 12 }),
      fc.constantFrom('create', 'update'),
      (input, mode) => {
        const { values, problems } = checkInput(fields, input, mode as 'create', TODAY)
        for (const p of problems)
          expect(p).toMatchObject({
            field: expect.any(String),
            code: expect.stringMatching(/^[a-z_]+$/),
            message: { id: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) },
          })
        for (const name of Object.keys(values)) expect(problems.some((p) => p.field === name)).toBe(false)
        expect(checkInput(fields, values, 'update', TODAY)).toEqual({ values, problems: [] })
        expect(Object.keys(values).every((name) => Object.hasOwn(fields, name) && !fields[name]?.readonly)).toBe(true)
      },
    ),
    { numRuns: 400, seed: 1945 },
  )
})

test('a day is accepted exactly when it exists', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (y, m, d) => {
      const written = [String(y).padStart(4, '0'), String(m).padStart(2, '0'), String(d).padStart(2, '0')].join('-')
      const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
      const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0
      expect(isDay(written), written).toBe(y >= 1 && d >= 1 && d <= last)
    }),
    { numRuns: 500, seed: 1945 },
  )
})

test('limits hold at their edges', () => {
  const code = (f: Field, value: unknown): string | undefined => checkField('x', f, value, TODAY)?.code
  const word = text(label, { min: 2, max: 5 })
  expect(['a', 'ab', 'abcde', 'abcdef', ' abcde ', '👩‍👩‍👧', '日本語日本', '日本語日本語'].map((v) => code(word, v))).toEqual([
    'too_short',
    undefined,
    undefined,
    'too_long',
    undefined,
    undefined,
    undefined,
    'too_long',
  ])
  const count = integer(label, { min: 1, max: 10 })
  expect([0, 1, 10, 11, '5', '5.0', 5.5, '1e1', '0x5', '', '٥'].map((v) => code(count, v))).toEqual([
    'too_small',
    undefined,
    undefined,
    'too_large',
    undefined,
    undefined,
    'not_whole',
    'not_a_number',
    'not_a_number',
    'required',
    'not_a_number',
  ])
  expect([2_147_483_647, 2_147_483_648, -2_147_483_648].map((v) => code(integer(label), v))).toEqual([undefined, 'not_whole', 'not_whole'])
  const money = decimal(label, { min: 0 })
  expect(
    ['0', '0.01', '0.001', '-0.01', '1234567890123456.78', '12345678901234567', '1,5', 'NaN', 'Infinity'].map((v) => code(money, v)),
  ).toEqual([undefined, undefined, 'too_precise', 'too_small', undefined, 'not_a_number', 'not_a_number', 'not_a_number', 'not_a_number'])
  const past = day(label, { from: '1900-01-01', until: 'today' })
  expect(
    ['1899-12-31', '1900-01-01', TODAY, '2026-08-18', '2023-02-30', '1900-1-1', '2000-02-29T00:00', 20000101].map((v) => code(past, v)),
  ).toEqual(['too_early', undefined, undefined, 'too_late', 'not_a_day', 'not_a_day', 'not_a_day', 'not_a_day'])
  expect(
    [
      '2024-02-29T10:00:00Z',
      '2024-02-29T10:00+07:00',
      '2024-02-30T10:00:00Z',
      '2024-02-29T25:00:00Z',
      '2024-02-29',
      '2024-02-29 10:00:00Z',
    ].map((v) => code(instant(label), v)),
  ).toEqual([undefined, undefined, 'not_an_instant', 'not_an_instant', 'not_an_instant', 'not_an_instant'])
  expect(['a\nb', 'a\tb', 'a\u0000b', '\ud800'].map((v) => [code(text(label), v), code(longText(label), v)])).toEqual([
    ['forbidden_characters', undefined],
    ['forbidden_characters', undefined],
    ['forbidden_characters', 'forbidden_characters'],
    ['forbidden_characters', 'forbidden_characters'],
  ])
  expect(
    ['01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-00000000000A', '{01900000-0000-7000-8000-000000000000}', 1].map((v) =>
      code(opaqueId(label), v),
    ),
  ).toEqual([undefined, undefined, 'not_an_id', 'not_an_id'])
})
