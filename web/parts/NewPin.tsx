// Making a PIN: the password that proves who makes it, and the six digits.
import { PasswordInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { useTrying, type Trying } from '../form/trying.ts'
import { useSay } from '../words.tsx'
import { PinInput } from './PinInput.tsx'

export const SIX = { id: 'PIN ada 6 angka.', en: 'A PIN has 6 digits.' }

type Props = {
  community: string
  /** Stands above the fields. */
  children?: ReactNode
  /** Runs once the PIN is kept, as part of the same try. */
  made: (pin: string) => Promise<void> | void
  end: (trying: Trying) => ReactNode
}

export function NewPin({ community, children, made, end }: Props) {
  const say = useSay()
  const [password, setPassword] = useState('')
  const [pin, setPin] = useState('')
  const trying = useTrying(['password', 'pin'])
  function submit(): void {
    const empty = {
      ...(password ? {} : { password: say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }) }),
      ...(pin.length === 6 ? {} : { pin: say(SIX) }),
    }
    if (Object.keys(empty).length) return trying.refuse(empty)
    void trying.run(async () => {
      await api.put(apiAt.tenant(community, 'pin'), { body: { pin, password } })
      await made(pin)
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      noValidate
      className="stack"
    >
      {children}
      <PasswordInput
        label={say({ id: 'Kata sandi akun Anda', en: 'The password of your account' })}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={trying.errors['password']}
        autoComplete="current-password"
        autoFocus
        data-autofocus
        // Escape closes the dialog this may stand in, not the one below it.
        data-mantine-stop-propagation="true"
      />
      <PinInput
        label={say({ id: 'PIN baru', en: 'New PIN' })}
        value={pin}
        change={setPin}
        error={trying.errors['pin'] ?? null}
        description={say({ id: 'Bukan tanggal, tahun, atau angka berurutan.', en: 'No dates, years or digits in a row.' })}
      />
      {end(trying)}
    </form>
  )
}
