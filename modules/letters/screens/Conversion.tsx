// Templates of OpenSID: pasted or chosen as a file, converted for a look, and created one by one or opened in the editor.
import './letters.css'
import { Button, FileButton, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Words } from '#kernel/words.ts'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { draftKey, keepDraft } from '#web/form/drafts.ts'
import type { Me } from '#web/model.ts'
import { Dialog } from '#web/parts/Dialog.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { Note, useSentence } from '#web/parts/States.tsx'
import { client, forget } from '#web/queries.ts'
import type { ListHeaderProps } from '#web/screens.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'

type Converted = {
  readonly values: Readonly<Record<string, unknown>> & { readonly name: string }
  readonly unknown: readonly string[]
  readonly notes: readonly Words[]
  readonly ready: boolean
}

export function Conversion({ resource }: ListHeaderProps) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  if (!resource.may.includes('create')) return null
  return (
    <div className="row letter-conversion">
      <Button variant="subtle" size="compact-md" leftSection={<Icon name="import" size={15} />} onClick={() => setOpen(true)}>
        {say({ id: 'Bawa templat dari OpenSID', en: 'Bring templates from OpenSID' })}
      </Button>
      <Dialog
        opened={open}
        onClose={() => setOpen(false)}
        size={720}
        title={say({ id: 'Templat dari OpenSID', en: 'Templates from OpenSID' })}
      >
        <Asking resource={resource} />
      </Dialog>
    </div>
  )
}

function Asking({ resource }: ListHeaderProps) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [source, setSource] = useState('')
  const converted = useMutation({
    mutationFn: () =>
      api
        .file(apiAt.tenant(code, 'letters/conversion'), { body: { source } })
        .then(async (file) => JSON.parse(await file.text()) as { data: Converted[] }),
  })
  if (converted.data) return <Outcome resource={resource} found={converted.data.data} again={converted.reset} />
  return (
    <div className="stack">
      <Textarea
        label={say({ id: 'HTML templat, atau isi berkas JSON', en: 'HTML of the template, or the JSON file' })}
        description={say({
          id: 'Kode seperti [nama] ikut diubah. Belum ada yang disimpan.',
          en: 'Codes such as [nama] are converted too. Nothing is kept yet.',
        })}
        autosize
        minRows={6}
        maxRows={14}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        spellCheck={false}
      />
      {converted.error && <Note tone="harm">{sentence(converted.error)}</Note>}
      <div className="row">
        <Button disabled={!source.trim()} loading={converted.isPending} onClick={() => converted.mutate()}>
          {say({ id: 'Ubah', en: 'Convert' })}
        </Button>
        <FileButton accept=".json,.html,.htm,.txt" onChange={(file) => void file?.text().then(setSource)}>
          {(props) => (
            <Button variant="default" {...props}>
              {say({ id: 'Pilih berkas', en: 'Choose a file' })}
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  )
}

function Outcome({ resource, found, again }: ListHeaderProps & { found: readonly Converted[]; again: () => void }) {
  const say = useSay()
  return (
    <div className="stack">
      <p>{say({ id: '{n} templat terbaca.', en: '{n} templates were read.' }, { n: found.length })}</p>
      <ul className="converted">
        {found.map((one, index) => (
          <One key={index} resource={resource} one={one} />
        ))}
      </ul>
      <Button variant="default" onClick={again}>
        {say({ id: 'Ubah yang lain', en: 'Convert another' })}
      </Button>
    </div>
  )
}

function One({ resource, one }: ListHeaderProps & { one: Converted }) {
  const say = useSay()
  const sentence = useSentence()
  const navigate = useNavigate()
  const { code } = useCommunity()
  const created = useMutation({
    mutationFn: () => api.post<{ id: string }>(apiAt.resource(code, resource.name), { body: one.values }),
    onSuccess: ({ id }) => forget(code, resource.name, id),
  })
  const edit = (): void => {
    const user = client.getQueryData<Me>(['me'])?.user.id ?? ''
    keepDraft(draftKey(user, code, resource.name, 'new'), resource.fields, { at: Date.now(), changes: one.values, titles: {} })
    void navigate({ to: at.create(code, resource.name) })
  }
  return (
    <li>
      <strong>{one.values.name}</strong>
      {one.unknown.length > 0 && (
        <Note tone="wait">
          {say(
            {
              id: 'Kode tanpa padanan: {codes}. Ganti di penyunting.',
              en: 'Codes without a counterpart: {codes}. Replace them in the editor.',
            },
            { codes: one.unknown.join(', ') },
          )}
        </Note>
      )}
      {one.notes.map((note, index) => (
        <p key={index} className="quiet small">
          {say(note)}
        </p>
      ))}
      {created.error && <Note tone="harm">{sentence(created.error)}</Note>}
      <div className="row">
        {created.isSuccess ? (
          <span className="soft">{say({ id: 'Tersimpan.', en: 'Saved.' })}</span>
        ) : (
          <>
            {one.ready && (
              <Button size="compact-md" loading={created.isPending} onClick={() => created.mutate()}>
                {say({ id: 'Simpan', en: 'Save' })}
              </Button>
            )}
            <Button size="compact-md" variant="default" onClick={edit}>
              {say({ id: 'Buka di penyunting', en: 'Open in the editor' })}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
