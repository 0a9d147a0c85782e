// One plan: name, price, limits (empty = none), and which modules it has.
import { Checkbox, Select, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api, isProblem } from '../api.ts'
import { FormEnd } from '../form/FormEnd.tsx'
import { useSentence } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { forgetPlatform, LIMIT_WORDS, type Limits, type Plan, platformApi, usePlatform } from './model.ts'

const NAMES = Object.keys(LIMIT_WORDS) as (keyof Limits)[]

export function PlanForm({ plan, done }: { plan: Plan | null; done: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const platform = usePlatform()
  const [values, setValues] = useState({
    code: plan?.code ?? '',
    name: plan?.name ?? '',
    price: plan?.price ?? '0',
    period: plan?.period ?? 'month',
    offered: plan?.offered ?? true,
  })
  const [limits, setLimits] = useState<Record<string, string>>(
    Object.fromEntries(NAMES.map((name) => [name, String(plan?.limits[name] ?? '')])),
  )
  const [modules, setModules] = useState<readonly string[] | null>(plan?.modules ?? null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<typeof values>): void => setValues((now) => ({ ...now, ...change }))

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    setFailure(null)
    // What is no number goes as it is: the server says so at the field.
    const asked = Object.fromEntries(
      NAMES.map((name) => [name, limits[name]?.trim() ? (/^\d+$/.test(limits[name].trim()) ? Number(limits[name]) : limits[name]) : null]),
    )
    const body = {
      ...values,
      price: values.price.replace(',', '.'),
      currency: plan?.currency ?? 'IDR',
      description: plan?.description ?? null,
      limits: asked,
      modules,
    }
    try {
      await (plan ? api.put(platformApi(`/plans/${plan.id}`), { body }) : api.post(platformApi('/plans'), { body }))
      forgetPlatform()
      done()
    } catch (error) {
      if (isProblem(error)) setErrors(Object.fromEntries(error.errors.map((e) => [e.field, e.message])))
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={say({ id: 'Nama', en: 'Name' })}
        value={values.name}
        error={errors['name']}
        onChange={(e) => put({ name: e.currentTarget.value })}
        required
        data-autofocus
      />
      <TextInput
        label={say({ id: 'Kode', en: 'Code' })}
        description={say({ id: 'Huruf kecil, angka, tanda hubung.', en: 'Lower-case letters, digits, hyphens.' })}
        value={values.code}
        error={errors['code']}
        onChange={(e) => put({ code: e.currentTarget.value })}
        required
      />
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <TextInput
          label={say({ id: 'Harga (Rp)', en: 'Price (Rp)' })}
          inputMode="decimal"
          value={values.price}
          error={errors['price']}
          onChange={(e) => put({ price: e.currentTarget.value })}
        />
        <Select
          label={say({ id: 'Setiap', en: 'Every' })}
          value={values.period}
          allowDeselect={false}
          onChange={(value) => value && put({ period: value as 'month' | 'year' })}
          data={[
            { value: 'month', label: say({ id: 'Bulan', en: 'Month' }) },
            { value: 'year', label: say({ id: 'Tahun', en: 'Year' }) },
          ]}
        />
      </div>
      <fieldset className="platform-fields">
        <legend>{say({ id: 'Batas', en: 'Limits' })}</legend>
        <p className="soft small">{say({ id: 'Kosong: tanpa batas.', en: 'Empty: no limit.' })}</p>
        <div className="charts">
          {NAMES.map((name) => (
            <TextInput
              key={name}
              label={say(LIMIT_WORDS[name])}
              inputMode="numeric"
              value={limits[name] ?? ''}
              error={errors[`limits.${name}`]}
              onChange={({ currentTarget: { value } }) => setLimits((now) => ({ ...now, [name]: value }))}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="platform-fields">
        <legend>{say({ id: 'Modul', en: 'Modules' })}</legend>
        <Checkbox
          label={say({ id: 'Semua modul', en: 'All modules' })}
          checked={modules === null}
          onChange={(e) => setModules(e.currentTarget.checked ? null : (platform.data?.modules.map((m) => m.name) ?? []))}
        />
        {modules !== null &&
          platform.data?.modules.map((m) => (
            <Checkbox
              key={m.name}
              label={say(m.label)}
              checked={modules.includes(m.name)}
              onChange={({ currentTarget: { checked } }) =>
                setModules((now) => (checked ? [...(now ?? []), m.name] : (now ?? []).filter((n) => n !== m.name)))
              }
            />
          ))}
      </fieldset>
      <Checkbox
        label={say({ id: 'Ditawarkan untuk komunitas baru', en: 'Offered to new communities' })}
        checked={values.offered}
        onChange={(e) => put({ offered: e.currentTarget.checked })}
      />
      <FormEnd failure={failure} busy={busy} cancel={done} />
    </form>
  )
}
