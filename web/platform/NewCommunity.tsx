// A new community: what it is called, what it may do, and who runs it.
import '@mantine/core/styles/Radio.layer.css'
import { Button, Checkbox, PasswordInput, Radio, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api, isProblem } from '../api.ts'
import { KINDS } from '../frame/Side.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
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
  const [modules, setModules] = useState<readonly string[]>(['registry'])
  const [who, setWho] = useState<'new' | 'known' | 'later'>('new')
  const [person, setPerson] = useState({ login: '', name: '', username: '', email: '', password: '' })
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<typeof values>): void => setValues((now) => ({ ...now, ...change }))
  const putPerson = (change: Partial<typeof person>): void => setPerson((now) => ({ ...now, ...change }))
  const field = (name: keyof typeof values, label: { id: string; en: string }) => ({
    label: say(label),
    value: values[name] ?? '',
    error: errors[name],
    required: true,
  })
  const personField = (name: keyof typeof person, label: { id: string; en: string }) => ({
    label: say(label),
    value: person[name],
    error: errors[`administrator.${name}`],
  })

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    setFailure(null)
    const { login, ...fresh } = person
    const administrator =
      who === 'later' ? null : who === 'known' ? { login } : { ...fresh, email: fresh.email || null, password: fresh.password || null }
    try {
      const made = await api.post<{ code: string }>(platformApi('/communities'), { body: { ...values, modules, administrator } })
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
        <fieldset className="platform-fields">
          <legend>{say({ id: 'Administrator pertama', en: 'First administrator' })}</legend>
          <Radio.Group
            value={who}
            onChange={(value) => setWho(value as typeof who)}
            aria-label={say({ id: 'Administrator pertama', en: 'First administrator' })}
          >
            <div className="stack" style={{ gap: '.5rem' }}>
              <Radio value="new" label={say({ id: 'Buat akun baru', en: 'Make a new account' })} />
              <Radio value="known" label={say({ id: 'Orang yang sudah punya akun', en: 'Somebody who has an account' })} />
              <Radio value="later" label={say({ id: 'Nanti saja', en: 'Later' })} />
            </div>
          </Radio.Group>
          {who === 'known' && (
            <TextInput
              {...personField('login', { id: 'Nama pengguna atau surel', en: 'Username or e-mail' })}
              onChange={(e) => putPerson({ login: e.currentTarget.value })}
              autoComplete="off"
            />
          )}
          {who === 'new' && (
            <>
              <TextInput
                {...personField('name', { id: 'Nama lengkap', en: 'Full name' })}
                onChange={(e) => putPerson({ name: e.currentTarget.value })}
                autoComplete="off"
              />
              <TextInput
                {...personField('username', { id: 'Nama pengguna', en: 'Username' })}
                onChange={(e) => putPerson({ username: e.currentTarget.value })}
                autoComplete="off"
              />
              <TextInput
                {...personField('email', { id: 'Surel (boleh kosong)', en: 'E-mail (optional)' })}
                type="email"
                onChange={(e) => putPerson({ email: e.currentTarget.value })}
                autoComplete="off"
              />
              <PasswordInput
                {...personField('password', { id: 'Kata sandi sementara', en: 'Temporary password' })}
                description={say({
                  id: 'Kosongkan bila ia punya surel: tautan untuk membuat kata sandi dikirim ke sana.',
                  en: 'Leave it empty if they have an e-mail: a link to set a password is sent there.',
                })}
                onChange={(e) => putPerson({ password: e.currentTarget.value })}
                autoComplete="new-password"
              />
            </>
          )}
        </fieldset>
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
