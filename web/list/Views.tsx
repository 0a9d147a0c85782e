// Saved views: a person's own, and those a community shares. A view is filters, order and columns under a name.
import { ActionIcon, Button, Checkbox, Menu, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, ResourceFacts, RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useSentence } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { isFiltered, type ListSearch, type ListState } from './state.ts'

const VIEWS = 'core.saved_views'
type Definition = { search?: ListSearch; columns?: readonly string[] | null }
const definitionOf = (view: RowJson): Definition => (view['definition'] ?? {}) as Definition

type Props = {
  resource: ResourceFacts
  state: ListState
  columns: readonly string[]
  chosen: boolean
  setColumns: (columns: readonly string[] | null) => void
}

export function Views({ resource, state, columns, chosen, setColumns }: Props) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const cache = useQueryClient()
  const [saving, setSaving] = useState(false)
  const key = ['views', code, resource.name]
  const views = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, VIEWS), { search: { resource: resource.name, limit: '100' }, signal }),
    staleTime: 60_000,
    retry: false,
  })
  if (!views.data) return null
  const all = views.data.data
  const mayCreate = views.data.may?.includes('create') ?? false
  const current = all.find((view) => same(definitionOf(view).search ?? {}, state.search))
  if (all.length === 0 && !(mayCreate && isFiltered(state.search))) return null
  const use = (view: RowJson): void => {
    const definition = definitionOf(view)
    state.replace(definition.search ?? {})
    if (definition.columns) setColumns(definition.columns)
  }
  const remove = async (view: RowJson): Promise<void> => {
    try {
      await api.delete(apiAt.row(code, VIEWS, view.id), { version: view.version })
      await cache.invalidateQueries({ queryKey: key })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
  }
  const group = (shared: boolean) => all.filter((view) => (view['shared'] === true) === shared)
  const items = (list: readonly RowJson[]) =>
    list.map((view) => (
      <div key={view.id} className="view-line">
        <Menu.Item onClick={() => use(view)} {...(view === current ? { rightSection: <Icon name="check" size={15} /> } : {})}>
          {String(view['name'])}
        </Menu.Item>
        {view.may?.includes('delete') && (
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => void remove(view)}
            aria-label={say({ id: 'Hapus tampilan {name}', en: 'Delete view {name}' }, { name: view['name'] })}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        )}
      </div>
    ))
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="star" size={16} />}>
            {current ? String(current['name']) : say({ id: 'Tampilan', en: 'Views' })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {group(false).length > 0 && <Menu.Label>{say({ id: 'Milik saya', en: 'Mine' })}</Menu.Label>}
          {items(group(false))}
          {group(true).length > 0 && <Menu.Label>{say({ id: 'Bersama', en: 'Shared' })}</Menu.Label>}
          {items(group(true))}
          {mayCreate && !current && (
            <>
              {all.length > 0 && <Menu.Divider />}
              <Menu.Item leftSection={<Icon name="plus" size={16} />} onClick={() => setSaving(true)}>
                {say({ id: 'Simpan tampilan ini…', en: 'Save this view…' })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={saving} onClose={() => setSaving(false)} title={say({ id: 'Simpan tampilan', en: 'Save view' })}>
        <SaveView
          done={async (name, shared) => {
            const definition: Definition = { search: state.search, columns: chosen ? columns : null }
            await api.post(apiAt.resource(code, VIEWS), { body: { resource: resource.name, name, definition, shared } })
            await cache.invalidateQueries({ queryKey: key })
            setSaving(false)
          }}
        />
      </Dialog>
    </>
  )
}

function SaveView({ done }: { done: (name: string, shared: boolean) => Promise<void> }) {
  const say = useSay()
  const sentence = useSentence()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!name.trim())
      return setError(say({ id: 'Beri nama, agar mudah ditemukan lagi.', en: 'Give it a name, so that you find it again.' }))
    done(name.trim(), shared).catch((problem: unknown) => setError(sentence(problem)))
  }
  return (
    <form onSubmit={submit} className="stack">
      <TextInput
        label={say({ id: 'Nama', en: 'Name' })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error}
        data-autofocus
        maxLength={80}
      />
      <Checkbox
        label={say({ id: 'Bagikan dengan semua anggota', en: 'Share with every member' })}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      <div className="row">
        <Button type="submit">{say({ id: 'Simpan', en: 'Save' })}</Button>
      </div>
    </form>
  )
}

const same = (a: ListSearch, b: ListSearch): boolean => {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
