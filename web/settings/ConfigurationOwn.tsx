// Settings that the community describes itself, for programs of its own: a name, a type, a value, and a rule it must keep.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, ResourceFacts, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { Bone, Trouble } from '../parts/States.tsx'
import { textOf, useTools } from '../parts/Value.tsx'
import { listKey } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { ConfigurationOwnForm } from './ConfigurationOwnForm.tsx'

export function ConfigurationOwn({ resource }: { resource: ResourceFacts }) {
  const { say } = useTools()
  const { code } = useCommunity()
  const [adding, setAdding] = useState(false)
  const own = useQuery({
    queryKey: [...listKey(code, resource.name), 'own'],
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, resource.name), { search: { module: 'custom', limit: '200' }, signal }),
  })
  const rows = own.data?.data ?? []
  return (
    <section aria-labelledby="settings-own">
      <h2 id="settings-own">{say({ id: 'Pengaturan sendiri', en: 'Settings of your own' })}</h2>
      <p className="soft small" style={{ margin: '.5rem 0' }}>
        {say({
          id: 'Untuk program atau situs milik komunitas ini. Balai menyimpan dan memeriksanya, tetapi tidak memakainya.',
          en: 'For programs or sites of this community. Balai keeps and checks them, but does not use them.',
        })}
      </p>
      {own.error && !own.data ? (
        <Trouble error={own.error} retry={() => void own.refetch()} />
      ) : !own.data ? (
        <Bone height="3rem" />
      ) : (
        <ul>
          {rows.map((row) => (
            <OwnLine key={`${row.id} ${row.version}`} resource={resource} row={row} />
          ))}
        </ul>
      )}
      {adding ? (
        <ConfigurationOwnForm resource={resource} done={() => setAdding(false)} />
      ) : (
        own.data?.may?.includes('create') && (
          <Button
            variant="default"
            style={{ marginTop: '1rem' }}
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => setAdding(true)}
          >
            {say({ id: 'Tambah pengaturan', en: 'Add a setting' })}
          </Button>
        )
      )}
    </section>
  )
}

function OwnLine({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const tools = useTools()
  const { say } = tools
  const [open, setOpen] = useState(false)
  const key = String(row['key'])
  const value =
    row['value'] === null
      ? ''
      : row['data_type'] === 'BOOLEAN'
        ? say(row['value'] === 'true' ? { id: 'Ya', en: 'Yes' } : { id: 'Tidak', en: 'No' })
        : String(row['value'])
  return (
    <li>
      <div className="setting">
        <h3 className="mono">{key}</h3>
        <div className="setting-value">
          <p>{value ? <strong>{value}</strong> : <span className="quiet">{say({ id: 'kosong', en: 'empty' })}</span>}</p>
          <p className="small quiet row">
            {row['is_required'] === true && row['value'] === null && (
              <span className="state" data-tone="wait">
                {say({ id: 'perlu diisi', en: 'needs to be filled in' })}
              </span>
            )}
            <span>{textOf(resource.fields['data_type'], row['data_type'], tools)}</span>
            {row['is_public'] === true && <span>{say({ id: 'tampil untuk umum', en: 'public' })}</span>}
            {row['description'] ? <span>{String(row['description'])}</span> : null}
          </p>
        </div>
        {resource.may.includes('update') && (
          <Button
            variant="default"
            size="compact-md"
            onClick={() => setOpen(!open)}
            aria-expanded={open}
            aria-label={say({ id: 'Ubah {label}', en: 'Change {label}' }, { label: key })}
          >
            {say({ id: 'Ubah', en: 'Change' })}
          </Button>
        )}
      </div>
      {open && <ConfigurationOwnForm resource={resource} row={row} done={() => setOpen(false)} />}
    </li>
  )
}
