// A new password, for whoever came by the link of the message. It ends every session, so one signs in afresh.
import { Button, PasswordInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api, isProblem, newIntent } from '../api.ts'
import { Note, useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { Door } from './Door.tsx'
import { dropMessageToken, useMessageToken } from './message-link.ts'

export default function ResetPassword() {
  const say = useSay()
  const sentence = useSentence()
  const token = useMessageToken('reset')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [state, setState] = useState<'asking' | 'done' | 'dead'>(token ? 'asking' : 'dead')
  const [error, setError] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    setFailure(null)
    if ([...password].length < 10)
      return setError(
        say({ id: 'Paling sedikit 10 huruf; ini {n}.', en: 'At least 10 characters; this has {n}.' }, { n: [...password].length }),
      )
    setBusy(true)
    try {
      await api.put('/api/password-reset', { body: { token, password }, intent: newIntent() })
      dropMessageToken('reset')
      setState('done')
    } catch (problem) {
      if (isProblem(problem, 'link_not_good')) setState('dead')
      else if (isProblem(problem) && problem.errors[0]) setError(problem.errors[0].message)
      else setFailure(sentence(problem))
    } finally {
      setBusy(false)
    }
  }

  if (state === 'done')
    return (
      <Door title={say({ id: 'Kata sandi baru tersimpan', en: 'Your new password is saved' })}>
        <div className="stack gate-form" role="status">
          <Note tone="good">
            {say({
              id: 'Semua perangkat yang tadinya masuk sudah dikeluarkan. Masuklah dengan kata sandi yang baru.',
              en: 'Every device that was signed in has been signed out. Sign in with the new password.',
            })}
          </Note>
          <Button component={Link} to="/sign-in" size="md">
            {say({ id: 'Masuk', en: 'Sign in' })}
          </Button>
        </div>
      </Door>
    )
  if (state === 'dead')
    return (
      <Door title={say({ id: 'Tautan tidak berlaku', en: 'This link does not work' })}>
        <div className="stack gate-form">
          <p>
            {say({
              id: 'Tautannya sudah dipakai, lewat 30 menit, atau tidak lengkap. Mintalah tautan baru.',
              en: 'The link was used already, is older than 30 minutes, or is not complete. Ask for a new one.',
            })}
          </p>
          <Button component={Link} to="/forgot" size="md">
            {say({ id: 'Minta tautan baru', en: 'Ask for a new link' })}
          </Button>
        </div>
      </Door>
    )
  return (
    <Door title={say({ id: 'Kata sandi baru', en: 'A new password' })}>
      <form onSubmit={(event) => void submit(event)} noValidate className="stack">
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <PasswordInput
          label={say({ id: 'Kata sandi baru', en: 'New password' })}
          description={say({
            id: 'Paling sedikit 10 huruf. Kalimat pendek mudah diingat.',
            en: 'At least 10 characters. A short sentence is easy to remember.',
          })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error}
          autoComplete="new-password"
          autoFocus
          size="md"
          name="password"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          visibilityToggleButtonProps={{ 'aria-label': say({ id: 'Tampilkan kata sandi', en: 'Show password' }), tabIndex: 0 }}
        />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {say({ id: 'Simpan', en: 'Save' })}
        </Button>
      </form>
    </Door>
  )
}
