// One turn of one job, from the queue to its end: who it is for, the run itself, progress, and what to do when it fails.
import type { Db } from '#kernel/db/db.ts'
import { scopedDb, transaction, type Said } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { refusalOf } from '#kernel/http/problem.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { workFailed } from '#kernel/notifications/own.ts'
import { reading, writing, type Who } from '#kernel/tenancy/as-tenant.ts'
import { moduleIsOpen } from '#kernel/tenancy/open-modules.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { say as sayWords, type Words } from '#kernel/words.ts'
import { JobCancelled, type JobError, type JobRun } from './job.ts'
import type { Running } from './live.ts'
import { Interrupted, keepProgress, type Progress } from './progress.ts'
import type { Turn } from './queue.ts'
import { claimJob, endJob, findJob, saidBy, type Ending, type JobRow } from './rows.ts'
import type { Shop } from './shop.ts'
import { starter, systemWho } from './starter.ts'
import { say } from './word.ts'

/** A worker that dies takes an attempt with it; so many are forgiven before the job is given up. */
export const CRASHES = 2

/** Works on a turn until it is over. Never throws for what the job does; throws when the database is out of reach. */
export async function runTurn(shop: Shop, turn: Turn): Promise<void> {
  const house = shop.house()
  const { tenant_id: tenantId, job_id: jobId } = turn.data
  const said: Said = { user: null, doing: 'job', request: jobId, ip: null, agent: null }
  if (await waits(house, tenantId, jobId)) return shop.queue.finish(turn)
  const job = await transaction(house.database.app, tenantId, said, async (db) => {
    const claimed = await claimJob(db, tenantId, jobId, turn.id)
    if (claimed) await tellOthers(shop, db, claimed)
    return claimed
  })
  if (!job) return shop.queue.finish(turn)

  const running: Running = { job, cancelled: job.cancel_requested }
  shop.live.running.set(job.id, running)
  shop.live.publish(job)
  const pulse = house.database.kind === 'server' ? setInterval(() => void shop.queue.alive(turn).catch(() => {}), 10_000) : undefined
  try {
    const ending = await attempt(shop, running)
    const ended = await record(shop, running.job, ending)
    if (ended?.status === 'queued') await shop.queue.again(turn)
    else await shop.queue.finish(turn)
    if (ended) shop.live.publish(ended)
  } finally {
    clearInterval(pulse)
    shop.live.running.delete(job.id)
  }
}

/** Whether the work of a community rests: it is closed, or the module that does this is off. `Jobs.resume` takes it up again. */
async function waits(house: House, tenantId: string, jobId: string): Promise<boolean> {
  const tenant = await tenantById(house, tenantId)
  if (!tenant || tenant.status !== 'active') return true
  const job = await findJob(scopedDb(house.database.app, tenantId), tenantId, jobId)
  return job !== null && !moduleIsOpen(tenant, job.name)
}

async function attempt(shop: Shop, running: Running): Promise<Ending> {
  const { job } = running
  const kind = shop.kinds.get(job.name)
  if (running.cancelled) return { status: 'cancelled' }
  if (!kind) return failed('unknown_job', UNKNOWN)
  if (job.attempts > kind.retries + CRASHES) return failed('worker_lost', LOST)
  const progress = keepProgress(shop, running)
  try {
    const who = await starter(shop.house(), job)
    const result = await kind.run(await runFor(shop, running, who, progress), job.input as never)
    await progress.settled()
    return { status: 'succeeded', result }
  } catch (error) {
    await progress.settled()
    if (error instanceof Interrupted) return { status: 'queued', error: null, counted: false }
    if (error instanceof JobCancelled || running.cancelled) return { status: 'cancelled' }
    if (error instanceof Refusal) return refused(error)
    trace(shop.house(), job, error)
    const known = refusalOf(error, shop.house().model)
    const why = known ? refused(known) : failed('unexpected', UNEXPECTED)
    return job.attempts <= kind.retries ? { status: 'queued', error: why.error, counted: true } : why
  }
}

const UNKNOWN: Words = { id: 'Balai versi ini tidak mengenal pekerjaan ini.', en: 'This version of Balai does not know this work.' }
const LOST: Words = {
  id: 'Pekerjaan ini berulang kali terhenti di tengah jalan. Tidak ada yang berubah; cobalah lagi atau hubungi pengelola.',
  en: 'This work was cut off again and again. Nothing was changed; try again or tell your administrator.',
}
const UNEXPECTED: Words = {
  id: 'Terjadi kesalahan yang tidak kami duga. Cobalah lagi; bila terulang, hubungi pengelola.',
  en: 'Something went wrong that we did not expect. Try again; if it happens again, tell your administrator.',
}

type Failed = { readonly status: 'failed'; readonly error: JobError }
const failed = (code: string, message: Words, values?: JobError['values']): Failed => ({
  status: 'failed',
  error: { code, message, ...(values ? { values } : {}) },
})

/** A clear no becomes the job's error. Of its extras only what fills the places of its message is kept. */
function refused(no: Refusal): Failed {
  const places = Object.entries(no.more).filter(([name, v]) => no.words.en.includes(`{${name}}`) && ['string', 'number'].includes(typeof v))
  return failed(no.code, no.words, Object.fromEntries(places))
}

async function runFor(shop: Shop, running: Running, who: Who, progress: Progress): Promise<JobRun> {
  const house = shop.house()
  const verb = running.job.name.split('.').at(-1) ?? 'job'
  return {
    ctx: await reading(house, who),
    progress: progress.tell,
    async transaction(work) {
      progress.check()
      // The community was closed meanwhile: what is done is done, the rest waits.
      if ((await tenantById(house, who.tenant.id))?.status !== 'active') throw new Interrupted()
      // A progress write under way would meet the transaction on the embedded database's single session.
      await progress.settled()
      const leave = progress.enter()
      try {
        return await writing(house, who, verb, async (ctx) => {
          const answer = await work(ctx)
          progress.check()
          return answer
        })
      } finally {
        leave()
      }
    },
  }
}

/** Writes the end of a run into its row, and lets the kind clean up after itself in the same transaction. */
async function record(shop: Shop, job: JobRow, ending: Ending): Promise<JobRow | null> {
  const house = shop.house()
  if (ending.status === 'failed' || ending.status === 'cancelled') return abandon(shop, job, (db) => endJob(db, job, ending))
  return transaction(house.database.app, job.tenant_id, saidBy(job), async (db) => {
    const ended = await endJob(db, job, ending)
    if (ended) await tellOthers(shop, db, ended)
    return ended
  })
}

/**
 * Ends a job that did not succeed: `end` writes its row (null: it is not ours to end), then its kind puts things in order,
 * in one transaction as the system.
 */
export async function abandon(shop: Shop, job: JobRow, end: (db: Db) => Promise<JobRow | null>): Promise<JobRow | null> {
  const house = shop.house()
  return writing(house, await systemWho(house, job), 'job', async (ctx) => {
    const ended = await end(ctx.db)
    if (!ended) return null
    if (ended.status === 'failed' || ended.status === 'cancelled')
      await shop.kinds.get(job.name)?.abandoned?.(ctx, job.input as never, ended.status, ended.error)
    if (ended.status === 'failed') await tellStarter(shop, ctx, ended)
    await tellOthers(shop, ctx.db, ended)
    return ended
  })
}

/** Whoever started it may have left long ago. Each attempt that a person asked for is told once. */
async function tellStarter(shop: Shop, ctx: Ctx, job: JobRow): Promise<void> {
  if (job.started_by === null || !job.error) return
  const { message, values } = job.error
  const reason = { id: sayWords(message, 'id', { ...values }), en: sayWords(message, 'en', { ...values }) }
  const key = `job:${job.id}:${job.queue_id}`
  const link = shop.kinds.get(job.name)?.place?.(job.input as never)
  await ctx.notify({
    kind: workFailed.name,
    to: { users: [job.started_by] },
    ...(link ? { link } : {}),
    data: { work: job.label, reason },
    key,
  })
}

async function tellOthers(shop: Shop, db: Db, job: JobRow): Promise<void> {
  if (shop.house().database.kind === 'server')
    await say(db, { kind: 'job', tenant: job.tenant_id, job: job.id, user: job.started_by, from: shop.process })
}

/** Logs a failure without what it may quote: a database message can carry a person's data, its code and our own lines cannot. */
function trace(house: House, job: JobRow, error: unknown): void {
  const e = error as { name?: string; code?: string; constraint?: string; table?: string; stack?: string }
  const at = (e.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
  const { id, name: kind, attempts: attempt } = job
  house.log.error({ job: id, kind, attempt, error: e.name, code: e.code, constraint: e.constraint, table: e.table, at }, 'job failed')
}
