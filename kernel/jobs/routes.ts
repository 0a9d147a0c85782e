// Long work over HTTP: the list, one job, live events, cancel, try again. Mounted at /api/{tenant}/jobs.
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import { type C, type Env, whoOf as whoAsks } from '#kernel/http/env.ts'
import { writeOnce } from '#kernel/http/once.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { pageOf, says } from '#kernel/http/says.ts'
import { isId } from '#kernel/resource/id.ts'
import { onTenantChange } from '#kernel/tenancy/changes.ts'
import { reading, type Who } from '#kernel/tenancy/as-tenant.ts'
import { findJob, jobJson, jobJsonShape, listJobs, type JobRow } from './rows.ts'

/** The permission to see the work of others. */
const READ = 'core.jobs:read'
const HEARTBEAT = 20_000
/** A stream ends after so long and the browser opens it anew: whoever was signed out meanwhile cannot. */
const LIFE = 10 * 60_000

const jobShape = jobJsonShape.extend({ may: z.array(z.enum(['cancellation', 'retry'])) })

/** `whoOf` answers who asks, in which tenant; it refuses whoever may not be there. `door`: whether somebody whose stream is open still may. */
export function jobRoutes(house: House, whoOf: (c: C) => Who = whoAsks, door: Door = OPEN): Hono<Env> {
  const app = new Hono<Env>()
  const { jobs } = house

  /** The job as this person sees it, or 404. */
  async function jobOf(who: Who, id: string | undefined): Promise<JobRow> {
    const ctx = await reading(house, who)
    const job = isId(id) ? await findJob(ctx.db, who.tenant.id, id) : null
    if (!job || !maySee(who, job)) throw notFound()
    return job
  }

  app.get(
    '/',
    says({
      summary: 'Long work, newest first',
      doc: 'One’s own; with core.jobs:read everybody’s, unless `mine=true`.',
      who: 'member',
      query: z.object({
        mine: z.enum(['true']).optional(),
        limit: z.int().min(1).max(100).default(25),
        after: z.uuid().optional().describe('Cursor of the next page.'),
      }),
      answers: { 200: { doc: 'A page.', shape: pageOf(jobShape) } },
      problems: { 400: ['invalid_cursor', 'invalid_limit'] },
    }),
    async (c) => {
      const who = whoOf(c)
      const everyone = c.req.query('mine') !== 'true' && who.actor.permissions.has(READ)
      const limit = limitOf(c.req.query('limit'))
      const after = c.req.query('after')
      if (after !== undefined && !isId(after))
        throw new Refusal(400, 'invalid_cursor', { id: 'Penanda halaman ini tidak dikenal.', en: 'This page marker is not known.' })
      const ctx = await reading(house, who)
      const rows = await listJobs(ctx.db, who.tenant.id, everyone ? null : personOf(who), after ?? null, limit + 1)
      const page = rows.slice(0, limit)
      return c.json({
        data: page.map((job) => json(who, jobs.latest(job))),
        page: { next: rows.length > limit ? (page.at(-1)?.id ?? null) : null },
      })
    },
  )

  app.get(
    '/events',
    says({
      summary: 'Long work as it moves, live',
      doc: 'Server-sent events: `ready`, then `job` with a job as its data, and `bell` when there is something new to be told. With core.jobs:read and `mine=false` everybody’s. Ends after ten minutes; browsers come again.',
      who: 'member',
      query: z.object({ mine: z.enum(['false']).optional() }),
      answers: { 200: { doc: 'A stream of events.', type: 'text/event-stream' } },
    }),
    (c) => {
      const who = whoOf(c)
      const userId = who.actor.permissions.has(READ) && c.req.query('mine') === 'false' ? null : personOf(who)
      c.header('x-accel-buffering', 'no')
      return streamSSE(c, async (stream) => {
        const waiting = new Map<string, JobRow>()
        let rung = false
        let wake = (): void => {}
        const stays = watchman(door, () => wake())
        const unhearMembers = door.hear(who.tenant.id, () => wake())
        // A reader slower than the events gets the newest of each job, not a growing pile.
        const unwatch = jobs.watch(who.tenant.id, userId, (job) => {
          waiting.set(job.id, job)
          wake()
        })
        const unhearBell = jobs.hearBell(who.tenant.id, personOf(who), () => {
          rung = true
          wake()
        })
        // Closed, or a module switched off: whoever watches is told by the end of the stream.
        const unhear = onTenantChange(house, () => wake())
        stream.onAbort(() => wake())
        try {
          for (const job of jobs.running(who.tenant.id, userId)) waiting.set(job.id, job)
          await stream.writeSSE({ event: 'ready', data: '{}', retry: 3_000 })
          const until = Date.now() + LIFE
          while (!stream.aborted && Date.now() < until && (await stays(c))) {
            const batch = [...waiting.values()]
            waiting.clear()
            for (const job of batch) await stream.writeSSE({ event: 'job', data: JSON.stringify(json(who, job)) })
            if (rung) {
              rung = false
              await stream.writeSSE({ event: 'bell', data: '{}' })
            }
            if (waiting.size || rung || stream.aborted) continue
            const spoke = await new Promise<boolean>((resolve) => {
              const timer = setTimeout(() => resolve(false), HEARTBEAT)
              wake = () => {
                clearTimeout(timer)
                resolve(true)
              }
            })
            if (!spoke) await stream.write(': \n\n')
          }
        } finally {
          unwatch()
          unhearBell()
          unhear()
          unhearMembers()
        }
      })
    },
  )

  app.get('/:id', says({ summary: 'One job', who: 'member', answers: { 200: { doc: 'The job.', shape: jobShape } } }), async (c) => {
    const who = whoOf(c)
    return c.json(json(who, jobs.latest(await jobOf(who, c.req.param('id')))))
  })

  app.post(
    '/:id/cancellation',
    says({
      summary: 'Cancel a job; only whoever started it',
      who: 'member',
      answers: { 200: { doc: 'Cancelled, or about to be.', shape: jobShape } },
      problems: { 403: ['not_your_job'] },
    }),
    async (c) => {
      const who = whoOf(c)
      const id = c.req.param('id')
      // What runs here is looked up here: on the embedded database the row can be read only when the run is over.
      const here = jobs.running(who.tenant.id, personOf(who)).find((j) => j.id === id)
      const job = here ?? (await jobOf(who, id))
      if (!isMine(who, job)) throw notMine()
      const stopped = await jobs.cancel(who.tenant.id, job.id)
      return c.json(json(who, stopped ?? (await jobOf(who, id))))
    },
  )

  app.post(
    '/:id/retry',
    says({
      summary: 'Try a job again that failed or was cancelled',
      who: 'member',
      headers: ['IdempotencyKey'],
      answers: { 200: { doc: 'Queued anew.', shape: jobShape } },
      problems: { 403: ['not_your_job'], 409: ['job_not_over'] },
    }),
    async (c) => {
      const who = whoOf(c)
      const job = await jobOf(who, c.req.param('id'))
      if (!isMine(who, job)) throw notMine()
      const sent = { key: c.req.header('idempotency-key'), method: 'POST', path: c.req.path, text: '' }
      return writeOnce(house, who, 'retry', sent, async (ctx) => {
        const again = await jobs.retry(ctx, job.id)
        if (!again) throw notOver()
        return { status: 200, body: json(who, again) }
      })
    },
  )

  return app
}

/** Streams outlast the moment they were opened in: may their reader still be here, and has something changed about who may? */
export type Door = { readonly mayStay: (c: C) => Promise<boolean>; readonly hear: (tenantId: string, heard: () => void) => () => void }
const OPEN: Door = { mayStay: async () => true, hear: () => () => {} }

/** How long a stream waits to hear whether its reader may still be here, in milliseconds. On the embedded database a long run is in the way. */
const PATIENCE = 300

/** Asks again and again whether somebody may stay: answers what is known within a moment, and wakes the stream when the no comes later. */
function watchman({ mayStay }: Door, wake: () => void): (c: C) => Promise<boolean> {
  let gone = false
  let asking: Promise<void> | null = null
  return async (c) => {
    asking ??= mayStay(c)
      // Who cannot be asked about is asked about again.
      .then(
        (may) => void (gone = !may),
        () => {},
      )
      .finally(() => {
        asking = null
        if (gone) wake()
      })
    let timer: NodeJS.Timeout | undefined
    await Promise.race([asking, new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE)))])
    clearTimeout(timer)
    return !gone
  }
}

const isMine = (who: Who, job: JobRow): boolean => who.actor.userId !== null && job.started_by === who.actor.userId
const maySee = (who: Who, job: JobRow): boolean => isMine(who, job) || who.actor.permissions.has(READ)

const notMine = (): Refusal =>
  new Refusal(403, 'not_your_job', {
    id: 'Hanya yang memulai pekerjaan ini dapat melakukannya.',
    en: 'Only whoever started this work can do that.',
  })

const notOver = (): Refusal =>
  new Refusal(409, 'job_not_over', {
    id: 'Pekerjaan ini belum gagal atau dibatalkan.',
    en: 'This work has not failed and was not cancelled.',
  })

function personOf(who: Who): string {
  if (who.actor.userId === null) throw notFound()
  return who.actor.userId
}

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? 25)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new Refusal(400, 'invalid_limit', { id: 'Jumlah per halaman 1 sampai 100.', en: 'A page has 1 to 100 entries.' })
  return limit
}

function json(who: Who, job: JobRow): Record<string, unknown> {
  const open = job.status === 'queued' || job.status === 'running'
  const over = job.status === 'failed' || job.status === 'cancelled'
  const may = isMine(who, job) ? [...(open && !job.cancel_requested ? ['cancellation'] : []), ...(over ? ['retry'] : [])] : []
  return { ...jobJson(job), may }
}
