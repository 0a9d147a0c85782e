// My PIN in this community: whether I have one, whether it is locked, and making another with my password.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiAt } from '../../addresses.ts'
import { api } from '../../api.ts'
import { NewPin } from '../../parts/NewPin.tsx'
import { FormEnd } from '../../form/FormEnd.tsx'
import { Note } from '../../parts/States.tsx'
import { useCommunity } from '../../tenant.tsx'
import { useFormats, useSay } from '../../words.tsx'
import { Section } from './Section.tsx'

type State = { set_at: string | null; tries_left: number | null; locked_until: string | null }

export function Pin() {
  const say = useSay()
  const formats = useFormats()
  const { code, model } = useCommunity()
  const state = useQuery({ queryKey: ['pin', code], queryFn: ({ signal }) => api.get<State>(apiAt.tenant(code, 'pin'), { signal }) })
  return (
    <Section id="my-pin" title={say({ id: 'PIN di {place}', en: 'PIN at {place}' }, { place: model.tenant.name })} asked={state}>
      {(pin) => (
        <>
          <p className="soft">
            {say({
              id: 'Enam angka yang kami minta sebelum hal yang tidak mudah ditarik kembali, seperti menghapus penduduk atau mengubah peran.',
              en: 'Six digits we ask for before what is not easily taken back, such as deleting a resident or changing a role.',
            })}
          </p>
          {pin.locked_until ? (
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
          <Form code={code} known={pin.set_at !== null} done={() => void state.refetch()} />
        </>
      )}
    </Section>
  )
}

function Form({ code, known, done }: { code: string; known: boolean; done: () => void }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const label = known ? say({ id: 'Ganti PIN', en: 'Change the PIN' }) : say({ id: 'Buat PIN', en: 'Make a PIN' })
  if (!open)
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
    )
  function made(): void {
    setOpen(false)
    notifications.show({ message: say({ id: 'PIN Anda sudah tersimpan.', en: 'Your PIN is saved.' }) })
    done()
  }
  return (
    <NewPin
      community={code}
      made={made}
      end={({ failure, busy }) => <FormEnd failure={failure} busy={busy} send={label} quiet cancel={() => setOpen(false)} />}
    />
  )
}
