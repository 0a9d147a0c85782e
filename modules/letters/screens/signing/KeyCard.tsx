// The key one signs with: its facts, or the form that installs one from a P12 file.
import { Button, FileInput, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiAt } from '#web/addresses.ts'
import { api, isProblem } from '#web/api.ts'
import { announce } from '#web/parts/announce.tsx'
import { Dialog } from '#web/parts/Dialog.tsx'
import { Note, useSentence } from '#web/parts/States.tsx'
import { useTools } from '#web/parts/Value.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { deskKey, type Key } from './desk.ts'

/** Larger than any P12, smaller than what a phone would choke on. */
const MAX_BYTES = 100_000

const base64 = async (file: File): Promise<string> => {
  let text = ''
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte)
  return btoa(text)
}

export function KeyCard({ held }: { held: Key | null }) {
  const { say, formats } = useTools()
  const [asks, setAsks] = useState<'install' | 'remove' | null>(null)
  const close = () => setAsks(null)
  return (
    <section className="stack">
      <h2>{say({ id: 'Kunci saya', en: 'My key' })}</h2>
      {held === null ? (
        <Note tone="wait">
          {say({
            id: 'Anda belum memasang kunci. Siapkan berkas .p12 atau .pfx dari penerbit sertifikat Anda beserta kata sandinya.',
            en: 'You have not installed a key yet. Have the .p12 or .pfx file of your certificate’s issuer and its passphrase ready.',
          })}
        </Note>
      ) : (
        <dl className="letter-values">
          <div>
            <dt>{say({ id: 'Atas nama', en: 'Issued to' })}</dt>
            <dd>{held.subject}</dd>
          </div>
          <div>
            <dt>{say({ id: 'Berlaku sampai', en: 'Valid until' })}</dt>
            <dd>{formats.day(held.valid_to.slice(0, 10))}</dd>
          </div>
        </dl>
      )}
      {held?.expired && (
        <Note tone="harm">
          {say({
            id: 'Sertifikat ini sudah habis masa berlakunya. Pasang yang baru.',
            en: 'This certificate has expired. Install a new one.',
          })}
        </Note>
      )}
      <div className="row">
        <Button variant={held ? 'default' : 'filled'} onClick={() => setAsks('install')}>
          {held ? say({ id: 'Ganti kunci', en: 'Replace the key' }) : say({ id: 'Pasang kunci', en: 'Install a key' })}
        </Button>
        {held && (
          <Button variant="subtle" color="red" onClick={() => setAsks('remove')}>
            {say({ id: 'Hapus kunci', en: 'Remove the key' })}
          </Button>
        )}
      </div>
      <Dialog opened={asks === 'install'} onClose={close} title={say({ id: 'Pasang kunci', en: 'Install a key' })}>
        <Install done={close} />
      </Dialog>
      <Dialog opened={asks === 'remove'} onClose={close} title={say({ id: 'Hapus kunci?', en: 'Remove the key?' })}>
        {held && <Remove held={held} done={close} />}
      </Dialog>
    </section>
  )
}

function Install({ done }: { done: () => void }) {
  const { say } = useTools()
  const sentence = useSentence()
  const client = useQueryClient()
  const { code } = useCommunity()
  const [file, setFile] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const under = (name: string): string | undefined =>
    isProblem(error) ? error.errors.find(({ field }) => field === name)?.message : undefined
  const tooLarge = file !== null && file.size > MAX_BYTES
  const install = async (): Promise<void> => {
    if (!file || tooLarge) return
    setBusy(true)
    setError(null)
    try {
      await api.post(apiAt.tenant(code, 'letters/signing_keys/registration'), { body: { file: await base64(file), passphrase } })
      announce(say({ id: 'Kunci terpasang.', en: 'The key is installed.' }))
      await client.invalidateQueries({ queryKey: deskKey(code) })
      done()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void install()
      }}
    >
      <FileInput
        label={say({ id: 'Berkas P12', en: 'P12 file' })}
        accept=".p12,.pfx,application/x-pkcs12"
        required
        value={file}
        onChange={setFile}
        error={
          tooLarge ? say({ id: 'Berkas ini terlalu besar untuk sebuah kunci.', en: 'This file is too large for a key.' }) : under('file')
        }
      />
      <PasswordInput
        label={say({ id: 'Kata sandi berkas', en: 'Passphrase of the file' })}
        description={say({ id: 'Dipakai sekali saja, dan tidak disimpan.', en: 'Used this once, and not kept.' })}
        required
        autoComplete="off"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        error={under('passphrase')}
      />
      {error && !under('file') && !under('passphrase') ? <Note tone="harm">{sentence(error)}</Note> : null}
      <Button type="submit" loading={busy}>
        {say({ id: 'Pasang', en: 'Install' })}
      </Button>
    </form>
  )
}

function Remove({ held, done }: { held: Key; done: () => void }) {
  const { say } = useTools()
  const sentence = useSentence()
  const client = useQueryClient()
  const { code } = useCommunity()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    setBusy(true)
    try {
      await api.post(apiAt.row(code, 'letters.signing_keys', held.id) + '/withdrawal', { body: {} })
      announce(say({ id: 'Kunci dihapus.', en: 'The key is removed.' }))
      await client.invalidateQueries({ queryKey: deskKey(code) })
      done()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <p>
        {say({
          id: 'Kunci dihapus untuk selamanya. Surat yang sudah ditandatangani tetap sah.',
          en: 'The key is removed for ever. Letters signed with it stay valid.',
        })}
      </p>
      {error ? <Note tone="harm">{sentence(error)}</Note> : null}
      <Button color="red" loading={busy} onClick={() => void remove()}>
        {say({ id: 'Hapus', en: 'Remove' })}
      </Button>
    </div>
  )
}
