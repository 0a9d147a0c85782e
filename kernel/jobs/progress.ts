// Progress of a run: at once to whoever watches here, now and then to the database. Also where a run learns that it must stop.
import { transaction } from '#kernel/db/scoped.ts'
import { JobCancelled, type JobRun } from './job.ts'
import type { Running } from './live.ts'
import { saidBy, saveProgress } from './rows.ts'
import type { Shop } from './shop.ts'
import { say } from './word.ts'

/** Progress reaches the database at most this often, in milliseconds. */
const SAVE_EVERY = 500

/** Thrown by `progress` when this process is about to stop: the job goes back into the queue. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

export type Progress = { tell: JobRun['progress']; enter: () => () => void; check: () => void; settled: () => Promise<void> }

export function keepProgress(shop: Shop, running: Running): Progress {
  const { database } = shop.house()
  const embedded = database.kind === 'embedded'
  let open = 0
  let saved = performance.now()
  let shown = 0
  let saving: Promise<void> | null = null

  const check = (): void => {
    if (running.cancelled) throw new JobCancelled()
    if (shop.stopping()) throw new Interrupted()
  }
  async function save(): Promise<void> {
    const { job } = running
    try {
      const wish = await transaction(database.app, job.tenant_id, saidBy(job), async (db) => {
        if (!embedded) await say(db, { kind: 'job', tenant: job.tenant_id, job: job.id, user: job.started_by, from: shop.process })
        return saveProgress(db, job, job)
      })
      // Overtaken: another worker has the job now, this run must not go on.
      if (wish !== false) running.cancelled = true
    } catch {
      // Progress is a courtesy: the next one tries again.
    }
  }
  return {
    check,
    tell(done, total, doing) {
      running.job = { ...running.job, done: Math.round(done), total: Math.round(total), doing }
      const now = performance.now()
      if (now - shown >= 100 || done >= total) {
        shown = now
        shop.live.publish(running.job)
      }
      // The embedded database has one session: writing while the job's own transaction is open would wait for it for ever.
      if (!saving && now - saved >= SAVE_EVERY && !(embedded && open > 0)) {
        saved = now
        saving = save().finally(() => (saving = null))
      }
      check()
    },
    enter() {
      open++
      return () => void open--
    },
    async settled() {
      await saving
    },
  }
}
