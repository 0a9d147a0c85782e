// Six digits, hidden as they are typed, on the numeric keypad of a phone.
import { PasswordInput } from '@mantine/core'
import { useSay } from '../words.tsx'

type Props = {
  label: string
  value: string
  change: (pin: string) => void
  error?: string | null
  description?: string
  disabled?: boolean
  autoFocus?: boolean
}

export function PinInput({ label, value, change, error, description, disabled, autoFocus }: Props) {
  const say = useSay()
  return (
    <PasswordInput
      label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
      error={error}
      description={description}
      disabled={disabled ?? false}
      inputMode="numeric"
      autoComplete="off"
      data-1p-ignore
      data-lpignore="true"
      data-autofocus={autoFocus || undefined}
      // Escape closes this dialog, not the one it may lie on.
      data-mantine-stop-propagation="true"
      className="pin"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      visibilityToggleButtonProps={{ 'aria-label': say({ id: 'Tampilkan atau sembunyikan angka', en: 'Show or hide the digits' }) }}
    />
  )
}
