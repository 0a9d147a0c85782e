// Confirms an e-mail address with the link of a message: one press of a button, since mail programs open links by themselves.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, isProblem, newIntent } from '../api.ts'
import { Note, useSentence } from '../parts/States.tsx'
import { client } from '../queries.ts'
import { useSay } from '../words.tsx'
import { Door } from './Door.tsx'
import { dropMessageToken, useMessageToken } from './message-link.ts'

export default function VerifyEmail() {
  const say = useSay()
  const sentence = useSentence()
  const token = useMessageToken('verify')
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<string | null>(null)
  const [dead, setDead] = useState(!token)
  const [failure, setFailure] = useState<string | null>(null)

  async function confirm(): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const { email } = await api.post<{ email: string }>('/api/email-verification', { body: { token }, intent: newIntent() })
      dropMessageToken('verify')
      setDone(email)
      await client.invalidateQueries({ queryKey: ['me'] })
    } catch (problem) {
      if (isProblem(problem, 'link_not_good')) setDead(true)
      else setFailure(sentence(problem))
    } finally {
      setBusy(false)
    }
  }

  if (done !== null)
    return (
      <Door title={say({ id: 'Alamat surel terbukti', en: 'Your e-mail address is confirmed' })}>
        <div className="stack gate-form" role="status">
          <Note tone="good">
            {say({ id: '{email} sekarang menjadi alamat akun Anda.', en: '{email} is now the address of your account.' }, { email: done })}
          </Note>
          <Button component={Link} to="/" size="md">
            {say({ id: 'Ke Balai', en: 'Go to Balai' })}
          </Button>
        </div>
      </Door>
    )
  if (dead)
    return (
      <Door title={say({ id: 'Tautan tidak berlaku', en: 'This link does not work' })}>
        <div className="stack gate-form">
          <p>
            {say({
              id: 'Tautannya sudah dipakai, lewat 24 jam, atau tidak lengkap. Mintalah lagi dari halaman akun Anda.',
              en: 'The link was used already, is older than 24 hours, or is not complete. Ask again from the page of your account.',
            })}
          </p>
          <Button component={Link} to="/" variant="default" size="md">
            {say({ id: 'Ke Balai', en: 'Go to Balai' })}
          </Button>
        </div>
      </Door>
    )
  return (
    <Door
      title={say({ id: 'Alamat ini milik Anda?', en: 'Is this address yours?' })}
      under={say({
        id: 'Surat yang Anda buka dikirim ke alamat yang ditulis pada sebuah akun Balai. Tekan tombol ini bila akun itu milik Anda.',
        en: 'The message you opened went to an address that was entered in a Balai account. Press the button if the account is yours.',
      })}
    >
      <div className="stack gate-form">
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <Button size="md" loading={busy} onClick={() => void confirm()}>
          {say({ id: 'Ya, ini alamat saya', en: 'Yes, it is mine' })}
        </Button>
      </div>
    </Door>
  )
}
