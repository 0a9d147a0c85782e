// My e-mail address: where the house writes to me, and how I get in again when I forget my password. It counts once it is proven.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, isProblem, newIntent } from '../../api.ts'
import { Bone, Note, Trouble, useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'

type MyEmail = { email: string | null; verified: boolean; can_send: boolean; asks_password: boolean }

export function Email() {
  const say = useSay()
  const mine = useQuery({ queryKey: ['me', 'email'], queryFn: ({ signal }) => api.get<MyEmail>('/api/me/email', { signal }) })
  return (
    <section className="account" aria-labelledby="my-email">
      <h2 id="my-email">{say({ id: 'Surel', en: 'E-mail' })}</h2>
      {mine.error && !mine.data ? (
        <Trouble error={mine.error} retry={() => void mine.refetch()} />
      ) : mine.data ? (
        <Mine mine={mine.data} />
      ) : (
        <Bone height="3rem" />
      )}
    </section>
  )
}

function Mine({ mine }: { mine: MyEmail }) {
  const say = useSay()
  const [changing, setChanging] = useState(false)
  const [sentTo, setSentTo] = useState<string | null>(null)
  return (
    <>
      {mine.email ? (
        <p className="row">
          <strong style={{ overflowWrap: 'anywhere' }}>{mine.email}</strong>
          <span className="state small" data-tone={mine.verified ? 'good' : 'wait'}>
            {mine.verified ? say({ id: 'terbukti', en: 'confirmed' }) : say({ id: 'belum terbukti', en: 'not confirmed yet' })}
          </span>
        </p>
      ) : (
        <p className="soft">
          {say({
            id: 'Belum ada. Dengan alamat surel Anda dapat membuat kata sandi baru sendiri bila lupa.',
            en: 'None yet. With an e-mail address you can make a new password yourself when you forget yours.',
          })}
        </p>
      )}
      <div role="status">
        {sentTo && (
          <Note tone="good">
            {say(
              {
                id: 'Kami mengirim surat ke {email}. Buka tautan di dalamnya dalam 24 jam.',
                en: 'We sent a letter to {email}. Open the link in it within 24 hours.',
              },
              { email: sentTo },
            )}
          </Note>
        )}
      </div>
      {!mine.can_send ? (
        <p className="quiet small">
          {say({
            id: 'Balai ini belum dapat mengirim surel, jadi alamat belum dapat dibuktikan.',
            en: 'This Balai cannot send mail yet, so no address can be confirmed.',
          })}
        </p>
      ) : changing ? (
        <Change
          mine={mine}
          close={(email) => {
            setChanging(false)
            if (email) setSentTo(email)
          }}
        />
      ) : (
        <Button variant="default" onClick={() => setChanging(true)}>
          {mine.email === null
            ? say({ id: 'Tambah alamat surel', en: 'Add an e-mail address' })
            : mine.verified
              ? say({ id: 'Ganti alamat surel', en: 'Change the e-mail address' })
              : say({ id: 'Buktikan atau ganti', en: 'Confirm or change it' })}
        </Button>
      )}
    </>
  )
}

function Change({ mine, close }: { mine: MyEmail; close: (sentTo: string | null) => void }) {
  const say = useSay()
  const sentence = useSentence()
  const [email, setEmail] = useState(mine.verified ? '' : (mine.email ?? ''))
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(null)
    setErrors({})
    if (!email.trim()) return setErrors({ email: say({ id: 'Tulis alamat surel Anda.', en: 'Enter your e-mail address.' }) })
    if (mine.asks_password && !password) return setErrors({ password: say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }) })
    setBusy(true)
    try {
      await api.put('/api/me/email', { body: { email: email.trim(), password }, intent: newIntent() })
      close(email.trim())
    } catch (problem) {
      if (isProblem(problem) && problem.errors.length)
        setErrors(Object.fromEntries(problem.errors.map((each) => [each.field, each.message])))
      else setFailure(sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="stack">
      <TextInput
        label={say({ id: 'Alamat surel', en: 'E-mail address' })}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={errors['email']}
        autoComplete="email"
        maxLength={254}
        autoFocus
      />
      {mine.asks_password && (
        <PasswordInput
          label={say({ id: 'Kata sandi Anda', en: 'Your password' })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={errors['password']}
          autoComplete="current-password"
        />
      )}
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <div className="row">
        <Button type="submit" loading={busy}>
          {say({ id: 'Kirim surat', en: 'Send the letter' })}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => close(null)}>
          {say({ id: 'Batal', en: 'Cancel' })}
        </Button>
      </div>
    </form>
  )
}
