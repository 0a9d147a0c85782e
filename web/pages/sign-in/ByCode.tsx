// Signing in with a phone: the number, then the six digits that come to it.
import { Button, TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { api, isProblem } from '../../api.ts'
import { Note, useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { CodeInput } from './CodeInput.tsx'
import type { Entry } from './entry.ts'
import { useWaiting } from './resend.ts'

type Sent = { resend_in: number; expires_in: number }

export function ByCode({ enter, signUp }: { enter: (entry: Entry) => Promise<void>; signUp: boolean }) {
  const say = useSay()
  const sentence = useSentence()
  const [phone, setPhone] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const waiting = useWaiting()
  const field = useRef<HTMLInputElement>(null)

  async function trying(work: () => Promise<void>): Promise<void> {
    setFailure(null)
    setError(null)
    setBusy(true)
    try {
      await work()
    } catch (problem) {
      if (isProblem(problem) && problem.errors[0]) setError(problem.errors[0].message)
      else setFailure(sentence(problem))
      if (isProblem(problem, 'too_many_attempts') && !sentTo) waiting.start(problem.retryAfter ?? 60)
      field.current?.select()
    } finally {
      setBusy(false)
    }
  }
  const send = (): Promise<void> =>
    trying(async () => {
      const { resend_in: seconds } = await api.post<Sent>('/api/session/code', { body: { phone: phone.trim() } })
      setSentTo(phone.trim())
      setCode('')
      waiting.start(seconds)
    })
  const open = (): Promise<void> =>
    trying(async () => enter(await api.post<Entry>('/api/session', { body: { phone: sentTo, code: code.replace(/\s/g, '') } })))

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!sentTo) {
      if (!phone.trim()) return setError(say({ id: 'Tulis nomor ponsel Anda.', en: 'Enter your mobile number.' }))
      return void send()
    }
    if (code.replace(/\s/g, '').length !== 6) return setError(say({ id: 'Kodenya 6 angka.', en: 'The code has 6 digits.' }))
    void open()
  }

  return (
    <form onSubmit={submit} noValidate className="stack">
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      {sentTo ? (
        <>
          <p role="status">
            {signUp
              ? say({ id: 'Kami mengirim kode ke {phone}.', en: 'We sent a code to {phone}.' }, { phone: sentTo })
              : say(
                  {
                    id: 'Jika {phone} nomor sebuah akun, kodenya sedang dikirim ke sana.',
                    en: 'If {phone} belongs to an account, a code is on its way to it.',
                  },
                  { phone: sentTo },
                )}
          </p>
          <CodeInput
            ref={field}
            label={say({ id: 'Kode dari SMS', en: 'Code from the message' })}
            value={code}
            change={setCode}
            error={error}
            description={say({ id: '6 angka, berlaku 5 menit.', en: '6 digits, good for 5 minutes.' })}
            autoFocus
          />
          <Button type="submit" size="md" loading={busy} fullWidth>
            {say({ id: 'Masuk', en: 'Sign in' })}
          </Button>
          <div className="row">
            <Button variant="subtle" disabled={waiting.left > 0 || busy} onClick={() => void send()}>
              {waiting.left > 0
                ? say({ id: 'Kirim lagi dalam {left} detik', en: 'Send again in {left} seconds' }, { left: waiting.left })
                : say({ id: 'Kirim lagi', en: 'Send again' })}
            </Button>
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setSentTo(null)
                setFailure(null)
                setError(null)
              }}
            >
              {say({ id: 'Ganti nomor', en: 'Another number' })}
            </Button>
          </div>
        </>
      ) : (
        <>
          <TextInput
            label={say({ id: 'Nomor ponsel', en: 'Mobile number' })}
            description={
              signUp
                ? say({
                    id: 'Kami kirim kode lewat SMS. Belum punya akun? Akunnya dibuat sekalian.',
                    en: 'We send you a code. No account yet? It is made on the way.',
                  })
                : say({
                    id: 'Nomor yang tercatat di akun Anda. Kami kirim kode lewat SMS.',
                    en: 'The number in your account. We send a code to it.',
                  })
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            error={error}
            placeholder="0812 3456 7890"
            type="tel"
            autoComplete="tel"
            autoFocus
            size="md"
            name="phone"
            maxLength={40}
          />
          <Button type="submit" size="md" loading={busy} disabled={waiting.left > 0} fullWidth>
            {waiting.left > 0
              ? say({ id: 'Tunggu {left} detik', en: 'Wait {left} seconds' }, { left: waiting.left })
              : say({ id: 'Kirim kode', en: 'Send the code' })}
          </Button>
        </>
      )}
    </form>
  )
}
