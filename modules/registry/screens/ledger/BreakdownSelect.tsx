// Choosing what to count by: the reports of a page first, then the breakdowns in their groups.
import { NativeSelect } from '@mantine/core'
import type { Words } from '#kernel/words.ts'
import { useSay } from '#web/words.tsx'
import { grouped } from './views.ts'

export type Known = { key: string; label: string; past: boolean; moves: boolean; needs: string | null }
type Props = {
  readonly value: string
  readonly change: (value: string) => void
  readonly reports: Readonly<Record<string, Words>>
  readonly breakdowns: readonly Known[]
}

export function BreakdownSelect({ value, change, reports, breakdowns }: Props) {
  const say = useSay()
  return (
    <NativeSelect
      className="ledger-by no-print"
      label={say({ id: 'Menurut', en: 'By' })}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    >
      {breakdowns.length === 0 && !Object.hasOwn(reports, value) && <option value={value}>{say({ id: 'Memuat…', en: 'Loading…' })}</option>}
      <optgroup label={say({ id: 'Laporan', en: 'Reports' })}>
        {Object.entries(reports).map(([key, label]) => (
          <option key={key} value={key}>
            {say(label)}
          </option>
        ))}
      </optgroup>
      {grouped(breakdowns).map((group) => (
        <optgroup key={group.label.en} label={say(group.label)}>
          {group.items.map((b) => (
            <option key={b.key} value={b.key}>
              {b.label}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
  )
}
