// The clock of a record, worked out from where it has been: running, standing still, due when. Pure: no clock of its own, no database.
import type { Term, Workflow } from './workflow.ts'
import { afterWorking, type Calendar, workingBetween } from './working-time.ts'

/** That a record entered a state, and when; in order. */
export type Entry = { readonly state: string; readonly at: Date }

export type Clock = {
  /** The state that started it, and when. */
  readonly state: string
  readonly startedAt: Date
  /** When it runs out or ran out; null while it stands still in time, or when nobody ever works. */
  readonly dueAt: Date | null
  /** Since when it stands still; null while it runs. */
  readonly pausedAt: Date | null
}

/** Hours and calendar, known: what terms need to become moments. */
export type Times = { readonly calendar: Calendar; readonly hoursOf: (term: Term) => number }

const HOUR_MS = 3_600_000

const passed = (term: Term, { calendar }: Times, from: Date, until: Date): number =>
  term.time === 'working' ? workingBetween(calendar, from, until) : Math.max(0, until.getTime() - from.getTime())

/** When so much time by a term's measure will have passed. */
const later = (term: Term, { calendar }: Times, from: Date, ms: number): Date | null =>
  term.time === 'working' ? afterWorking(calendar, from, ms) : new Date(from.getTime() + ms)

/** The moment a term is over. */
export const endOf = (term: Term, times: Times, from: Date): Date | null => later(term, times, from, times.hoursOf(term) * HOUR_MS)

type Running = { state: string; startedAt: Date; since: Date | null; pausedAt: Date | null; spent: number; missedAt: Date | null }

/** The clock after all of a record's moves so far; null when none is on. */
export function clockOf(w: Workflow, entries: readonly Entry[], times: Times): Clock | null {
  let clock: Running | null = null
  for (const { state, at } of entries) {
    if (clock) stand(w, clock, at, times)
    clock = enter(w, clock, state, at)
  }
  if (!clock) return null
  const term = w.states[clock.state]!.deadline!
  const left = times.hoursOf(term) * HOUR_MS - clock.spent
  const dueAt = clock.missedAt ?? (clock.since ? later(term, times, clock.since, left) : null)
  return { state: clock.state, startedAt: clock.startedAt, dueAt, pausedAt: clock.pausedAt }
}

/** Counts what has run until a moment, and remembers when the deadline was missed if that was before. */
function stand(w: Workflow, clock: Running, at: Date, times: Times): void {
  if (!clock.since) return
  const term = w.states[clock.state]!.deadline!
  const left = times.hoursOf(term) * HOUR_MS - clock.spent
  const ran = passed(term, times, clock.since, at)
  if (ran >= left) clock.missedAt ??= later(term, times, clock.since, left)
  clock.spent += ran
  clock.since = null
}

function enter(w: Workflow, clock: Running | null, code: string, at: Date): Running | null {
  const state = w.states[code]
  if (state?.deadline && clock?.state !== code) return { state: code, startedAt: at, since: at, pausedAt: null, spent: 0, missedAt: null }
  if (clock && (state?.deadline || state?.goesOn)) return { ...clock, since: at, pausedAt: null }
  if (clock && state?.pauses) return { ...clock, pausedAt: clock.pausedAt ?? at }
  return null
}

/** The moves that the system makes by itself from a state, soonest first, with when. */
export function automaticMoves(w: Workflow, entry: Entry, clock: Clock | null, times: Times): { noun: string; at: Date }[] {
  return w.moves
    .filter((m) => m.automatic && m.from.includes(entry.state))
    .flatMap((m) => {
      const at = m.automatic === 'overdue' ? (clock?.dueAt ?? null) : endOf(m.automatic!, times, entry.at)
      return at ? [{ noun: m.noun, at }] : []
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
}
