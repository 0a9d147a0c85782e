// Brings files: dropped, chosen or photographed, sent with their progress, and kept with a type and dates when the person says so.
import './documents.css'
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMediaQuery } from '@mantine/hooks'
import { useRef, useState, type DragEvent, type FormEvent } from 'react'
import { apiAt } from '../addresses.ts'
import { api, intents } from '../api.ts'
import { DayInput } from '../form/inputs/DayInput.tsx'
import { RefInput } from '../form/inputs/RefInput.tsx'
import { announce } from '../parts/announce.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { ACCEPT, sizeOf } from './model.ts'
import { type Queue, type Sending, useSending } from './sending.ts'

/** `document`: a new version of it; without: new documents of the record. */
type Props = {
  readonly record?: { readonly resource: string; readonly id: string }
  readonly document?: { readonly id: string; readonly title: string }
  readonly close: () => void
  readonly kept: () => void
}

export function Bring({ record, document, close, kept }: Props) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const queue = useSending(code, document !== undefined)
  const [type, setType] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [dates, setDates] = useState({ issue_date: null as string | null, expiry_date: null as string | null, issuing_authority: '' })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(() => new Map<string, ReturnType<typeof intents>>())
  const sent = queue.files.filter((one) => one.upload)
  const waiting = queue.files.some((one) => one.state === 'waiting' || one.state === 'sending')
  const ready = sent.length > 0 && !waiting && (document !== undefined || type !== null)

  async function keep(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    setFailure(null)
    try {
      for (const one of sent) {
        const common = { upload_id: one.upload?.id, ...dates, issuing_authority: dates.issuing_authority.trim() || null }
        const body = document
          ? common
          : {
              ...common,
              type_id: type,
              title: sent.length === 1 && title.trim() ? title.trim() : null,
              resource: record?.resource,
              resource_id: record?.id,
            }
        const path = document
          ? `${apiAt.row(code, 'core.documents', document.id)}/revision`
          : `${apiAt.resource(code, 'core.documents')}/attachment`
        let of = intent.get(one.key)
        if (!of) intent.set(one.key, (of = intents()))
        await api.post(path, { body, intent: of(body) })
        queue.remove(one.key)
      }
      const text = say({ id: '{n} dokumen tersimpan.', en: '{n} kept.' }, { n: sent.length })
      announce(text)
      notifications.show({ message: text })
      kept()
      close()
    } catch (error) {
      setFailure(sentence(error))
      kept()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      opened
      onClose={close}
      size={560}
      title={
        document
          ? say({ id: 'Versi baru: {title}', en: 'New version: {title}' }, { title: document.title })
          : say({ id: 'Tambah dokumen', en: 'Add documents' })
      }
    >
      <form className="stack" noValidate onSubmit={(event) => void keep(event)}>
        <Drop queue={queue} single={document !== undefined} />
        <Files queue={queue} />
        {!document && (
          <RefInput
            label={say({ id: 'Jenis dokumen', en: 'Document type' })}
            to="core.document_types"
            value={type}
            title={null}
            change={setType}
            withAsterisk
          />
        )}
        {!document && queue.files.length === 1 && (
          <TextInput
            label={say({ id: 'Judul', en: 'Title' })}
            description={say({ id: 'Kosong: nama berkasnya.', en: 'Empty: the file’s name.' })}
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
        <div className="bring-dates">
          <DayInput
            label={say({ id: 'Tanggal terbit', en: 'Issued on' })}
            value={dates.issue_date}
            change={(issue_date) => setDates((all) => ({ ...all, issue_date }))}
          />
          <DayInput
            label={say({ id: 'Berlaku sampai', en: 'Valid until' })}
            value={dates.expiry_date}
            change={(expiry_date) => setDates((all) => ({ ...all, expiry_date }))}
          />
        </div>
        <TextInput
          label={say({ id: 'Penerbit', en: 'Issuing authority' })}
          maxLength={200}
          value={dates.issuing_authority}
          onChange={(event) => {
            const issuing_authority = event.currentTarget.value
            setDates((all) => ({ ...all, issuing_authority }))
          }}
        />
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <div className="row">
          <Button type="submit" loading={busy} disabled={!ready}>
            {say({ id: 'Simpan', en: 'Save' })}
          </Button>
          <Button variant="default" onClick={close}>
            {say({ id: 'Batal', en: 'Cancel' })}
          </Button>
          {!ready && queue.files.length > 0 && (
            <span className="soft small">
              {waiting
                ? say({ id: 'Tunggu sampai berkas terkirim.', en: 'Wait until the files have been sent.' })
                : sent.length && say({ id: 'Pilih jenis dokumennya.', en: 'Choose the type of document.' })}
            </span>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function Drop({ queue, single }: { queue: Queue; single: boolean }) {
  const say = useSay()
  const box = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  // A camera in the hand, rather than a mouse on the desk.
  const handheld = useMediaQuery('(pointer: coarse)')
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    queue.add(event.dataTransfer.files)
  }
  const chosen = (event: React.ChangeEvent<HTMLInputElement>): void => {
    queue.add(event.currentTarget.files ?? [])
    event.currentTarget.value = ''
  }
  return (
    <div
      className="bring-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="soft">{say({ id: 'Seret berkas ke sini, atau', en: 'Drag files here, or' })}</p>
      <div className="row">
        <Button variant="default" onClick={() => box.current?.click()} leftSection={<Icon name="import" size={16} />}>
          {say({ id: 'Pilih berkas', en: 'Choose files' })}
        </Button>
        {handheld && (
          <Button variant="default" onClick={() => camera.current?.click()} leftSection={<Icon name="camera" size={16} />}>
            {say({ id: 'Ambil foto', en: 'Take a photo' })}
          </Button>
        )}
      </div>
      <p className="quiet small">
        {say({ id: 'PDF, foto, atau dokumen Word, Excel dan OpenDocument', en: 'PDF, photos, or Word, Excel and OpenDocument files' })}
      </p>
      <input
        ref={box}
        type="file"
        hidden
        multiple={!single}
        accept={ACCEPT}
        aria-label={say({ id: 'Berkas dokumen', en: 'Document files' })}
        onChange={chosen}
      />
      <input
        ref={camera}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        aria-label={say({ id: 'Foto dokumen', en: 'Photo of the document' })}
        onChange={chosen}
      />
    </div>
  )
}

const Files = ({ queue }: { queue: Queue }) =>
  queue.files.length > 0 && (
    <ul className="bring-files">
      {queue.files.map((one) => (
        <OneFile key={one.key} one={one} queue={queue} />
      ))}
    </ul>
  )

function OneFile({ one, queue }: { one: Sending; queue: Queue }) {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const share = one.file.size ? Math.round((100 * one.done) / one.file.size) : 0
  return (
    <li>
      <span className="bring-name">{one.file.name}</span>
      <span className="quiet small">{sizeOf(one.file.size, formats.number)}</span>
      <Button variant="subtle" size="compact-sm" color="gray" onClick={() => queue.remove(one.key)}>
        {one.state === 'sending' || one.state === 'waiting' ? say({ id: 'Batalkan', en: 'Cancel' }) : say({ id: 'Buang', en: 'Take away' })}
        <span className="unseen"> {one.file.name}</span>
      </Button>
      {one.state === 'failed' ? (
        <p className="bring-state" role="alert">
          {sentence(one.error)}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => queue.retry(one.key)}>
            {say({ id: 'Coba lagi', en: 'Try again' })}
          </Button>
        </p>
      ) : one.state === 'sent' ? (
        <p className="bring-state soft small">
          <Icon name="check" size={14} /> {say({ id: 'Terkirim', en: 'Sent' })}
        </p>
      ) : (
        <div
          role="progressbar"
          className="progress-bar bring-state"
          aria-label={say({ id: 'Mengirim {name}', en: 'Sending {name}' }, { name: one.file.name })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={share}
        >
          <span style={{ width: `${share}%` }} />
        </div>
      )}
    </li>
  )
}
