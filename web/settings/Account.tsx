// My account: my name, my password, and the devices on which I am signed in.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, isProblem, newIntent } from '../api.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Note, Trouble, useSentence } from '../parts/States.tsx'
import { useMe } from '../queries.ts'
import { useFormats, useSay } from '../words.tsx'

export default function Account() {
  const say = useSay()
  const me = useMe()
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Akun saya', en: 'My account' })}
        under={me.data && [me.data.user.username, me.data.user.email].filter(Boolean).join(' · ')}
      />
      {me.data && <Name name={me.data.user.name} />}
      <Password />
      <Devices />
    </div>
  )
}

function Name({ name: known }: { name: string }) {
  const say = useSay()
  const sentence = useSentence()
  const cache = useQueryClient()
  const [name, setName] = useState(known)
  const [error, setError] = useState<string | null>(null)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    try {
      await api.patch('/api/me', { body: { name: name.trim() }, intent: newIntent() })
      await cache.invalidateQueries({ queryKey: ['me'] })
      notifications.show({ message: say({ id: 'Tersimpan.', en: 'Saved.' }) })
    } catch (problem) {
      setError(isProblem(problem) && problem.errors[0] ? problem.errors[0].message : sentence(problem))
    }
  }
  return (
    <form className="account" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{say({ id: 'Nama', en: 'Name' })}</h2>
      <TextInput
        label={say({ id: 'Nama yang dilihat orang lain', en: 'The name others see' })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error}
        autoComplete="name"
        maxLength={100}
      />
      <Button type="submit" variant="default" disabled={name.trim() === known || !name.trim()}>
        {say({ id: 'Simpan', en: 'Save' })}
      </Button>
    </form>
  )
}

function Password() {
  const say = useSay()
  const sentence = useSentence()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(null)
    setErrors({})
    if (!current) return setErrors({ current: say({ id: 'Isi kata sandi Anda sekarang.', en: 'Enter your present password.' }) })
    if (next.length < 10)
      return setErrors({
        next: say({ id: 'Paling sedikit 10 huruf; ini {n}.', en: 'At least 10 characters; this has {n}.' }, { n: next.length }),
      })
    setBusy(true)
    try {
      await api.put('/api/me/password', { body: { current, next }, intent: newIntent() })
      setCurrent('')
      setNext('')
      notifications.show({ message: say({ id: 'Kata sandi Anda sudah diganti.', en: 'Your password is changed.' }) })
    } catch (problem) {
      if (isProblem(problem) && problem.errors.length)
        setErrors(Object.fromEntries(problem.errors.map((each) => [each.field, each.message])))
      else setFailure(sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="account" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{say({ id: 'Kata sandi', en: 'Password' })}</h2>
      <PasswordInput
        label={say({ id: 'Kata sandi sekarang', en: 'Present password' })}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={errors['current']}
        autoComplete="current-password"
      />
      <PasswordInput
        label={say({ id: 'Kata sandi baru', en: 'New password' })}
        description={say({
          id: 'Paling sedikit 10 huruf. Kalimat pendek mudah diingat.',
          en: 'At least 10 characters. A short sentence is easy to remember.',
        })}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        error={errors['next']}
        autoComplete="new-password"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <Button type="submit" variant="default" loading={busy}>
        {say({ id: 'Ganti kata sandi', en: 'Change password' })}
      </Button>
    </form>
  )
}

type Session = { id: string; current: boolean; device: string | null; ip: string | null; last_seen_at: string; created_at: string }

function Devices() {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const cache = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.get<{ data: Session[] }>('/api/me/sessions', { signal }),
  })
  const end = async (path: string): Promise<void> => {
    try {
      await api.delete(path, { intent: newIntent() })
      await cache.invalidateQueries({ queryKey: ['sessions'] })
      notifications.show({ message: say({ id: 'Sudah dikeluarkan.', en: 'Signed out there.' }) })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
  }
  const all = sessions.data?.data ?? []
  return (
    <section className="devices" aria-labelledby="devices">
      <h2 id="devices">{say({ id: 'Perangkat yang sedang masuk', en: 'Where you are signed in' })}</h2>
      {sessions.error && !sessions.data ? (
        <Trouble error={sessions.error} retry={() => void sessions.refetch()} />
      ) : !sessions.data ? (
        <Bone height="4rem" />
      ) : (
        <ul>
          {all.map((session) => (
            <li key={session.id}>
              <Icon name="device" size={20} />
              <div>
                <strong>{session.device ?? say({ id: 'Perangkat tak dikenal', en: 'Unknown device' })}</strong>{' '}
                {session.current && (
                  <span className="state small" data-tone="good">
                    {say({ id: 'perangkat ini', en: 'this device' })}
                  </span>
                )}
                <p className="soft small">
                  {session.ip && `${session.ip} · `}
                  <time dateTime={session.last_seen_at} title={formats.moment(session.last_seen_at)}>
                    {say({ id: 'terakhir {ago}', en: 'last seen {ago}' }, { ago: formats.ago(session.last_seen_at) })}
                  </time>
                </p>
              </div>
              {!session.current && (
                <Button
                  variant="default"
                  size="compact-md"
                  onClick={() => void end(`/api/me/sessions/${session.id}`)}
                  aria-label={say({ id: 'Keluarkan {device}', en: 'Sign out {device}' }, { device: session.device ?? '' })}
                >
                  {say({ id: 'Keluarkan', en: 'Sign out' })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {all.length > 1 && (
        <Button variant="subtle" color="harm" onClick={() => void end('/api/me/sessions')}>
          {say({ id: 'Keluarkan semua perangkat lain', en: 'Sign out everywhere else' })}
        </Button>
      )}
    </section>
  )
}
