// Filters as chips that say what they do; one button to add another.
import { Button, CloseButton, Menu, Popover } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { createContext, use, useState, type ReactNode } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { findResource, type ResourceFacts } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { textOf, titleOf, useTools } from '../parts/Value.tsx'
import { rowQuery } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { FilterEditor } from './FilterEditor.tsx'
import { activeFilters, filterField, filterKind, without, type ListSearch, type ListState } from './state.ts'

type Adding = { readonly name: string | null; readonly set: (name: string | null) => void }
const Adding = createContext<Adding>({ name: null, set: () => {} })

/** Knows which filter is being added, so that the list around it is not drawn again when one is chosen. */
export function Filtering({ children }: { children: ReactNode }) {
  const [name, set] = useState<string | null>(null)
  return <Adding value={{ name, set }}>{children}</Adding>
}

export function AddFilter({ resource, state }: { resource: ResourceFacts; state: ListState }) {
  const say = useSay()
  const { search } = state
  const { set: add } = use(Adding)
  const active = activeFilters(resource, search)
  const { model } = useCommunity()
  const free = (resource.filter ?? []).filter((name) => !active.includes(name) && filterField(model, resource, name))
  const canDeleted = resource.may.includes('restore') && !search['deleted']
  const canLate = resource.workflow?.timed === true && !search['overdue']
  if (free.length === 0 && !canDeleted && !canLate) return null
  return (
    <Menu position="bottom-start" width={230} returnFocus={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="filter" size={16} />}>
          {say({ id: 'Saring', en: 'Filter' })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        {free.map((name) => (
          <Menu.Item key={name} onClick={() => add(name)}>
            {say(filterField(model, resource, name)?.label)}
          </Menu.Item>
        ))}
        {(canDeleted || canLate) && free.length > 0 && <Menu.Divider />}
        {canLate && (
          <Menu.Item leftSection={<Icon name="clock" size={16} />} onClick={() => state.change({ overdue: 'true' })}>
            {say({ id: 'Yang terlambat', en: 'Overdue ones' })}
          </Menu.Item>
        )}
        {canDeleted && (
          <Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => state.change({ deleted: 'true' })}>
            {say({ id: 'Yang sudah dihapus', en: 'Deleted ones' })}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

export function FilterChips({ resource, state }: { resource: ResourceFacts; state: ListState }) {
  const say = useSay()
  const { name: adding, set } = use(Adding)
  const done = (): void => set(null)
  const { model } = useCommunity()
  const names = activeFilters(resource, state.search)
  const shown = adding && !names.includes(adding) ? [...names, adding] : names
  const deleted = state.search['deleted'] === 'true'
  const late = state.search['overdue'] !== undefined
  if (shown.length === 0 && !deleted && !late) return null
  return (
    <ul className="chips" aria-label={say({ id: 'Saringan', en: 'Filters' })}>
      {shown.map((name) => {
        const field = filterField(model, resource, name)
        return field ? <FilterChip key={name} name={name} field={field} state={state} startOpen={name === adding} done={done} /> : null
      })}
      {deleted && <OwnChip name="deleted" state={state} label={say({ id: 'Yang sudah dihapus', en: 'Deleted ones' })} />}
      {late && (
        <OwnChip
          name="overdue"
          state={state}
          label={
            state.search['overdue'] === 'true'
              ? say({ id: 'Yang terlambat', en: 'Overdue ones' })
              : say({ id: 'Yang tidak terlambat', en: 'Those not overdue' })
          }
        />
      )}
      {names.length + Number(deleted) + Number(late) > 1 && (
        <li>
          <Button size="compact-sm" variant="subtle" onClick={() => state.replace(onlySort(state.search))}>
            {say({ id: 'Hapus semua', en: 'Clear all' })}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** A filter that is no field: it is on, or taken away. */
function OwnChip({ name, label, state }: { name: 'deleted' | 'overdue'; label: string; state: ListState }) {
  const say = useSay()
  return (
    <li className="chip">
      <span className="chip-say">{label}</span>
      <CloseButton
        size="sm"
        onClick={() => state.change({ [name]: undefined })}
        aria-label={say({ id: 'Hapus saringan', en: 'Remove filter' })}
      />
    </li>
  )
}

const onlySort = (search: ListSearch): ListSearch =>
  Object.fromEntries(Object.entries(search).filter(([key]) => key === 'sort' || key === 'q'))

type ChipProps = { name: string; field: Field; state: ListState; startOpen: boolean; done: () => void }

function FilterChip({ name, field, state, startOpen, done }: ChipProps) {
  const say = useSay()
  const [open, setOpen] = useState(startOpen)
  const meaning = useMeaning(name, field, state.search)
  const close = (): void => {
    setOpen(false)
    if (startOpen) done()
  }
  return (
    <li className="chip">
      <Popover opened={open} onChange={(is) => !is && close()} position="bottom-start" width={280} trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className="plain chip-say"
            aria-haspopup="dialog"
            aria-expanded={open}
            onClick={() => (open ? close() : setOpen(true))}
          >
            {say(field.label)}
            {meaning && (
              <>
                : <strong>{meaning}</strong>
              </>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={say(field.label)}>
          <FilterEditor name={name} field={field} state={state} close={close} />
        </Popover.Dropdown>
      </Popover>
      <CloseButton
        size="sm"
        onClick={() => {
          state.replace(without(state.search, name))
          done()
        }}
        aria-label={say({ id: 'Hapus saringan {name}', en: 'Remove filter {name}' }, { name: say(field.label) })}
      />
    </li>
  )
}

/** What the filter says: "Perempuan", "sejak 1 Jan 2020", "RT 002 Merantian". */
function useMeaning(name: string, field: Field, search: ListSearch): string {
  const tools = useTools()
  const { say } = tools
  const { code, model } = useCommunity()
  const value = search[name]
  const target = field.to ? findResource(model, field.to) : undefined
  const ids = filterKind(field) === 'ref' && value ? value.split(',') : []
  const titles = useQueries({
    queries: ids.map((id) => ({ ...rowQuery(code, field.to ?? '', id), enabled: Boolean(target), staleTime: 300_000 })),
    combine: (results) =>
      results.map((result, index) => (result.data && target ? titleOf(target, result.data, tools) : (ids[index]?.slice(0, 8) ?? ''))),
  })
  if (search[`${name}.null`] === 'true') return say({ id: 'kosong', en: 'empty' })
  if (ids.length) return tools.formats.list(titles)
  const from = search[`${name}.gte`]
  const until = search[`${name}.lte`]
  const text = (one: string) => textOf(field, one, tools)
  if (from && until) return `${text(from)} – ${text(until)}`
  if (from) return say({ id: 'sejak {from}', en: 'from {from}' }, { from: text(from) })
  if (until) return say({ id: 'sampai {until}', en: 'until {until}' }, { until: text(until) })
  if (!value) return ''
  if (filterKind(field) === 'many') return tools.formats.list(value.split(',').map(text))
  return field.secret ? value : text(value)
}
