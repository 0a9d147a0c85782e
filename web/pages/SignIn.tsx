// Sign in: a name and a password. A wrong pair is one sentence that gives nothing away.
import './sign-in.css'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { api, isProblem } from '../api.ts'
import { Mark } from '../parts/Icon.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { useMe } from '../queries.ts'
import { useLanguage, useSay } from '../words.tsx'

/** Only places inside the app: `to` comes from the address bar. */
const safePlace = (to: string | undefined): string => {
  const path = to?.startsWith('/app/') ? to.slice(4) : to
  return path?.startsWith('/') && !path.startsWith('//') && !path.includes('\\') && !path.startsWith('/sign-in') ? path : '/'
}

export default function SignIn() {
  const say = useSay()
  const sentence = useSentence()
  const language = useLanguage()
  const client = useQueryClient()
  const router = useRouter()
  const { to } = useSearch({ strict: false }) as { to?: string }
  const me = useMe()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const title = say({ id: 'Masuk ke Balai', en: 'Sign in to Balai' })

  useEffect(() => {
    document.title = `${title} · Balai`
  }, [title])
  useEffect(() => {
    if (me.data) router.history.replace(`/app${safePlace(to)}`)
  }, [me.data])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    if (!login.trim() || !password)
      return setError(say({ id: 'Isi nama pengguna dan kata sandi Anda.', en: 'Enter your username and your password.' }))
    setBusy(true)
    try {
      await api.post('/api/session', { body: { login: login.trim(), password } })
      await client.resetQueries({ queryKey: ['me'] })
      await me.refetch()
    } catch (problem) {
      setPassword('')
      setError(
        isProblem(problem, 'too_many_attempts')
          ? say(
              {
                id: 'Terlalu banyak percobaan. Coba lagi dalam {minutes} menit.',
                en: 'Too many attempts. Try again in {minutes} minutes.',
              },
              { minutes: Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60)) },
            )
          : isProblem(problem, 'wrong_credentials')
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
    <div className="gate">
      <header className="gate-top">
        <div className="row" role="group" aria-label={say({ id: 'Bahasa', en: 'Language' })}>
          {(['id', 'en'] as const).map((locale) => (
            <button
              key={locale}
              type="button"
              className="plain gate-language"
              lang={locale}
              aria-pressed={language.locale === locale}
              onClick={() => language.choose(locale)}
            >
              {locale === 'id' ? 'Bahasa Indonesia' : 'English'}
            </button>
          ))}
        </div>
      </header>
      <main className="gate-door">
        <span className="gate-mark">
          <Mark size={52} />
        </span>
        <h1>{title}</h1>
        <p className="soft">{say({ id: 'Satu tempat untuk mengurus komunitas Anda.', en: 'One place to run your community.' })}</p>
        <form onSubmit={(event) => void submit(event)} noValidate className="stack">
          <div role="alert">{error && <Note tone="harm">{error}</Note>}</div>
          <TextInput
            label={say({ id: 'Nama pengguna atau surel', en: 'Username or e-mail' })}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            size="md"
            name="login"
          />
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
          {say({ id: 'Lupa kata sandi? Hubungi admin komunitas Anda.', en: 'Forgot your password? Ask your community’s administrator.' })}
        </p>
      </main>
    </div>
  )
}
