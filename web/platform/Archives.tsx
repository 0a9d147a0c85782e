// Complete archives of a community: made in the background, downloaded from here for a week.
import { Button, Checkbox, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Progress } from '../parts/Progress.tsx'
import { Note } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { useConfirmed } from './Confirm.tsx'
import { type CommunityFacts, communityApi, platformApi, type Work } from './model.ts'

export function Archives({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const exports = c.work.filter((w) => w.kind === 'export')
  return (
    <section className="platform-part">
      <h2>{say({ id: 'Arsip', en: 'Archives' })}</h2>
      <p className="soft small">
        {say({
          id: 'Satu berkas berisi semua data komunitas ini, termasuk riwayat dan segelnya. Dipulihkan dengan: balai tenant import.',
          en: 'One file with everything of this community, history and seals included. Restored with: balai tenant import.',
        })}
      </p>
      <ul className="platform-rows">
        {exports.slice(0, 5).map((work) => (
          <One key={work.id} work={work} />
        ))}
      </ul>
      {!c.removal_began_at && (
        <p style={{ marginTop: '.75rem' }}>
          <Button variant="default" onClick={() => setAsking(true)}>
            {say({ id: 'Buat arsip', en: 'Make an archive' })}
          </Button>
        </p>
      )}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={say({ id: 'Buat arsip', en: 'Make an archive' })}>
        <Ask c={c} done={() => setAsking(false)} />
      </Dialog>
    </section>
  )
}

function One({ work }: { work: Work }) {
  const say = useSay()
  const formats = useFormats()
  const confirmed = useConfirmed()
  const { act, busy, failure } = useAct()
  const size = work.result?.bytes ? `${formats.number(Math.max(0.1, Math.round(work.result.bytes / 100_000) / 10))} MB` : ''
  return (
    <li>
      <div>
        <strong>{formats.moment(work.created_at)}</strong>
        {work.status === 'succeeded' && (
          <div className="quiet small">
            {say({ id: '{rows} baris, {size}', en: '{rows} rows, {size}' }, { rows: formats.number(work.result?.rows ?? 0), size })} ·{' '}
            {work.result?.locked_with === 'passphrase'
              ? say({ id: 'dapat dipulihkan di mana saja dengan frasa sandinya', en: 'can be restored anywhere with its passphrase' })
              : say({
                  id: 'hanya dapat dipulihkan dengan kunci utama instalasi ini',
                  en: 'can be restored only with this installation’s master key',
                })}
            <div className="mono">SHA-256 {work.result?.sha256?.slice(0, 16)}…</div>
          </div>
        )}
        {work.error && <div className="small">{say(work.error.message)}</div>}
      </div>
      {(work.status === 'running' || work.status === 'queued') && (
        <div style={{ flex: '1 1 14rem' }}>
          <Progress
            done={work.done}
            total={work.total}
            doing={work.doing ? say(work.doing) : say({ id: 'Menunggu giliran', en: 'Waiting its turn' })}
          />
        </div>
      )}
      {work.status === 'failed' && (
        <span className="state" data-tone="harm">
          {say({ id: 'Gagal', en: 'Failed' })}
        </span>
      )}
      {work.may.includes('download') && (
        <Button
          variant="default"
          size="compact-sm"
          loading={busy}
          onClick={() => void act(() => confirmed(() => api.save(platformApi(`/jobs/${work.id}/file`))))}
        >
          {say({ id: 'Unduh', en: 'Download' })}
        </Button>
      )}
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
    </li>
  )
}

function Ask({ c, done }: { c: CommunityFacts; done: () => void }) {
  const say = useSay()
  const confirmed = useConfirmed()
  const { act, busy, failure } = useAct()
  const [locked, setLocked] = useState(true)
  const [passphrase, setPassphrase] = useState('')
  async function submit(): Promise<void> {
    const body = { passphrase: locked ? passphrase : null }
    if (await act(() => confirmed(() => api.post(communityApi(c.code, '/archives'), { body })))) done()
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Checkbox
        label={say({ id: 'Kunci dengan frasa sandi', en: 'Lock with a passphrase' })}
        description={say({
          id: 'Data pribadi yang disegel lalu dapat dibuka di instalasi lain oleh siapa pun yang tahu frasa sandi ini. Tanpa itu hanya dengan kunci utama instalasi ini.',
          en: 'Sealed personal data can then be opened elsewhere by whoever knows the passphrase. Without it, only with this installation’s master key.',
        })}
        checked={locked}
        onChange={(event) => setLocked(event.currentTarget.checked)}
      />
      {locked && (
        <PasswordInput
          label={say({ id: 'Frasa sandi', en: 'Passphrase' })}
          description={say({
            id: 'Paling sedikit 12 huruf. Kami tidak menyimpannya: tanpa frasa ini arsip tidak berguna.',
            en: 'At least 12 characters. We do not keep it: without it the archive is worth nothing.',
          })}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="new-password"
          minLength={12}
          required
        />
      )}
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <div className="row">
        <Button type="submit" loading={busy} disabled={locked && passphrase.length < 12}>
          {say({ id: 'Buat arsip', en: 'Make an archive' })}
        </Button>
      </div>
    </form>
  )
}
