// The page of a form: …/new for something new (fields may be given in the address), …/{id}/edit for something known.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { notifications } from '@mantine/notifications'
import { at } from '../addresses.ts'
import { RecordForm } from '../form/RecordForm.tsx'
import { fillable } from '../form/state.ts'
import { ApiProblem } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { NotFound, PageBones, Trouble } from '../parts/States.tsx'
import { useTitleOf } from '../parts/Value.tsx'
import { rowQuery } from '../queries.ts'
import { useCommunity, useResource } from '../tenant.tsx'
import { useSay } from '../words.tsx'

export default function FormPage() {
  const { module = '', plural = '', id } = useParams({ strict: false }) as { module?: string; plural?: string; id?: string }
  const search = useSearch({ strict: false }) as Record<string, string>
  const say = useSay()
  const titled = useTitleOf()
  const navigate = useNavigate()
  const { code } = useCommunity()
  const resource = useResource(`${module}.${plural}`)
  const row = useQuery({ ...rowQuery(code, `${module}.${plural}`, id ?? ''), enabled: Boolean(resource && id), staleTime: 0 })
  if (!resource) return <NotFound home={at.home(code)} />
  if (id && row.error && !row.data)
    return <Trouble error={row.error} retry={() => void row.refetch()} home={at.list(code, resource.name)} />
  if (id && !row.data) return <PageBones />
  const may = id ? row.data?.may?.includes('update') : resource.may.includes('create')
  if (!may) return <Trouble error={new ApiProblem(403, {})} />

  const one = say(resource.label.one)
  const title = row.data
    ? say({ id: 'Ubah {title}', en: 'Edit {title}' }, { title: titled(resource, row.data) })
    : say({ id: 'Tambah {one}', en: 'Add {one}' }, { one: one.toLowerCase() })
  const back = row.data
    ? { to: at.record(code, resource.name, row.data.id), label: titled(resource, row.data) }
    : { to: at.list(code, resource.name), label: say(resource.label.many) }
  const open = fillable(resource.fields)
  const start = id
    ? {}
    : Object.fromEntries(Object.entries(search).filter(([name]) => open.includes(name) && !resource.fields[name]?.secret))
  return (
    <div className="page">
      <PageHead title={title} back={back} />
      <RecordForm
        key={id ?? 'new'}
        resource={resource}
        start={start}
        {...(row.data ? { row: row.data } : {})}
        cancel={() => void navigate({ to: back.to })}
        done={(saved) => {
          notifications.show({ message: say({ id: '{title} tersimpan.', en: '{title} saved.' }, { title: titled(resource, saved) }) })
          void navigate({ to: at.record(code, resource.name, saved.id), replace: Boolean(id) })
        }}
      />
    </div>
  )
}
