// The dense table of a list. Only rows near the eye are drawn; widths are fixed, so that nothing jumps.
import { ActionIcon, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Virtualizer } from '@tanstack/react-virtual'
import { memo } from 'react'
import type { ResourceFacts, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { fieldOf, textOf, titleOf, useTools, Value } from '../parts/Value.tsx'
import { useSay } from '../words.tsx'
import { isNumeric, widthsOf } from './columns.ts'
import type { Selection } from './selection.ts'
import { sortedBy, type ListState } from './state.ts'

/** Widths of the first and the last column, in rem. */
const CHECK = 3.6
const ACTS = 3.6

export type RowsProps = {
  open: (id: string) => string
  edit: (id: string) => string
  resource: ResourceFacts
  rows: readonly RowJson[]
  columns: readonly string[]
  state: ListState
  selection: Selection
  virtual: Virtualizer<HTMLElement, Element>
  total: number | undefined
  selectable: boolean
  printing: boolean
}

export function Table({ open, edit, resource, rows, columns, state, selection, virtual, total, selectable, printing }: RowsProps) {
  const say = useSay()
  const near = virtual.getVirtualItems()
  const items = printing ? rows.map((_, index) => ({ index })) : near
  const before = printing ? 0 : (near[0]?.start ?? 0)
  const after = printing ? 0 : virtual.getTotalSize() - (near.at(-1)?.end ?? 0)
  const titleColumn = columns.find((name) => resource.title.includes(name)) ?? columns[0]
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const edges = ((selectable ? CHECK : 0) + ACTS) * rem
  const titleIndex = columns.indexOf(titleColumn ?? '')
  const widths = widthsOf(
    columns.map((name) => fieldOf(resource.fields, name)),
    titleIndex,
    (virtual.scrollRect?.width ?? 1100) - edges,
    rem,
  )
  const all = rows.length > 0 && rows.every((row) => selection.has(row.id))
  return (
    <table
      className="list-table"
      style={{ width: edges + widths.reduce((sum, width) => sum + width, 0), minWidth: '100%' }}
      aria-rowcount={total ?? -1}
    >
      <caption className="unseen">{say(resource.label.many)}</caption>
      <colgroup>
        {selectable && <col style={{ width: `${CHECK}rem` }} />}
        {columns.map((name, index) => (
          <col key={name} style={{ width: widths[index] }} />
        ))}
        <col style={{ width: `${ACTS}rem` }} />
      </colgroup>
      <thead>
        <tr>
          {selectable && (
            <th scope="col" className="list-check">
              <Checkbox
                size="xs"
                checked={all}
                indeterminate={!all && selection.count > 0}
                onChange={() => (all ? selection.clear() : selection.all(rows))}
                aria-label={say({ id: 'Pilih semua yang dimuat', en: 'Select all that are loaded' })}
              />
            </th>
          )}
          {columns.map((name) => (
            <Heading key={name} name={name} resource={resource} state={state} />
          ))}
          <th scope="col">
            <span className="unseen">{say({ id: 'Tindakan', en: 'Actions' })}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {before > 0 && (
          <tr aria-hidden className="list-gap">
            <td style={{ height: before }} />
          </tr>
        )}
        {items.map((item) => {
          const row = rows[item.index]
          return row ? (
            <Line
              key={row.id}
              {...{ open, edit, resource, row, columns, selectable, titleColumn }}
              index={item.index}
              picked={selection.has(row.id)}
              toggle={selection.toggle}
              measure={virtual.measureElement}
            />
          ) : null
        })}
        {after > 0 && (
          <tr aria-hidden className="list-gap">
            <td style={{ height: after }} />
          </tr>
        )}
      </tbody>
    </table>
  )
}

function Heading({ name, resource, state }: { name: string; resource: ResourceFacts; state: ListState }) {
  const say = useSay()
  const field = fieldOf(resource.fields, name)
  const label = say(field?.label)
  const sorted = sortedBy(resource, state.search)
  const mine = sorted.field === name
  const number = isNumeric(field) || undefined
  if (!resource.sort.includes(name))
    return (
      <th scope="col" data-number={number} title={label}>
        {label}
      </th>
    )
  const next = mine && !sorted.down ? `-${name}` : name
  return (
    <th scope="col" data-number={number} {...(mine ? { 'aria-sort': sorted.down ? 'descending' : 'ascending' } : {})}>
      <button type="button" className="plain list-sort" onClick={() => state.change({ sort: next })}>
        {label}
        <Icon name={mine ? (sorted.down ? 'down' : 'up') : 'sort'} size={13} {...(mine ? {} : { className: 'list-sort-hint' })} />
      </button>
    </th>
  )
}

type LineProps = Pick<RowsProps, 'open' | 'edit' | 'resource' | 'columns' | 'selectable'> & {
  row: RowJson
  index: number
  picked: boolean
  toggle: Selection['toggle']
  titleColumn: string | undefined
  measure: (element: Element | null) => void
}

// Drawn again only when something of its own changes: picking one row, or typing a letter, must not cost the whole table.
const Line = memo(function Line({
  open,
  edit,
  resource,
  row,
  columns,
  selectable,
  picked,
  toggle,
  titleColumn,
  index,
  measure,
}: LineProps) {
  const tools = useTools()
  const { say } = tools
  const title = titleOf(resource, row, tools)
  // When every part of the title has a column of its own, the first need not say it all.
  const spread = resource.title.length > 1 && resource.title.every((name) => columns.includes(name))
  return (
    <tr
      ref={measure}
      data-index={index}
      data-row={row.id}
      aria-rowindex={index + 2}
      aria-selected={selectable ? picked : undefined}
      data-deleted={row.deleted_at ? true : undefined}
    >
      {selectable && (
        <td className="list-check">
          <Checkbox
            size="xs"
            checked={picked}
            onChange={(event) => toggle(row, index, (event.nativeEvent as MouseEvent).shiftKey)}
            aria-label={say({ id: 'Pilih {title}', en: 'Select {title}' }, { title })}
          />
        </td>
      )}
      {columns.map((name) => {
        const field = fieldOf(resource.fields, name)
        const value = <Value name={name} field={field} row={row} />
        return name === titleColumn ? (
          <th key={name} scope="row">
            <Link to={open(row.id)} className="list-title" preload={false}>
              {resource.title.includes(name) && !spread ? title : value}
            </Link>
          </th>
        ) : (
          <td
            key={name}
            data-number={isNumeric(field) || undefined}
            title={textOf(field, row[name], tools, row.titles?.[name]) || undefined}
          >
            {value}
          </td>
        )
      })}
      <td className="list-acts">
        {row.may?.includes('update') && (
          <ActionIcon
            component={Link}
            to={edit(row.id)}
            variant="subtle"
            color="gray"
            aria-label={say({ id: 'Ubah {title}', en: 'Edit {title}' }, { title })}
          >
            <Icon name="edit" size={16} />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
})
