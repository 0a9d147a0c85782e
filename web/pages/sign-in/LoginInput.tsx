// The name a person signs in with: a username or an e-mail address.
import { TextInput } from '@mantine/core'
import { useSay } from '../../words.tsx'

export function LoginInput({ value, change }: { value: string; change: (login: string) => void }) {
  const say = useSay()
  return (
    <TextInput
      label={say({ id: 'Nama pengguna atau surel', en: 'Username or e-mail' })}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      size="md"
      name="login"
    />
  )
}
