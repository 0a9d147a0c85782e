// Turning two-step sign-in on: the password, then the picture for the app, then its first code.
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { api, newIntent } from '../../api.ts'
import { CodeInput } from '../../pages/sign-in/CodeInput.tsx'
import { FormEnd } from '../../form/FormEnd.tsx'
import { Bone } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { PasswordAgain } from './PasswordAgain.tsx'
import { useTrying } from '../../form/trying.ts'

const QrCode = lazy(() => import('./QrCode.tsx'))

type Made = { secret: string; uri: string }

export function TurnOn({
  hasPassword,
  done,
  cancel,
}: {
  hasPassword: boolean
  done: (codes: readonly string[]) => void
  cancel: () => void
}) {
  const say = useSay()
  const [password, setPassword] = useState('')
  const [made, setMade] = useState<Made | null>(null)
  const [code, setCode] = useState('')
  const trying = useTrying(made ? ['code'] : ['password'])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (made) {
      if (!code.trim()) return trying.say('code', say({ id: 'Isi kodenya.', en: 'Enter the code.' }))
      return void trying.run(async () => {
        const answer = await api.put<{ recovery_codes: string[] }>('/api/me/second-factor', { body: { code }, intent: newIntent() })
        done(answer.recovery_codes)
      })
    }
    if (hasPassword && !password) return trying.say('password', say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }))
    void trying.run(async () => setMade(await api.post<Made>('/api/me/second-factor', { body: hasPassword ? { password } : {} })))
  }
  return (
    <form onSubmit={submit} noValidate className="stack">
      {made ? (
        <>
          <ol className="steps">
            <li>
              {say({
                id: 'Buka aplikasi autentikator di ponsel Anda, misalnya Google Authenticator atau Aegis.',
                en: 'Open an authenticator app on your phone, such as Google Authenticator or Aegis.',
              })}
            </li>
            <li>
              {say({ id: 'Pindai gambar ini.', en: 'Scan this picture.' })}
              <Suspense fallback={<Bone width="13rem" height="13rem" />}>
                <QrCode
                  text={made.uri}
                  label={say({ id: 'Kode QR untuk aplikasi autentikator', en: 'QR code for the authenticator app' })}
                />
              </Suspense>
              <p className="small soft">
                {say({ id: 'Tidak bisa memindai? Ketik kunci ini di aplikasi:', en: 'Cannot scan it? Type this key into the app:' })}
              </p>
              <p className="mono secret">{made.secret.replace(/.{4}(?=.)/g, '$& ')}</p>
            </li>
            <li>{say({ id: 'Tulis 6 angka yang ditampilkannya.', en: 'Enter the 6 digits it shows.' })}</li>
          </ol>
          <CodeInput
            label={say({ id: 'Kode dari aplikasi', en: 'Code from the app' })}
            value={code}
            change={setCode}
            error={trying.errors['code']}
            autoFocus
          />
        </>
      ) : (
        hasPassword && <PasswordAgain value={password} change={setPassword} error={trying.errors['password']} autoFocus />
      )}
      <FormEnd
        failure={trying.failure}
        busy={trying.busy}
        send={made ? say({ id: 'Nyalakan', en: 'Turn it on' }) : say({ id: 'Lanjut', en: 'Continue' })}
        cancel={cancel}
      />
    </form>
  )
}
