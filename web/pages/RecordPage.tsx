// The page of one record: a title a person would say, the next acts, the facts, what belongs to it, and its history.
import { useParams } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { NotFound } from '../parts/States.tsx'
import { Record } from '../record/Record.tsx'
import { useCommunity, useResource } from '../tenant.tsx'

export default function RecordPage() {
  const { module = '', plural = '', id = '' } = useParams({ strict: false }) as { module?: string; plural?: string; id?: string }
  const { code } = useCommunity()
  const resource = useResource(`${module}.${plural}`)
  if (!resource) return <NotFound home={at.home(code)} />
  return <Record key={id} resource={resource} id={id} />
}
