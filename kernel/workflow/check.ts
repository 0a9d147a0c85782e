// What is wrong with a workflow is said when the program starts, before any record is in a state without a way out.
import type { Move, Workflow } from './workflow.ts'

/** Path segments below a record that the kernel has itself. */
const TAKEN: readonly string[] = ['history', 'status-history', 'disclosure', 'restoration']

/** Throws an error that names the workflow and what contradicts what. */
export function checkWorkflow(w: Workflow): void {
  const bad = (what: string): never => {
    throw new Error(`The workflow of ${w.resource.name}: ${what}`)
  }
  checkField(w, bad)
  checkStates(w, bad)
  for (const move of w.moves) checkMove(w, move, bad)
  const nouns = w.moves.map((m) => m.noun)
  const twice = nouns.find((noun, i) => nouns.indexOf(noun) !== i)
  if (twice) bad(`two moves are called ${twice}.`)
  checkWays(w, bad)
}

type Bad = (what: string) => never

function checkField({ resource, field, initial, states }: Workflow, bad: Bad): void {
  const f = resource.fields[field]
  if (!f || f.kind !== 'choice' || !f.required || f.secret) bad(`${field} must be a required, readable choice.`)
  if (!f?.readonly || f.initial !== initial) bad(`${field} must be read-only and ${initial} by itself: only moves change it.`)
  const codes = (f?.choices ?? []).map((c) => c.value)
  const [missing] = codes.filter((code) => !Object.hasOwn(states, code))
  const [unknown] = Object.keys(states).filter((code) => !codes.includes(code))
  if (missing) bad(`says nothing about the state ${missing}.`)
  if (unknown) bad(`${unknown} is not a code of ${field}.`)
  for (const code of codes) if (!/^\w+$/.test(code)) bad(`a state is one word, not "${code}".`)
  const clock = Object.keys(resource.fields).find((name) => /^clock(_|$)/.test(name))
  if (clock) bad(`the field ${clock} would hide its clock.`)
}

function checkStates({ states }: Workflow, bad: Bad): void {
  const timed = Object.values(states).some((s) => s.deadline)
  for (const [code, s] of Object.entries(states)) {
    const said = [s.final, s.deadline, s.goesOn, s.pauses].filter(Boolean).length
    if (said > 1) bad(`${code} can be only one of final, deadline, goesOn and pauses.`)
    if ((s.goesOn || s.pauses) && !timed) bad(`${code} has a clock to keep, and no state starts one.`)
    if (typeof s.deadline?.hours === 'number' && s.deadline.hours <= 0) bad(`the deadline of ${code} is over before it begins.`)
  }
}

function checkMove({ states }: Workflow, move: Move, bad: Bad): void {
  const { noun, from, to, automatic, input = {}, note } = move
  if (!/^[a-z][a-z_-]{0,49}$/.test(noun) || TAKEN.includes(noun)) bad(`a move cannot be called "${noun}".`)
  if (!from.length) bad(`${noun} begins nowhere.`)
  for (const state of [...from, to]) if (!Object.hasOwn(states, state)) bad(`${noun} names ${state}, which is not a state.`)
  if (from.includes(to)) bad(`${noun} leads from ${to} to itself: what changes no state is an action.`)
  if (note !== undefined && !['text', 'long_text', 'choice'].includes(input[note]?.kind ?? '')) bad(`${noun} has no input ${note} to note.`)
  if (note !== undefined && input[note]?.secret) bad(`${noun} would note ${note}, which is secret.`)
  if (!automatic) return
  if (Object.values(input).some((f) => f.required && f.initial === undefined)) bad(`${noun} is automatic, and asks for something.`)
  const untimed = from.find((state) => !states[state]?.deadline && !states[state]?.goesOn)
  if (automatic === 'overdue' && untimed) bad(`${noun} waits for the deadline of ${untimed}, which has none.`)
}

/** Every state can be reached; only final ones cannot be left. */
function checkWays({ states, initial, moves }: Workflow, bad: Bad): void {
  const reached = new Set([initial])
  // A set grows while it is walked.
  for (const state of reached) for (const move of moves) if (move.from.includes(state)) reached.add(move.to)
  for (const code of Object.keys(states)) if (!reached.has(code)) bad(`no way leads to ${code}.`)
  for (const [code, state] of Object.entries(states)) {
    const leaves = moves.some((m) => m.from.includes(code))
    if (!leaves && !state.final) bad(`no way leads out of ${code}, and it is not final.`)
    if (leaves && state.final) bad(`${code} is final, and a way leads out of it.`)
  }
}
