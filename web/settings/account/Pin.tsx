// My PIN in this community: whether I have one, whether it is locked, and making another with my password.
import { Button, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { apiAt } from '../../addresses.ts'
import { api, isProblem } from '../../api.ts'
import { PinInput } from '../../parts/PinInput.tsx'
import { Bone, Note, useSentence } from '../../parts/States.tsx'
import { useCommunity } from '../../tenant.tsx'
import { useFormats, useSay } from '../../words.tsx'

type State = { set_at: string | null; tries_left: number | null; locked_until: string | null }

export function Pin() {
  const say = useSay()
  const formats = useFormats()
  const { code, model } = useCommunity()
  const state = useQuery({ queryKey: ['pin', code], queryFn: ({ signal }) => api.get<State>(apiAt.tenant(code, 'pin'), { signal }) })
  const pin = state.data
  return (
    <section className="account" aria-labelledby="my-pin">
      <h2 id="my-pin">{say({ id: 'PIN di {place}', en: 'PIN at {place}' }, { place: model.tenant.name })}</h2>
      <p className="soft">
        {say({
          id: 'Enam angka yang kami minta sebelum hal yang tidak mudah ditarik kembali, seperti menghapus penduduk atau mengubah peran.',
          en: 'Six digits we ask for before what is not easily taken back, such as deleting a resident or changing a role.',
        })}
      </p>
      {!pin ? (
        <Bone height="2rem" />
      ) : pin.locked_until ? (
        <Note tone="wait">
          {say(
            {
              id: 'Dikunci sampai {until} karena terlalu sering salah. PIN baru membukanya.',
              en: 'Locked until {until} after too many wrong tries. A new PIN unlocks it.',
            },
            { until: formats.moment(pin.locked_until) },
          )}
        </Note>
      ) : (
        <p>
          {pin.set_at
            ? say({ id: 'Dibuat {when}.', en: 'Made {when}.' }, { when: formats.moment(pin.set_at) })
            : say({ id: 'Anda belum punya PIN.', en: 'You have no PIN yet.' })}
        </p>
      )}
      {pin && <Form code={code} known={pin.set_at !== null} done={() => void state.refetch()} />}
    </section>
  )
}

function Form({ code, known, done }: { code: string; known: boolean; done: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const [open, setOpen] = useState(false)
  const [pin, setPin] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const label = known ? say({ id: 'Ganti PIN', en: 'Change the PIN' }) : say({ id: 'Buat PIN', en: 'Make a PIN' })
  if (!open)
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
    )
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(null)
    setErrors({})
    setBusy(true)
    try {
      await api.put(apiAt.tenant(code, 'pin'), { body: { pin, password } })
      setPin('')
      setPassword('')
      setOpen(false)
      notifications.show({ message: say({ id: 'PIN Anda sudah tersimpan.', en: 'Your PIN is saved.' }) })
      done()
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
      <PasswordInput
        label={say({ id: 'Kata sandi akun Anda', en: 'The password of your account' })}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={errors['password']}
        autoComplete="current-password"
        autoFocus
      />
      <PinInput
        label={say({ id: 'PIN baru', en: 'New PIN' })}
        value={pin}
        change={setPin}
        error={errors['pin'] ?? null}
        description={say({ id: 'Bukan tanggal, tahun, atau angka berurutan.', en: 'No dates, years or digits in a row.' })}
      />
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <div className="row">
        <Button type="submit" variant="default" loading={busy}>
          {label}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setOpen(false)}>
          {say({ id: 'Batal', en: 'Cancel' })}
        </Button>
      </div>
    </form>
  )
}
