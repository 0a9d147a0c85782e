// The one record of a resource that has only one: the record itself, or the invitation to fill it in.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, ResourceFacts } from '../model.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Empty, PageBones, Trouble } from '../parts/States.tsx'
import { listKey } from '../queries.ts'
import { Record } from '../record/Record.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'

export function Single({ resource }: { resource: ResourceFacts }) {
  const say = useSay()
  const { code } = useCommunity()
  const list = useQuery({
    queryKey: [...listKey(code, resource.name), 'single'],
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, resource.name), { search: { limit: '1' }, signal }),
  })
  if (list.error && !list.data) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <PageBones />
  const row = list.data.data[0]
  if (row) return <Record resource={resource} id={row.id} back={false} />
  return (
    <div className="page">
      <PageHead title={say(resource.label.one)} />
      <Empty
        icon="book"
        title={say({ id: 'Belum diisi', en: 'Not filled in yet' })}
        actions={
          list.data.may?.includes('create') ? (
            <Button component={Link} to={at.create(code, resource.name)}>
              {say({ id: 'Isi sekarang', en: 'Fill it in' })}
            </Button>
          ) : undefined
        }
      />
    </div>
  )
}
