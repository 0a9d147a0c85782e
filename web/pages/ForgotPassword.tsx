// Forgot my password: says where the link goes, and the same to everybody, whether or not there is such an account.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api, newIntent } from '../api.ts'
import { Note, useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { Door } from './Door.tsx'
import { LoginInput } from './sign-in/LoginInput.tsx'

export default function ForgotPassword() {
  const say = useSay()
  const sentence = useSentence()
  const [login, setLogin] = useState('')
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    if (!login.trim()) return setError(say({ id: 'Isi nama pengguna atau surel Anda.', en: 'Enter your username or your e-mail.' }))
    setBusy(true)
    try {
      await api.post('/api/password-reset', { body: { login: login.trim() }, intent: newIntent() })
      setAsked(true)
    } catch (problem) {
      setError(sentence(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Door
      title={say({ id: 'Lupa kata sandi', en: 'Forgotten password' })}
      {...(asked
        ? {}
        : {
            under: say({
              id: 'Kami kirim tautan ke surel Anda untuk membuat yang baru.',
              en: 'We send a link to your e-mail to make a new one.',
            }),
          })}
    >
      {asked ? (
        <div className="stack gate-form" role="status">
          <Note tone="good">
            {say({
              id: 'Bila nama itu punya akun dengan alamat surel, tautannya sedang dikirim. Berlaku 30 menit; periksa juga folder spam.',
              en: 'If that name has an account with an e-mail address, the link is on its way. It is good for 30 minutes; look in spam too.',
            })}
          </Note>
          <Button variant="default" onClick={() => setAsked(false)}>
            {say({ id: 'Coba nama lain', en: 'Try another name' })}
          </Button>
        </div>
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="stack">
          <div role="alert">{error && <Note tone="harm">{error}</Note>}</div>
          <LoginInput value={login} change={setLogin} />
          <Button type="submit" size="md" loading={busy} fullWidth>
            {say({ id: 'Kirim tautan', en: 'Send the link' })}
          </Button>
        </form>
      )}
      <p className="quiet small">
        {say({
          id: 'Tidak punya surel? Minta pengelola komunitas Anda membuatkan kata sandi baru.',
          en: 'No e-mail address? Ask your community’s administrator to set a new password for you.',
        })}
      </p>
      <p className="gate-back">
        <Link to="/sign-in">{say({ id: 'Kembali ke halaman masuk', en: 'Back to signing in' })}</Link>
      </p>
    </Door>
  )
}
