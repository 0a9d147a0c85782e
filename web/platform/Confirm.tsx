// Grave acts ask for the password again, once in ten minutes: `useConfirmed` runs an act, asks when the server wants it, and runs it again.
import { Button, PasswordInput } from '@mantine/core'
import { createContext, useContext, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { api, isProblem } from '../api.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { platformApi } from './model.ts'

type Confirmed = <T>(act: () => Promise<T>) => Promise<T>
const ConfirmContext = createContext<Confirmed | null>(null)

export function useConfirmed(): Confirmed {
  const confirmed = useContext(ConfirmContext)
  if (!confirmed) throw new Error('useConfirmed outside ConfirmProvider')
  return confirmed
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const say = useSay()
  const sentence = useSentence()
  const settle = useRef<((given: boolean) => void) | null>(null)
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const close = (given: boolean): void => {
    setOpen(false)
    setPassword('')
    setFailure(null)
    settle.current?.(given)
    settle.current = null
  }
  const confirmed: Confirmed = async (act) => {
    try {
      return await act()
    } catch (error) {
      if (!isProblem(error, 'confirmation_needed')) throw error
      const given = await new Promise<boolean>((resolve) => {
        settle.current = resolve
        setOpen(true)
      })
      if (!given) throw error
      return act()
    }
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    try {
      await api.post(platformApi('/confirmation'), { body: { password } })
      close(true)
    } catch (error) {
      setFailure(isProblem(error) && error.errors[0] ? error.errors[0].message : sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <ConfirmContext value={confirmed}>
      {children}
      {/* Above the dialog of the act that asked. */}
      <Dialog
        opened={open}
        onClose={() => close(false)}
        zIndex={400}
        title={say({ id: 'Masukkan kata sandi Anda', en: 'Enter your password' })}
      >
        <form className="stack" onSubmit={(event) => void submit(event)}>
          <p>
            {say({
              id: 'Tindakan ini berat, jadi kami memastikan bahwa ini benar Anda. Berlaku sepuluh menit.',
              en: 'This is a grave act, so we make sure that it is you. It holds for ten minutes.',
            })}
          </p>
          <PasswordInput
            label={say({ id: 'Kata sandi', en: 'Password' })}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={failure}
            autoComplete="current-password"
            data-autofocus
            required
          />
          <div className="row">
            <Button type="submit" loading={busy} disabled={!password}>
              {say({ id: 'Lanjutkan', en: 'Continue' })}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => close(false)}>
              {say({ id: 'Batal', en: 'Cancel' })}
            </Button>
          </div>
        </form>
      </Dialog>
    </ConfirmContext>
  )
}
