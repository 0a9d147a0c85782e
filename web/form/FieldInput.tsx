// The right input for a field, from its declaration.
import '@mantine/core/styles/Pill.layer.css'
import '@mantine/core/styles/PillsInput.layer.css'
import '@mantine/core/styles/Radio.layer.css'
import { Autocomplete, Button, Checkbox, PasswordInput, Radio, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { useSay } from '../words.tsx'
import { DayInput } from './inputs/DayInput.tsx'
import { DecimalInput } from './inputs/DecimalInput.tsx'
import { PointInput, type Point } from './inputs/PointInput.tsx'
import { RefInput } from './inputs/RefInput.tsx'

export type FieldInputProps = {
  readonly name: string
  readonly field: Field
  readonly value: unknown
  /** The name of what a reference points to. */
  readonly title: string | null
  readonly error: string | undefined
  readonly set: (value: unknown, title?: string | null) => void
  readonly leave: () => void
  /** The mask of a secret that is kept as it is until replaced. */
  readonly masked?: string | undefined
  readonly replacing?: boolean
}

const MANY = 4

export function FieldInput(props: FieldInputProps) {
  const { field, masked, replacing, name } = props
  const [replace, setReplace] = useState(false)
  if (field.secret && masked && !replacing && !replace) return <Kept {...props} replace={() => setReplace(true)} />
  return <Plain {...props} key={name} autoFocus={replace} />
}

/** A secret already on file: shown masked, replaced only on purpose. */
function Kept({ field, masked, replace, name }: FieldInputProps & { replace: () => void }) {
  const say = useSay()
  return (
    <div className="kept" id={`field-${name}`}>
      <span className="mantine-InputWrapper-label">{say(field.label)}</span>
      <div className="row">
        <span className="mono">{masked}</span>
        <Button
          variant="default"
          size="compact-md"
          onClick={replace}
          aria-label={say({ id: 'Ganti {label}', en: 'Replace {label}' }, { label: say(field.label) })}
        >
          {say({ id: 'Ganti', en: 'Replace' })}
        </Button>
      </div>
    </div>
  )
}

function Plain({ name, field, value, title, error, set, leave, autoFocus }: FieldInputProps & { autoFocus?: boolean }) {
  const say = useSay()
  const label = say(field.label)
  const common = {
    id: `field-${name}`,
    name,
    label,
    error,
    withAsterisk: field.required && field.kind !== 'boolean',
    ...(field.help ? { description: say(field.help) } : {}),
    ...(autoFocus ? { autoFocus } : {}),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  }
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value)
  const choices = field.choices?.map((choice) => ({ value: choice.value, label: say(choice.label) })) ?? []
  switch (field.kind) {
    case 'boolean':
      return (
        <Checkbox
          id={common.id}
          name={name}
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
          onBlur={leave}
          error={error}
          {...(field.help ? { description: say(field.help) } : {})}
        />
      )
    case 'choice':
      return choices.length <= MANY ? (
        <Radio.Group {...common} value={text} onChange={(next) => set(next)} onBlur={leave}>
          <div className="radios">
            {choices.map((choice) => (
              <Radio key={choice.value} value={choice.value} label={choice.label} />
            ))}
            {!field.required && text && (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => set(null)}>
                {say({ id: 'Kosongkan', en: 'Clear' })}
              </Button>
            )}
          </div>
        </Radio.Group>
      ) : (
        <Select
          {...common}
          data={choices}
          value={text || null}
          onChange={(next) => set(next)}
          onBlur={leave}
          searchable={choices.length > 7}
          clearable={!field.required}
          placeholder={say({ id: 'Pilih', en: 'Choose' })}
          nothingFoundMessage={say({ id: 'Tidak ada yang cocok', en: 'Nothing matches' })}
          clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan {label}', en: 'Clear {label}' }, { label }) }}
        />
      )
    case 'ref':
      return (
        <RefInput {...common} to={field.to ?? ''} value={text || null} title={title} change={(id, name) => set(id, name)} leave={leave} />
      )
    case 'day':
      return <DayInput {...common} value={text || null} change={set} leave={leave} />
    case 'decimal':
      return <DecimalInput {...common} value={text || null} scale={field.scale ?? 2} change={set} leave={leave} />
    case 'point':
      return <PointInput {...common} value={(value as Point | null) ?? null} change={set} leave={leave} />
    case 'tags':
      return <TagsInput {...common} value={Array.isArray(value) ? value.map(String) : []} onChange={set} onBlur={leave} clearable />
    case 'long_text':
      return (
        <Textarea
          {...common}
          value={text}
          autosize
          minRows={3}
          maxRows={14}
          onChange={(event) => set(event.currentTarget.value || null)}
          onBlur={leave}
        />
      )
    case 'integer':
      return (
        <TextInput
          {...common}
          value={text}
          inputMode="numeric"
          autoComplete="off"
          className="short"
          onChange={(event) =>
            set(/^-?\d+$/.test(event.currentTarget.value.trim()) ? Number(event.currentTarget.value) : event.currentTarget.value || null)
          }
          onBlur={leave}
        />
      )
    default:
      return name === 'password' ? (
        <PasswordInput
          {...common}
          value={text}
          autoComplete="new-password"
          onChange={(event) => set(event.currentTarget.value || null)}
          onBlur={leave}
        />
      ) : field.suggestions ? (
        <Autocomplete
          {...common}
          value={text}
          data={[...field.suggestions]}
          limit={12}
          onChange={(next) => set(next || null)}
          onBlur={leave}
          autoComplete="off"
        />
      ) : (
        <TextInput
          {...common}
          value={text}
          onChange={(event) => set(event.currentTarget.value || null)}
          onBlur={leave}
          autoComplete="off"
          spellCheck={false}
          {...(field.format === 'email' ? { type: 'email', inputMode: 'email' as const } : {})}
          {...(field.format === 'phone' ? { type: 'tel', inputMode: 'tel' as const } : {})}
          {...(field.format === 'url' ? { type: 'url', inputMode: 'url' as const } : {})}
          {...(field.pattern && /^[\d[\]{},\\d()?:|+*-]+$/.test(field.pattern) ? { inputMode: 'numeric' as const } : {})}
        />
      )
  }
}
