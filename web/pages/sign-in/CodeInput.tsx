// Six digits: the numeric keypad on phones, filled in from the message where the phone can.
import { TextInput } from '@mantine/core'
import type { ReactNode, Ref } from 'react'

type Props = {
  label: string
  value: string
  change: (value: string) => void
  error?: string | null | undefined
  description?: ReactNode
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

export function CodeInput({ label, value, change, error, description, autoFocus, ref }: Props) {
  return (
    <TextInput
      ref={ref}
      label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value.replace(/[^\d ]/g, '').slice(0, 7))}
      error={error}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 ]*"
      autoFocus={autoFocus ?? false}
      size="md"
      classNames={{ input: 'code-input' }}
      name="code"
    />
  )
}
