// The quieter tools of a list: which columns, saved views, and the file to take away.
import { ActionIcon, Button, Checkbox, Menu, Popover, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ResourceFacts } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { useSentence } from '../parts/States.tsx'
import { fieldOf } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { possibleColumns, type useColumns } from './columns.ts'
import type { ListSearch } from './state.ts'

export function ColumnChooser({ resource, columns }: { resource: ResourceFacts; columns: ReturnType<typeof useColumns> }) {
  const say = useSay()
  const label = say({ id: 'Kolom', en: 'Columns' })
  const possible = possibleColumns(resource)
  const toggle = (name: string): void => {
    const next = columns.columns.includes(name) ? columns.columns.filter((one) => one !== name) : [...columns.columns, name]
    if (next.length) columns.set(next)
  }
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Button className="list-columns" variant="default" leftSection={<Icon name="columns" size={16} />}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <fieldset className="choices" style={{ maxHeight: '50vh', overflowY: 'auto' }}>
          <legend className="unseen">{label}</legend>
          {[...columns.columns, ...possible.filter((name) => !columns.columns.includes(name))].map((name) => (
            <Checkbox
              key={name}
              label={say(fieldOf(resource.fields, name)?.label)}
              checked={columns.columns.includes(name)}
              onChange={() => toggle(name)}
            />
          ))}
        </fieldset>
        {columns.chosen && (
          <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => columns.set(null)}>
            {say({ id: 'Kembalikan seperti semula', en: 'Back to how it was' })}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

export function Export({ resource, search, columns }: { resource: ResourceFacts; search: ListSearch; columns: readonly string[] }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [busy, setBusy] = useState(false)
  const label = say({ id: 'Ekspor yang terlihat', en: 'Export what you see' })
  async function take(format: 'csv' | 'xlsx'): Promise<void> {
    setBusy(true)
    try {
      await api.save(`${apiAt.resource(code, resource.name)}/export`, { ...search, format, columns: columns.join(',') })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Tooltip label={label} openDelay={400}>
          <ActionIcon variant="default" size={36} aria-label={label} loading={busy}>
            <Icon name="export" size={17} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say({ id: 'Dengan saringan dan kolom ini', en: 'With these filters and columns' })}</Menu.Label>
        <Menu.Item onClick={() => void take('xlsx')}>Excel (.xlsx)</Menu.Item>
        <Menu.Item onClick={() => void take('csv')}>CSV (.csv)</Menu.Item>
        <Menu.Item leftSection={<Icon name="print" size={16} />} onClick={() => print()}>
          {say({ id: 'Cetak', en: 'Print' })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
