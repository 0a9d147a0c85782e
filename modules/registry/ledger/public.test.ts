// What strangers may read: a village of many and one of few, and what can be worked out by subtracting.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FEW, HIDDEN, suppressed } from './public.ts'

describe('small numbers', () => {
  test('one small number takes another with it, so that the total does not give it away', () => {
    expect(
      suppressed([
        [120, 3],
        [80, 70],
        [60, 95],
      ]),
    ).toEqual([
      [HIDDEN, FEW],
      [80, 70],
      [HIDDEN, HIDDEN],
    ])
  })

  test('nothing small, nothing hidden', () => {
    expect(
      suppressed([
        [120, 0],
        [80, 95],
      ]),
    ).toEqual([
      [120, 0],
      [80, 95],
    ])
  })

  test('whatever the table, no row or column leaves exactly one unknown, or only small ones', () => {
    const tables = fc.integer({ min: 2, max: 6 }).chain((rows) =>
      fc.array(fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.nat(200)), { minLength: 2, maxLength: 2 }), {
        minLength: rows,
        maxLength: rows,
      }),
    )
    fc.assert(
      fc.property(tables, (table) => {
        const told = suppressed(table)
        for (const [r, row] of table.entries()) for (const [c, n] of row.entries()) if (n > 0 && n < 5) expect(told[r]![c]).toBe(FEW)
        const lines = [...told, ...[0, 1].map((c) => told.map((row) => row[c]!))]
        for (const line of lines) {
          const hidden = line.filter((cell) => typeof cell === 'string')
          if (!hidden.length) continue
          expect(hidden.length).toBeGreaterThan(1)
          if (hidden.length < line.length) expect(hidden).toContain(HIDDEN)
        }
      }),
      { numRuns: 500 },
    )
  })
})
