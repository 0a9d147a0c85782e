// What waits for my signature: read each letter, choose, say the PIN, and see how far it is.
import '../letters.css'
import './signing.css'
import { Button, Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { isOver, useJob } from '#web/frame/jobs.ts'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Progress } from '#web/parts/Progress.tsx'
import { Empty, Note, PageBones, Trouble, useSentence } from '#web/parts/States.tsx'
import { useTools } from '#web/parts/Value.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { Sheet } from '../PaperTab.tsx'
import { deskKey, useDesk, type WaitingLetter } from './desk.ts'
import { KeyCard } from './KeyCard.tsx'

export function MySignature() {
  const { say } = useTools()
  const { code } = useCommunity()
  const desk = useDesk(code)
  const official = desk.data?.official
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Tanda tangan saya', en: 'My signature' })}
        {...(official ? { under: `${official.name}, ${official.position}` } : {})}
      />
      {desk.error && !desk.data ? (
        <Trouble error={desk.error} retry={() => void desk.refetch()} />
      ) : !desk.data ? (
        <PageBones />
      ) : !official ? (
        <Note tone="wait">
          {say({
            id: 'Akun Anda belum dihubungkan dengan perangkat desa yang menjabat. Mintalah kepada sekretaris untuk menghubungkannya di Perangkat desa.',
            en: 'Your account is not linked to an official in office. Ask the secretary to link it under Officials.',
          })}
        </Note>
      ) : (
        <div className="signing">
          <Waiting letters={desk.data.letters} able={desk.data.key !== null && !desk.data.key.expired} />
          <KeyCard held={desk.data.key} />
        </div>
      )}
    </div>
  )
}

const busy = ({ state }: WaitingLetter): boolean => state === 'QUEUED' || state === 'SIGNING'

function Waiting({ letters, able }: { letters: readonly WaitingLetter[]; able: boolean }) {
  const { say, formats } = useTools()
  const sentence = useSentence()
  const client = useQueryClient()
  const { code } = useCommunity()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [job, setJob] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)
  const work = useJob(code, job).data
  const over = work !== undefined && isOver(work)
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: deskKey(code) })
  }, [over, client, code])

  const free = letters.filter((one) => !busy(one))
  const ids = free.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const choose = (id: string, on: boolean): void => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const sign = async (): Promise<void> => {
    setAsking(true)
    setError(null)
    try {
      const asked = await api.post<{ job: string }>(apiAt.tenant(code, 'letters/signings/request'), { body: { letters: ids } })
      setJob(asked.job)
      setChosen(new Set())
      await client.invalidateQueries({ queryKey: deskKey(code) })
    } catch (problem) {
      setError(problem)
    } finally {
      setAsking(false)
    }
  }
  const result = over ? (work.result as { signed: number; failed: number } | null | undefined) : null
  return (
    <section className="stack">
      <h2>{say({ id: 'Menunggu tanda tangan', en: 'Waiting to be signed' })}</h2>
      {work && !over && <Progress done={work.done ?? 0} total={work.total ?? 0} doing={say({ id: 'Menandatangani', en: 'Signing' })} />}
      {result && (
        <Note tone={result.failed ? 'harm' : 'good'}>
          {say(
            result.failed
              ? {
                  id: '{signed} surat ditandatangani, {failed} gagal. Sebabnya tertulis di bawah.',
                  en: '{signed} letters signed, {failed} failed. The reasons are below.',
                }
              : { id: '{signed} surat ditandatangani.', en: '{signed} letters signed.' },
            { signed: formats.number(result.signed), failed: formats.number(result.failed) },
          )}
        </Note>
      )}
      {error ? <Note tone="harm">{sentence(error)}</Note> : null}
      {letters.length === 0 ? (
        <Empty icon="check" title={say({ id: 'Tidak ada surat yang menunggu', en: 'No letter is waiting' })}>
          {say({ id: 'Surat yang terbit atas nama Anda muncul di sini.', en: 'Letters issued in your name appear here.' })}
        </Empty>
      ) : (
        <>
          <div className="row">
            <Checkbox
              label={say({ id: 'Pilih semua', en: 'Choose all' })}
              checked={free.length > 0 && ids.length === free.length}
              indeterminate={ids.length > 0 && ids.length < free.length}
              disabled={free.length === 0}
              onChange={(event) => setChosen(new Set(event.currentTarget.checked ? free.map(({ id }) => id) : []))}
            />
            <Button className="push" disabled={!able || ids.length === 0} loading={asking} onClick={() => void sign()}>
              {ids.length
                ? say({ id: 'Tanda tangani {n} surat', en: 'Sign {n} letters' }, { n: formats.number(ids.length) })
                : say({ id: 'Tanda tangani', en: 'Sign' })}
            </Button>
          </div>
          <ul className="signing-list">
            {letters.map((one) => (
              <li key={one.id}>
                <Checkbox
                  aria-label={`${one.heading} ${one.addressee}`}
                  checked={chosen.has(one.id) && !busy(one)}
                  disabled={busy(one)}
                  onChange={(event) => choose(one.id, event.currentTarget.checked)}
                />
                <div>
                  <Link to={at.record(code, 'letters.generated_letters', one.id)}>
                    {one.heading}: {one.addressee}
                  </Link>
                  <p className="soft small">
                    {one.letter_number} · {formats.day(one.letter_date)}
                    {busy(one) && <> · {say({ id: 'sedang ditandatangani', en: 'being signed' })}</>}
                  </p>
                  {one.problem && <p className="letter-error">{say(one.problem)}</p>}
                  <Reading id={one.id} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** The letter itself, drawn when it is opened. */
function Reading({ id }: { id: string }) {
  const { say } = useTools()
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say({ id: 'Baca surat', en: 'Read the letter' })}</summary>
      {open && <Sheet id={id} version={1} />}
    </details>
  )
}
