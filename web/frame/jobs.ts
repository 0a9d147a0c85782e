// Long work of mine, live: one stream of events keeps the cache of jobs true, for the tray and for any page that waits, and rings the bell.
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { Job, Page } from '../model.ts'
import { noticesKey } from '../notices/notices.ts'
import { announce } from '../parts/announce.tsx'
import { forget } from '../queries.ts'
import { useSay, type Say } from '../words.tsx'

export const jobsKey = (tenant: string) => ['jobs', tenant] as const
export const isOver = (job: Job): boolean => job.status === 'succeeded' || job.status === 'failed' || job.status === 'cancelled'

export const useJobs = (tenant: string) =>
  useQuery({
    queryKey: jobsKey(tenant),
    queryFn: ({ signal }) =>
      api.get<{ data: Job[]; page: Page }>(apiAt.tenant(tenant, 'jobs'), { search: { mine: 'true', limit: '20' }, signal }),
    select: (answer) => answer.data,
  })

/** One job: from the stream when it speaks, asked again now and then in case it does not. */
export const useJob = (tenant: string, id: string | null | undefined) =>
  useQuery({
    queryKey: ['job', tenant, id],
    queryFn: ({ signal }) => api.get<Job>(apiAt.tenant(tenant, `jobs/${id}`), { signal }),
    enabled: Boolean(id),
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : 3_000),
  })

export function useJobEvents(tenant: string, ready: boolean): void {
  const client = useQueryClient()
  const say = useSay()
  useEffect(() => {
    if (!ready || typeof EventSource === 'undefined') return
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const open = (): void => {
      source = new EventSource(apiAt.tenant(tenant, 'jobs/events'))
      source.addEventListener('job', (event) => take(client, tenant, JSON.parse(event.data as string) as Job, say))
      // At every (re)opening too: what happened meanwhile was not heard.
      for (const heard of ['ready', 'bell'])
        source.addEventListener(heard, () => void client.invalidateQueries({ queryKey: noticesKey(tenant) }))
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return
        // Refused: the community may be closed, or no longer open to this person.
        void client.invalidateQueries({ queryKey: ['model', tenant] })
        again = setTimeout(open, 10_000)
      })
    }
    open()
    return () => {
      clearTimeout(again)
      source?.close()
    }
  }, [tenant, ready, client, say])
}

function take(client: QueryClient, tenant: string, job: Job, say: Say): void {
  const before = client.getQueryData<{ data: Job[]; page: Page }>(jobsKey(tenant))
  const known = before?.data.find((one) => one.id === job.id)
  // Events may overtake an answer; what is over stays over, unless it was started again.
  if (known && isOver(known) && !isOver(job) && job.started_at === known.started_at) return
  if (before)
    client.setQueryData(jobsKey(tenant), {
      ...before,
      data: known ? before.data.map((one) => (one.id === job.id ? job : one)) : [job, ...before.data],
    })
  else void client.invalidateQueries({ queryKey: jobsKey(tenant) })
  client.setQueryData(['job', tenant, job.id], job)
  if (isOver(job) && !(known && isOver(known))) {
    announce(say(ENDS[job.status] ?? '', { label: say(job.label) }))
    void client.invalidateQueries({ queryKey: ['import', tenant] })
    void client.invalidateQueries({ queryKey: ['imports', tenant] })
    forget(tenant)
  }
}

const ENDS: Partial<Record<Job['status'], { id: string; en: string }>> = {
  succeeded: { id: '{label}: selesai', en: '{label}: done' },
  failed: { id: '{label}: gagal', en: '{label}: failed' },
  cancelled: { id: '{label}: dibatalkan', en: '{label}: cancelled' },
}
