// The form of one access rule: whose, which days, which hours, which networks.
import '../form/form.css'
import { Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type FormEvent } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import { Fields } from '../form/Fields.tsx'
import { FormEnd } from '../form/FormEnd.tsx'
import { initialValues, useFormState, type Values } from '../form/state.ts'
import type { ResourceFacts, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'

export const DAYS = [
  { value: 'mon', label: { id: 'Senin', en: 'Monday' } },
  { value: 'tue', label: { id: 'Selasa', en: 'Tuesday' } },
  { value: 'wed', label: { id: 'Rabu', en: 'Wednesday' } },
  { value: 'thu', label: { id: 'Kamis', en: 'Thursday' } },
  { value: 'fri', label: { id: 'Jumat', en: 'Friday' } },
  { value: 'sat', label: { id: 'Sabtu', en: 'Saturday' } },
  { value: 'sun', label: { id: 'Minggu', en: 'Sunday' } },
] as const

type Props = { resource: ResourceFacts; row: RowJson | null; done: () => void }

export function AccessRuleForm({ resource, row, done }: Props) {
  const say = useSay()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const base: Values = row ?? initialValues(resource.fields)
  const form = useFormState(resource.fields, base, model.tenant.today, { changes: {}, titles: row?.titles ?? {} })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const fixed = row !== null && !row.may?.includes('update')
  const group = (...names: string[]) => [{ label: null, names }]

  async function run(work: () => Promise<unknown>, said: string): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await work()
      forget(code, resource.name, row?.id)
      notifications.show({ message: said })
      done()
    } catch (error) {
      if (isProblem(error)) form.report(error.errors)
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (row && !form.dirty) return done()
    const body = form.check(row ? 'update' : 'create')
    if (!body) return
    const saved = say({ id: 'Aturan tersimpan.', en: 'The rule is saved.' })
    if (row) await run(() => api.patch(apiAt.row(code, resource.name, row.id), { body, version: row.version, intent: intent(body) }), saved)
    else await run(() => api.post(apiAt.resource(code, resource.name), { body, intent: intent(body) }), saved)
  }
  const remove = async (): Promise<void> => {
    if (!row || !confirm(say({ id: 'Hapus aturan ini?', en: 'Delete this rule?' }))) return
    await run(
      () => api.delete(apiAt.row(code, resource.name, row.id), { version: row.version }),
      say({ id: 'Aturan dihapus.', en: 'The rule is deleted.' }),
    )
  }
  const { weekdays: days, networks, ...others } = resource.fields
  // No networks is an answer: shown without the star of what must be filled in.
  const shown = networks ? { ...others, networks: { ...networks, required: false } } : others
  return (
    <div className="page">
      <PageHead
        title={row ? String(row['description']) : say({ id: 'Aturan baru', en: 'New rule' })}
        back={{ to: at.settings(code, 'access'), label: say(resource.label.many) }}
      >
        {row?.may?.includes('delete') && (
          <Button variant="subtle" color="harm" leftSection={<Icon name="trash" size={16} />} onClick={() => void remove()}>
            {say({ id: 'Hapus', en: 'Delete' })}
          </Button>
        )}
      </PageHead>
      <form onSubmit={(event) => void submit(event)} noValidate className="form-page form-tight">
        <Fields fields={shown} groups={group('description', 'role_id')} form={form} {...(row ? { row } : {})} />
        <Checkbox.Group
          label={say(days?.label)}
          description={say(days?.help)}
          value={(form.valueOf('weekdays') as string[] | undefined) ?? []}
          onChange={(next) =>
            form.set(
              'weekdays',
              DAYS.map((day) => day.value).filter((day) => next.includes(day)),
            )
          }
          error={form.errors['weekdays']}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        >
          <div className="radios">
            {DAYS.map((day) => (
              <Checkbox key={day.value} value={day.value} label={say(day.label)} />
            ))}
          </div>
        </Checkbox.Group>
        <Fields fields={shown} groups={group('from_time', 'until_time', 'networks', 'is_active')} form={form} {...(row ? { row } : {})} />
        {fixed ? (
          <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        ) : (
          <FormEnd failure={failure} busy={busy} cancel={done} />
        )}
      </form>
    </div>
  )
}
