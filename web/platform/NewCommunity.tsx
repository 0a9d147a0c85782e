// A new community: what it is called, what it may do, and who runs it.
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api, isProblem } from '../api.ts'
import { KINDS } from '../frame/Side.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { administratorOf, FirstAdministrator, type FirstChoice, NOBODY } from './FirstAdministrator.tsx'
import { forgetPlatform, places, platformApi, usePlans, usePlatform } from './model.ts'

const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'UTC']
const slug = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .replace(/^(desa|kelurahan|nagari)-/, '')
    .slice(0, 50)

export default function NewCommunity() {
  const say = useSay()
  const sentence = useSentence()
  const navigate = useNavigate()
  const platform = usePlatform()
  const plans = usePlans()
  const [values, setValues] = useState({
    name: '',
    code: '',
    kind: 'village',
    time_zone: 'Asia/Jakarta',
    locale: 'id',
    currency: 'IDR',
    plan_id: null as string | null,
  })
  const [modules, setModules] = useState<readonly string[]>(['registry', 'office', 'letters'])
  const carries = platform.data?.carries ?? []
  const [first, setFirst] = useState<FirstChoice>(NOBODY)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<typeof values>): void => setValues((now) => ({ ...now, ...change }))
  const field = (name: keyof typeof values, label: { id: string; en: string }) => ({
    label: say(label),
    value: values[name] ?? '',
    error: errors[name],
    required: true,
  })
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    setFailure(null)
    try {
      const made = await api.post<{ code: string }>(platformApi('/communities'), {
        body: { ...values, modules, administrator: administratorOf(first, carries) },
      })
      forgetPlatform()
      await navigate({ to: places.community(made.code) })
    } catch (error) {
      if (isProblem(error)) setErrors(Object.fromEntries(error.errors.map((e) => [e.field, e.message])))
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Komunitas baru', en: 'New community' })}
        back={{ to: places.home, label: say({ id: 'Komunitas', en: 'Communities' }) }}
      />
      <form className="narrow" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...field('name', { id: 'Nama', en: 'Name' })}
          onChange={({ currentTarget: { value } }) =>
            put({ name: value, ...(values.code === slug(values.name) ? { code: slug(value) } : {}) })
          }
          autoFocus
        />
        <TextInput
          {...field('code', { id: 'Kode', en: 'Code' })}
          description={say(
            { id: 'Alamatnya: /app/{code}. Tidak dapat diubah.', en: 'Its address: /app/{code}. It cannot be changed.' },
            { code: values.code || say({ id: 'kode', en: 'code' }) },
          )}
          onChange={({ currentTarget: { value } }) => put({ code: value })}
        />
        <Select
          {...field('kind', { id: 'Jenis', en: 'Kind' })}
          data={Object.entries(KINDS).map(([value, words]) => ({ value, label: say(words) }))}
          onChange={(value) => value && put({ kind: value })}
          allowDeselect={false}
        />
        <Select
          {...field('time_zone', { id: 'Zona waktu', en: 'Time zone' })}
          data={ZONES}
          onChange={(value) => value && put({ time_zone: value })}
          allowDeselect={false}
        />
        <Select
          label={say({ id: 'Paket', en: 'Plan' })}
          placeholder={say({ id: 'Tanpa paket: tanpa batas', en: 'None: no limits' })}
          clearable
          value={values.plan_id}
          error={errors['plan_id']}
          onChange={(plan_id) => put({ plan_id })}
          data={(plans.data?.data ?? []).filter((p) => p.offered).map((p) => ({ value: p.id, label: p.name }))}
        />
        <fieldset className="platform-fields">
          <legend>{say({ id: 'Modul', en: 'Modules' })}</legend>
          {platform.data?.modules.map((m) => (
            <Checkbox
              key={m.name}
              label={say(m.label)}
              checked={modules.includes(m.name)}
              onChange={({ currentTarget: { checked } }) =>
                setModules((now) => (checked ? [...now, m.name] : now.filter((n) => n !== m.name)))
              }
            />
          ))}
        </fieldset>
        <FirstAdministrator choice={first} put={(change) => setFirst((now) => ({ ...now, ...change }))} carries={carries} errors={errors} />
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <div className="row">
          <Button type="submit" loading={busy}>
            {say({ id: 'Buat komunitas', en: 'Make the community' })}
          </Button>
        </div>
      </form>
    </div>
  )
}
