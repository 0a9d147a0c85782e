// This browser: told while Balai is closed, or not. Offered only where it can work.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Bone, Note, Trouble, useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import { canPush, readPush, switchOff, switchOn } from './push.ts'

export function Browser() {
  const say = useSay()
  const able = canPush()
  return (
    <section className="account" aria-labelledby="notice-browser">
      <h2 id="notice-browser">{say({ id: 'Peramban ini', en: 'This browser' })}</h2>
      {able ? (
        <Switch />
      ) : (
        <p className="soft">
          {window.isSecureContext
            ? say({
                id: 'Peramban ini tidak dapat menerima pemberitahuan saat Balai ditutup. Di iPhone, tambahkan Balai ke layar utama lebih dulu.',
                en: 'This browser cannot receive notifications while Balai is closed. On an iPhone, add Balai to the home screen first.',
              })
            : say({
                id: 'Pemberitahuan ke peramban hanya dapat lewat alamat https. Mintalah pengelola Balai menyiapkannya.',
                en: 'Notifications to the browser need an https address. Ask the operator of Balai to set one up.',
              })}
        </p>
      )}
    </section>
  )
}

function Switch() {
  const say = useSay()
  const sentence = useSentence()
  const [busy, setBusy] = useState(false)
  const [denied, setDenied] = useState(Notification.permission === 'denied')
  const state = useQuery({ queryKey: ['push'], queryFn: ({ signal }) => readPush(signal), staleTime: 0 })
  const turn = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    try {
      setDenied((await work()) === 'denied')
      await state.refetch()
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    } finally {
      setBusy(false)
    }
  }
  if (state.error && !state.data) return <Trouble error={state.error} retry={() => void state.refetch()} />
  if (!state.data) return <Bone height="2rem" />
  const { public_key: key, subscribed } = state.data
  if (!key) return null
  const on = subscribed && Notification.permission === 'granted'
  return (
    <>
      <p className="soft">
        {on
          ? say({
              id: 'Peramban ini memberi tahu Anda juga saat Balai ditutup, selama Anda masih masuk di sini.',
              en: 'This browser tells you even while Balai is closed, as long as you are signed in here.',
            })
          : say({
              id: 'Peramban ini dapat memberi tahu Anda juga saat Balai ditutup.',
              en: 'This browser can tell you even while Balai is closed.',
            })}
      </p>
      <div role="alert">
        {denied && (
          <Note tone="wait">
            {say({
              id: 'Peramban ini menolak. Izinkan pemberitahuan untuk alamat ini di pengaturan peramban, lalu coba lagi.',
              en: 'This browser said no. Allow notifications for this address in the browser’s settings, then try again.',
            })}
          </Note>
        )}
      </div>
      <Button variant="default" loading={busy} onClick={() => void turn(on ? switchOff : () => switchOn(key))}>
        {on
          ? say({ id: 'Matikan di peramban ini', en: 'Switch off in this browser' })
          : say({ id: 'Nyalakan di peramban ini', en: 'Switch on in this browser' })}
      </Button>
    </>
  )
}
