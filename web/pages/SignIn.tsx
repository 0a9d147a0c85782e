// Sign in: a name and a password or a code by phone, then the second step where it is on.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../api.ts'
import { Bone, Note } from '../parts/States.tsx'
import { useMe } from '../queries.ts'
import { useSay } from '../words.tsx'
import { Door } from './Door.tsx'
import { ByCode } from './sign-in/ByCode.tsx'
import { ByPassword } from './sign-in/ByPassword.tsx'
import { firstWay, keepWay, type Entry, type Way, type Ways } from './sign-in/entry.ts'
import { NewName } from './sign-in/NewName.tsx'
import { SecondStep } from './sign-in/SecondStep.tsx'

/** Only places inside the app: `to` comes from the address bar. */
const safePlace = (to: string | undefined): string => {
  const path = to?.startsWith('/app/') ? to.slice(4) : to
  return path?.startsWith('/') && !path.startsWith('//') && !path.includes('\\') && !path.startsWith('/sign-in') ? path : '/'
}

export default function SignIn() {
  const say = useSay()
  const client = useQueryClient()
  const router = useRouter()
  const { to } = useSearch({ strict: false }) as { to?: string }
  const me = useMe()
  const asked = useQuery({ queryKey: ['ways'], queryFn: ({ signal }) => api.get<Ways>('/api/session', { signal }), staleTime: Infinity })
  const [chosen, setChosen] = useState<Way | null>(null)
  const [step, setStep] = useState<Entry | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  // Out of reach: the password form says so when it is sent.
  const ways = asked.data ?? (asked.error ? { ways: { password: true, code: false }, sign_up: false } : null)
  const way = ways && (chosen ?? firstWay(ways.ways.code))

  useEffect(() => {
    if (me.data) router.history.replace(`/app${safePlace(to)}`)
  }, [me.data])

  async function goIn(): Promise<void> {
    await client.resetQueries({ queryKey: ['me'] })
    await me.refetch()
  }
  async function enter(entry: Entry): Promise<void> {
    setWhy(null)
    if (way) keepWay(way)
    if ('challenge' in entry || entry.new) setStep(entry)
    else await goIn()
  }

  if (step && 'challenge' in step)
    return (
      <Door
        title={say({ id: 'Langkah kedua', en: 'Second step' })}
        under={say({ id: 'Satu bukti lagi bahwa ini Anda.', en: 'One more proof that it is you.' })}
      >
        <SecondStep
          challenge={step.challenge}
          enter={enter}
          over={(reason) => {
            setStep(null)
            setWhy(reason)
          }}
        />
      </Door>
    )
  if (step)
    return (
      <Door
        title={say({ id: 'Selamat datang', en: 'Welcome' })}
        under={say({ id: 'Akun Anda sudah dibuat. Siapa nama Anda?', en: 'Your account is made. What is your name?' })}
      >
        <NewName done={goIn} />
      </Door>
    )
  return (
    <Door
      title={say({ id: 'Masuk ke Balai', en: 'Sign in to Balai' })}
      under={say({ id: 'Satu tempat untuk mengurus komunitas Anda.', en: 'One place to run your community.' })}
    >
      <div role="alert">{why && <Note tone="wait">{why}</Note>}</div>
      {!ways ? (
        <div className="stack gate-form" aria-busy="true">
          <Bone height="4rem" />
          <Bone height="4rem" />
        </div>
      ) : way === 'code' ? (
        <ByCode enter={enter} signUp={ways.sign_up} />
      ) : (
        <ByPassword enter={enter} />
      )}
      {ways?.ways.code && (
        <Button variant="default" fullWidth className="gate-other" onClick={() => setChosen(way === 'code' ? 'password' : 'code')}>
          {way === 'code'
            ? say({ id: 'Masuk dengan kata sandi', en: 'Sign in with a password' })
            : say({ id: 'Masuk dengan kode lewat SMS', en: 'Sign in with a code by SMS' })}
        </Button>
      )}
    </Door>
  )
}
