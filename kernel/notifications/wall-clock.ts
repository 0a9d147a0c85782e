// Hours on the wall of a place: when quiet ends and when a digest is due, over midnight and over clocks that are set forward or back.
import { dayIn } from '#kernel/ctx.ts'
import { clockIn } from '#kernel/access/rules.ts'

/** A person's hours as `HH:MM` on the wall clock of their zone; null = none. */
export type Hours = { readonly quiet_from: string | null; readonly quiet_until: string | null; readonly digest_at: string | null }

const DAY_MS = 86_400_000

/** Whether a name is an IANA zone this server knows. */
export function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function aheadOf(zone: string, at: number): number {
  const minute = Math.floor(at / 60_000) * 60_000
  const when = new Date(minute)
  return Date.parse(`${dayIn(zone, when)}T${clockIn(zone, when).time}:00Z`) - minute
}

/**
 * The first instant after `after` at which the zone's clock shows this time of this day. A time that is skipped (clocks set forward) is
 * the moment as many minutes behind the gap; of a time that comes twice (set back), the first that is still ahead.
 */
function instantOf(zone: string, day: string, time: string, after: Date): Date {
  const naive = Date.parse(`${day}T${time}:00Z`)
  const offsets = [aheadOf(zone, naive - DAY_MS), aheadOf(zone, naive + DAY_MS)] as const
  const shown = offsets.map((ahead) => naive - ahead).filter((t) => aheadOf(zone, t) === naive - t)
  if (!shown.length) return new Date(naive - offsets[0])
  return new Date(shown.toSorted((a, b) => a - b).find((t) => t > after.getTime()) ?? Math.max(...shown))
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

/** When quiet ends, if it is quiet at this instant; null when it is not. Quiet lasts from `quiet_from` up to but not including `quiet_until`. */
export function quietUntil({ quiet_from: from, quiet_until: until }: Hours, zone: string, at: Date): Date | null {
  if (from === null || until === null) return null
  const { time } = clockIn(zone, at)
  const overnight = from > until
  const quiet = overnight ? time >= from || time < until : time >= from && time < until
  if (!quiet) return null
  const today = dayIn(zone, at)
  return instantOf(zone, overnight && time >= from ? dayAfter(today) : today, until, at)
}

/** The next time a digest is due, after `at`; null for people who want none. */
export function nextDigest({ digest_at: time }: Hours, zone: string, at: Date): Date | null {
  if (time === null) return null
  const today = dayIn(zone, at)
  const soon = instantOf(zone, today, time, at)
  return soon > at ? soon : instantOf(zone, dayAfter(today), time, at)
}
