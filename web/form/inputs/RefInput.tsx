// Picks a record of another resource by typing part of its name; the server does the looking.
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { apiAt } from '../../addresses.ts'
import { api } from '../../api.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useCommunity } from '../../tenant.tsx'
import { useSay } from '../../words.tsx'
import type { InputProps } from './props.ts'

type Option = { id: string; title: string }
type Props = Omit<InputProps<string | null>, 'change'> & {
  to: string
  title: string | null
  change: (id: string | null, title: string | null) => void
}

export function RefInput({ to, value, title, change, leave, autoFocus, ...rest }: Props) {
  const say = useSay()
  const { code } = useCommunity()
  const [typed, setTyped] = useState(title ?? '')
  const [open, setOpen] = useState(false)
  const known = useRef(new Map<string, string>())
  if (value && title) known.current.set(value, title)
  const [asked] = useDebouncedValue(typed.trim(), 180)
  const shown = value ? (known.current.get(value) ?? title ?? value.slice(0, 8)) : null
  const q = asked === shown ? '' : asked
  const options = useQuery({
    queryKey: ['options', code, to, q],
    queryFn: ({ signal }) => api.get<{ data: Option[] }>(`${apiAt.resource(code, to)}/options`, { search: { q, limit: '20' }, signal }),
    enabled: open,
    placeholderData: keepPreviousData,
  })
  const found = options.data?.data ?? []
  for (const option of found) known.current.set(option.id, option.title)
  const data = found.map((option) => ({ value: option.id, label: option.title || option.id.slice(0, 8) }))
  if (value && shown && !data.some((option) => option.value === value)) data.unshift({ value, label: shown })
  return (
    <Select
      {...rest}
      searchable
      clearable
      value={value}
      data={data}
      filter={({ options: all }) => all}
      searchValue={typed}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      onChange={(id) => change(id, id ? (known.current.get(id) ?? null) : null)}
      onBlur={() => leave?.()}
      placeholder={say({ id: 'Ketik sebagian nama', en: 'Type part of the name' })}
      nothingFoundMessage={
        options.isError
          ? say({ id: 'Daftar tidak terjangkau', en: 'The list cannot be reached' })
          : options.isFetching
            ? say({ id: 'Mencari…', en: 'Searching…' })
            : say({ id: 'Tidak ada yang cocok', en: 'Nothing matches' })
      }
      rightSection={options.isFetching && open ? <Icon name="spin" className="spin" size={16} /> : undefined}
      clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan', en: 'Clear' }) }}
      comboboxProps={{ withinPortal: false, transitionProps: { duration: 80 } }}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
    />
  )
}
