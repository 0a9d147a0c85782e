// Making a key: for what, until when, from where, and what it may do; then the key itself, this once.
import '../form/form.css'
import '@mantine/core/styles/Pill.layer.css'
import '@mantine/core/styles/PillsInput.layer.css'
import './configuration.css'
import { Button, Select, TagsInput, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api, isProblem } from '../api.ts'
import type { Model } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { Matrix } from './Matrix.tsx'
import { matrixOf } from './permissions.ts'

const LIVES = [7, 30, 90, 365]
const DAY_MS = 86_400_000

type Made = { id: string; name: string; key: string; expires_at: string }

/** What a key may hold at most: what its maker holds, without what asks for a PIN, and of the community's administration only reading. */
function keyPermissions(model: Model): string[] {
  const sensitive = new Set(
    model.modules.flatMap((module) =>
      module.resources.flatMap((resource) =>
        ((resource as { sensitive?: readonly string[] }).sensitive ?? []).map((verb) => `${resource.name}:${verb}`),
      ),
    ),
  )
  return model.me.permissions.filter((one) => !sensitive.has(one) && (!one.startsWith('core.') || /:(read|export)$/.test(one)))
}

export function ApiKeyForm({ done }: { done: () => void }) {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const [all] = useState(() => keyPermissions(model))
  const [key, setKey] = useState({
    name: '',
    days: '90',
    networks: [] as string[],
    scopes: [] as string[],
    visibility: {} as Record<string, string>,
  })
  const [made, setMade] = useState<Made | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(null)
    if (!key.name.trim())
      return setErrors({
        name: say({ id: 'Beri nama, misalnya nama perangkatnya.', en: 'Give it a name, for example that of the device.' }),
      })
    if (!key.scopes.length)
      return setErrors({ scopes: say({ id: 'Centang paling sedikit satu izin.', en: 'Tick at least one permission.' }) })
    setBusy(true)
    setErrors({})
    try {
      const expires_at = new Date(Date.now() + Number(key.days) * DAY_MS).toISOString()
      const { name, networks, scopes, visibility } = key
      const answer = await api.post<Made>(`${apiAt.resource(code, 'core.api_keys')}/issuance`, {
        body: { name: name.trim(), networks, scopes, visibility, expires_at },
      })
      setMade(answer)
      forget(code, 'core.api_keys')
    } catch (error) {
      if (isProblem(error)) setErrors(Object.fromEntries(error.errors.map((each) => [each.field, each.message])))
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  if (made) return <Shown made={made} done={done} />
  return (
    <div className="page role">
      <PageHead
        title={say({ id: 'Kunci baru', en: 'New key' })}
        back={{ to: at.settings(code, 'api-keys'), label: say({ id: 'Kunci API', en: 'API keys' }) }}
        under={say({
          id: 'Kunci tidak pernah dapat melakukan lebih dari Anda, dan berhenti berlaku bila Anda bukan anggota lagi.',
          en: 'A key can never do more than you can, and stops working when you are no longer a member.',
        })}
      />
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className="key-facts">
          <TextInput
            label={say({ id: 'Nama', en: 'Name' })}
            description={say({ id: 'Perangkat atau program yang memakainya.', en: 'The device or program that uses it.' })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            withAsterisk
            value={key.name}
            maxLength={100}
            autoComplete="off"
            error={errors['name']}
            onChange={(event) => setKey({ ...key, name: event.currentTarget.value })}
          />
          <Select
            label={say({ id: 'Berlaku selama', en: 'Valid for' })}
            description={say(
              { id: 'Sampai {day}', en: 'Until {day}' },
              { day: formats.day(new Date(Date.now() + Number(key.days) * DAY_MS).toISOString()) },
            )}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={LIVES.map((days) => ({ value: String(days), label: say({ id: '{n} hari', en: '{n} days' }, { n: days }) }))}
            value={key.days}
            error={errors['expires_at']}
            allowDeselect={false}
            onChange={(next) => setKey({ ...key, days: next ?? key.days })}
          />
          <TagsInput
            label={say({ id: 'Hanya dari jaringan', en: 'Only from networks' })}
            description={say({
              id: 'Misalnya 192.168.1.0/24. Kosong: dari mana saja.',
              en: 'For example 192.168.1.0/24. Empty: from anywhere.',
            })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={key.networks}
            error={errors['networks']}
            onChange={(networks) => setKey({ ...key, networks })}
          />
        </div>
        <div role="alert">{errors['scopes'] && <Note tone="harm">{errors['scopes']}</Note>}</div>
        <Matrix
          blocks={matrixOf(model, all)}
          all={all}
          patterns={key.scopes}
          rules={key.visibility}
          fixed={false}
          change={(scopes) => setKey({ ...key, scopes })}
          see={(resource, rule) => {
            const { [resource]: _, ...rest } = key.visibility
            setKey({ ...key, visibility: rule ? { ...rest, [resource]: rule } : rest })
          }}
        />
        <div className="form-end">
          <div role="alert" style={{ flexBasis: '100%' }}>
            {failure && <Note tone="harm">{failure}</Note>}
          </div>
          <Button type="submit" loading={busy}>
            {say({ id: 'Buat kunci', en: 'Make the key' })}
          </Button>
        </div>
      </form>
    </div>
  )
}

function Shown({ made, done }: { made: Made; done: () => void }) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    // Without a secure context there is no clipboard; the text can still be selected whole with one click.
    await navigator.clipboard?.writeText(made.key).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <div className="page stack" style={{ maxWidth: '46rem' }}>
      <PageHead
        title={say({ id: 'Kunci {name} siap', en: 'The key {name} is ready' }, { name: made.name })}
        under={say({ id: 'Berlaku sampai {day}.', en: 'Valid until {day}.' }, { day: formats.day(made.expires_at) })}
      />
      <Note tone="wait">
        {say({
          id: 'Salin sekarang dan simpan di perangkatnya. Kunci ini tidak dapat ditampilkan lagi; bila hilang, cabut dan buat yang baru.',
          en: 'Copy it now and keep it on the device. It cannot be shown again; if it is lost, revoke it and make a new one.',
        })}
      </Note>
      <div className="key-shown">
        <code>{made.key}</code>
        {'clipboard' in navigator && (
          <Button variant="default" leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />} onClick={() => void copy()}>
            {copied ? say({ id: 'Tersalin', en: 'Copied' }) : say({ id: 'Salin', en: 'Copy' })}
          </Button>
        )}
      </div>
      <div>
        <p className="soft small">
          {say({ id: 'Perangkat mengirimkannya pada setiap permintaan:', en: 'The device sends it with every request:' })}
        </p>
        <p className="mono small" style={{ overflowWrap: 'anywhere' }}>
          GET {`${location.origin}/api/${code}/…`}
          <br />
          Authorization: Bearer balai_…
        </p>
      </div>
      <div>
        <Button onClick={done}>{say({ id: 'Sudah saya simpan', en: 'I have kept it' })}</Button>
      </div>
    </div>
  )
}
