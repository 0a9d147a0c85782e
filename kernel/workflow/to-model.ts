// Workflow → what screens need of it: the colour of each state, what it means, and the names of the moves.
import { stateLabel, type Workflow } from './workflow.ts'

/** Parts of a resource's model: its fields with the tones of the states, and the workflow in words. */
export function workflowFacts(w: Workflow | undefined): Record<string, unknown> {
  const field = w?.resource.fields[w.field]
  if (!w || !field) return {}
  const choices = field.choices?.map((c) => ({ ...c, tone: w.states[c.value]?.tone }))
  return {
    fields: { ...w.resource.fields, [w.field]: { ...field, choices } },
    workflow: {
      field: w.field,
      states: Object.fromEntries(
        Object.entries(w.states).map(([code, { doc, final }]) => [code, { label: stateLabel(w, code), doc, ...(final ? { final } : {}) }]),
      ),
      moves: w.moves.map(({ noun, label, to }) => ({ noun, label, to })),
      timed: Object.values(w.states).some((s) => s.deadline),
    },
  }
}
