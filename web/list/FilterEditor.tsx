// What a person sets inside a filter chip, by the kind of fact.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { DayInput } from '../form/inputs/DayInput.tsx'
import { RefInput } from '../form/inputs/RefInput.tsx'
import { useSay } from '../words.tsx'
import { filterKind, type ListState } from './state.ts'

type Props = { name: string; field: Field; state: ListState; close: () => void }

export function FilterEditor(props: Props) {
  switch (filterKind(props.field)) {
    case 'many':
      return <Many {...props} />
    case 'yes_no':
      return <YesNo {...props} />
    case 'ref':
      return <Reference {...props} />
    case 'range':
      return <Range {...props} />
    default:
      return <Equal {...props} />
  }
}

function Many({ name, field, state }: Props) {
  const say = useSay()
  const chosen = state.search[name]?.split(',') ?? []
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    state.change({ [name]: next.join(',') || undefined, [`${name}.null`]: undefined })
  }
  return (
    <fieldset className="choices">
      <legend className="unseen">{say(field.label)}</legend>
      {field.choices?.map((choice) => (
        <Checkbox
          key={choice.value}
          label={say(choice.label)}
          checked={chosen.includes(choice.value)}
          onChange={() => toggle(choice.value)}
        />
      ))}
      <Nothing name={name} field={field} state={state} />
    </fieldset>
  )
}

function YesNo({ name, field, state, close }: Props) {
  const say = useSay()
  const set = (value: string) => () => {
    state.change({ [name]: value })
    close()
  }
  return (
    <div className="row" role="group" aria-label={say(field.label)}>
      <Button variant={state.search[name] === 'true' ? 'filled' : 'default'} onClick={set('true')}>
        {say({ id: 'Ya', en: 'Yes' })}
      </Button>
      <Button variant={state.search[name] === 'false' ? 'filled' : 'default'} onClick={set('false')}>
        {say({ id: 'Tidak', en: 'No' })}
      </Button>
    </div>
  )
}

function Reference({ name, field, state, close }: Props) {
  const say = useSay()
  return (
    <div className="stack">
      <RefInput
        label={say(field.label)}
        to={field.to ?? ''}
        value={null}
        title={null}
        autoFocus
        change={(id) => {
          if (!id) return
          const chosen = state.search[name]?.split(',') ?? []
          state.change({ [name]: [...new Set([...chosen, id])].join(','), [`${name}.null`]: undefined })
          close()
        }}
      />
      <Nothing name={name} field={field} state={state} />
    </div>
  )
}

function Range({ name, field, state, close }: Props) {
  const say = useSay()
  const [from, setFrom] = useState<string | null>(state.search[`${name}.gte`] ?? null)
  const [until, setUntil] = useState<string | null>(state.search[`${name}.lte`] ?? null)
  const labels = [say({ id: 'Dari', en: 'From' }), say({ id: 'Sampai', en: 'Until' })] as const
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    state.change({ [`${name}.gte`]: from ?? undefined, [`${name}.lte`]: until ?? undefined })
    close()
  }
  const days = field.kind === 'day' || field.kind === 'instant'
  const box = (label: string, value: string | null, set: (value: string | null) => void) =>
    days ? (
      <DayInput label={label} value={value?.slice(0, 10) ?? null} change={set} />
    ) : (
      <TextInput label={label} inputMode="decimal" value={value ?? ''} onChange={(event) => set(event.currentTarget.value || null)} />
    )
  return (
    <form onSubmit={apply} className="stack">
      {box(labels[0], from, setFrom)}
      {box(labels[1], until, setUntil)}
      <Button type="submit">{say({ id: 'Terapkan', en: 'Apply' })}</Button>
    </form>
  )
}

function Equal({ name, field, state, close }: Props) {
  const say = useSay()
  const [text, setText] = useState(state.search[name] ?? '')
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    state.change({ [name]: text.trim() || undefined, [`${name}.null`]: undefined })
    close()
  }
  const help = !field.secret
    ? say({ id: 'Sama persis dengan ini', en: 'Exactly this' })
    : field.secret.find === 'words'
      ? say({ id: 'Satu atau beberapa kata utuh', en: 'One or more whole words' })
      : say({ id: 'Nomor lengkap', en: 'The whole number' })
  return (
    <form onSubmit={apply} className="stack">
      <TextInput
        label={say(field.label)}
        description={help}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
        autoComplete="off"
      />
      <Button type="submit">{say({ id: 'Terapkan', en: 'Apply' })}</Button>
      <Nothing name={name} field={field} state={state} />
    </form>
  )
}

/** "Not filled in" is also an answer, where a field may be empty. */
function Nothing({ name, field, state }: Pick<Props, 'name' | 'field' | 'state'>) {
  const say = useSay()
  if (field.required) return null
  const on = state.search[`${name}.null`] === 'true'
  return (
    <Checkbox
      label={say({ id: 'Belum diisi', en: 'Not filled in' })}
      checked={on}
      onChange={() => state.change({ [`${name}.null`]: on ? undefined : 'true', [name]: undefined })}
    />
  )
}
