// Two-step sign-in: off, being turned on, or on with its recovery codes.
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api } from '../../api.ts'
import { FormEnd } from '../../form/FormEnd.tsx'
import { Note } from '../../parts/States.tsx'
import { useMe } from '../../queries.ts'
import { useFormats, useSay } from '../../words.tsx'
import { PasswordAgain } from './PasswordAgain.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { Section } from './Section.tsx'
import { useMySignIn, type MySignIn } from './sign-in.ts'
import { TurnOn } from './TurnOn.tsx'
import { useTrying } from '../../form/trying.ts'

/** Fewer than this many unused codes are worth a word. */
const FEW = 4

export function TwoStep() {
  const say = useSay()
  const mine = useMySignIn()
  return (
    <Section id="two-step" title={say({ id: 'Masuk dua langkah', en: 'Two-step sign-in' })} asked={mine}>
      {(data) => <Mine mine={data} />}
    </Section>
  )
}

function Mine({ mine }: { mine: MySignIn }) {
  const say = useSay()
  const formats = useFormats()
  const cache = useQueryClient()
  const me = useMe()
  const [doing, setDoing] = useState<'on' | 'off' | 'codes' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { on, since, recovery_codes_left: left } = mine.second_factor
  async function changed(words: string, fresh: readonly string[] | null): Promise<void> {
    setDoing(null)
    setCodes(fresh)
    await Promise.all([cache.invalidateQueries({ queryKey: ['me'] }), cache.invalidateQueries({ queryKey: ['sessions'] })])
    notifications.show({ message: words })
  }
  const turnedOn = say({ id: 'Masuk dua langkah sudah menyala.', en: 'Two-step sign-in is on.' })
  const account = me.data?.user.username ?? me.data?.user.name ?? ''

  if (codes) return <RecoveryCodes codes={codes} account={account} done={() => setCodes(null)} />
  if (doing === 'on')
    return <TurnOn hasPassword={mine.password} done={(fresh) => void changed(turnedOn, fresh)} cancel={() => setDoing(null)} />
  if (doing === 'codes' || doing === 'off')
    return <Proof what={doing} hasPassword={mine.password} done={changed} cancel={() => setDoing(null)} />
  return (
    <>
      {on ? (
        <>
          <p className="row">
            <span className="state" data-tone="good">
              {say({ id: 'menyala', en: 'on' })}
            </span>
            {since && (
              <span className="soft small">{say({ id: 'sejak {when}', en: 'since {when}' }, { when: formats.moment(since) })}</span>
            )}
          </p>
          {left < FEW ? (
            <Note tone="wait">
              {say(
                {
                  id: 'Kode cadangan tersisa {left}. Buat yang baru sebelum habis.',
                  en: 'Recovery codes left: {left}. Make new ones before they run out.',
                },
                { left },
              )}
            </Note>
          ) : (
            <p className="soft">{say({ id: 'Kode cadangan tersisa: {left}.', en: 'Recovery codes left: {left}.' }, { left })}</p>
          )}
        </>
      ) : (
        <p className="soft">
          {say({
            id: 'Mati. Bila menyala, selain kata sandi Anda memasukkan kode dari aplikasi di ponsel: kata sandi yang bocor saja tidak cukup untuk masuk.',
            en: 'Off. When it is on you also enter a code from an app on your phone: a leaked password alone does not open your account.',
          })}
        </p>
      )}
      <div className="row">
        {on ? (
          <>
            <Button variant="default" onClick={() => setDoing('codes')}>
              {say({ id: 'Buat kode cadangan baru', en: 'Make new recovery codes' })}
            </Button>
            <Button variant="subtle" color="harm" onClick={() => setDoing('off')}>
              {say({ id: 'Matikan', en: 'Turn it off' })}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setDoing('on')}>
            {say({ id: 'Nyalakan masuk dua langkah', en: 'Turn on two-step sign-in' })}
          </Button>
        )}
      </div>
    </>
  )
}

type ProofProps = {
  what: 'codes' | 'off'
  hasPassword: boolean
  done: (words: string, fresh: readonly string[] | null) => Promise<void>
  cancel: () => void
}

/** Password and code once more, before new recovery codes or turning it off. */
function Proof({ what, hasPassword, done, cancel }: ProofProps) {
  const say = useSay()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const trying = useTrying(['password', 'code'])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (hasPassword && !password) return trying.say('password', say({ id: 'Isi kata sandi Anda.', en: 'Enter your password.' }))
    if (!code.trim()) return trying.say('code', say({ id: 'Isi kodenya.', en: 'Enter the code.' }))
    const body = { code: code.trim(), ...(hasPassword ? { password } : {}) }
    void trying.run(async () => {
      if (what === 'codes') {
        const { recovery_codes: fresh } = await api.post<{ recovery_codes: string[] }>('/api/me/second-factor/recovery-codes', { body })
        return done(say({ id: 'Kode cadangan lama tidak berlaku lagi.', en: 'The former recovery codes are no longer good.' }), fresh)
      }
      await api.post('/api/me/second-factor/removal', { body })
      return done(say({ id: 'Masuk dua langkah sudah mati.', en: 'Two-step sign-in is off.' }), null)
    })
  }
  return (
    <form onSubmit={submit} noValidate className="stack">
      {hasPassword && <PasswordAgain value={password} change={setPassword} error={trying.errors['password']} autoFocus />}
      <TextInput
        label={say({ id: 'Kode dari aplikasi, atau kode cadangan', en: 'Code from the app, or a recovery code' })}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={trying.errors['code']}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={20}
        classNames={{ input: 'code-input' }}
        autoFocus={!hasPassword}
      />
      <FormEnd
        failure={trying.failure}
        busy={trying.busy}
        send={what === 'off' ? say({ id: 'Matikan', en: 'Turn it off' }) : say({ id: 'Buat kode baru', en: 'Make new codes' })}
        {...(what === 'off' ? { color: 'harm' } : {})}
        cancel={cancel}
      />
    </form>
  )
}
