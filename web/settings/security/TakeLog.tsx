// Taking a log away for an auditor, for the period that is filtered, with the seal of every row.
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { apiAt } from '../../addresses.ts'
import { api } from '../../api.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useSentence } from '../../parts/States.tsx'
import { holds, useCommunity } from '../../tenant.tsx'
import { useSay } from '../../words.tsx'

type Props = { log: 'audit_logs' | 'security_events'; from: string | undefined; until: string | undefined }

export function TakeLog({ log, from, until }: Props) {
  const say = useSay()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const [busy, setBusy] = useState(false)
  if (!holds(model.me.permissions, 'core.audit_logs:export')) return null
  async function take(format: 'xlsx' | 'csv' | 'ndjson'): Promise<void> {
    setBusy(true)
    try {
      await api.save(apiAt.tenant(code, `core/${log}/export`), { format, from, until })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <Button variant="default" loading={busy} leftSection={<Icon name="export" size={16} />}>
          {say({ id: 'Ekspor untuk pemeriksa', en: 'Export for an auditor' })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {from || until
            ? say({ id: 'Masa yang disaring, setiap baris dengan segelnya', en: 'The filtered period, every row with its seal' })
            : say({ id: 'Semua, setiap baris dengan segelnya', en: 'Everything, every row with its seal' })}
        </Menu.Label>
        <Menu.Item onClick={() => void take('xlsx')}>Excel (.xlsx)</Menu.Item>
        <Menu.Item onClick={() => void take('csv')}>CSV (.csv)</Menu.Item>
        <Menu.Item onClick={() => void take('ndjson')}>
          {say({ id: 'Persis, untuk program (.ndjson)', en: 'Exact, for programs (.ndjson)' })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
