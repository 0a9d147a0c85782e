// One import, step by step: mapping, check, decision, work, result. Can be left at any step and found again.
import './imports.css'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api, newIntent } from '../api.ts'
import { isOver, useJob } from '../frame/jobs.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Progress } from '../parts/Progress.tsx'
import { Note, PageBones, Trouble, useSentence } from '../parts/States.tsx'
import { forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { MappingStep } from './MappingStep.tsx'
import { isBusy, jobIdOf, jobIn, STATUS, useImport, useImporters, type ImporterJson, type ImportJson } from './model.ts'
import { Outcome } from './Outcome.tsx'
import { Verdicts } from './Verdicts.tsx'

export default function ImportPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const one = useImport(code, id)
  const importers = useImporters(code)
  const importer = importers.data?.find((each) => each.name === one.data?.importer)
  if (one.error && !one.data) return <Trouble error={one.error} retry={() => void one.refetch()} home={at.imports(code)} />
  if (!one.data || !importers.data) return <PageBones />
  return (
    <div className="page import">
      <PageHead
        title={one.data.file_name}
        back={{ to: at.imports(code), label: say({ id: 'Impor data', en: 'Import data' }) }}
        under={
          <>
            {say(importer?.label)} · {say({ id: '{n} baris', en: '{n} rows' }, { n: formats.number(one.data.sheet.rows) })}
          </>
        }
      >
        <Drop one={one.data} />
      </PageHead>
      <Steps status={one.data.status} />
      <Step one={one.data} importer={importer} />
    </div>
  )
}

const STEPS = [
  { id: 'Cocokkan kolom', en: 'Match columns' },
  { id: 'Periksa', en: 'Check' },
  { id: 'Setujui', en: 'Agree' },
  { id: 'Selesai', en: 'Done' },
] as const
const STEP_OF = { uploaded: 0, checking: 1, checked: 2, applying: 2, applied: 3, failed: 0, cancelled: 0 } as const

function Steps({ status }: { status: ImportJson['status'] }) {
  const say = useSay()
  const now = STEP_OF[status]
  return (
    <ol className="steps no-print">
      {STEPS.map((step, index) => (
        <li
          key={step.en}
          data-state={index < now || status === 'applied' ? 'done' : index === now ? 'now' : 'later'}
          aria-current={index === now ? 'step' : undefined}
        >
          <span aria-hidden>{index < now || status === 'applied' ? <Icon name="check" size={14} /> : index + 1}</span>
          {say(step)}
        </li>
      ))}
    </ol>
  )
}

function Step({ one, importer }: { one: ImportJson; importer: ImporterJson | undefined }) {
  const say = useSay()
  const { code } = useCommunity()
  const cache = useQueryClient()
  const sentence = useSentence()
  const [again, setAgain] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => setAgain(false), [one.status])

  async function confirm(): Promise<void> {
    setBusy(true)
    try {
      await api.post(apiAt.tenant(code, `imports/${one.id}/confirmation`), { intent: newIntent() })
      await cache.invalidateQueries({ queryKey: ['import', code, one.id] })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
      void cache.invalidateQueries({ queryKey: ['import', code, one.id] })
    } finally {
      setBusy(false)
    }
  }
  if (isBusy(one.status)) return <Working one={one} />
  if (one.status === 'applied')
    return (
      <>
        <Outcome one={one} />
        <Verdicts one={one} importer={importer} />
      </>
    )
  if (one.status === 'checked' && !again)
    return (
      <>
        <Outcome one={one}>
          <Button loading={busy} onClick={() => void confirm()} disabled={!one.counts?.new}>
            {say({ id: 'Impor {n} baris', en: 'Import {n} rows' }, { n: one.counts?.new ?? 0 })}
          </Button>
          <Button variant="default" onClick={() => setAgain(true)}>
            {say({ id: 'Ubah pencocokan kolom', en: 'Change the column match' })}
          </Button>
        </Outcome>
        <Verdicts one={one} importer={importer} />
      </>
    )
  return (
    <>
      {(one.status === 'failed' || one.status === 'cancelled') && (
        <div style={{ marginBottom: '1.5rem' }}>
          <Note tone={one.status === 'failed' ? 'harm' : 'plain'}>
            <strong>{say(STATUS[one.status].words)}.</strong> {one.error && say(one.error.message)}{' '}
            {say({ id: 'Anda dapat memeriksanya lagi.', en: 'You can check it again.' })}
          </Note>
        </div>
      )}
      {importer ? (
        <MappingStep one={one} importer={importer} />
      ) : (
        <Note tone="wait">{say({ id: 'Jenis impor ini tidak lagi tersedia.', en: 'This kind of import is no longer available.' })}</Note>
      )}
    </>
  )
}

/** It is being worked on: how far, and a way to stop. One may leave; it goes on. */
function Working({ one }: { one: ImportJson }) {
  const say = useSay()
  const { code } = useCommunity()
  const cache = useQueryClient()
  const job = useJob(code, jobIdOf(one)).data ?? jobIn(one)
  const [stopping, setStopping] = useState(false)
  const over = job ? isOver(job) : false
  useEffect(() => {
    if (!over) return
    void cache.invalidateQueries({ queryKey: ['import', code, one.id] })
    forget(code)
  }, [over])
  const stop = async (): Promise<void> => {
    setStopping(true)
    await api.post(apiAt.tenant(code, `jobs/${job?.id}/cancellation`)).catch(() => undefined)
    void cache.invalidateQueries({ queryKey: ['import', code, one.id] })
  }
  return (
    <div className="working">
      <Progress
        done={job?.done ?? 0}
        total={job?.total ?? 0}
        doing={
          say(job?.doing) ||
          (one.status === 'checking'
            ? say({ id: 'Memeriksa setiap baris', en: 'Checking every row' })
            : say({ id: 'Menyimpan', en: 'Saving' }))
        }
      />
      <p className="soft">
        {one.status === 'checking'
          ? say({ id: 'Ini hanya pemeriksaan; belum ada yang berubah.', en: 'This is only a check; nothing has changed.' })
          : say({
              id: 'Semuanya tersimpan sekaligus di akhir. Jika dibatalkan, tidak ada yang berubah.',
              en: 'Everything is saved at once at the end. If you cancel, nothing changes.',
            })}{' '}
        {say({ id: 'Anda boleh meninggalkan halaman ini.', en: 'You may leave this page.' })}
      </p>
      <Button variant="default" onClick={() => void stop()} loading={stopping} disabled={!job?.id}>
        {say({ id: 'Batalkan', en: 'Cancel' })}
      </Button>
    </div>
  )
}

function Drop({ one }: { one: ImportJson }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const navigate = useNavigate()
  const cache = useQueryClient()
  if (isBusy(one.status) || (one.may && !one.may.includes('delete'))) return null
  const drop = async (): Promise<void> => {
    try {
      await api.delete(apiAt.tenant(code, `imports/${one.id}`))
      void cache.invalidateQueries({ queryKey: ['imports', code] })
      await navigate({ to: at.imports(code) })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
  }
  return (
    <Button variant="subtle" color="gray" onClick={() => void drop()} leftSection={<Icon name="trash" size={16} />}>
      {one.status === 'applied'
        ? say({ id: 'Hapus catatan ini', en: 'Remove this record' })
        : say({ id: 'Buang berkas ini', en: 'Discard this file' })}
    </Button>
  )
}
