// Everything that points here: the first few of each, and the way to the whole list.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, Model, ResourceFacts, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { Bone, Trouble } from '../parts/States.tsx'
import { textOf, titleOf, useTools } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'

type Pointer = { readonly resource: ResourceFacts; readonly field: string }

/** Reference fields of other resources that point to this one, each a filter of that resource's list. */
export const pointingHere = (model: Model, target: ResourceFacts): Pointer[] =>
  model.modules.flatMap((module) =>
    module.resources
      .filter((resource) => resource.module !== 'core')
      .flatMap((resource) =>
        Object.entries(resource.fields)
          .filter(([, field]) => field.kind === 'ref' && field.to === target.name)
          .map(([field]) => ({ resource, field })),
      ),
  )

export function Related({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const { model } = useCommunity()
  return (
    <div className="related">
      {pointingHere(model, resource).map((pointer) => (
        <One key={pointer.resource.name + pointer.field} pointer={pointer} id={row.id} />
      ))}
    </div>
  )
}

const FEW = 8

function One({ pointer: { resource, field }, id }: { pointer: Pointer; id: string }) {
  const tools = useTools()
  const { say } = tools
  const { code, model } = useCommunity()
  const list = useQuery({
    queryKey: ['related', code, resource.name, field, id],
    queryFn: ({ signal }) =>
      api.get<ListJson>(apiAt.resource(code, resource.name), { search: { [field]: id, limit: String(FEW), count: 'true' }, signal }),
  })
  const several =
    pointingHere(model, { ...resource, name: resource.fields[field]?.to ?? '' }).filter((one) => one.resource === resource).length > 1
  const total = list.data?.page.total ?? list.data?.data.length
  const facts = resource.list
    .filter((name) => !resource.title.includes(name) && name !== field && !resource.fields[name]?.secret)
    .slice(0, 3)
  return (
    <section>
      <header className="row">
        <h2>
          {say(resource.label.many)}
          {several && <span className="quiet"> · {say(resource.fields[field]?.label)}</span>}
        </h2>
        {total !== undefined && <span className="quiet">{tools.formats.number(total)}</span>}
        {list.data?.may?.includes('create') && (
          <Button
            component={Link}
            to={at.create(code, resource.name)}
            search={{ [field]: id } as never}
            variant="subtle"
            size="compact-sm"
            className="push"
            leftSection={<Icon name="plus" size={15} />}
          >
            {say({ id: 'Tambah', en: 'Add' })}
          </Button>
        )}
      </header>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone width="60%" />
      ) : list.data.data.length === 0 ? (
        <p className="quiet">{say({ id: 'Belum ada.', en: 'None yet.' })}</p>
      ) : (
        <ul>
          {list.data.data.map((row) => (
            <li key={row.id}>
              <Link to={at.record(code, resource.name, row.id)}>{titleOf(resource, row, tools)}</Link>
              <span className="soft">
                {facts
                  .map((name) => textOf(resource.fields[name], row[name], tools, row.titles?.[name]))
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {list.data?.page.next && (
        <Link to={at.list(code, resource.name)} search={{ [field]: id } as never}>
          {say({ id: 'Lihat semua', en: 'See all' })}
        </Link>
      )}
    </section>
  )
}
