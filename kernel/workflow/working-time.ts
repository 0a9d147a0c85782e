// Working time: how much of it lies between two moments, and when so much of it will have passed. Pure: no clock, no database.
import { type Weekday, WEEKDAYS } from '#kernel/access/rules.ts'
import { dayIn } from '#kernel/ctx.ts'

/** From and until, in minutes of the wall clock after midnight. */
export type Window = readonly [from: number, until: number]

/** When a community works. Windows of a day are in order and apart. */
export type Calendar = {
  /** IANA zone whose wall clock the windows are of. */
  readonly timeZone: string
  readonly hours: Readonly<Record<Weekday, readonly Window[]>>
  /** `day`: YYYY-MM-DD. */
  readonly isHoliday: (day: string) => boolean
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Who does not work for so many days in a row does not work. */
const DAYS_MAX = 400

const offsets = new Map<string, Intl.DateTimeFormat>()

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(timeZone: string, at: number): number {
  let format = offsets.get(timeZone)
  if (!format) {
    const two = '2-digit'
    const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const
    offsets.set(timeZone, (format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts })))
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second'])
  return wall - Math.floor(at / 1000) * 1000
}

/**
 * The instant when the wall clock shows so many minutes after midnight of a day. A time that comes twice is the first of the two; one that
 * is skipped is as much later (what `Temporal` calls compatible).
 */
export function instantOf(timeZone: string, day: string, minutes: number): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS
  const [before, after] = [wall - offsetAt(timeZone, wall - DAY_MS), wall - offsetAt(timeZone, wall + DAY_MS)]
  const there = [before, after].filter((at) => at + offsetAt(timeZone, at) === wall)
  return there.length ? Math.min(...there) : before
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
const weekdayOf = (day: string): Weekday => WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!

type Span = readonly [from: number, until: number]
const known = new WeakMap<Calendar, Map<string, readonly Span[]>>()

/** The working spans of a day, as instants in milliseconds. */
function spansOn(calendar: Calendar, day: string): readonly Span[] {
  let days = known.get(calendar)
  if (!days) known.set(calendar, (days = new Map()))
  let spans = days.get(day)
  if (!spans) {
    const windows = calendar.isHoliday(day) ? [] : calendar.hours[weekdayOf(day)]
    spans = windows
      .map(([from, until]): Span => [instantOf(calendar.timeZone, day, from), instantOf(calendar.timeZone, day, until)])
      .filter(([from, until]) => from < until)
    days.set(day, spans)
  }
  return spans
}

/** Working time from one moment to another in milliseconds; 0 when the second is not later. */
export function workingBetween(calendar: Calendar, from: Date, until: Date): number {
  let sum = 0
  for (let day = dayIn(calendar.timeZone, from), last = dayIn(calendar.timeZone, until); day <= last; day = dayAfter(day))
    for (const [starts, ends] of spansOn(calendar, day))
      sum += Math.max(0, Math.min(ends, until.getTime()) - Math.max(starts, from.getTime()))
  return sum
}

/**
 * When `ms` of working time will have passed since a moment: always within working hours, their end included; for 0 the first working
 * moment from there on. Null when nobody works for more than a year.
 */
export function afterWorking(calendar: Calendar, from: Date, ms: number): Date | null {
  let left = ms
  let day = dayIn(calendar.timeZone, from)
  for (let idle = 0; idle < DAYS_MAX; day = dayAfter(day)) {
    const spans = spansOn(calendar, day)
    idle = spans.length ? 0 : idle + 1
    for (const [starts, ends] of spans) {
      const start = Math.max(starts, from.getTime())
      if (start >= ends) continue
      if (left <= ends - start) return new Date(start + left)
      left -= ends - start
    }
  }
  return null
}
