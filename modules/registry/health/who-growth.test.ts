// The growth standards as they are printed in the children's health book (KIA): rounded to one decimal, they must be the WHO's own.
import { expect, test } from 'vitest'
import { growthStandard, type Measure, type Sex } from './who-growth.ts'

/** Months with −3 SD, −2 SD and median, as the WHO's simplified field tables print them. */
const PRINTED: readonly [Measure, Sex, readonly (readonly [number, number, number, number])[]][] = [
  [
    'weight_kg',
    'L',
    [
      [0, 2.1, 2.5, 3.3],
      [1, 2.9, 3.4, 4.5],
      [6, 5.7, 6.4, 7.9],
      [12, 6.9, 7.7, 9.6],
      [24, 8.6, 9.7, 12.2],
      [36, 10.0, 11.3, 14.3],
      [48, 11.2, 12.7, 16.3],
      [60, 12.4, 14.1, 18.3],
    ],
  ],
  [
    'weight_kg',
    'P',
    [
      [0, 2.0, 2.4, 3.2],
      [1, 2.7, 3.2, 4.2],
      [6, 5.1, 5.7, 7.3],
      [12, 6.3, 7.0, 8.9],
      [24, 8.1, 9.0, 11.5],
      [36, 9.6, 10.8, 13.9],
      [48, 10.9, 12.3, 16.1],
      [60, 12.1, 13.7, 18.2],
    ],
  ],
  [
    'height_cm',
    'L',
    [
      [0, 44.2, 46.1, 49.9],
      [6, 61.2, 63.3, 67.6],
      [12, 68.6, 71.0, 75.7],
      [24, 78.0, 81.0, 87.1],
      [36, 85.0, 88.7, 96.1],
      [48, 90.7, 94.9, 103.3],
      [60, 96.1, 100.7, 110.0],
    ],
  ],
  [
    'height_cm',
    'P',
    [
      [0, 43.6, 45.4, 49.1],
      [6, 58.9, 61.2, 65.7],
      [12, 66.3, 68.9, 74.0],
      [24, 76.0, 79.3, 85.7],
      [36, 83.6, 87.4, 95.1],
      [48, 89.8, 94.1, 102.7],
      [60, 95.2, 99.9, 109.4],
    ],
  ],
]

test.each(PRINTED)('%s of %s is as printed', (measure, sex, printed) => {
  const standard = growthStandard(sex, measure)
  expect(standard).toHaveLength(61)
  for (const [month, minus3, minus2, median] of printed) {
    const at = standard[month]!
    expect([at.month, at.minus3.toFixed(1), at.minus2.toFixed(1), at.median.toFixed(1)]).toEqual([
      month,
      minus3.toFixed(1),
      minus2.toFixed(1),
      median.toFixed(1),
    ])
  }
})

test.each(PRINTED)('%s of %s runs smoothly: no number of a month was mistyped', (measure, sex) => {
  const standard = growthStandard(sex, measure)
  // Growth slows down fast in the first months: from then on a number that stands out was mistyped.
  for (const of of ['median', 'minus2', 'minus3'] as const)
    for (let month = 10; month < 60; month++) {
      // At two years children stand up to be measured, and are 0.7 cm shorter.
      if (measure === 'height_cm' && (month === 23 || month === 24)) continue
      const bend = standard[month + 1]![of] - 2 * standard[month]![of] + standard[month - 1]![of]
      expect(Math.abs(bend), `${of} of month ${month}`).toBeLessThan(measure === 'weight_kg' ? 0.03 : 0.1)
    }
})
