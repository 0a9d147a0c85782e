// My e-mail address: where the house writes to me, and how I get in again when I forget my password. It counts once it is proven.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, newIntent } from '../../api.ts'
import { FormEnd } from '../../form/FormEnd.tsx'
import { useTrying } from '../../form/trying.ts'
import { Note } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { PasswordAgain } from './PasswordAgain.tsx'
import { Section } from './Section.tsx'

type MyEmail = { email: string | null; verified: boolean; can_send: boolean; asks_password: boolean }

export function Email() {
  const say = useSay()
  const mine = useQuery({ queryKey: ['me', 'email'], queryFn: ({ signal }) => api.get<MyEmail>('/api/me/email', { signal }) })
  return (
    <Section id="my-email" title={say({ id: 'Surel', en: 'E-mail' })} asked={mine}>
      {(data) => <Mine mine={data} />}
    </Section>
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
  const [email, setEmail] = useState(mine.verified ? '' : (mine.email ?? ''))
  const [password, setPassword] = useState('')
  const trying = useTrying(['email', 'password'])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!email.trim()) return trying.say('email', say({ id: 'Tulis alamat surel Anda.', en: 'Enter your e-mail address.' }))
    if (mine.asks_password && !password) return trying.say('password', say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }))
    void trying.run(async () => {
      await api.put('/api/me/email', { body: { email: email.trim(), password }, intent: newIntent() })
      close(email.trim())
    })
  }
  return (
    <form onSubmit={submit} noValidate className="stack">
      <TextInput
        label={say({ id: 'Alamat surel', en: 'E-mail address' })}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={trying.errors['email']}
        autoComplete="email"
        maxLength={254}
        autoFocus
      />
      {mine.asks_password && <PasswordAgain value={password} change={setPassword} error={trying.errors['password']} />}
      <FormEnd
        failure={trying.failure}
        busy={trying.busy}
        send={say({ id: 'Kirim surat', en: 'Send the letter' })}
        cancel={() => close(null)}
      />
    </form>
  )
}
