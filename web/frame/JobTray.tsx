// The tray of long work: what is running, how far, what came of it. Can be left; finds you again.
import { ActionIcon, Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { Job } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { Progress } from '../parts/Progress.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { isOver, useJobs } from './jobs.ts'

export function JobTray() {
  const say = useSay()
  const { code } = useCommunity()
  const jobs = useJobs(code).data ?? []
  const running = jobs.filter((job) => !isOver(job))
  const [open, setOpen] = useState(false)
  if (jobs.length === 0) return null
  const label =
    running.length > 0
      ? say({ id: '{n} proses berjalan', en: '{n} running' }, { n: running.length })
      : say({ id: 'Proses selesai', en: 'Finished work' })
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color={running.length ? 'act' : 'gray'}
          size="lg"
          onClick={() => setOpen((is) => !is)}
          aria-label={label}
          className="tray-button"
        >
          <Icon name={running.length ? 'spin' : 'work'} {...(running.length ? { className: 'spin' } : {})} />
          {running.length > 0 && <span className="tray-count">{running.length}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="tray" aria-label={say({ id: 'Proses panjang', en: 'Long work' })}>
        <h2>{say({ id: 'Proses saya', en: 'My long work' })}</h2>
        <ul>
          {jobs.slice(0, 8).map((job) => (
            <TrayJob key={job.id} job={job} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

function TrayJob({ job }: { job: Job }) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const act = (noun: string) => void api.post(apiAt.tenant(code, `jobs/${job.id}/${noun}`)).catch(() => undefined)
  return (
    <li className="tray-job">
      <strong>{say(job.label)}</strong>
      {!isOver(job) ? (
        <Progress done={job.done} total={job.total} doing={say(job.doing) || say({ id: 'Menunggu giliran', en: 'Waiting its turn' })} />
      ) : (
        <span className="state small" data-tone={job.status === 'succeeded' ? 'good' : job.status === 'failed' ? 'harm' : 'still'}>
          {say(ENDED[job.status])}
          {job.finished_at && (
            <time dateTime={job.finished_at} title={formats.moment(job.finished_at)}>
              {formats.ago(job.finished_at)}
            </time>
          )}
        </span>
      )}
      <div className="row">
        {job.may?.includes('cancellation') && (
          <Button size="compact-sm" variant="default" onClick={() => act('cancellation')}>
            {say({ id: 'Batalkan', en: 'Cancel' })}
          </Button>
        )}
        {job.may?.includes('retry') && (
          <Button size="compact-sm" variant="default" onClick={() => act('retry')}>
            {say({ id: 'Ulangi', en: 'Try again' })}
          </Button>
        )}
      </div>
    </li>
  )
}

const ENDED: Record<Job['status'], { id: string; en: string }> = {
  queued: { id: 'Menunggu', en: 'Waiting' },
  running: { id: 'Berjalan', en: 'Running' },
  succeeded: { id: 'Selesai', en: 'Done' },
  failed: { id: 'Gagal', en: 'Failed' },
  cancelled: { id: 'Dibatalkan', en: 'Cancelled' },
}
