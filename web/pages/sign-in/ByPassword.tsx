// Signing in with a name and a password. A wrong pair is one sentence that gives nothing away.
import { Button, PasswordInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef, useState, type FormEvent } from 'react'
import { api, isProblem } from '../../api.ts'
import { Note, useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import type { Entry } from './entry.ts'
import { LoginInput } from './LoginInput.tsx'

export function ByPassword({ enter }: { enter: (entry: Entry) => Promise<void> }) {
  const say = useSay()
  const sentence = useSentence()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    if (!login.trim() || !password)
      return setError(say({ id: 'Isi nama pengguna dan kata sandi Anda.', en: 'Enter your username and your password.' }))
    setBusy(true)
    try {
      await enter(await api.post<Entry>('/api/session', { body: { login: login.trim(), password } }))
    } catch (problem) {
      setPassword('')
      setError(
        isProblem(problem, 'wrong_credentials')
          ? say({
              id: 'Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya.',
              en: 'The username or the password does not match. Check capitals and small letters.',
            })
          : sentence(problem),
      )
      field.current?.focus()
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate className="stack">
        <div role="alert">{error && <Note tone="harm">{error}</Note>}</div>
        <LoginInput value={login} change={setLogin} />
        <PasswordInput
          ref={field}
          label={say({ id: 'Kata sandi', en: 'Password' })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          size="md"
          name="password"
          visibilityToggleButtonProps={{ 'aria-label': say({ id: 'Tampilkan kata sandi', en: 'Show password' }), tabIndex: 0 }}
        />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {say({ id: 'Masuk', en: 'Sign in' })}
        </Button>
      </form>
      <p className="quiet small">
        <Link to="/forgot">{say({ id: 'Lupa kata sandi?', en: 'Forgot your password?' })}</Link>
      </p>
    </>
  )
}
