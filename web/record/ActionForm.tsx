// The form of an act, made of its input's fields: says what the act does, checks by the server's rules, and shows what came of it.
import '../form/form.css'
import { notifications } from '@mantine/notifications'
import { useState, type FormEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import { Fields, groupsOf } from '../form/Fields.tsx'
import { initialValues, useFormState } from '../form/state.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { announce } from '../parts/announce.tsx'
import { FormEnd } from '../form/FormEnd.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { useTitleOf } from '../parts/Value.tsx'
import { client, forget, rowKey } from '../queries.ts'
import type { ActionScreenProps } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'

export function ActionForm({ resource, action, row, close }: ActionScreenProps) {
  const say = useSay()
  const titled = useTitleOf()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const form = useFormState(action.input, initialValues(action.input), model.tenant.today, { changes: {}, titles: {} })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const label = say(action.label)
  const title = row ? titled(resource, row) : null

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const body = form.check('create')
    if (!body) return
    setBusy(true)
    setFailure(null)
    try {
      const path = row
        ? `${apiAt.row(code, resource.name, row.id)}/${action.noun}`
        : `${apiAt.resource(code, resource.name)}/${action.noun}`
      await api.post<unknown>(path, { body, intent: intent(body), ...(row ? { version: row.version } : {}) })
      if (row) void client.invalidateQueries({ queryKey: rowKey(code, resource.name, row.id) })
      // An act may touch what it points to (a family and its members), so every opened record is asked again.
      void client.invalidateQueries({ queryKey: ['row', code] })
      forget(code, resource.name, row?.id)
      const text = title ? `${label}: ${title}` : label
      announce(say({ id: '{text}. Selesai.', en: '{text}. Done.' }, { text }))
      notifications.show({ message: say({ id: '{text}. Selesai.', en: '{text}. Done.' }, { text }) })
      close()
    } catch (error) {
      if (isProblem(error) && error.errors.length > 0) form.report(error.errors)
      if (isProblem(error, 'version_stale')) {
        void client.invalidateQueries({ queryKey: ['row', code] })
        setFailure(
          say({
            id: 'Data ini baru diubah orang lain. Kami sudah memuat yang terbaru; periksa lalu coba lagi.',
            en: 'Somebody else has just changed this. We have loaded the latest; look again and retry.',
          }),
        )
      } else setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  const groups = groupsOf(action.input)
  return (
    <Dialog opened onClose={close} title={label} size={520}>
      <form onSubmit={(event) => void submit(event)} noValidate className="stack">
        {title && <p className="soft">{title}</p>}
        <p className="soft small">{say(action.doc)}</p>
        {action.grave && (
          <Note tone="harm">
            {say({
              id: 'Ini mengubah banyak hal dan tercatat atas nama Anda. Periksa sekali lagi.',
              en: 'This changes a great deal and is recorded under your name. Check once more.',
            })}
          </Note>
        )}
        <Fields fields={action.input} groups={groups} form={form} of={`${resource.name}:${action.noun}`} />
        <FormEnd failure={failure} busy={busy} send={label} color={action.grave ? 'harm' : 'act'} cancel={close} />
      </form>
    </Dialog>
  )
}
