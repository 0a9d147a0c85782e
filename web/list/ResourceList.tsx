// A list of anything, from its declaration: find, filter, order, pick, take away. Everything is asked of the server.
import './list.css'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Suspense, useCallback, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { at } from '../addresses.ts'
import type { ResourceFacts } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { announce } from '../parts/announce.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/States.tsx'
import { ActionButtons } from '../record/Actions.tsx'
import { screensOf } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { BulkBar } from './Bulk.tsx'
import { Cards } from './Cards.tsx'
import { useColumns } from './columns.ts'
import { ListBones, ListEmpty, Shortcuts } from './ListStates.tsx'
import { AddFilter, FilterChips, Filtering } from './Filters.tsx'
import { useListKeys } from './keys.ts'
import { usePrinting } from './printing.ts'
import { useRows } from './rows.ts'
import { Search } from './Search.tsx'
import { useSelection } from './selection.ts'
import { isFiltered, useListState } from './state.ts'
import { Table } from './Table.tsx'
import { ColumnChooser, Export } from './Tools.tsx'
import { Views } from './Views.tsx'

const rem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize)

type Props = { resource: ResourceFacts /** Where a row opens, when not on its own record page. */; recordAt?: (id: string) => string }

export function ResourceList({ resource, recordAt }: Props) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const state = useListState(resource)
  const columns = useColumns(resource)
  const { query, rows: found, total, capped, may } = useRows(code, resource, state.search, columns.columns)
  // Drawing what was found gives way to the next letter.
  const rows = useDeferredValue(found)
  const selection = useSelection(rows)
  const printing = usePrinting()
  const [helping, setHelping] = useState(false)
  const phone = useMediaQuery('(max-width: 47.99em)', innerWidth < 768, { getInitialValueInEffect: false }) ?? false
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const main = document.getElementById('main')
    setMargin(
      phone && content.current && main
        ? content.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop
        : 0,
    )
  }, [phone, rows.length === 0, state.search])
  const virtual = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => (phone ? document.getElementById('main') : scroller.current),
    estimateSize: () => rem() * (phone ? 5.6 : 2.6),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollMargin: margin,
    initialRect: { width: 1000, height: 800 },
  })
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 15 && query.hasNextPage && !query.isFetchingNextPage && !query.isError) void query.fetchNextPage()
  }, [last, rows.length, query.hasNextPage, query.isFetchingNextPage])

  const counted = total === undefined ? null : `${formats.number(total)}${capped ? '+' : ''}`
  useEffect(() => {
    if (counted !== null && isFiltered(state.search)) announce(say({ id: '{n} ditemukan', en: '{n} found' }, { n: counted }))
  }, [counted, state.search])
  useEffect(selection.clear, [state.search])

  const mayCreate = may.includes('create')
  useListKeys({ edit: recordAt, resource, rows, virtual, selection, mayCreate, help: () => setHelping(true) })
  const deleted = state.search['deleted'] === 'true'
  const selectable = resource.may.includes(deleted ? 'restore' : 'delete')
  const waiting = query.isPending || (rows.length === 0 && (query.isPlaceholderData || found.length > 0))
  const Header = screensOf(resource.module).listHeader?.[resource.name]
  const open = useCallback((id: string) => recordAt?.(id) ?? at.record(code, resource.name, id), [recordAt, code, resource.name])
  const edit = useCallback((id: string) => recordAt?.(id) ?? at.edit(code, resource.name, id), [recordAt, code, resource.name])
  const all = { open, edit, resource, rows, columns: columns.columns, state, selection, virtual, total, selectable, printing }
  const many = say(resource.label.many)

  return (
    <div className="list-page">
      <PageHead title={many} under={counted === null ? '\u00a0' : say({ id: '{n} data', en: '{n} records' }, { n: counted })}>
        <ActionButtons resource={resource} may={may} row={null} />
        {may.includes('import') && resource.importers.length > 0 && (
          <Button
            component={Link}
            to={at.imports(code)}
            className="list-import"
            variant="default"
            leftSection={<Icon name="import" size={16} />}
          >
            {say({ id: 'Impor', en: 'Import' })}
          </Button>
        )}
        {mayCreate && (
          <Button component={Link} to={at.create(code, resource.name)} className="list-add" leftSection={<Icon name="plus" size={16} />}>
            {say({ id: 'Tambah {one}', en: 'Add {one}' }, { one: say(resource.label.one).toLowerCase() })}
          </Button>
        )}
      </PageHead>
      {Header && (
        <Suspense fallback={null}>
          <Header resource={resource} />
        </Suspense>
      )}
      <Filtering>
        <div className="list-tools" role="search" aria-label={many}>
          <Search
            value={state.search['q'] ?? ''}
            change={(q) => state.change({ q })}
            label={say({ id: 'Cari {many}', en: 'Search {many}' }, { many: many.toLowerCase() })}
            busy={query.isFetching && !query.isFetchingNextPage && query.isPlaceholderData}
          />
          <AddFilter resource={resource} state={state} />
          <Views resource={resource} state={state} columns={columns.columns} chosen={columns.chosen} setColumns={columns.set} />
          <div className="row push list-tools-end">
            <ColumnChooser resource={resource} columns={columns} />
            {may.includes('export') && <Export resource={resource} search={state.search} columns={columns.columns} />}
          </div>
          <FilterChips resource={resource} state={state} />
        </div>
      </Filtering>
      {query.isError && rows.length === 0 ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : waiting ? (
        <ListBones columns={columns.columns.length} phone={phone} />
      ) : rows.length === 0 ? (
        <ListEmpty resource={resource} state={state} may={may} />
      ) : (
        <div className="list-scroll" ref={scroller} data-stale={query.isPlaceholderData || undefined} tabIndex={phone ? undefined : -1}>
          <div ref={content}>{phone && !printing ? <Cards {...all} /> : <Table {...all} />}</div>
          {printing && query.hasNextPage && (
            <p>
              {say(
                {
                  id: 'Di kertas ini baru {n} data pertama. Untuk semuanya, unduh lewat Ekspor.',
                  en: 'This paper holds only the first {n} records. For all of them, use Export.',
                },
                { n: formats.number(rows.length) },
              )}
            </p>
          )}
          {query.hasNextPage && (
            <p className="list-more no-print">
              <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {query.isError ? say({ id: 'Coba muat lagi', en: 'Try loading more again' }) : say({ id: 'Muat lagi', en: 'Load more' })}
              </Button>
            </p>
          )}
        </div>
      )}
      <BulkBar resource={resource} selection={selection} deleted={deleted} />
      <Dialog opened={helping} onClose={() => setHelping(false)} title={say({ id: 'Tombol pintas', en: 'Keyboard shortcuts' })}>
        <Shortcuts />
      </Dialog>
    </div>
  )
}
