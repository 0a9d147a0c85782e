// The account that somebody makes who was invited: what they are called, how they sign in.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { isProblem } from '../api.ts'
import { Note, useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'

export type NewAccount = { readonly name: string; readonly username: string; readonly password: string }

/** A username out of a name: the first word, as a username may be written. */
const usernameFor = (name: string): string =>
  (name.split(/\s+/)[0] ?? '')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 30)

export function AcceptInvitationForm({ suggested, make }: { suggested: string; make: (account: NewAccount) => Promise<void> }) {
  const say = useSay()
  const sentence = useSentence()
  const [name, setName] = useState(suggested)
  const [username, setUsername] = useState(usernameFor(suggested))
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(null)
    const missing: Record<string, string> = {}
    if (!name.trim()) missing['name'] = say({ id: 'Isi nama Anda.', en: 'Enter your name.' })
    if (!username.trim()) missing['username'] = say({ id: 'Pilih nama pengguna.', en: 'Choose a username.' })
    if ([...password].length < 10)
      missing['password'] = say(
        { id: 'Paling sedikit 10 huruf; ini {n}.', en: 'At least 10 characters; this has {n}.' },
        { n: [...password].length },
      )
    setErrors(missing)
    if (Object.keys(missing).length) return
    setBusy(true)
    try {
      await make({ name: name.trim(), username: username.trim().toLowerCase(), password })
    } catch (problem) {
      if (isProblem(problem) && problem.errors.length)
        setErrors(Object.fromEntries(problem.errors.map((each) => [each.field, each.message])))
      else setFailure(sentence(problem))
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="stack">
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <TextInput
        label={say({ id: 'Nama Anda', en: 'Your name' })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errors['name']}
        autoComplete="name"
        maxLength={100}
        size="md"
        name="name"
      />
      <TextInput
        label={say({ id: 'Nama pengguna', en: 'Username' })}
        description={say({ id: 'Untuk masuk: huruf kecil, angka, titik.', en: 'To sign in with: lower-case letters, digits, dots.' })}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        error={errors['username']}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={30}
        size="md"
        name="username"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <PasswordInput
        label={say({ id: 'Kata sandi', en: 'Password' })}
        description={say({
          id: 'Paling sedikit 10 huruf. Kalimat pendek mudah diingat.',
          en: 'At least 10 characters. A short sentence is easy to remember.',
        })}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={errors['password']}
        autoComplete="new-password"
        size="md"
        name="password"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        visibilityToggleButtonProps={{ 'aria-label': say({ id: 'Tampilkan kata sandi', en: 'Show password' }), tabIndex: 0 }}
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {say({ id: 'Buat akun dan bergabung', en: 'Make the account and join' })}
      </Button>
    </form>
  )
}
