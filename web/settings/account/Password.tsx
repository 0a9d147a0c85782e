// My password: changed by whoever knows it; made by whoever has none and has just signed in.
import { Button, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, newIntent } from '../../api.ts'
import { useTrying } from '../../form/trying.ts'
import { Note } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { useMySignIn } from './sign-in.ts'

export function Password() {
  const say = useSay()
  const cache = useQueryClient()
  const has = useMySignIn().data?.password ?? true
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const trying = useTrying(['current', 'next'])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (has && !current) return trying.say('current', say({ id: 'Isi kata sandi Anda sekarang.', en: 'Enter your present password.' }))
    if (next.length < 10)
      return trying.say(
        'next',
        say({ id: 'Paling sedikit 10 huruf; ini {n}.', en: 'At least 10 characters; this has {n}.' }, { n: next.length }),
      )
    void trying.run(async () => {
      await api.put('/api/me/password', { body: { ...(has ? { current } : {}), next }, intent: newIntent() })
      setCurrent('')
      setNext('')
      await cache.invalidateQueries({ queryKey: ['me'] })
      await cache.invalidateQueries({ queryKey: ['sessions'] })
      notifications.show({ message: say({ id: 'Kata sandi Anda sudah diganti.', en: 'Your password is changed.' }) })
    })
  }
  return (
    <form className="account" onSubmit={submit} noValidate>
      <h2>{say({ id: 'Kata sandi', en: 'Password' })}</h2>
      {!has && (
        <p className="soft">
          {say({
            id: 'Anda masuk dengan kode lewat SMS. Dengan kata sandi Anda juga dapat masuk tanpa ponsel.',
            en: 'You sign in by code. With a password you also get in without your phone.',
          })}
        </p>
      )}
      {has && (
        <PasswordInput
          label={say({ id: 'Kata sandi sekarang', en: 'Present password' })}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={trying.errors['current']}
          autoComplete="current-password"
        />
      )}
      <PasswordInput
        label={say({ id: 'Kata sandi baru', en: 'New password' })}
        description={say({
          id: 'Paling sedikit 10 huruf. Kalimat pendek mudah diingat.',
          en: 'At least 10 characters. A short sentence is easy to remember.',
        })}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        error={trying.errors['next']}
        autoComplete="new-password"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <div role="alert">{trying.failure && <Note tone="harm">{trying.failure}</Note>}</div>
      <Button type="submit" variant="default" loading={trying.busy}>
        {has ? say({ id: 'Ganti kata sandi', en: 'Change password' }) : say({ id: 'Buat kata sandi', en: 'Make a password' })}
      </Button>
    </form>
  )
}
