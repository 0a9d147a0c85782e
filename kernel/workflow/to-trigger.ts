// Workflow → triggers: the database refuses every change of a state that is not a declared move, and writes each into the history.
import type { Resource } from '#kernel/resource/resource.ts'
import type { Workflow } from './workflow.ts'

const KEEPS = 'core.keep_workflow'
/** One writes down how a row begins, the other each move; updates that leave the state alone do not wake it. */
export const WORKFLOW_TRIGGERS = ['begin_workflow', 'keep_workflow'] as const

/** The name under which the database refuses a move, for a clear answer at the edge. */
export const movesRule = (r: Resource): string => `${r.plural}_moves`

/** What the triggers are told: the logical name of the resource, the column, the first state, and `noun:from>to` for each way. */
export const triggerArguments = ({ resource, field, initial, moves }: Workflow): string[] => [
  resource.name,
  field,
  initial,
  ...moves.flatMap((m) => m.from.map((from) => `${m.noun}:${from}>${m.to}`)),
]

/** The statements that put the triggers on the resource's table, in place of those that are there. */
export function toTriggers(w: Workflow): string[] {
  const { table } = w.resource
  const call = `for each row execute function ${KEEPS}(${triggerArguments(w)
    .map((a) => `'${a}'`)
    .join(', ')})`
  return [
    `create or replace trigger begin_workflow after insert on ${table} ${call};`,
    `create or replace trigger keep_workflow after update on ${table} for each row when (old.${w.field} is distinct from new.${w.field}) ${call.slice('for each row '.length)};`,
  ]
}
