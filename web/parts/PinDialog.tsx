// Asks for the PIN before what is grave, says how many tries are left, and lets a person make one who has none or forgot it.
import { Button } from '@mantine/core'
import { useEffect, useState, type FormEvent, type KeyboardEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api, isProblem } from '../api.ts'
import { keepProof, type Why } from '../step-up.ts'
import { useSay } from '../words.tsx'
import { announce } from './announce.tsx'
import { Dialog } from './Dialog.tsx'
import { NewPin, SIX } from './NewPin.tsx'
import { PinInput } from './PinInput.tsx'
import { FormEnd } from '../form/FormEnd.tsx'
import { useSentence } from './States.tsx'

type Props = { community: string; why: Why; done: (got: boolean) => void }
type Proof = { token: string; expires_at: string }

export default function PinDialog({ community, why, done }: Props) {
  const say = useSay()
  const [making, setMaking] = useState(why === 'pin_not_set')
  const close = (): void => done(false)
  const leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close()
  }
  const prove = async (pin: string): Promise<void> => {
    const { token, expires_at } = await api.post<Proof>(apiAt.tenant(community, 'step-up'), { body: { pin } })
    keepProof(community, token, expires_at)
    done(true)
  }
  const title = making ? say({ id: 'Buat PIN', en: 'Make a PIN' }) : say({ id: 'Masukkan PIN', en: 'Enter your PIN' })
  return (
    <Dialog opened onClose={close} title={title} size={400} zIndex={400} onKeyDown={leave}>
      {making ? (
        <Make community={community} first={why === 'pin_not_set'} prove={prove} close={close} />
      ) : (
        <Enter prove={prove} close={close} forgot={() => setMaking(true)} />
      )}
    </Dialog>
  )
}

function Enter({ prove, close, forgot }: { prove: (pin: string) => Promise<void>; close: () => void; forgot: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [lockedUntil, setLockedUntil] = useState<number | null>(null)
  useEffect(() => {
    if (lockedUntil === null) return
    const timer = setTimeout(() => (setLockedUntil(null), setFailure(null)), Math.min(lockedUntil - Date.now(), 2 ** 31 - 1))
    return () => clearTimeout(timer)
  }, [lockedUntil])
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (pin.length !== 6) return setFailure(say(SIX))
    setBusy(true)
    setFailure(null)
    try {
      await prove(pin)
    } catch (problem) {
      setPin('')
      setFailure(sentence(problem))
      if (isProblem(problem, 'pin_locked')) setLockedUntil(Date.now() + (problem.retryAfter ?? 900) * 1_000)
      if (isProblem(problem, 'pin_not_set')) forgot()
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="stack">
      <p className="soft">
        {say({
          id: 'Tindakan ini tidak mudah ditarik kembali. PIN Anda memastikan bahwa Andalah yang melakukannya.',
          en: 'This is not easily taken back. Your PIN makes sure that it is you who does it.',
        })}
      </p>
      <PinInput label="PIN" value={pin} change={setPin} autoFocus disabled={lockedUntil !== null} />
      <FormEnd
        failure={failure}
        busy={busy}
        send={say({ id: 'Lanjutkan', en: 'Continue' })}
        disabled={lockedUntil !== null}
        cancel={close}
        onTop
      />
      <Button
        variant="subtle"
        size="compact-md"
        onClick={forgot}
        style={{ alignSelf: 'flex-start', marginInlineStart: '-.5rem' }}
        data-mantine-stop-propagation="true"
      >
        {say({ id: 'Lupa PIN? Buat yang baru', en: 'Forgot it? Make a new one' })}
      </Button>
    </form>
  )
}

type MakeProps = { community: string; first: boolean; prove: (pin: string) => Promise<void>; close: () => void }

function Make({ community, first, prove, close }: MakeProps) {
  const say = useSay()
  async function made(pin: string): Promise<void> {
    announce(say({ id: 'PIN Anda sudah dibuat.', en: 'Your PIN is made.' }))
    await prove(pin)
  }
  const send = say({ id: 'Buat PIN dan lanjutkan', en: 'Make the PIN and continue' })
  return (
    <NewPin
      community={community}
      made={made}
      end={({ failure, busy }) => <FormEnd failure={failure} busy={busy} send={send} cancel={close} onTop />}
    >
      <p className="soft">
        {first
          ? say({
              id: 'Tindakan ini meminta PIN, dan Anda belum punya. Buatlah sekarang: 6 angka yang hanya Anda tahu.',
              en: 'This asks for a PIN, and you have none yet. Make one now: 6 digits that only you know.',
            })
          : say({ id: 'PIN yang baru menggantikan yang lama.', en: 'The new PIN replaces the former one.' })}
      </p>
    </NewPin>
  )
}
