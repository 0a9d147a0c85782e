// Roles: a list of them, and the editor of one.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, PageBones, Trouble } from '../parts/States.tsx'
import { listKey, rowQuery } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { RoleForm } from './RoleForm.tsx'

const ROLES = 'core.roles'

export default function Roles() {
  const { id } = useParams({ strict: false }) as { id?: string }
  if (!id) return <RoleList />
  return id === 'new' ? <RoleForm row={null} /> : <OneRole id={id} />
}

function OneRole({ id }: { id: string }) {
  const { code } = useCommunity()
  const row = useQuery({ ...rowQuery(code, ROLES, id), staleTime: 0 })
  if (row.error && !row.data) return <Trouble error={row.error} retry={() => void row.refetch()} home={at.settings(code, 'roles')} />
  if (!row.data) return <PageBones />
  return <RoleForm key={row.data.version} row={row.data} />
}

function RoleList() {
  const say = useSay()
  const { code } = useCommunity()
  const list = useQuery({
    queryKey: [...listKey(code, ROLES), 'all'],
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, ROLES), { search: { limit: '100' }, signal }),
  })
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Peran', en: 'Roles' })}
        under={say({
          id: 'Peran menentukan apa yang boleh dilakukan seorang anggota, dan baris mana yang ia lihat.',
          en: 'A role decides what a member may do, and which rows they see.',
        })}
      >
        {list.data?.may?.includes('create') && (
          <Button component={Link} to={at.settings(code, 'roles/new')} leftSection={<Icon name="plus" size={16} />}>
            {say({ id: 'Tambah peran', en: 'Add a role' })}
          </Button>
        )}
      </PageHead>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="8rem" />
      ) : (
        <ul className="roles">
          {list.data.data.map((role) => (
            <li key={role.id}>
              <Link to={at.settings(code, `roles/${role.id}`)}>{String(role['name'])}</Link>
              <span className="soft">{role['description'] ? String(role['description']) : ''}</span>
              {role['is_system'] === true && <span className="quiet small">{say({ id: 'bawaan', en: 'built in' })}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
