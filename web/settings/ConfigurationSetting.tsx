// One declared setting: read as a line, changed in place, put back to its default, with its history.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import { FieldInput } from '../form/FieldInput.tsx'
import { useFormState } from '../form/state.ts'
import { FormEnd } from '../form/FormEnd.tsx'
import { useSentence } from '../parts/States.tsx'
import { textOf, useTools } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { settingsKey, type SettingJson } from './configuration-model.ts'
import { ConfigurationHistory } from './ConfigurationHistory.tsx'

export function ConfigurationSetting({ setting, mayChange }: { setting: SettingJson; mayChange: boolean }) {
  const tools = useTools()
  const { say } = tools
  const formats = useFormats()
  const [open, setOpen] = useState<'form' | 'history' | null>(null)
  const door = `change-${setting.name}`
  const { field } = setting
  const label = say(field.label)
  const shown = textOf(field, setting.value, tools)
  const close = (): void => {
    setOpen(null)
    // The form is gone, and after saving this line was made anew: the focus goes back to what opened it.
    setTimeout(() => document.getElementById(door)?.focus(), 0)
  }
  return (
    <li>
      <div className="setting">
        <h3>{label}</h3>
        <div className="setting-value">
          <p>{shown ? <strong>{shown}</strong> : <span className="quiet">{say({ id: 'kosong', en: 'empty' })}</span>}</p>
          <p className="small quiet row">
            {setting.needed && (
              <span className="state" data-tone="wait">
                {setting.misfits
                  ? say({ id: 'tidak berlaku lagi, isi kembali', en: 'no longer valid, set it again' })
                  : say({ id: 'perlu diisi', en: 'needs to be filled in' })}
              </span>
            )}
            {setting.public && <span>{say({ id: 'tampil untuk umum', en: 'public' })}</span>}
            {!setting.set && !setting.needed && shown && <span>{say({ id: 'bawaan', en: 'default' })}</span>}
            {setting.set && setting.updated_at && (
              <time dateTime={setting.updated_at} title={formats.moment(setting.updated_at)}>
                {say({ id: 'diubah {ago}', en: 'changed {ago}' }, { ago: formats.ago(setting.updated_at) })}
              </time>
            )}
          </p>
        </div>
        <div className="row setting-acts">
          {setting.version > 0 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-md"
              onClick={() => setOpen(open === 'history' ? null : 'history')}
              aria-expanded={open === 'history'}
              aria-label={say({ id: 'Riwayat {label}', en: 'History of {label}' }, { label })}
            >
              {say({ id: 'Riwayat', en: 'History' })}
            </Button>
          )}
          {mayChange && (
            <Button
              id={door}
              variant="default"
              size="compact-md"
              onClick={() => setOpen(open === 'form' ? null : 'form')}
              aria-expanded={open === 'form'}
              aria-label={say({ id: 'Ubah {label}', en: 'Change {label}' }, { label })}
            >
              {say({ id: 'Ubah', en: 'Change' })}
            </Button>
          )}
        </div>
      </div>
      {open === 'form' && <Form setting={setting} done={close} />}
      {open === 'history' && <ConfigurationHistory setting={setting} />}
    </li>
  )
}

function Form({ setting, done }: { setting: SettingJson; done: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const tools = useTools()
  const cache = useQueryClient()
  const { code, model } = useCommunity()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const path = apiAt.tenant(code, `settings/${setting.name}`)
  const secret = setting.field.secret !== undefined
  const base = { value: secret ? null : setting.value }
  const form = useFormState({ value: setting.field }, base, model.tenant.today, { changes: {}, titles: {} })
  const normal = textOf(setting.field, setting.default, tools)

  async function send(work: () => Promise<unknown>): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await work()
      notifications.show({ message: say({ id: 'Tersimpan.', en: 'Saved.' }) })
      await Promise.all([
        cache.invalidateQueries({ queryKey: settingsKey(code) }),
        cache.invalidateQueries({ queryKey: ['home', code] }),
        cache.invalidateQueries({ queryKey: ['history', code, 'core.settings', setting.id] }),
      ])
      done()
    } catch (error) {
      if (isProblem(error)) form.report(error.errors)
      if (!isProblem(error) || error.errors.length === 0) setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!form.dirty) return done()
    const body = form.check('update')
    if (body) void send(() => api.put(path, { body: { value: body['value'] ?? null }, version: setting.version, intent: intent(body) }))
  }
  return (
    <form className="setting-form" onSubmit={submit} noValidate onKeyDown={(event) => event.key === 'Escape' && done()}>
      <FieldInput
        name="value"
        field={setting.field}
        value={form.valueOf('value')}
        title={null}
        error={form.errors['value']}
        set={(value) => form.set('value', value)}
        leave={() => form.leave('value')}
        masked={secret && setting.value ? String(setting.value) : undefined}
        replacing={'value' in form.changes}
      />
      <FormEnd failure={failure} busy={busy} cancel={done}>
        {setting.set && (
          <Button
            className="push"
            variant="subtle"
            disabled={busy}
            onClick={() => void send(() => api.delete(path, { version: setting.version, intent: intent('reset') }))}
          >
            {secret || !normal
              ? say({ id: 'Kosongkan', en: 'Clear' })
              : say({ id: 'Kembalikan ke bawaan: {value}', en: 'Back to the default: {value}' }, { value: normal })}
          </Button>
        )}
      </FormEnd>
    </form>
  )
}
