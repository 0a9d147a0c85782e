// The next allowed acts as buttons, from the API's answer and never guessed; each asks for what it needs in a small form.
import '../form/form.css'
import { Button, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { Suspense, useState, type FormEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import { Fields, groupsOf } from '../form/Fields.tsx'
import { initialValues, useFormState } from '../form/state.ts'
import type { ActionFacts, ResourceFacts, RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { announce } from '../parts/announce.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { useTitleOf } from '../parts/Value.tsx'
import { client, forget, rowKey } from '../queries.ts'
import { actionScreen } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useLanguage, useSay } from '../words.tsx'

type Props = { resource: ResourceFacts; may: readonly string[]; row: RowJson | null; most?: number }

/** Acts as buttons; beyond `most` they gather under one. */
export function ActionButtons({ resource, may, row, most: room = 2 }: Props) {
  const say = useSay()
  const phone = useMediaQuery('(max-width: 47.99em)', innerWidth < 768, { getInitialValueInEffect: false })
  const most = phone && row ? 0 : room
  const [running, setRunning] = useState<ActionFacts | null>(null)
  const open = resource.actions.filter((action) => (action.on === 'one') === (row !== null) && may.includes(action.noun))
  if (open.length === 0) return null
  // Grave acts never sit where a hurried hand finds them.
  const calm = open.filter((action) => !action.grave)
  const front = open.length <= most ? open : calm.slice(0, most)
  const rest = open.filter((action) => !front.includes(action))
  return (
    <>
      {front.map((action) => (
        <Button key={action.noun} variant="default" onClick={() => setRunning(action)}>
          {say(action.label)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <Button variant="default" rightSection={<Icon name="down" size={15} />}>
              {front.length ? say({ id: 'Tindakan lain', en: 'More actions' }) : say({ id: 'Tindakan', en: 'Actions' })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((action) => (
              <Menu.Item key={action.noun} onClick={() => setRunning(action)} {...(action.grave ? { color: 'harm' } : {})}>
                {say(action.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {running && (
        <Suspense>
          <Asking resource={resource} action={running} row={row} close={() => setRunning(null)} />
        </Suspense>
      )}
    </>
  )
}

/** The module's own form where it has one, else the form made of the input's fields. */
function Asking(props: FormProps) {
  const own = actionScreen(props.resource.name, props.action.noun)
  return own ? <own.component {...props} /> : <ActionForm {...props} />
}

type FormProps = { resource: ResourceFacts; action: ActionFacts; row: RowJson | null; close: () => void; done?: (answer: unknown) => void }

export function ActionForm({ resource, action, row, close, done }: FormProps) {
  const say = useSay()
  const titled = useTitleOf()
  const sentence = useSentence()
  const { locale } = useLanguage()
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
      const answer = await api.post<unknown>(path, { body, intent: intent(body), ...(row ? { version: row.version } : {}) })
      if (row) void client.invalidateQueries({ queryKey: rowKey(code, resource.name, row.id) })
      // An act may touch what it points to (a family and its members), so every opened record is asked again.
      void client.invalidateQueries({ queryKey: ['row', code] })
      forget(code, resource.name, row?.id)
      const text = title ? `${label}: ${title}` : label
      announce(say({ id: '{text}. Selesai.', en: '{text}. Done.' }, { text }))
      notifications.show({ message: say({ id: '{text}. Selesai.', en: '{text}. Done.' }, { text }) })
      close()
      done?.(answer)
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
  const doc = typeof action.doc === 'string' ? (locale === 'en' ? action.doc : '') : say(action.doc)
  const groups = groupsOf(action.input)
  return (
    <Dialog opened onClose={close} title={label} size={520}>
      <form onSubmit={(event) => void submit(event)} noValidate className="stack">
        {title && <p className="soft">{title}</p>}
        {doc && <p className="soft small">{doc}</p>}
        {action.grave && (
          <Note tone="harm">
            {say({
              id: 'Ini mengubah banyak hal dan tercatat atas nama Anda. Periksa sekali lagi.',
              en: 'This changes a great deal and is recorded under your name. Check once more.',
            })}
          </Note>
        )}
        <Fields fields={action.input} groups={groups} form={form} />
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <div className="row">
          <Button type="submit" loading={busy} color={action.grave ? 'harm' : 'act'}>
            {label}
          </Button>
          <Button variant="subtle" color="gray" onClick={close}>
            {say({ id: 'Batal', en: 'Cancel' })}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
