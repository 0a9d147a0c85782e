// Members: who works here, in which role. A list of people; their record holds role, status and limits.
import { useNavigate, useParams } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { ResourceList } from '../list/ResourceList.tsx'
import { NotFound } from '../parts/States.tsx'
import { useCommunity, useResource } from '../tenant.tsx'
import { MemberForm } from './MemberForm.tsx'

export default function Members() {
  const { id } = useParams({ strict: false }) as { id?: string }
  const { code } = useCommunity()
  const navigate = useNavigate()
  const resource = useResource('core.memberships')
  if (!resource) return <NotFound home={at.settings(code)} />
  if (id) return <MemberForm resource={resource} id={id} done={() => void navigate({ to: at.settings(code, 'members') })} />
  return <ResourceList resource={resource} recordAt={(row) => at.settings(code, `members/${row}`)} />
}
