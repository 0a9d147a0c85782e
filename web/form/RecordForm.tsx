// The form of a record, new or known: checks as you leave a field, keeps a draft, asks before you lose anything.
import './form.css'
import { Button } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { Suspense, useEffect, useMemo, useRef, useState, type FormEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import type { Me, ResourceFacts, RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { announce } from '../parts/announce.tsx'
import { Bone, Note, useSentence } from '../parts/States.tsx'
import { formAside } from '../screens.ts'
import { client, forget, rowKey } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { Conflict } from './Conflict.tsx'
import { draftKey, dropDraft, keepDraft, readDraft } from './drafts.ts'
import { Fields, groupId, groupsOf } from './Fields.tsx'
import { initialValues, useFormState, type Values } from './state.ts'

type Props = { resource: ResourceFacts; row?: RowJson; start?: Values; done: (row: RowJson) => void; cancel: () => void }

export function RecordForm({ resource, row: opened, start = {}, done, cancel }: Props) {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const user = client.getQueryData<Me>(['me'])?.user.id ?? ''
  const [row, setRow] = useState(opened)
  const key = draftKey(user, code, resource.name, row?.id ?? 'new')
  const [draft] = useState(() => readDraft(key))
  const [draftShown, setDraftShown] = useState(draft !== null)
  const base = useMemo((): Values => row ?? initialValues(resource.fields), [row, resource])
  const form = useFormState(resource.fields, base, model.tenant.today, {
    changes: { ...start, ...draft?.changes },
    titles: draft?.titles ?? {},
  })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<RowJson | null>(null)
  const [intent] = useState(intents)
  const left = useRef(false)
  const groups = useMemo(() => groupsOf(resource.fields, resource.groups, resource.name), [resource])
  const aside = formAside(resource.name)

  useEffect(() => {
    if (left.current) return
    const wait = setTimeout(
      () =>
        keepDraft(key, resource.fields, {
          at: Date.now(),
          changes: form.changes,
          titles: form.titles,
          ...(row ? { version: row.version } : {}),
        }),
      300,
    )
    return () => clearTimeout(wait)
  }, [form.changes, form.titles, key])

  const secretTyped = Object.keys(form.changes).some((name) => resource.fields[name]?.secret)
  const guard = useBlocker({
    shouldBlockFn: () => form.dirty && !left.current,
    enableBeforeUnload: () => secretTyped && !left.current,
    withResolver: true,
  })

  async function send(body: Record<string, unknown>, version: number | undefined): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const saved = row
        ? await api.patch<RowJson>(apiAt.row(code, resource.name, row.id), {
            body,
            intent: intent([body, version]),
            ...(version === undefined ? {} : { version }),
          })
        : await api.post<RowJson>(apiAt.resource(code, resource.name), { body, intent: intent(body) })
      left.current = true
      dropDraft(key)
      client.setQueryData(rowKey(code, resource.name, saved.id), saved)
      forget(code, resource.name, saved.id)
      announce(say({ id: 'Tersimpan', en: 'Saved' }))
      done(saved)
    } catch (error) {
      if (isProblem(error, 'version_stale') && error.current) setTheirs(error.current as RowJson)
      else if (isProblem(error) && error.errors.length > 0) {
        form.report(error.errors)
        setFailure(error.detail ?? error.message)
        focusOn(error.errors[0]?.field)
      } else setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }

  function submit(event?: FormEvent): void {
    event?.preventDefault()
    if (busy) return
    if (row && !form.dirty) return cancel()
    const body = form.check(row ? 'update' : 'create')
    if (body) return void send(body, row?.version)
    setFailure(say({ id: 'Beberapa isian perlu diperbaiki.', en: 'Some fields need your attention.' }))
    setTimeout(() => document.querySelector<HTMLElement>('.form-page [aria-invalid="true"], .form-page [data-error]')?.focus(), 50)
  }

  const discard = (): void => {
    dropDraft(key)
    form.reset({})
    setDraftShown(false)
  }
  const loose = Object.keys(form.errors).filter((name) => !groups.some((group) => group.names.includes(name)))

  return (
    <div className="form-page" data-map={(groups.length > 2 && !aside) || undefined} data-aside={aside ? true : undefined}>
      <form
        onSubmit={submit}
        noValidate
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
            event.preventDefault()
            submit()
          }
        }}
      >
        {draftShown && draft && (
          <div style={{ marginBottom: '1.25rem' }}>
            <Note>
              {say(
                { id: 'Isian Anda dari {ago} masih ada dan sudah dikembalikan.', en: 'What you typed {ago} was kept and is back.' },
                { ago: formats.ago(new Date(draft.at).toISOString()) },
              )}{' '}
              <Button size="compact-sm" variant="subtle" onClick={discard}>
                {say({ id: 'Buang', en: 'Discard it' })}
              </Button>
            </Note>
          </div>
        )}
        <Fields fields={resource.fields} groups={groups} form={form} row={row} of={resource.name} />
        <div className="form-end">
          <div role="alert" style={{ flexBasis: '100%' }}>
            {failure && (
              <Note tone="harm">
                {failure}
                {loose.map((name) => (
                  <div key={name}>{form.errors[name]}</div>
                ))}
              </Note>
            )}
          </div>
          <Button type="submit" loading={busy}>
            {row ? say({ id: 'Simpan', en: 'Save' }) : say({ id: 'Tambahkan', en: 'Add' })}
          </Button>
          <Button variant="subtle" color="gray" onClick={cancel}>
            {say({ id: 'Batal', en: 'Cancel' })}
          </Button>
          {form.dirty && (
            <span className="quiet small push">{say({ id: 'Draf tersimpan di perangkat ini', en: 'Draft kept on this device' })}</span>
          )}
        </div>
      </form>
      {aside ? (
        <aside className="form-aside">
          <Suspense fallback={<Bone width="100%" height="20rem" />}>
            <aside.component valueOf={form.valueOf} />
          </Suspense>
        </aside>
      ) : (
        <GroupMap groups={groups} broken={(index) => groups[index]?.names.some((name) => form.errors[name]) ?? false} />
      )}
      {theirs && row && (
        <Conflict
          resource={resource}
          base={row}
          theirs={theirs}
          mine={form.changes}
          titles={form.titles}
          busy={busy}
          close={() => setTheirs(null)}
          choose={(kept) => {
            setRow(theirs)
            setTheirs(null)
            form.reset(kept)
            if (Object.keys(kept).length > 0) void send({ ...kept }, theirs.version)
            else {
              left.current = true
              dropDraft(key)
              forget(code, resource.name, theirs.id)
              done(theirs)
            }
          }}
        />
      )}
      <Dialog
        opened={guard.status === 'blocked'}
        onClose={() => guard.reset?.()}
        title={say({ id: 'Belum disimpan', en: 'Not saved yet' })}
      >
        <p>
          {secretTyped
            ? say({
                id: 'Perubahan Anda disimpan sebagai draf di perangkat ini, kecuali nomor pribadi.',
                en: 'Your changes are kept as a draft on this device, except personal numbers.',
              })
            : say({ id: 'Perubahan Anda disimpan sebagai draf di perangkat ini.', en: 'Your changes are kept as a draft on this device.' })}
        </p>
        <div className="row" style={{ marginTop: '1.25rem' }}>
          <Button onClick={() => guard.reset?.()} data-autofocus>
            {say({ id: 'Tetap di sini', en: 'Stay here' })}
          </Button>
          <Button variant="default" onClick={() => guard.proceed?.()}>
            {say({ id: 'Pergi, simpan draf', en: 'Leave, keep the draft' })}
          </Button>
          <Button
            variant="subtle"
            color="harm"
            onClick={() => {
              left.current = true
              dropDraft(key)
              guard.proceed?.()
            }}
          >
            {say({ id: 'Buang', en: 'Discard' })}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}

const focusOn = (name: string | undefined): void => {
  setTimeout(() => document.getElementById(`field-${name}`)?.focus(), 50)
}

function GroupMap({ groups, broken }: { groups: ReturnType<typeof groupsOf>; broken: (index: number) => boolean }) {
  const say = useSay()
  if (groups.length < 3) return null
  return (
    <nav className="form-map" aria-label={say({ id: 'Bagian formulir', en: 'Parts of the form' })}>
      {groups.map((group, index) =>
        group.label ? (
          <a
            key={index}
            href={`#${groupId(index)}`}
            data-broken={broken(index) || undefined}
            onClick={(event) => {
              event.preventDefault()
              const section = document.getElementById(groupId(index))
              if (section instanceof HTMLDetailsElement) section.open = true
              section?.scrollIntoView({ block: 'start' })
              section?.querySelector<HTMLElement>('summary, input, button')?.focus({ preventScroll: true })
            }}
          >
            {say(group.label)}
          </a>
        ) : null,
      )}
    </nav>
  )
}
