// A secret: masked, opened by a deliberate click that is recorded, and closed again by itself.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ResourceFacts, RowJson } from '../model.ts'
import { announce } from '../parts/announce.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useSentence } from '../parts/States.tsx'
import { textOf, useTools } from '../parts/Value.tsx'
import { client } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'

const OPEN_FOR = 60_000

export function Secret({ name, field, resource, row }: { name: string; field: Field; resource: ResourceFacts; row: RowJson }) {
  const tools = useTools()
  const { say } = tools
  const sentence = useSentence()
  const { code } = useCommunity()
  const [value, setValue] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => setValue(null), [row.version])
  useEffect(() => {
    if (value === null) return
    const close = setTimeout(() => setValue(null), OPEN_FOR)
    return () => clearTimeout(close)
  }, [value])
  const label = say(field.label)
  async function open(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      const { values } = await api.post<{ values: Record<string, unknown> }>(`${apiAt.row(code, resource.name, row.id)}/disclosure`, {
        body: { fields: [name] },
      })
      setValue(values[name] ?? '')
      announce(say({ id: '{label} terbuka dan dicatat', en: '{label} shown and recorded' }, { label }))
      void client.invalidateQueries({ queryKey: ['history', code, resource.name, row.id] })
    } catch (problem) {
      setError(sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  if (value !== null) {
    const plain = textOf(field, value, tools)
    return (
      <span className="secret" data-open>
        <span className="mono">{plain}</span>
        <Tooltip label={say({ id: 'Salin', en: 'Copy' })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={say({ id: 'Salin {label}', en: 'Copy {label}' }, { label })}
            onClick={() => void navigator.clipboard?.writeText(plain)}
          >
            <Icon name="copy" size={16} />
          </ActionIcon>
        </Tooltip>
        <span className="secret-note">{say({ id: 'Tercatat atas nama Anda', en: 'Recorded under your name' })}</span>
      </span>
    )
  }
  return (
    <span className="secret">
      <span className="mono">{textOf(field, row[name], tools)}</span>
      {row.may?.includes('reveal') && (
        <Tooltip label={say({ id: 'Melihatnya akan dicatat', en: 'Looking at it is recorded' })} openDelay={200}>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={busy}
            onClick={() => void open()}
            leftSection={<Icon name="eye" size={15} />}
            className="no-print"
            aria-label={say({ id: 'Lihat {label}. Ini dicatat.', en: 'Show {label}. This is recorded.' }, { label })}
          >
            {say({ id: 'Lihat', en: 'Show' })}
          </Button>
        </Tooltip>
      )}
      {error && (
        <span role="alert" className="secret-error">
          {error}
        </span>
      )}
    </span>
  )
}
