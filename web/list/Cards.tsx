// The same list on a phone: a card per row, the name large, three facts under it.
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { fieldOf, isState, textOf, titleOf, useTools, Value } from '../parts/Value.tsx'
import type { RowsProps } from './Table.tsx'

export function Cards({ open, resource, rows, columns, selection, virtual, selectable }: RowsProps) {
  const tools = useTools()
  const offset = virtual.options.scrollMargin
  const stateName = columns.find((name) => {
    const field = fieldOf(resource.fields, name)
    return field && isState(name, field)
  })
  const facts = columns.filter((name) => !resource.title.includes(name) && name !== stateName).slice(0, 4)
  return (
    <ul className="cards" style={{ height: virtual.getTotalSize() }} aria-label={tools.say(resource.label.many)}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index]
        if (!row) return null
        const title = titleOf(resource, row, tools)
        return (
          <li
            key={row.id}
            ref={virtual.measureElement}
            data-index={item.index}
            data-row={row.id}
            className="card"
            style={{ transform: `translateY(${item.start - offset}px)` }}
            data-deleted={row.deleted_at ? true : undefined}
          >
            {selectable && selection.count > 0 && (
              <Checkbox
                className="card-check"
                checked={selection.has(row.id)}
                onChange={() => selection.toggle(row, item.index, false)}
                aria-label={tools.say({ id: 'Pilih {title}', en: 'Select {title}' }, { title })}
              />
            )}
            <Link to={open(row.id)} preload={false}>
              <strong>{title}</strong>
              {stateName && <Value name={stateName} field={fieldOf(resource.fields, stateName)} row={row} />}
              <span className="card-facts">
                {facts
                  .map((name) => textOf(fieldOf(resource.fields, name), row[name], tools, row.titles?.[name]))
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
