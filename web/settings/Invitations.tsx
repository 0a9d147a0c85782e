// Invitations: who was asked to join, as what, and what became of it. Made of the generic screens; the acts come from the declaration.
import { useParams } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { ResourceList } from '../list/ResourceList.tsx'
import { NotFound } from '../parts/States.tsx'
import { Record } from '../record/Record.tsx'
import { useCommunity, useResource } from '../tenant.tsx'

export default function Invitations() {
  const { id } = useParams({ strict: false }) as { id?: string }
  const { code } = useCommunity()
  const resource = useResource('core.invitations')
  if (!resource) return <NotFound home={at.settings(code)} />
  if (id) return <Record resource={resource} id={id} back={false} />
  return <ResourceList resource={resource} recordAt={(row) => at.settings(code, `invitations/${row}`)} />
}
