// When and from where a role may come in: whether a moment and an address fit a rule. Pure: no clock, no database.
import { insideOf } from './networks.ts'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A rule as it is kept. Times are `HH:MM` on the wall clock of the community; empty lists mean any, null the beginning or end of the day. */
export type RuleRow = {
  readonly description: string
  readonly weekdays: readonly string[]
  readonly from_time: string | null
  readonly until_time: string | null
  readonly networks: readonly string[]
}

export type AccessRule = {
  readonly description: string
  readonly weekdays: readonly Weekday[]
  readonly from: string | null
  readonly until: string | null
  readonly anywhere: boolean
  readonly inside: (address: string | null) => boolean
}

export const ruleOf = (row: RuleRow): AccessRule => ({
  description: row.description,
  weekdays: WEEKDAYS.filter((day) => row.weekdays.includes(day)),
  from: row.from_time,
  until: row.until_time,
  anywhere: row.networks.length === 0,
  inside: row.networks.length ? insideOf(row.networks) : () => true,
})

export const DAY_BEGINS = '00:00'
export const DAY_ENDS = '24:00'

type Clock = { readonly day: Weekday; readonly time: string }

// Asked in every request: making a formatter costs more than the rest of the check.
const clocks = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone at an instant: weekday and `HH:MM`. */
export function clockIn(timeZone: string, at: Date): Clock {
  let format = clocks.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    clocks.set(timeZone, format)
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: String(part['weekday']).toLowerCase() as Weekday, time: `${part['hour']}:${part['minute']}` }
}

const dayBefore = (day: Weekday): Weekday => WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7]!

/** From `from` up to but not including `until`. A window that ends before it begins goes over midnight and belongs to the day it began. */
function duringHours(rule: AccessRule, { day, time }: Clock): boolean {
  const on = (one: Weekday): boolean => rule.weekdays.length === 0 || rule.weekdays.includes(one)
  const from = rule.from ?? DAY_BEGINS
  const until = rule.until ?? DAY_ENDS
  if (from < until) return on(day) && time >= from && time < until
  return (on(day) && time >= from) || (on(dayBefore(day)) && time < until)
}

export type Moment = { readonly at: Date; readonly timeZone: string; readonly ip: string | null }

/** `open`: come in. Without active rules a role is free; with rules one of them must fit in time and place together. */
export function verdict(rules: readonly AccessRule[], { at, timeZone, ip }: Moment): 'open' | 'outside_hours' | 'outside_network' {
  if (!rules.length) return 'open'
  const clock = clockIn(timeZone, at)
  const now = rules.filter((rule) => duringHours(rule, clock))
  if (!now.length) return 'outside_hours'
  return now.some((rule) => rule.inside(ip)) ? 'open' : 'outside_network'
}
