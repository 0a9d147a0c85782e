// Working time holds whatever the hours, the holidays and the zone: also where clocks jump.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Weekday, WEEKDAYS } from '#kernel/access/rules.ts'
import { dayIn } from '#kernel/ctx.ts'
import { HOURS, problemOf, windowsIn } from './hours.ts'
import { afterWorking, type Calendar, instantOf, type Window, workingBetween } from './working-time.ts'

const HOUR = 3_600_000
const office: Calendar = {
  timeZone: 'Asia/Jakarta',
  hours: Object.fromEntries(WEEKDAYS.map((d) => [d, windowsIn(HOURS[d].field.initial as string | null)])) as Record<Weekday, Window[]>,
  isHoliday: (day) => day === '2026-08-17',
}
const jakarta = (text: string): Date => new Date(`${text}:00+07:00`)
const after = (from: string, hours: number): string =>
  new Date(afterWorking(office, jakarta(from), hours * HOUR)!.getTime() + 7 * HOUR).toISOString().slice(0, 16)

describe('an ordinary office', () => {
  test('works 37 and a half hours a week', () => {
    expect(workingBetween(office, jakarta('2026-08-03T00:00'), jakarta('2026-08-10T00:00'))).toBe(37.5 * HOUR)
  })

  test('rests at noon, at night, over the weekend and on Independence Day', () => {
    expect(after('2026-08-04T10:00', 1)).toBe('2026-08-04T11:00')
    expect(after('2026-08-04T11:30', 1)).toBe('2026-08-04T13:30')
    expect(after('2026-08-04T15:30', 1)).toBe('2026-08-05T08:00')
    // Friday, an hour before the end; Monday is the 17th.
    expect(after('2026-08-14T15:30', 2)).toBe('2026-08-18T08:30')
    expect(after('2026-08-15T09:00', 0)).toBe('2026-08-18T07:30')
  })

  test('whoever never works has no deadline', () => {
    const never = { ...office, hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } }
    expect(afterWorking(never, jakarta('2026-08-04T10:00'), HOUR)).toBe(null)
    expect(afterWorking({ ...office, isHoliday: () => true }, jakarta('2026-08-04T10:00'), HOUR)).toBe(null)
  })
})

describe('where clocks jump', () => {
  const berlin = (hours: Window[]): Calendar => ({
    timeZone: 'Europe/Berlin',
    hours: Object.fromEntries(WEEKDAYS.map((d) => [d, hours])) as unknown as Record<Weekday, Window[]>,
    isHoliday: () => false,
  })

  test('a day that is an hour short has an hour less, and one that is longer an hour more', () => {
    const allDay = berlin([[0, 24 * 60]])
    const day = (date: string): number =>
      workingBetween(allDay, new Date(instantOf('Europe/Berlin', date, 0)), new Date(instantOf('Europe/Berlin', date, 1440))) / HOUR
    expect([day('2026-03-28'), day('2026-03-29'), day('2026-10-25')]).toEqual([24, 23, 25])
  })

  test('office hours begin at eight on the wall, before and after', () => {
    for (const [date, utc] of [
      ['2026-03-28', '07'],
      ['2026-03-30', '06'],
      ['2026-10-26', '07'],
    ] as const)
      expect(new Date(instantOf('Europe/Berlin', date, 480)).toISOString()).toBe(`${date}T${utc}:00:00.000Z`)
    // Half past two does not exist on the one day, and comes twice on the other.
    expect(new Date(instantOf('Europe/Berlin', '2026-03-29', 150)).toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(new Date(instantOf('Europe/Berlin', '2026-10-25', 150)).toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })
})

describe('for any calendar', () => {
  const window = fc
    .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 12 }))
    .map(([h, n]): Window => [h * 30, Math.min(1440, (h + n) * 30)])
  /** One or two windows a day that do not touch. */
  const day = fc.uniqueArray(window, { maxLength: 2, selector: (w) => w[0] }).map((list) => {
    const [a, b] = list.toSorted((x, y) => x[0] - y[0])
    return a && b && b[0] < a[1] ? [a] : list.toSorted((x, y) => x[0] - y[0])
  })
  const calendar: fc.Arbitrary<Calendar> = fc.record({
    timeZone: fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
    hours: fc.record({ mon: fc.constant<Window[]>([[480, 900]]), tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
    isHoliday: fc.integer({ min: 2, max: 9 }).map((n) => (text: string) => Number(text.slice(8)) % n === 1),
  })
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }).map((ms) => new Date(ms))
  const span = fc.integer({ min: 0, max: 80 * HOUR })
  const runs = { numRuns: 150 }

  test('what was added is what lies between', () => {
    fc.assert(
      fc.property(calendar, moment, span, (c, from, ms) => {
        const end = afterWorking(c, from, ms)!
        expect(workingBetween(c, from, end)).toBe(ms)
      }),
      runs,
    )
  })

  test('it never ends outside working hours', () => {
    fc.assert(
      fc.property(calendar, moment, span, (c, from, ms) => {
        const end = afterWorking(c, from, ms)!
        expect(end >= from).toBe(true)
        if (ms > 0) expect(c.isHoliday(dayIn(c.timeZone, new Date(end.getTime() - 1)))).toBe(false)
        // A moment before or after it is worked.
        const worked = workingBetween(c, new Date(end.getTime() - 1), new Date(end.getTime() + 1))
        expect(worked).toBeGreaterThan(0)
      }),
      runs,
    )
  })

  test('later begins and longer terms never end sooner; two terms are one', () => {
    fc.assert(
      fc.property(calendar, moment, span, span, (c, from, a, b) => {
        const later = new Date(from.getTime() + b)
        expect(afterWorking(c, later, a)! >= afterWorking(c, from, a)!).toBe(true)
        expect(afterWorking(c, from, a + b)! >= afterWorking(c, from, a)!).toBe(true)
        expect(workingBetween(c, from, afterWorking(c, afterWorking(c, from, a)!, b)!)).toBe(a + b)
        expect(workingBetween(c, from, later)).toBeLessThanOrEqual(b)
      }),
      runs,
    )
  })
})

test('hours are written as people write them, and nonsense is told', () => {
  expect(windowsIn('13:00-16:00, 07:30 - 12:00')).toEqual([
    [450, 720],
    [780, 960],
  ])
  expect([windowsIn(null), windowsIn('')]).toEqual([[], []])
  expect(problemOf('16:00-08:00')?.en).toMatch(/end after/)
  expect(problemOf('08:00-12:00, 11:00-15:00')?.en).toMatch(/overlap/)
  expect(problemOf('08:00-12:00,12:00-24:00')).toBe(null)
})
