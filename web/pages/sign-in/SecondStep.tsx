// The second step: the code that the authenticator app shows, or one from the drawer when the phone is lost.
import { Button, TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { api, isProblem } from '../../api.ts'
import { Note, useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { CodeInput } from './CodeInput.tsx'
import type { Entry } from './entry.ts'

type Props = { challenge: string; enter: (entry: Entry) => Promise<void>; over: (why: string | null) => void }

export function SecondStep({ challenge, enter, over }: Props) {
  const say = useSay()
  const sentence = useSentence()
  const [code, setCode] = useState('')
  const [printed, setPrinted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    if (!code.trim()) return setError(say({ id: 'Isi kodenya.', en: 'Enter the code.' }))
    setBusy(true)
    try {
      await enter(await api.post<Entry>('/api/session/second-factor', { body: { challenge, code: code.trim() } }))
    } catch (problem) {
      if (isProblem(problem, 'challenge_over')) return over(sentence(problem))
      setError(sentence(problem))
      field.current?.select()
    } finally {
      setBusy(false)
    }
  }
  function change(): void {
    setPrinted(!printed)
    setCode('')
    setError(null)
  }

  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate className="stack">
        <div role="alert">{error && <Note tone="harm">{error}</Note>}</div>
        {printed ? (
          <TextInput
            ref={field}
            key="printed"
            label={say({ id: 'Kode cadangan', en: 'Recovery code' })}
            description={say({
              id: 'Salah satu dari sepuluh kode yang Anda simpan. Tiap kode sekali pakai.',
              en: 'One of the ten codes you put away. Each is good once.',
            })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            size="md"
            maxLength={20}
            classNames={{ input: 'code-input' }}
          />
        ) : (
          <CodeInput
            ref={field}
            key="shown"
            label={say({ id: 'Kode dari aplikasi autentikator', en: 'Code from your authenticator app' })}
            value={code}
            change={setCode}
            description={say({ id: '6 angka yang tampil sekarang.', en: 'The 6 digits it shows now.' })}
            autoFocus
          />
        )}
        <Button type="submit" size="md" loading={busy} fullWidth>
          {say({ id: 'Lanjut', en: 'Continue' })}
        </Button>
        <div className="row">
          <Button variant="subtle" onClick={change}>
            {printed ? say({ id: 'Pakai aplikasi', en: 'Use the app' }) : say({ id: 'Pakai kode cadangan', en: 'Use a recovery code' })}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => over(null)}>
            {say({ id: 'Batal', en: 'Cancel' })}
          </Button>
        </div>
      </form>
      <p className="quiet small">
        {say({
          id: 'Ponsel dan kode cadangan hilang? Hubungi pengelola server Balai Anda.',
          en: 'Lost both the phone and the codes? Ask whoever runs your Balai server.',
        })}
      </p>
    </>
  )
}
