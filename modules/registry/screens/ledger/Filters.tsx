// The filters that every count takes: where, who, and as of which day. All of it in the address.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { DayInput } from '#web/form/inputs/DayInput.tsx'
import { RefInput } from '#web/form/inputs/RefInput.tsx'
import { rowQuery } from '#web/queries.ts'
import { useCommunity, useResource } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import type { Asked } from './asked.ts'

export const FILTER_KEYS = ['day', 'area_id', 'sex', 'age_from', 'age_to', 'status'] as const
type Props = { asked: Asked; set: (patch: Asked) => void; only?: readonly (typeof FILTER_KEYS)[number][] }
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Everything a filter may hold, told apart from what else stands in the address. */
export const filterOf = (asked: Asked, only: readonly string[] = FILTER_KEYS): Asked =>
  Object.fromEntries(Object.entries(asked).filter(([key, value]) => only.includes(key) && (key !== 'day' || DAY.test(value ?? ''))))

export function Filters({ asked, set, only = FILTER_KEYS }: Props) {
  const say = useSay()
  const { model } = useCommunity()
  const citizens = useResource('registry.citizens')
  const has = (key: (typeof FILTER_KEYS)[number]): boolean => only.includes(key)
  const filtered = only.some((key) => asked[key] !== undefined)
  const statuses = citizens?.fields['status']?.choices ?? []
  return (
    <div className="ledger-filters no-print" role="search" aria-label={say({ id: 'Saringan', en: 'Filters' })}>
      {has('day') && (
        <DayInput
          label={say({ id: 'Keadaan tanggal', en: 'As of' })}
          value={asked['day'] ?? model.tenant.today}
          change={(day) => (day === null || DAY.test(day)) && set({ day: day && day !== model.tenant.today ? day : undefined })}
        />
      )}
      {has('area_id') && <AreaFilter value={asked['area_id'] ?? null} change={(area_id) => set({ area_id: area_id ?? undefined })} />}
      {has('sex') && (
        <NativeSelect
          label={say({ id: 'Jenis kelamin', en: 'Sex' })}
          value={asked['sex'] ?? ''}
          onChange={(event) => set({ sex: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: say({ id: 'Semua', en: 'Everybody' }) },
            { value: 'L', label: say({ id: 'Laki-laki', en: 'Male' }) },
            { value: 'P', label: say({ id: 'Perempuan', en: 'Female' }) },
          ]}
        />
      )}
      {has('age_from') && (
        <Age label={say({ id: 'Umur dari', en: 'Age from' })} value={asked['age_from']} change={(age_from) => set({ age_from })} />
      )}
      {has('age_to') && <Age label={say({ id: 'sampai', en: 'to' })} value={asked['age_to']} change={(age_to) => set({ age_to })} />}
      {has('status') && statuses.length > 0 && (
        <NativeSelect
          label="Status"
          value={asked['status'] ?? 'ALIVE'}
          onChange={(event) => set({ status: event.currentTarget.value === 'ALIVE' ? undefined : event.currentTarget.value })}
          data={statuses.map((one) => ({ value: one.value, label: say(one.label) }))}
        />
      )}
      {filtered && (
        <Button variant="subtle" color="gray" onClick={() => set(Object.fromEntries(only.map((key) => [key, undefined])))}>
          {say({ id: 'Tanpa saringan', en: 'No filter' })}
        </Button>
      )}
    </div>
  )
}

/** A hamlet, RW or RT; its name is asked for when only its id is known. */
export function AreaFilter({ value, change }: { value: string | null; change: (id: string | null) => void }) {
  const say = useSay()
  const { code } = useCommunity()
  const areas = useResource('registry.areas')
  const area = useQuery({ ...rowQuery(code, 'registry.areas', value ?? ''), enabled: value !== null && areas !== undefined })
  if (!areas) return null
  return (
    <RefInput
      // Begun anew when the name is known: the input shows the title it was begun with.
      key={area.data?.id ?? 'any'}
      label={say({ id: 'Dusun/RW/RT', en: 'Hamlet/RW/RT' })}
      to="registry.areas"
      value={value}
      title={area.data ? String(area.data['name'] ?? '') : null}
      change={(id) => change(id)}
    />
  )
}

function Age({ label, value, change }: { label: string; value: string | undefined; change: (value: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '')
  useEffect(() => setText(value ?? ''), [value])
  const tell = (): void => {
    const digits = text.replace(/\D/g, '').slice(0, 3)
    setText(digits)
    if ((digits || undefined) !== value) change(digits || undefined)
  }
  return (
    <TextInput
      className="ledger-age"
      label={label}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={tell}
      onKeyDown={(event) => event.key === 'Enter' && tell()}
    />
  )
}
