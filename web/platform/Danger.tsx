// The grave acts on a community: closing it for a while, and removing it for good.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { FormEnd } from '../form/FormEnd.tsx'
import { Note } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { useConfirmed } from './Confirm.tsx'
import { type CommunityFacts, communityApi } from './model.ts'

const GRACE = 30

export function Danger({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const formats = useFormats()
  const { act, busy, failure } = useAct()
  const [dialog, setDialog] = useState<'suspend' | 'delete' | null>(null)
  return (
    <section className="platform-part danger">
      <h2>{say({ id: 'Tindakan berat', en: 'Grave acts' })}</h2>
      {c.status === 'active' && (
        <div>
          <div>
            <strong>{say({ id: 'Tangguhkan', en: 'Suspend' })}</strong>
            <p className="soft small">
              {say({
                id: 'Menutup komunitas ini bagi anggotanya seketika. Datanya tetap tersimpan; pekerjaan yang berjalan berhenti sejenak.',
                en: 'Closes it to its members at once. Its data is kept; work that is going on pauses.',
              })}
            </p>
          </div>
          <Button variant="default" onClick={() => setDialog('suspend')}>
            {say({ id: 'Tangguhkan', en: 'Suspend' })}
          </Button>
        </div>
      )}
      {c.status === 'suspended' && (
        <div>
          <div>
            <strong>{say({ id: 'Buka lagi', en: 'Open again' })}</strong>
            <p className="soft small">
              {say({
                id: 'Anggota masuk seperti sebelumnya, dan pekerjaan yang menunggu diteruskan.',
                en: 'Members come in as before, and work that waited goes on.',
              })}
            </p>
          </div>
          <Button
            loading={busy}
            onClick={() => void act(() => api.post(communityApi(c.code, '/restoration')), say({ id: 'Dibuka lagi.', en: 'Open again.' }))}
          >
            {say({ id: 'Buka lagi', en: 'Open again' })}
          </Button>
        </div>
      )}
      {c.status !== 'deleting' && (
        <div>
          <div>
            <strong>{say({ id: 'Hapus untuk selamanya', en: 'Delete for good' })}</strong>
            <p className="soft small">
              {say(
                {
                  id: 'Ditutup sekarang; setelah {days} hari setiap baris dan kuncinya dihapus. Sampai saat itu masih dapat dibatalkan.',
                  en: 'Closed now; after {days} days every row and its keys are removed. Until then it can be called back.',
                },
                { days: GRACE },
              )}
            </p>
          </div>
          <Button color="red" variant="outline" onClick={() => setDialog('delete')}>
            {say({ id: 'Hapus komunitas', en: 'Delete the community' })}
          </Button>
        </div>
      )}
      {c.status === 'deleting' && !c.removal_began_at && (
        <div>
          <div>
            <strong>{say({ id: 'Batalkan penghapusan', en: 'Call the deletion back' })}</strong>
            <p className="soft small">
              {say(
                { id: 'Masih mungkin sampai {at}.', en: 'Possible until {at}.' },
                { at: c.delete_after ? formats.moment(c.delete_after) : '' },
              )}
            </p>
          </div>
          <Button
            loading={busy}
            onClick={() =>
              void act(
                () => api.delete(communityApi(c.code, '/deletion')),
                say({ id: 'Penghapusan dibatalkan.', en: 'The deletion is called back.' }),
              )
            }
          >
            {say({ id: 'Batalkan penghapusan', en: 'Call it back' })}
          </Button>
        </div>
      )}
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <Dialog
        opened={dialog === 'suspend'}
        onClose={() => setDialog(null)}
        title={say({ id: 'Tangguhkan {name}?', en: 'Suspend {name}?' }, c)}
      >
        <Suspend c={c} done={() => setDialog(null)} />
      </Dialog>
      <Dialog opened={dialog === 'delete'} onClose={() => setDialog(null)} title={say({ id: 'Hapus {name}?', en: 'Delete {name}?' }, c)}>
        <Delete c={c} done={() => setDialog(null)} />
      </Dialog>
    </section>
  )
}

function Suspend({ c, done }: { c: CommunityFacts; done: () => void }) {
  const say = useSay()
  const { act, busy, failure } = useAct()
  const [reason, setReason] = useState('')
  async function submit(): Promise<void> {
    const words = say({ id: '{name} ditangguhkan.', en: '{name} is suspended.' }, c)
    if (await act(() => api.post(communityApi(c.code, '/suspension'), { body: { reason } }), words)) done()
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextInput
        label={say({ id: 'Alasan (untuk catatan Anda)', en: 'Reason (for your own records)' })}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <FormEnd failure={failure} busy={busy} send={say({ id: 'Tangguhkan sekarang', en: 'Suspend now' })} cancel={done} />
    </form>
  )
}

function Delete({ c, done }: { c: CommunityFacts; done: () => void }) {
  const say = useSay()
  const confirmed = useConfirmed()
  const { act, busy, failure } = useAct()
  const [typed, setTyped] = useState('')
  async function submit(): Promise<void> {
    const body = { code: typed, grace_days: GRACE }
    const words = say({ id: '{name} ditutup dan akan dihapus.', en: '{name} is closed and will be deleted.' }, c)
    if (await act(() => confirmed(() => api.post(communityApi(c.code, '/deletion'), { body })), words)) done()
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p>
        {say({
          id: 'Semua data, riwayat, dan kunci komunitas ini akan hilang untuk selamanya. Buat arsip dulu bila ada yang masih diperlukan.',
          en: 'All data, history and keys of this community will be gone for good. Make an archive first if any of it is still needed.',
        })}
      </p>
      <TextInput
        label={say({ id: 'Ketik kodenya untuk melanjutkan: {code}', en: 'Type its code to go on: {code}' }, c)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        data-autofocus
      />
      <FormEnd
        failure={failure}
        busy={busy}
        send={say({ id: 'Tutup dan hapus', en: 'Close and delete' })}
        disabled={typed !== c.code}
        color="red"
        cancel={done}
      />
    </form>
  )
}
