// Long work, from the outside: start it in your transaction, watch it, cancel it, try it again.
import { randomUUID } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'
import type { Ear } from '#kernel/db/hear.ts'
import type { Database } from '#kernel/db/open.ts'
import { globalDb, scopedDb, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { newId } from '#kernel/resource/id.ts'
import type { JobKind } from './job.ts'
import { openLive, type Listener } from './live.ts'
import { openQueue } from './queue.ts'
import { findJob, insertJob, jobWithKey, requestCancel, restartJob, waitingAnew, type JobRow } from './rows.ts'
import { abandon, CRASHES, runTurn } from './run.ts'
import type { Shop } from './shop.ts'
import { listen, say, type Word } from './word.ts'
import { startWorker, type Worker } from './worker.ts'

/** Turns beside the attempts of a kind: for workers that died, and for those that were stopped, which is held against nobody. */
const SPARE = CRASHES + 20
const RUNG_AT_ONCE = 100

export type Jobs = {
  /**
   * Starts a job of a kind in `ctx`'s transaction: rolled back with it, begun after it commits.
   * `input` is kept in clear: ids, no personal data.
   * With a `key` that an earlier job of the tenant has, it is that job, whatever became of it.
   */
  enqueue(ctx: Ctx, kind: string, input: unknown, options?: { readonly key?: string }): Promise<{ id: string }>
  /** Asks a job to stop. Null when it is over already. The caller has checked that it may. */
  cancel(tenantId: string, id: string): Promise<JobRow | null>
  /** Tries a failed or cancelled job again, in `ctx`'s transaction. Null when it is neither. */
  retry(ctx: Ctx, id: string): Promise<JobRow | null>
  /** Puts the jobs of a community that waited while it was closed, or while their module was off, back in the queue. */
  resume(tenantId: string): Promise<void>
  /** Hears of the jobs of one person (of everyone when null) as they happen; call the answer to stop. */
  watch(tenantId: string, userId: string | null, listener: Listener): () => void
  /** Rings the bells of people whose notifications have changed, wherever they watch. After the change was committed; never throws. */
  ring(tenantId: string, userIds: readonly string[]): Promise<void>
  /** Hears one person's bell; call the answer to stop. */
  hearBell(tenantId: string, userId: string, rings: () => void): () => void
  /** What runs in this process for one person (for everyone when null), without asking the database. */
  running(tenantId: string, userId: string | null): readonly JobRow[]
  /** The row with the progress of this very moment, when it runs in this process. */
  latest(job: JobRow): JobRow
  /** Starts working in this process. */
  work(): Promise<void>
  /** Works off everything that is queued now, here, and returns; pauses between attempts are skipped. For tests and the command line. */
  drain(): Promise<void>
  /** Stops working: what runs goes back into the queue at its next sign of life. Closes what was opened here. */
  stop(): Promise<void>
}

type Options = {
  readonly database: Database
  readonly kinds: readonly JobKind<never>[]
  /** Asked only when a job runs: the house and its jobs are made together. */
  readonly house: () => House
}

/** Opens the jobs of an installation. Nothing is asked of the database before the first use; `prepareQueue` must have run once. */
export function openJobs({ database, kinds, house }: Options): Jobs {
  const { app, kind } = database
  let stopping = false
  const live = openLive()
  const queue = openQueue(app, kind, (error: Error & { code?: string }) =>
    house().log.warn({ error: error.name, code: error.code }, 'the job queue has trouble'),
  )
  const byName = new Map(kinds.map((k) => [k.name, k]))
  if (byName.size < kinds.length) throw new Error('Two kinds of job have the same name.')
  const shop: Shop = { house, kinds: byName, queue, live, process: randomUUID(), stopping: () => stopping }
  let worker: Worker | null = null
  let ear: Ear | null = null

  const kindNamed = (name: string): JobKind<never> => {
    const found = byName.get(name)
    if (!found) throw new Error(`No kind of job is named ${name}.`)
    return found
  }

  /** On a server, word goes out when the transaction commits; on the embedded database a look into the queue waits for it anyway. */
  async function announce(ctx: Ctx, job: string): Promise<void> {
    if (kind === 'embedded') return worker?.nudge()
    await say(ctx.db, { kind: 'work' })
    await say(ctx.db, { kind: 'job', tenant: ctx.tenant.id, job, user: ctx.actor.userId, from: null })
  }

  function hear(word: Word | null): void {
    if (!word || word.kind === 'work') worker?.nudge()
    else if (word.kind === 'cancel') flag(word.job)
    else if (word.from === shop.process) return
    else if (word.kind === 'ring') live.ring(word.tenant, word.users)
    else if (live.watched(word.tenant, word.user))
      findJob(scopedDb(app, word.tenant), word.tenant, word.job).then(
        (job) => job && live.publish(live.latest(job)),
        () => {},
      )
  }

  const flag = (id: string): void => {
    const run = live.running.get(id)
    if (run) run.cancelled = true
  }

  return {
    async enqueue(ctx, name, input, options = {}) {
      const { retries, label } = kindNamed(name)
      const tenantId = ctx.tenant.id
      const [id, turn] = [newId(), newId()]
      const { ip, userAgent, requestId } = ctx.origin
      const fresh = await insertJob(ctx.db, {
        tenant_id: tenantId,
        id,
        name,
        label,
        input,
        key: options.key ?? null,
        queue_id: turn,
        started_by: ctx.actor.userId,
        origin: { requestId, ip, userAgent },
      })
      if (!fresh) {
        const earlier = await jobWithKey(ctx.db, tenantId, options.key ?? '')
        if (!earlier) throw new Error('A job with this key appeared and vanished.')
        return { id: earlier.id }
      }
      await queue.add(ctx.db, { id: turn, tenantId, jobId: id, retries: retries + CRASHES })
      await announce(ctx, id)
      return { id }
    },

    async cancel(tenantId, id) {
      // First here: on the embedded database the row cannot be written before the run's transaction is over.
      flag(id)
      const said = { user: null, doing: 'job', request: id, ip: null, agent: null }
      const job = await findJob(scopedDb(app, tenantId, said), tenantId, id)
      if (!job) return null
      const stopped = await abandon(shop, job, async (db) => {
        const row = await requestCancel(db, tenantId, id)
        if (row && kind === 'server') await say(db, { kind: 'cancel', job: id })
        return row
      })
      if (stopped) live.publish(live.latest(stopped))
      return stopped
    },

    async retry(ctx, id) {
      const turn = newId()
      const job = await restartJob(ctx.db, ctx.tenant.id, id, turn)
      if (!job) return null
      await queue.add(ctx.db, { id: turn, tenantId: ctx.tenant.id, jobId: id, retries: kindNamed(job.name).retries + SPARE })
      await announce(ctx, id)
      return job
    },

    async resume(tenantId) {
      const said = { user: null, doing: 'job', request: 'resumed', ip: null, agent: null }
      await transaction(app, tenantId, said, async (db) => {
        for (const job of await waitingAnew(db, tenantId)) {
          const retries = (byName.get(job.name)?.retries ?? 0) + SPARE
          await queue.add(db, { id: job.queue_id, tenantId, jobId: job.id, retries })
        }
        if (kind === 'server') await say(db, { kind: 'work' })
      })
      worker?.nudge()
    },

    watch(tenantId, userId, listener) {
      // A process that only answers requests must hear of what runs elsewhere.
      ear ??= listen(database, hear)
      return live.watch(tenantId, userId, listener)
    },

    async ring(tenantId, userIds) {
      live.ring(tenantId, userIds)
      if (kind !== 'server') return
      // A word has at most 8000 bytes. Lost words cost nothing: whoever looks finds what there is.
      for (let from = 0; from < userIds.length; from += RUNG_AT_ONCE)
        await say(globalDb(app), {
          kind: 'ring',
          tenant: tenantId,
          users: userIds.slice(from, from + RUNG_AT_ONCE),
          from: shop.process,
        }).catch(() => {})
    },

    hearBell(tenantId, userId, rings) {
      if (kind === 'server') ear ??= listen(database, hear)
      return live.hearBell(tenantId, userId, rings)
    },

    running: (tenantId, userId) =>
      [...live.running.values()].map((r) => r.job).filter((j) => j.tenant_id === tenantId && (userId === null || j.started_by === userId)),

    latest: live.latest,

    async work() {
      if (worker) return
      stopping = false
      ear ??= listen(database, hear)
      worker = startWorker(shop, kind === 'server' ? 2 : 1, () => ear?.hears() ?? false)
    },

    async drain() {
      const { rows } = await app.query<{ tenant: string | null }>(`select nullif(current_setting('app.tenant_id', true), '') as tenant`)
      if (rows[0]?.tenant) throw new Error('A tenant is still set on the connection: a job would run inside it.')
      for (let turn = await queue.take(true); turn; turn = await queue.take(true)) await runTurn(shop, turn)
    },

    async stop() {
      stopping = true
      await worker?.stop()
      worker = null
      await ear?.stop()
      ear = null
      await queue.stop()
    },
  }
}
