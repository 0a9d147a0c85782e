// What to do with the picked rows: a count, an act, and a way back.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ResourceFacts } from '../model.ts'
import { announce } from '../parts/announce.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useSentence } from '../parts/States.tsx'
import { forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import type { Selection } from './selection.ts'

/** Without a version the server takes the row as it stands: right for undoing. */
type Item = { id: string; version?: number }
type Result = { id: string; status: number; code?: string; detail?: string }

/** Changes many rows at once, says how it went, and offers the way back. */
export function useBulk(resource: ResourceFacts) {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [busy, setBusy] = useState(false)
  const batch = (action: 'delete' | 'restore', items: readonly Item[]) =>
    api.post<{ results: Result[] }>(`${apiAt.resource(code, resource.name)}/batch`, { body: { action, items } })

  async function run(action: 'delete' | 'restore', items: readonly Item[], undoable = true): Promise<boolean> {
    setBusy(true)
    try {
      const { results } = await batch(action, items)
      const good = results.filter((result) => result.status < 300)
      const bad = results.filter((result) => result.status >= 300)
      forget(code, resource.name)
      const words =
        action === 'delete'
          ? { id: '{n} {what} dihapus', en: '{n} {what} deleted' }
          : { id: '{n} {what} dipulihkan', en: '{n} {what} restored' }
      const what = say(good.length === 1 ? resource.label.one : resource.label.many).toLowerCase()
      const text = say(words, { n: formats.number(good.length), what })
      const why = bad.length
        ? say(
            { id: ' {n} tidak: {why}', en: ' {n} not: {why}' },
            { n: formats.number(bad.length), why: bad[0]?.detail ?? bad[0]?.code ?? '' },
          )
        : ''
      announce(text + why)
      const back = good.map(({ id }) => ({ id }))
      const id = notifications.show({
        color: bad.length ? 'wait' : 'act',
        autoClose: 12_000,
        message: (
          <div className="row">
            <span>
              {text}.{why}
            </span>
            {undoable && action === 'delete' && good.length > 0 && resource.may.includes('restore') && (
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<Icon name="undo" size={15} />}
                onClick={() => {
                  notifications.hide(id)
                  void run('restore', back, false)
                }}
              >
                {say({ id: 'Urungkan', en: 'Undo' })}
              </Button>
            )}
          </div>
        ),
      })
      return true
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { run, busy }
}

export function BulkBar({ resource, selection, deleted }: { resource: ResourceFacts; selection: Selection; deleted: boolean }) {
  const say = useSay()
  const formats = useFormats()
  const { run, busy } = useBulk(resource)
  const act = deleted ? 'restore' : 'delete'
  if (selection.count === 0) return null
  const go = async (): Promise<void> => {
    if (await run(act, selection.items())) selection.clear()
  }
  return (
    <div className="list-bulk" role="region" aria-label={say({ id: 'Yang dipilih', en: 'Selected' })}>
      <strong role="status">{say({ id: '{n} dipilih', en: '{n} selected' }, { n: formats.number(selection.count) })}</strong>
      {resource.may.includes(act) && (
        <Button
          variant={deleted ? 'filled' : 'light'}
          color={deleted ? 'act' : 'harm'}
          loading={busy}
          onClick={() => void go()}
          leftSection={<Icon name={deleted ? 'undo' : 'trash'} size={16} />}
        >
          {deleted ? say({ id: 'Pulihkan', en: 'Restore' }) : say({ id: 'Hapus', en: 'Delete' })}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={selection.clear}>
        {say({ id: 'Batal pilih', en: 'Clear selection' })}
      </Button>
    </div>
  )
}
