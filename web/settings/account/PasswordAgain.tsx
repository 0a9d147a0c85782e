// My present password once more, before something that would let another person in.
import { PasswordInput } from '@mantine/core'
import { useSay } from '../../words.tsx'

type Props = { value: string; change: (value: string) => void; error: string | undefined; autoFocus?: boolean }

export function PasswordAgain({ value, change, error, autoFocus = false }: Props) {
  const say = useSay()
  return (
    <PasswordInput
      label={say({ id: 'Kata sandi Anda', en: 'Your password' })}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      error={error}
      autoComplete="current-password"
      autoFocus={autoFocus}
    />
  )
}
