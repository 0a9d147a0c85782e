// How a record moves: its states and the moves between them, as data. Actions, triggers, clocks and screens are compiled from this.
import type { Ctx } from '#kernel/ctx.ts'
import type { Action, Stored } from '#kernel/resource/action.ts'
import type { Field, Tone } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import type { SettingFact } from '#kernel/settings/fact.ts'
import type { Words } from '#kernel/words.ts'
import { checkWorkflow } from './check.ts'

/** A length of time, in hours or as the setting that says them: of working time (kernel/workflow/working-time.ts), or by the calendar. */
export type Term = { readonly hours: number | SettingFact<number>; readonly time: 'working' | 'calendar' }

/** A state. Its code and its word are those of the field; of `deadline`, `goesOn` and `pauses` it has at most one, and none stops the clock. */
export type State = {
  /** The colour of its word. */
  readonly tone: Tone
  /** What it means for whoever waits, in one sentence. */
  readonly doc: Words
  /** Nothing leads out of it. */
  readonly final?: true
  /** Starts a clock; coming back to the state whose clock stood still lets it run on. */
  readonly deadline?: Term
  /** The clock that was running runs on: one deadline over several states. */
  readonly goesOn?: true
  /** The clock stands still meanwhile. */
  readonly pauses?: true
}

export type Move<S extends string = string, Input = never> = {
  /** Path segment and permission, a noun: `POST …/{id}/refusal`. */
  readonly noun: string
  readonly label: Words
  /** What it does, in a sentence or two. */
  readonly doc: Words
  readonly from: readonly S[]
  readonly to: S
  readonly input?: Readonly<Record<string, Field>>
  readonly refine?: Action<Input>['refine']
  /** Whether the row allows it besides its state, by choices and flags alone. */
  readonly when?: (row: Stored) => boolean
  /** The input that is kept in the status history, for everybody who may see the record. */
  readonly note?: string
  readonly grave?: true
  /** Asks a person for their PIN. */
  readonly sensitive?: true
  /** Made by the system: so long after the state was entered, or when its deadline has passed. */
  readonly automatic?: Term | 'overdue'
  /**
   * What the module does with it, in the same transaction, before the state changes. What it answers is written into the row together
   * with the state.
   */
  readonly run?: (ctx: Ctx, row: Stored, input: Input) => Promise<Readonly<Record<string, unknown>> | void>
}

export type Workflow = {
  readonly resource: Resource
  /** The choice that holds the state: read-only, required, and `initial` by itself. */
  readonly field: string
  readonly initial: string
  readonly states: Readonly<Record<string, State>>
  readonly moves: readonly Move[]
}

type CodesOf<F> = F extends Field<infer V> ? V & string : never

/**
 * Declares how the rows of a resource move. The codes are those of the field, and the compiler knows them; throws at start when a state
 * cannot be reached or left, or a declaration contradicts itself.
 */
export function workflow<F extends Record<string, Field>, N extends keyof F & string>(
  resource: Resource<F>,
  field: N,
  facts: {
    readonly initial: CodesOf<F[N]>
    readonly states: Readonly<Record<CodesOf<F[N]>, State>>
    readonly moves: readonly Move<CodesOf<F[N]>>[]
  },
): Workflow {
  const made: Workflow = { resource, field, ...facts }
  checkWorkflow(made)
  return made
}

/** The words of a state: the label of its code. */
export const stateLabel = ({ resource, field }: Workflow, state: string): Words =>
  resource.fields[field]?.choices?.find((c) => c.value === state)?.label ?? { id: state, en: state }

/** Whether a row in its present state allows a move. */
export const allows = (w: Workflow, move: Move, row: Stored): boolean =>
  move.from.includes(String(row[w.field])) && (move.when?.(row) ?? true)
