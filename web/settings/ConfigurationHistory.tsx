// Who changed a setting, when, from what to what: its value alone, in the words of its field.
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { HistoryEntry } from '../model.ts'
import { Bone, Trouble } from '../parts/States.tsx'
import { textOf, useTools } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'
import type { SettingJson } from './configuration-model.ts'

export function ConfigurationHistory({ setting }: { setting: SettingJson }) {
  const tools = useTools()
  const { say, formats } = tools
  const { code } = useCommunity()
  const history = useQuery({
    queryKey: ['history', code, 'core.settings', setting.id],
    queryFn: ({ signal }) => api.get<{ data: HistoryEntry[] }>(`${apiAt.row(code, 'core.settings', setting.id)}/history`, { signal }),
    staleTime: 0,
  })
  const normal = textOf(setting.field, setting.default, tools) || say({ id: 'kosong', en: 'empty' })
  /** A kept text as its field would be read; what is not kept is the default. */
  const worded = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return normal
    if (['tags', 'json', 'point'].includes(setting.field.kind)) return textOf(setting.field, parsed(String(value)), tools)
    return textOf(setting.field, value, tools)
  }
  if (history.error) return <Trouble error={history.error} retry={() => void history.refetch()} />
  if (!history.data) return <Bone height="3rem" />
  return (
    <ol className="history setting-history">
      {history.data.data.map((entry) => {
        const change = entry.changes.find((one) => one.field === (setting.field.secret ? 'secret_value' : 'value'))
        const who = entry.actor?.name ?? say({ id: 'Sistem', en: 'The system' })
        return (
          <li key={`${entry.at} ${entry.action}`}>
            <p>
              <strong>{who}</strong>{' '}
              {entry.action === 'deleted'
                ? say({ id: 'mengembalikan ke bawaan', en: 'put it back to the default' })
                : say({ id: 'mengubah', en: 'changed it' })}
              {change && !setting.field.secret && (
                <span className="changed">
                  : <del>{worded(change.before)}</del> <span aria-hidden>→</span> <ins>{worded(change.after)}</ins>
                </span>
              )}
              <time className="quiet small" dateTime={entry.at} title={formats.moment(entry.at)}>
                {formats.ago(entry.at)}
              </time>
            </p>
          </li>
        )
      })}
    </ol>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
