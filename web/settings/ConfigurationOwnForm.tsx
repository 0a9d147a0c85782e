// The form of a setting of the community's own: its rule is asked for as plain questions, not as JSON.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type FormEvent } from 'react'
import { choice, decimal, flag, longText, optional, tags, text, type Field } from '#kernel/resource/field.ts'
import { apiAt } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import { FieldInput } from '../form/FieldInput.tsx'
import { initialValues, useFormState, type Values } from '../form/state.ts'
import type { ResourceFacts, RowJson } from '../model.ts'
import { FormEnd } from '../form/FormEnd.tsx'
import { useSentence } from '../parts/States.tsx'
import { forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'

const NAMES = ['key', 'data_type', 'value', 'description', 'is_public', 'is_required']

/** The rule as fields of their own; which of them make sense depends on the type. */
const RULE: Readonly<Record<string, Field>> = {
  min: optional(decimal({ id: 'Paling kecil / paling pendek', en: 'Smallest / shortest' }, { scale: 6 })),
  max: optional(decimal({ id: 'Paling besar / paling panjang', en: 'Largest / longest' }, { scale: 6 })),
  pattern: optional(
    text(
      { id: 'Pola', en: 'Pattern' },
      { max: 200, help: { id: 'Misalnya [A-Z]{2}-\\d+ untuk AB-12.', en: 'For example [A-Z]{2}-\\d+ for AB-12.' } },
    ),
  ),
  one_of: optional(tags({ id: 'Hanya salah satu dari', en: 'Only one of' }, { max: 255 })),
}

/** The value is asked for as what it is. */
function valueField(declared: Field, type: unknown): Field {
  if (type === 'BOOLEAN')
    return optional(choice(declared.label, { true: { id: 'Ya', en: 'Yes' }, false: { id: 'Tidak', en: 'No' } })) as Field
  const line = { label: declared.label, help: declared.help ?? declared.label, required: false, max: declared.max ?? 5_000 }
  return type === 'STRING' || type === 'JSON'
    ? (optional(longText(line.label, { max: line.max, help: line.help })) as Field)
    : (optional(text(line.label, { max: line.max, help: line.help })) as Field)
}

export function ConfigurationOwnForm({ resource, row, done }: { resource: ResourceFacts; row?: RowJson; done: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const rule = (row?.['validation_rule'] ?? {}) as Record<string, unknown>
  const base: Values = {
    ...(row ?? initialValues(resource.fields)),
    ...Object.fromEntries(Object.keys(RULE).map((name) => [name, ruleText(rule[name])])),
  }
  const [type, setType] = useState<unknown>(base['data_type'])
  const declared = resource.fields
  const fields: Record<string, Field> = {
    ...Object.fromEntries(NAMES.flatMap((name) => (declared[name] ? [[name, declared[name]]] : []))),
    ...(declared['value'] ? { value: valueField(declared['value'], type) } : {}),
    ...RULE,
    is_public: declared['is_public'] ?? flag({ id: 'Boleh dibaca siapa saja', en: 'Anybody may read it' }),
  }
  const form = useFormState(fields, base, model.tenant.today, { changes: {}, titles: {} })
  const rules = type === 'STRING' ? ['min', 'max', 'pattern', 'one_of'] : type === 'NUMBER' ? ['min', 'max', 'one_of'] : []

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (row && !form.dirty) return done()
    const changes = form.check(row ? 'update' : 'create')
    if (!changes) return
    const body = {
      ...Object.fromEntries(Object.entries(changes).filter(([name]) => NAMES.includes(name))),
      validation_rule: ruleOf(rules, form.valueOf),
    }
    setBusy(true)
    setFailure(null)
    try {
      if (row) await api.patch(apiAt.row(code, resource.name, row.id), { body, version: row.version, intent: intent(body) })
      else await api.post(apiAt.resource(code, resource.name), { body, intent: intent(body) })
      forget(code, resource.name, row?.id)
      notifications.show({ message: say({ id: 'Tersimpan.', en: 'Saved.' }) })
      done()
    } catch (error) {
      if (isProblem(error)) form.report(error.errors)
      const elsewhere = !isProblem(error) || error.errors.every((one) => one.field === 'validation_rule' || !(one.field in fields))
      if (elsewhere) setFailure(isProblem(error) && error.errors[0] ? error.errors[0].message : sentence(error))
    } finally {
      setBusy(false)
    }
  }
  async function remove(): Promise<void> {
    if (!row || !confirm(say({ id: 'Hapus pengaturan {key}?', en: 'Delete the setting {key}?' }, { key: row['key'] }))) return
    try {
      await api.delete(apiAt.row(code, resource.name, row.id), { version: row.version })
      forget(code, resource.name, row.id)
      done()
    } catch (error) {
      setFailure(sentence(error))
    }
  }
  const input = (name: string) => {
    const field = fields[name]
    return field ? (
      <FieldInput
        key={name}
        name={name}
        field={field}
        value={form.valueOf(name)}
        title={null}
        error={form.errors[name]}
        set={(value) => {
          form.set(name, value)
          if (name === 'data_type') setType(value)
        }}
        leave={() => form.leave(name)}
      />
    ) : null
  }
  return (
    <form className="setting-form" onSubmit={(event) => void submit(event)} noValidate>
      <div className="pair">
        {input('key')}
        {input('data_type')}
      </div>
      {input('value')}
      {input('description')}
      {rules.length > 0 && <div className="pair">{rules.map(input)}</div>}
      {input('is_public')}
      {input('is_required')}
      <FormEnd failure={failure} busy={busy} cancel={done}>
        {row?.may?.includes('delete') && (
          <Button className="push" variant="subtle" color="harm" onClick={() => void remove()}>
            {say({ id: 'Hapus', en: 'Delete' })}
          </Button>
        )}
      </FormEnd>
    </form>
  )
}

const ruleText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : (value ?? null))

/** The rule the questions say, null when they say nothing. */
function ruleOf(names: readonly string[], valueOf: (name: string) => unknown): Record<string, unknown> | null {
  const said = names.flatMap((name) => {
    const value = valueOf(name)
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)) return []
    return [[name, name === 'min' || name === 'max' ? Number(value) : value] as const]
  })
  return said.length ? Object.fromEntries(said) : null
}
