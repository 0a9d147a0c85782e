// What happens, as it happens: the jobs that run in this process, who watches them, and whose bell rings.
import type { JobRow } from './rows.ts'

/** A run in this process. Its progress lives here first; the database hears of it now and then. */
export type Running = { job: JobRow; cancelled: boolean }

export type Listener = (job: JobRow) => void

export type Live = {
  /** Runs in this process by job id. */
  readonly running: Map<string, Running>
  /** Hears of the jobs of one person, or of the whole tenant when `userId` is null, until the answer is called. */
  watch(tenantId: string, userId: string | null, listener: Listener): () => void
  /** Whether anybody here wants to hear of this job. */
  watched(tenantId: string, userId: string | null): boolean
  publish(job: JobRow): void
  /** Hears when one person's notifications have changed, until the answer is called. */
  hearBell(tenantId: string, userId: string, rings: () => void): () => void
  ring(tenantId: string, userIds: readonly string[]): void
  /** Newer than the row when the job runs in this process. */
  latest(job: JobRow): JobRow
}

export function openLive(): Live {
  const running = new Map<string, Running>()
  const watchers = new Set<{ tenantId: string; userId: string | null; listener: Listener }>()
  const bells = new Map<string, Set<() => void>>()
  const wants = (w: { tenantId: string; userId: string | null }, tenantId: string, userId: string | null): boolean =>
    w.tenantId === tenantId && (w.userId === null || w.userId === userId)
  return {
    running,
    watch(tenantId, userId, listener) {
      const watcher = { tenantId, userId, listener }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    watched: (tenantId, userId) => [...watchers].some((w) => wants(w, tenantId, userId)),
    publish(job) {
      for (const w of watchers) if (wants(w, job.tenant_id, job.started_by)) w.listener(job)
    },
    hearBell(tenantId, userId, rings) {
      const key = `${tenantId} ${userId}`
      const mine = bells.get(key) ?? new Set()
      bells.set(key, mine.add(rings))
      return () => void (mine.delete(rings) && mine.size === 0 && bells.delete(key))
    },
    ring(tenantId, userIds) {
      for (const userId of userIds) for (const rings of bells.get(`${tenantId} ${userId}`) ?? []) rings()
    },
    latest: (job) => (job.status === 'running' ? (running.get(job.id)?.job ?? job) : job),
  }
}
