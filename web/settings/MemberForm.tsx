// One member: their role and whether they may come in, until when, what limits the rows they see, and which roles they had.
import '../form/form.css'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { apiAt, at } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import { Fields } from '../form/Fields.tsx'
import { useFormState, type Values } from '../form/state.ts'
import type { ResourceFacts, RowJson } from '../model.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { FormEnd } from '../form/FormEnd.tsx'
import { Note, PageBones, Trouble, useSentence } from '../parts/States.tsx'
import { Value } from '../parts/Value.tsx'
import { forget, rowQuery } from '../queries.ts'
import { ActionButtons } from '../record/Actions.tsx'
import { History } from '../record/History.tsx'
import { memberLimits } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { RoleHistory } from './RoleHistory.tsx'

export function MemberForm({ resource, id, done }: { resource: ResourceFacts; id: string; done: () => void }) {
  const say = useSay()
  const { code } = useCommunity()
  const row = useQuery({ ...rowQuery(code, resource.name, id), staleTime: 0 })
  if (row.error && !row.data) return <Trouble error={row.error} retry={() => void row.refetch()} home={at.settings(code, 'members')} />
  if (!row.data) return <PageBones />
  return (
    <div className="page">
      <PageHead
        title={String(row.data['name'])}
        under={row.data['username'] ? String(row.data['username']) : undefined}
        back={{ to: at.settings(code, 'members'), label: say(resource.label.many) }}
      >
        {row.data.may && <ActionButtons resource={resource} may={row.data.may} row={row.data} />}
      </PageHead>
      <Standing resource={resource} row={row.data} />
      {row.data.may?.includes('update') ? (
        <Form key={row.data.version} resource={resource} row={row.data} done={done} />
      ) : (
        <Note>{say({ id: 'Anda hanya dapat melihat anggota ini.', en: 'You can only look at this member.' })}</Note>
      )}
      <RoleHistory member={row.data} />
      {row.data.may?.includes('history') && (
        <section style={{ marginTop: '2.5rem' }}>
          <h2 style={{ marginBottom: '1rem' }}>{say({ id: 'Riwayat', en: 'History' })}</h2>
          <History resource={resource} row={row.data} />
        </section>
      )}
    </div>
  )
}

/** Their role and whether they may come in; changed by the acts above, which ask for a reason. */
function Standing({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const say = useSay()
  const shown = ['role_id', 'role_reason', 'status', 'suspended_reason'].filter((name) => row[name] !== null && resource.fields[name])
  return (
    <dl className="settings-facts" style={{ marginBottom: '2rem' }}>
      {shown.map((name) => (
        <div key={name}>
          <dt>{say(resource.fields[name]?.label)}</dt>
          <dd>
            <Value name={name} field={resource.fields[name]} row={row} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const LIMIT = 'limit_'

function Form({ resource, row, done }: { resource: ResourceFacts; row: RowJson; done: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const limits = memberLimits(model.modules.map((module) => module.name))
  const known = (row['attributes'] ?? {}) as Record<string, unknown>
  const fields: Record<string, Field> = {
    ...resource.fields,
    ...Object.fromEntries(Object.entries(limits).map(([name, field]) => [LIMIT + name, { ...field, required: false }])),
  }
  const base: Values = { ...row, ...Object.fromEntries(Object.keys(limits).map((name) => [LIMIT + name, known[name] ?? null])) }
  const form = useFormState(fields, base, model.tenant.today, { changes: {}, titles: row.titles ?? {} })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const names = ['name', 'expires_on'].filter((name) => name in resource.fields)
  const groups = [
    { label: null, names },
    ...(Object.keys(limits).length
      ? [{ label: { id: 'Batas kerja', en: 'Limits' }, names: Object.keys(limits).map((name) => LIMIT + name) }]
      : []),
  ]

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!form.dirty) return done()
    const changes = form.check('update')
    if (!changes) return
    const body = Object.fromEntries(Object.entries(changes).filter(([name]) => !name.startsWith(LIMIT)))
    const limiting = Object.entries(changes).filter(([name]) => name.startsWith(LIMIT))
    if (limiting.length) {
      const next = { ...known, ...Object.fromEntries(limiting.map(([name, value]) => [name.slice(LIMIT.length), value])) }
      body['attributes'] = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== ''))
    }
    setBusy(true)
    setFailure(null)
    try {
      await api.patch(apiAt.row(code, resource.name, row.id), { body, version: row.version, intent: intent(body) })
      forget(code, resource.name, row.id)
      notifications.show({ message: say({ id: 'Tersimpan.', en: 'Saved.' }) })
      done()
    } catch (error) {
      if (isProblem(error)) form.report(error.errors)
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="form-page form-tight">
      <Fields fields={fields} groups={groups} form={form} row={row} />
      <FormEnd failure={failure} busy={busy} cancel={done} />
    </form>
  )
}
