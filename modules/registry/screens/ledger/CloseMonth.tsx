// Closing the month on the screen, or opening it again: buttons only for who may, by the server's own answer.
import { Button, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { apiAt } from '#web/addresses.ts'
import { api, intents } from '#web/api.ts'
import type { ListJson } from '#web/model.ts'
import { Dialog } from '#web/parts/Dialog.tsx'
import { FormEnd } from '#web/form/FormEnd.tsx'
import { useSentence } from '#web/parts/States.tsx'
import { forget, rowQuery } from '#web/queries.ts'
import { useCommunity, useResource } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'

const ActionForm = lazy(() => import('#web/record/ActionForm.tsx').then((m) => ({ default: m.ActionForm })))
const CLOSINGS = 'registry.month_closings'

export function CloseMonth({ month, last, name }: { month: string; last: string; name: string }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const resource = useResource(CLOSINGS)
  const [open, setOpen] = useState(false)
  const list = useQuery({
    queryKey: ['list', code, CLOSINGS, 'of', month],
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, CLOSINGS), { search: { month, limit: '1' }, signal }),
    enabled: resource !== undefined,
  })
  const id = list.data?.data[0]?.id
  const closing = useQuery({ ...rowQuery(code, CLOSINGS, id ?? ''), enabled: id !== undefined })
  if (!resource || !list.data) return null
  const reopening = resource.actions.find((action) => action.noun === 'reopening')
  const done = (): void => {
    setOpen(false)
    forget(code, CLOSINGS)
  }
  if (id !== undefined) {
    if (!closing.data || !reopening || !closing.data.may?.includes('reopening')) return null
    return (
      <>
        <Button variant="default" onClick={() => setOpen(true)}>
          {say(reopening.label)}
        </Button>
        {open && (
          <Suspense>
            <ActionForm resource={resource} action={reopening} row={closing.data} close={done} />
          </Suspense>
        )}
      </>
    )
  }
  if (!list.data.may?.includes('closing') || last >= model.tenant.today) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say({ id: 'Tutup bulan ini', en: 'Close this month' })}</Button>
      {open && <Closing month={month} name={name} close={done} />}
    </>
  )
}

function Closing({ month, name, close }: { month: string; name: string; close: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [notes, setNotes] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const title = say({ id: 'Tutup {name}', en: 'Close {name}' }, { name })
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    const body = { month, notes: notes.trim() || null }
    try {
      await api.post<unknown>(`${apiAt.resource(code, CLOSINGS)}/closing`, { body, intent: intent(body) })
      notifications.show({ message: say({ id: '{name} sudah ditutup.', en: '{name} is closed.' }, { name }) })
      close()
    } catch (error) {
      const told = (error as { errors?: readonly { message: string }[] }).errors?.[0]?.message
      setFailure(told ?? sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog opened onClose={close} title={title} size={480}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>
          {say({
            id: 'Angka akhir bulan disimpan, dan tidak ada lagi peristiwa yang dapat dilaporkan pada bulan ini atau sebelumnya. Bulan yang terakhir ditutup dapat dibuka kembali.',
            en: 'The closing figures are kept, and no event can be reported in this month or before it any more. The last closed month can be opened again.',
          })}
        </p>
        <Textarea
          label={say({ id: 'Catatan', en: 'Notes' })}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
        />
        <FormEnd failure={failure} busy={busy} send={title} cancel={close} />
      </form>
    </Dialog>
  )
}
