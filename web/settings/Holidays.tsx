// The days nobody works, which deadlines in working hours pass over: a list like any other, with its form and its import.
import { at } from '../addresses.ts'
import { ResourceList } from '../list/ResourceList.tsx'
import { NotFound } from '../parts/States.tsx'
import { useCommunity, useResource } from '../tenant.tsx'

export default function Holidays() {
  const { code } = useCommunity()
  const resource = useResource('core.holidays')
  return resource ? <ResourceList resource={resource} /> : <NotFound home={at.settings(code)} />
}
