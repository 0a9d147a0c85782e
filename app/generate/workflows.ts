// A page for each workflow: its states and moves as a diagram, and as tables for whoever wants the particulars.
import { stateLabel, type Term, type Workflow } from '#kernel/workflow/workflow.ts'
import { NOTE, table } from './documents.ts'

export const WORKFLOWS_FOLDER = 'docs/workflows/'
export const workflowPath = (w: Workflow): string => `${WORKFLOWS_FOLDER}${w.resource.name}.md`

const termText = ({ hours, time }: Term): string => {
  const many = typeof hours === 'number' ? String(hours) : `the hours that \`${hours.name}\` says (${String(hours.field.initial)})`
  return typeof hours === 'number'
    ? `${many} ${time === 'working' ? 'working hours' : 'hours'}`
    : `${many}, ${time === 'working' ? 'of working time' : 'by the calendar'}`
}

function clockText(w: Workflow, code: string): string {
  const state = w.states[code]!
  if (state.deadline) return `due after ${termText(state.deadline)}`
  return state.goesOn ? 'the clock runs on' : state.pauses ? 'the clock stands' : ''
}

const automaticText = (w: Workflow, noun: string): string => {
  const { automatic } = w.moves.find((m) => m.noun === noun)!
  return !automatic ? '' : automatic === 'overdue' ? 'when the deadline has passed' : `after ${termText(automatic)}`
}

/** Labels of mermaid: a colon or a semicolon would end them. */
const plain = (text: string): string => text.replaceAll(/[:;#"]/g, ' ')

/** The page of one workflow. */
export function workflowText(w: Workflow): string {
  const diagram = [
    'stateDiagram-v2',
    ...Object.keys(w.states).map((code) => `  ${code}: ${plain(stateLabel(w, code).en)}`),
    `  [*] --> ${w.initial}`,
    ...w.moves.flatMap((m) => m.from.map((from) => `  ${from} --> ${m.to}: ${plain(m.label.en)}${m.automatic ? ' (by itself)' : ''}`)),
    ...Object.entries(w.states).flatMap(([code, s]) => (s.final ? [`  ${code} --> [*]`] : [])),
  ]
  return `${[
    `# ${w.resource.label.many.en} (\`${w.resource.name}\`)`,
    NOTE,
    w.resource.doc,
    ['```mermaid', ...diagram, '```'].join('\n'),
    '## States',
    table(
      ['State', '', 'What it means', 'Clock'],
      Object.entries(w.states).map(([code, s]) => [
        `\`${code}\``,
        stateLabel(w, code).en,
        `${s.doc.en}${s.final ? ' Final.' : ''}`,
        clockText(w, code),
      ]),
    ),
    '## Moves',
    'Each is `POST …/{id}/{move}` and the permission `' +
      w.resource.name +
      ':{move}`. The database refuses every other change of `' +
      w.field +
      '`.',
    table(
      ['Move', '', 'From', 'To', 'Asks for', 'By itself', 'What it does'],
      w.moves.map((m) => [
        `\`${m.noun}\``,
        `${m.label.en}${m.sensitive ? ' (PIN)' : ''}`,
        m.from.map((s) => `\`${s}\``).join(', '),
        `\`${m.to}\``,
        Object.entries(m.input ?? {})
          .map(([name, f]) => `\`${name}\`${f.required ? '' : ' (may be empty)'}`)
          .join(', '),
        automaticText(w, m.noun),
        m.doc.en,
      ]),
    ),
  ].join('\n\n')}\n`
}
