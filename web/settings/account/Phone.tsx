// My phone number: with it I can sign in by a code. It counts once a code that was sent to it came back.
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, newIntent } from '../../api.ts'
import { CodeInput } from '../../pages/sign-in/CodeInput.tsx'
import { useWaiting } from '../../pages/sign-in/resend.ts'
import { FormEnd } from '../../form/FormEnd.tsx'
import { Note } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { PasswordAgain } from './PasswordAgain.tsx'
import { Section } from './Section.tsx'
import { useMySignIn, type MySignIn } from './sign-in.ts'
import { useTrying } from '../../form/trying.ts'

export function Phone() {
  const say = useSay()
  const mine = useMySignIn()
  return (
    <Section id="my-phone" title={say({ id: 'Nomor ponsel', en: 'Mobile number' })} asked={mine}>
      {(data) => <Mine mine={data} />}
    </Section>
  )
}

function Mine({ mine }: { mine: MySignIn }) {
  const say = useSay()
  const cache = useQueryClient()
  const [doing, setDoing] = useState<'change' | 'remove' | null>(null)
  async function done(words: string): Promise<void> {
    setDoing(null)
    await cache.invalidateQueries({ queryKey: ['me'] })
    notifications.show({ message: words })
  }
  return (
    <>
      {mine.phone ? (
        <p className="row">
          <strong>{mine.phone}</strong>
          <span className="state small" data-tone="good">
            {say({ id: 'terbukti', en: 'confirmed' })}
          </span>
        </p>
      ) : (
        <p className="soft">
          {say({
            id: 'Belum ada. Dengan nomor ponsel Anda dapat masuk memakai kode lewat SMS.',
            en: 'None yet. With a mobile number you can sign in with a code by SMS.',
          })}
        </p>
      )}
      {!mine.can_send_codes && (
        <p className="quiet small">
          {say({
            id: 'Balai ini belum dapat mengirim SMS, jadi nomor belum dapat dibuktikan.',
            en: 'This Balai cannot send text messages yet, so no number can be confirmed.',
          })}
        </p>
      )}
      {doing === 'change' ? (
        <Change
          mine={mine}
          done={() => void done(say({ id: 'Nomor Anda tersimpan.', en: 'Your number is saved.' }))}
          cancel={() => setDoing(null)}
        />
      ) : doing === 'remove' ? (
        <Remove done={() => void done(say({ id: 'Nomor Anda dihapus.', en: 'Your number is removed.' }))} cancel={() => setDoing(null)} />
      ) : (
        <div className="row">
          {mine.can_send_codes && (
            <Button variant="default" onClick={() => setDoing('change')}>
              {mine.phone
                ? say({ id: 'Ganti nomor', en: 'Change the number' })
                : say({ id: 'Tambah nomor ponsel', en: 'Add a mobile number' })}
            </Button>
          )}
          {mine.phone && mine.password && (
            <Button variant="subtle" color="harm" onClick={() => setDoing('remove')}>
              {say({ id: 'Hapus nomor', en: 'Remove the number' })}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function Change({ mine, done, cancel }: { mine: MySignIn; done: () => void; cancel: () => void }) {
  const say = useSay()
  const [phone, setPhone] = useState('')
  const [password, setPassword] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const trying = useTrying(sentTo ? ['code'] : ['phone', 'password'])
  const waiting = useWaiting()
  const send = (): Promise<void> =>
    trying.run(async () => {
      const body = { phone: phone.trim(), ...(mine.password ? { password } : {}) }
      const { resend_in: seconds } = await api.post<{ resend_in: number }>('/api/me/phone/code', { body })
      setSentTo(phone.trim())
      waiting.start(seconds)
    })
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (sentTo)
      return void trying.run(async () => {
        await api.put('/api/me/phone', { body: { phone: sentTo, code }, intent: newIntent() })
        done()
      })
    if (!phone.trim()) return trying.say('phone', say({ id: 'Tulis nomor ponsel Anda.', en: 'Enter your mobile number.' }))
    if (mine.password && !password) return trying.say('password', say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }))
    void send()
  }
  return (
    <form onSubmit={submit} noValidate className="stack">
      {sentTo ? (
        <>
          <p role="status">{say({ id: 'Kami mengirim kode ke {phone}.', en: 'We sent a code to {phone}.' }, { phone: sentTo })}</p>
          <CodeInput
            label={say({ id: 'Kode dari SMS', en: 'Code from the message' })}
            value={code}
            change={setCode}
            error={trying.errors['code']}
            autoFocus
          />
        </>
      ) : (
        <>
          <TextInput
            label={say({ id: 'Nomor ponsel', en: 'Mobile number' })}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            error={trying.errors['phone']}
            placeholder="0812 3456 7890"
            type="tel"
            autoComplete="tel"
            maxLength={40}
            autoFocus
          />
          {mine.password && <PasswordAgain value={password} change={setPassword} error={trying.errors['password']} />}
        </>
      )}
      <div role="alert">{trying.failure && <Note tone="harm">{trying.failure}</Note>}</div>
      <div className="row">
        <Button type="submit" loading={trying.busy}>
          {sentTo ? say({ id: 'Simpan nomor', en: 'Save the number' }) : say({ id: 'Kirim kode', en: 'Send the code' })}
        </Button>
        {sentTo && (
          <Button variant="subtle" disabled={waiting.left > 0 || trying.busy} onClick={() => void send()}>
            {waiting.left > 0
              ? say({ id: 'Kirim lagi dalam {left} detik', en: 'Send again in {left} seconds' }, { left: waiting.left })
              : say({ id: 'Kirim lagi', en: 'Send again' })}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={cancel}>
          {say({ id: 'Batal', en: 'Cancel' })}
        </Button>
      </div>
    </form>
  )
}

function Remove({ done, cancel }: { done: () => void; cancel: () => void }) {
  const say = useSay()
  const [password, setPassword] = useState('')
  const trying = useTrying(['password'])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!password) return trying.say('password', say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }))
    void trying.run(async () => {
      await api.post('/api/me/phone/removal', { body: { password } })
      done()
    })
  }
  return (
    <form onSubmit={submit} noValidate className="stack">
      <PasswordAgain value={password} change={setPassword} error={trying.errors['password']} autoFocus />
      <FormEnd
        failure={trying.failure}
        busy={trying.busy}
        send={say({ id: 'Hapus nomor', en: 'Remove the number' })}
        color="harm"
        cancel={cancel}
      />
    </form>
  )
}
