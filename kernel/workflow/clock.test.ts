// Clocks: one deadline over several states, standing still while somebody else must answer, and never starting anew by itself.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choice } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { automaticMoves, clockOf, type Entry, type Times } from './clock.ts'
import { type Move, type State, workflow } from './workflow.ts'

const HOUR = 3_600_000
const words = { id: 'x', en: 'x' }

/** The thirteen states of a report from a citizen: a deadline for looking at it, one for the whole of the work. */
const CODES = [
  'received',
  'pending_verification',
  'verified',
  'assigned',
  'in_progress',
  'on_hold',
  'waiting_for_citizen',
  'escalated',
  'resolved',
  'reopened',
  'closed',
  'rejected',
  'duplicate',
] as const // prettier-ignore
type Code = (typeof CODES)[number]
const codes = Object.fromEntries(CODES.map((c) => [c, words])) as unknown as Record<Code, typeof words>
const reports = resource('civic.reports', {
  label: { one: words, many: words },
  doc: 'x',
  fields: { stage: choice(words, codes, { initial: 'received', readonly: true }) },
  title: ['stage'],
  list: ['stage'],
  sort: ['stage'],
})
const is = (facts: Omit<State, 'tone' | 'doc'> = {}): State => ({ tone: 'wait', doc: words, ...facts })
const go = (noun: string, from: readonly Code[], to: Code, facts: Partial<Move<Code>> = {}): Move<Code> => ({
  noun,
  label: words,
  doc: words,
  from,
  to,
  ...facts,
})
const civic = workflow(reports, 'stage', {
  initial: 'received',
  states: {
    received: is({ deadline: { hours: 24, time: 'calendar' } }),
    pending_verification: is({ goesOn: true }),
    verified: is({ deadline: { hours: 72, time: 'calendar' } }),
    assigned: is({ goesOn: true }),
    in_progress: is({ goesOn: true }),
    on_hold: is({ pauses: true }),
    waiting_for_citizen: is({ pauses: true }),
    escalated: is({ goesOn: true }),
    resolved: is(),
    reopened: is({ deadline: { hours: 48, time: 'calendar' } }),
    closed: is({ final: true }),
    rejected: is({ final: true }),
    duplicate: is({ final: true }),
  },
  moves: [
    go('checking', ['received'], 'pending_verification'),
    go('verification', ['received', 'pending_verification'], 'verified'),
    go('assignment', ['verified', 'escalated', 'reopened'], 'assigned'),
    go('start', ['assigned'], 'in_progress'),
    go('hold', ['assigned', 'in_progress'], 'on_hold'),
    go('question', ['in_progress', 'on_hold'], 'waiting_for_citizen'),
    go('resumption', ['on_hold', 'waiting_for_citizen'], 'in_progress'),
    go('escalation', ['assigned', 'in_progress'], 'escalated', { automatic: 'overdue' }),
    go('solution', ['in_progress'], 'resolved'),
    go('reopening', ['resolved'], 'reopened'),
    go('closing', ['resolved'], 'closed', { automatic: { hours: 168, time: 'calendar' } }),
    go('rejection', ['received', 'pending_verification'], 'rejected'),
    go('merger', ['received', 'verified'], 'duplicate'),
  ],
})
const times: Times = {
  calendar: { timeZone: 'Asia/Jakarta', hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, isHoliday: () => false },
  hoursOf: (term) => term.hours as number,
}
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 5) + hour * HOUR)
const path = (...steps: [Code, number][]): Entry[] => steps.map(([state, hour]) => ({ state, at: at(hour) }))

describe('a report', () => {
  test('has one deadline over all the states of the work, whoever it is handed to', () => {
    const steps = path(['received', 0], ['verified', 10], ['assigned', 20], ['in_progress', 30], ['escalated', 40], ['assigned', 50])
    expect(clockOf(civic, steps, times)).toEqual({ state: 'verified', startedAt: at(10), dueAt: at(82), pausedAt: null })
  })

  test('stands still while it waits, in one state after another, and runs on with what is left', () => {
    const waiting = path(
      ['received', 0],
      ['verified', 10],
      ['assigned', 20],
      ['in_progress', 30],
      ['on_hold', 40],
      ['waiting_for_citizen', 60],
    )
    expect(clockOf(civic, waiting, times)).toEqual({ state: 'verified', startedAt: at(10), dueAt: null, pausedAt: at(40) })
    expect(clockOf(civic, [...waiting, ...path(['in_progress', 100])], times)).toMatchObject({ dueAt: at(142), pausedAt: null })
  })

  test('that was late stays late while it waits', () => {
    const late = path(['received', 0], ['verified', 0], ['assigned', 0], ['in_progress', 1], ['on_hold', 80])
    expect(clockOf(civic, late, times)).toMatchObject({ dueAt: at(72), pausedAt: at(80) })
    expect(clockOf(civic, [...late, ...path(['in_progress', 90])], times)).toMatchObject({ dueAt: at(72), pausedAt: null })
  })

  test('has a new clock when it is opened again, and none when it is solved or closed', () => {
    const solved = path(['received', 0], ['verified', 1], ['assigned', 2], ['in_progress', 3], ['resolved', 4])
    expect(clockOf(civic, solved, times)).toBe(null)
    expect(clockOf(civic, [...solved, ...path(['reopened', 9])], times)).toMatchObject({
      state: 'reopened',
      startedAt: at(9),
      dueAt: at(57),
    })
    expect(clockOf(civic, [...solved, ...path(['closed', 9])], times)).toBe(null)
  })

  test('is escalated when it is late, and closed a week after it was solved', () => {
    const working = path(['received', 0], ['verified', 0], ['assigned', 5])
    const moves = (steps: Entry[]) => automaticMoves(civic, steps.at(-1)!, clockOf(civic, steps, times), times)
    expect(moves(working)).toEqual([{ noun: 'escalation', at: at(72) }])
    expect(moves([...working, ...path(['in_progress', 6], ['resolved', 8])])).toEqual([{ noun: 'closing', at: at(176) }])
    expect(moves([...working, ...path(['in_progress', 6], ['on_hold', 8])])).toEqual([])
  })
})

test('on any way through the states: what ran before a deadline is never more than its hours', () => {
  const walk = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 50 })), { maxLength: 25 }).map((choices) => {
    const steps: Entry[] = [{ state: 'received', at: at(0) }]
    let hour = 0
    for (const [pick, wait] of choices) {
      const open = civic.moves.filter((m) => m.from.includes(steps.at(-1)!.state))
      if (!open.length) break
      steps.push({ state: open[pick % open.length]!.to, at: at((hour += wait)) })
    }
    return steps
  })
  fc.assert(
    fc.property(walk, (steps) => {
      const clock = clockOf(civic, steps, times)
      const state = civic.states[steps.at(-1)!.state]!
      if (state.final) expect(clock).toBe(null)
      if (state.deadline) expect(clock?.state).toBe(steps.at(-1)!.state)
      if (!clock?.dueAt) return
      const stops = [...steps.slice(1).map((s) => s.at), clock.dueAt]
      const ran = steps.reduce((sum, step, i) => {
        const counts = step.at >= clock.startedAt && !civic.states[step.state]?.pauses
        const until = Math.min(stops[i]!.getTime(), clock.dueAt!.getTime())
        return sum + (counts ? Math.max(0, until - step.at.getTime()) : 0)
      }, 0)
      expect(ran / HOUR).toBe(civic.states[clock.state]!.deadline!.hours)
    }),
  )
})

describe('a workflow that contradicts itself does not start', () => {
  const two = { open: words, done: words }
  const things = resource('civic.things', {
    label: { one: words, many: words },
    doc: 'x',
    fields: { status: choice(words, two, { initial: 'open', readonly: true }), free: choice(words, two) },
    title: ['status'],
    list: ['status'],
    sort: ['status'],
  })
  const end = { noun: 'end', label: words, doc: words, from: ['open'], to: 'done' } as const
  type Facts = { initial: 'open' | 'done'; states: Record<'open' | 'done', State>; moves: Move<'open' | 'done'>[] }
  const start = (facts: Partial<Facts>) => () =>
    workflow(things, 'status', { initial: 'open', states: { open: is(), done: is({ final: true }) }, moves: [end], ...facts })

  test('the sound one does', () => {
    expect(start({})()).toMatchObject({ field: 'status' })
  })

  test.each<[string, Partial<Facts>, RegExp]>([
    ['cannot be reached', { moves: [{ ...end, from: ['done'], to: 'open' }] }, /no way leads to done/],
    ['cannot be left', { states: { open: is(), done: is() } }, /no way leads out of done/],
    ['is final and left', { moves: [end, { ...end, noun: 'back', from: ['done'], to: 'open' }] }, /final, and a way leads out/],
    ['two moves of one name', { moves: [end, end] }, /two moves are called end/],
    ['a move to where it is', { moves: [end, { ...end, noun: 'stay', to: 'open' }] }, /to itself/],
    ['another beginning', { initial: 'done' }, /must be read-only and done by itself/],
    ['two clocks', { states: { open: is({ pauses: true, goesOn: true }), done: is({ final: true }) } }, /only one of/],
    ['nothing to pause', { states: { open: is({ pauses: true }), done: is({ final: true }) } }, /no state starts one/],
    ['no deadline to pass', { moves: [{ ...end, automatic: 'overdue' }] }, /has none/],
    [
      'nobody to ask',
      { moves: [{ ...end, automatic: { hours: 1, time: 'calendar' }, input: { why: choice(words, two) } }] },
      /asks for something/,
    ],
    ['no such note', { moves: [{ ...end, note: 'why' }] }, /no input why/],
    ['a taken name', { moves: [{ ...end, noun: 'history' }] }, /cannot be called/],
  ])('%s', (_name, facts, problem) => expect(start(facts)).toThrow(problem))

  test('a field that anybody may write is not moved', () => {
    expect(() => workflow(things, 'free', { initial: 'open', states: { open: is(), done: is({ final: true }) }, moves: [end] })).toThrow(
      /read-only/,
    )
  })

  test('a misspelt state does not compile', () => {
    // @ts-expect-error: "dnoe" is not a code of the field.
    expect(start({ moves: [{ ...end, to: 'dnoe' }] })).toThrow(/not a state/)
    // @ts-expect-error: every code of the field must be described.
    expect(start({ states: { open: is() } })).toThrow()
  })
})
