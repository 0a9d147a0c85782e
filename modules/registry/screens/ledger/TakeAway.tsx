// A report to take away: on paper through the browser, as a PDF from the server, or as a spreadsheet.
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { apiAt } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { useSentence } from '#web/parts/States.tsx'
import { holds, useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import type { Asked } from './asked.ts'

export function TakeAway({ name, search }: { name: string; search: Asked }) {
  const say = useSay()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const [busy, setBusy] = useState(false)
  const may = holds(model.me.permissions, 'registry.citizens:export')
  async function take(more: Asked): Promise<void> {
    setBusy(true)
    try {
      await api.save(apiAt.tenant(code, `registry/${name}`), { ...search, ...more })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button variant="default" leftSection={<Icon name="print" size={16} />} onClick={() => print()}>
        {say({ id: 'Cetak', en: 'Print' })}
      </Button>
      {may && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="default" leftSection={<Icon name="export" size={16} />} loading={busy}>
              {say({ id: 'Unduh', en: 'Download' })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {model.pdf && <Menu.Item onClick={() => void take({ format: 'pdf', paper: 'a4' })}>PDF, A4</Menu.Item>}
            {model.pdf && <Menu.Item onClick={() => void take({ format: 'pdf', paper: 'f4' })}>PDF, F4 (folio)</Menu.Item>}
            <Menu.Item onClick={() => void take({ format: 'xlsx' })}>Excel (.xlsx)</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
