// Writing a notification's words: both languages side by side, the places one may use, and how it arrives, before it is kept.
import { Button, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type FormEvent } from 'react'
import { apiAt } from '../../addresses.ts'
import { api, intents, isProblem } from '../../api.ts'
import { Note, useSentence } from '../../parts/States.tsx'
import { useCommunity } from '../../tenant.tsx'
import { useSay } from '../../words.tsx'
import { type Draft, type KindWords, type Part, PARTS, type Preview, type Shown, WORDS } from './words.ts'

type Props = { kind: KindWords; done: () => void; cancel: () => void }

export function WordsForm({ kind, done, cancel }: Props) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const begun = kind.own ?? kind.default
  const [draft, setDraft] = useState<Draft>(() => Object.fromEntries(PARTS.map((part) => [part, begun[part]])) as Record<Part, string>)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [busy, setBusy] = useState(false)
  const [intent] = useState(intents)
  const body = { kind: kind.kind, ...draft }
  const ask = async (work: () => Promise<void>): Promise<void> => {
    setErrors({})
    setFailure(null)
    setBusy(true)
    try {
      await work()
    } catch (problem) {
      if (isProblem(problem) && problem.errors.length) setErrors(Object.fromEntries(problem.errors.map((one) => [one.field, one.message])))
      else setFailure(sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  const look = (): Promise<void> =>
    ask(async () => setPreview(await api.post<Preview>(apiAt.tenant(code, 'notification-words/preview'), { body })))
  const keep = (event: FormEvent): void => {
    event.preventDefault()
    void ask(async () => {
      await (kind.own
        ? api.patch(apiAt.row(code, WORDS, kind.own.id), { body: draft, version: kind.own.version, intent: intent(body) })
        : api.post(apiAt.resource(code, WORDS), { body, intent: intent(body) }))
      notifications.show({
        message: say({ id: 'Tersimpan. Berlaku mulai pemberitahuan berikutnya.', en: 'Saved. It holds from the next notification on.' }),
      })
      done()
    })
  }
  const input = (part: Part) => ({
    value: draft[part],
    error: errors[part],
    onChange: (event: { currentTarget: { value: string } }) => {
      setPreview(null)
      setDraft({ ...draft, [part]: event.currentTarget.value })
    },
  })
  const sides = [
    { locale: 'id', name: 'Bahasa Indonesia' },
    { locale: 'en', name: 'English' },
  ] as const
  return (
    <form className="notice-form" onSubmit={keep} noValidate>
      {sides.map(({ locale, name }) => (
        <fieldset key={locale}>
          <legend>{name}</legend>
          <TextInput label={say({ id: 'Judul', en: 'Title' })} lang={locale} maxLength={120} {...input(`title_${locale}`)} />
          <Textarea
            label={say({ id: 'Isi', en: 'Text' })}
            autosize
            minRows={2}
            lang={locale}
            maxLength={600}
            {...input(`text_${locale}`)}
          />
          {preview && <Look shown={preview[locale]} locale={locale} />}
        </fieldset>
      ))}
      <p className="soft small row">
        {say({ id: 'Yang diisi sendiri oleh Balai:', en: 'What Balai fills in:' })}
        {kind.places.map((place) => (
          <span key={place.name}>
            <code>{`{${place.name}}`}</code> {say(place.label)}
          </span>
        ))}
      </p>
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <div className="row">
        <Button type="submit" loading={busy}>
          {say({ id: 'Simpan', en: 'Save' })}
        </Button>
        <Button variant="default" onClick={() => void look()} disabled={busy}>
          {say({ id: 'Pratinjau', en: 'Preview' })}
        </Button>
        <Button variant="subtle" color="gray" onClick={cancel}>
          {say({ id: 'Batal', en: 'Cancel' })}
        </Button>
      </div>
    </form>
  )
}

function Look({ shown, locale }: { shown: Shown; locale: 'id' | 'en' }) {
  const say = useSay()
  return (
    <div className="notice-preview" role="group" aria-label={say({ id: 'Pratinjau', en: 'Preview' })}>
      <strong lang={locale}>{shown.title}</strong>
      <p lang={locale}>{shown.text}</p>
      <p className="quiet small">{say({ id: 'Sebagai surel', en: 'As a mail' })}</p>
      <pre lang={locale}>{`${shown.mail.subject}\n\n${shown.mail.text}`}</pre>
      <p className="quiet small">{say({ id: 'Sebagai SMS', en: 'As an SMS' })}</p>
      <pre lang={locale}>{shown.sms}</pre>
    </div>
  )
}
