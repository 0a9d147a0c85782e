// The course of a record: who moved it from state to state, when, and what they noted; newest first, as sentences.
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ResourceFacts, RowJson, StatusChange, WorkflowFacts } from '../model.ts'
import { Bone, Trouble } from '../parts/States.tsx'
import { toneOf, useTools } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'
import { did } from './sentences.ts'

export function Course({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const { say } = useTools()
  const { code } = useCommunity()
  const course = useQuery({
    queryKey: ['history', code, resource.name, row.id, 'status'],
    queryFn: ({ signal }) =>
      api.get<{ data: readonly StatusChange[] }>(`${apiAt.row(code, resource.name, row.id)}/status-history`, { signal }),
  })
  const { workflow } = resource
  if (course.error && !course.data) return <Trouble error={course.error} retry={() => void course.refetch()} />
  if (!course.data || !workflow)
    return (
      <div className="stack" aria-busy>
        <Bone width="55%" />
        <Bone width="40%" />
      </div>
    )
  if (course.data.data.length === 0)
    return (
      <p className="soft">
        {say({ id: 'Data ini lebih tua daripada catatan perjalanannya.', en: 'This record is older than the notes of its course.' })}
      </p>
    )
  return (
    <ol className="history">
      {course.data.data.map((change) => (
        <Step key={change.at} change={change} resource={resource} workflow={workflow} />
      ))}
    </ol>
  )
}

function Step({ change, resource, workflow }: { change: StatusChange; resource: ResourceFacts; workflow: WorkflowFacts }) {
  const { say, formats } = useTools()
  const move = workflow.moves.find((one) => one.noun === change.move)
  const field = resource.fields[workflow.field]
  return (
    <li>
      <p>
        <strong>{change.by?.name ?? say({ id: 'Dengan sendirinya', en: 'By itself' })}</strong>{' '}
        {change.from === null ? say(did('created')) : <>· {say(move?.label ?? { id: 'Diubah', en: 'Changed' })}</>}{' '}
        <span aria-hidden>→</span>{' '}
        <span className="state" data-tone={field ? toneOf(field, change.to) : 'still'}>
          {say(workflow.states[change.to]?.label ?? change.to)}
        </span>
        <time className="quiet small" dateTime={change.at} title={formats.moment(change.at)}>
          {formats.ago(change.at)}
        </time>
      </p>
      {change.note && <p className="course-note">{change.note}</p>}
    </li>
  )
}
