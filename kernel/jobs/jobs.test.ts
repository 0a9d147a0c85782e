// Stories of long work: started, watched, cancelled, tried again, cut off. On a server, else embedded.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '#kernel/ctx.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { reading, writing } from '#kernel/tenancy/as-tenant.ts'
import { forgetMembers } from '#kernel/access/members.ts'
import type { JobKind, JobRun } from './job.ts'
import type { JobRow } from './rows.ts'
import { findJob, jobJson } from './rows.ts'
import { onServer, openLibrary, type Library } from './test-house.ts'

const words = (text: string) => ({ id: text, en: text })
const COUNTING = words('Menghitung buku')

/** What the next run of the kind `reading.count` does. */
let work: (job: JobRun, input: { book?: string }) => Promise<unknown> = async () => null
const ends: string[] = []
const count: JobKind<{ book?: string }> = {
  name: 'reading.count',
  label: words('Hitung buku'),
  retries: 1,
  run: (job, input) => work(job, input),
  abandoned: async (ctx, input, how) => void ends.push(`${how} ${ctx.actor.role} ${input.book ?? ''}`),
}

const addShelf = (ctx: Ctx, name: string) =>
  ctx.db.query('insert into reading.shelves (tenant_id, id, name) values ($1, gen_random_uuid(), $2)', [ctx.tenant.id, name])

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until<T>(look: () => Promise<T | null | undefined | false> | T | null | undefined | false, ms = 10_000): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) {
    const found = await look()
    if (found) return found
  }
  throw new Error('It did not happen in time.')
}

describe('Siti counts the books of Kertajaya', () => {
  let house: Library
  beforeAll(async () => {
    house = await openLibrary({ kinds: [count as JobKind<never>] })
  }, 60_000)
  afterAll(() => house.close(), 30_000)

  const start = (input: { book?: string } = {}, key?: string) =>
    writing(house, house.siti, 'count', (ctx) => house.jobs.enqueue(ctx, 'reading.count', input, key ? { key } : {}))
  const jobOf = async (id: string): Promise<JobRow> => {
    const ctx = await reading(house, house.siti)
    const job = await findJob(ctx.db, ctx.tenant.id, id)
    if (!job) throw new Error('no such job')
    return job
  }

  test('the work is done as Siti, inside her village, and its result is kept', async () => {
    work = async (job, { book }) => {
      await job.transaction((ctx) => addShelf(ctx, 'Rak A'))
      return { by: job.ctx.actor.name, village: job.ctx.tenant.code, from: job.ctx.origin.ip, book }
    }
    const { id } = await start({ book: 'Laskar Pelangi' })
    expect((await jobOf(id)).status).toBe('queued')
    await house.jobs.drain()
    const job = await jobOf(id)
    const result = { by: 'Siti Aminah', village: 'kertajaya', from: '10.0.0.7', book: 'Laskar Pelangi' }
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1, result })
    expect(job.finished_at).toBeInstanceOf(Date)
    const [log] = await house.sql(`select actor_id, request_id from core.audit_logs where resource = 'reading.shelves'`)
    expect(log).toEqual({ actor_id: house.siti.actor.userId, request_id: id })
  })

  test('a job started in a transaction that fails was never started', async () => {
    const before = await house.sql(`select id from core.jobs`)
    await expect(
      writing(house, house.siti, 'count', async (ctx) => {
        await house.jobs.enqueue(ctx, 'reading.count', {})
        throw new Error('the form was wrong')
      }),
    ).rejects.toThrow('the form was wrong')
    expect(await house.sql(`select id from core.jobs`)).toHaveLength(before.length)
    expect(await house.sql(`select id from jobs.job where state < 'active'`)).toHaveLength(0)
  })

  test('started twice with the same key it is one job', async () => {
    let runs = 0
    work = async () => ++runs
    const first = await start({}, 'count 2026')
    const second = await start({}, 'count 2026')
    expect(second.id).toBe(first.id)
    await house.jobs.drain()
    expect((await start({}, 'count 2026')).id).toBe(first.id)
    await house.jobs.drain()
    expect(runs).toBe(1)
  })

  test('what fails unexpectedly is tried once more; the reason says nothing of people', async () => {
    let runs = 0
    work = async () => {
      if (++runs === 1) throw new Error('Ibu Ani 3201234567890001 tidak ada')
      return 'done'
    }
    const { id } = await start()
    await house.jobs.drain()
    expect(runs).toBe(2)
    expect(await jobOf(id)).toMatchObject({ status: 'succeeded', attempts: 2, error: null, result: 'done' })

    work = async () => {
      throw new Error('Ibu Ani 3201234567890001 tidak ada')
    }
    const bad = await start({ book: 'x' })
    ends.length = 0
    await house.jobs.drain()
    const job = await jobOf(bad.id)
    expect(job).toMatchObject({ status: 'failed', attempts: 2, error: { code: 'unexpected' } })
    expect(JSON.stringify(job)).not.toContain('Ani')
    expect(JSON.stringify(await house.sql('select * from jobs.job'))).not.toContain('Ani')
    expect(ends).toEqual(['failed system x'])

    work = async () => 'better'
    const again = await house.ask(house.siti, 'POST', `/jobs/${bad.id}/retry`)
    expect(await again.json()).toMatchObject({ id: bad.id, status: 'queued', error: null, may: ['cancellation'] })
    await house.jobs.drain()
    expect(await jobOf(bad.id)).toMatchObject({ status: 'succeeded', result: 'better' })
    expect((await house.ask(house.siti, 'POST', `/jobs/${bad.id}/retry`)).status).toBe(409)
  })

  test('a clear no is not tried again and says what to do', async () => {
    let runs = 0
    work = async () => {
      runs++
      const more = { shelf: 'B', secret: 'hidden' }
      throw new Refusal(422, 'no_books', { id: 'Rak {shelf} kosong.', en: 'Shelf {shelf} is empty.' }, [], { more })
    }
    const { id } = await start()
    await house.jobs.drain()
    expect(runs).toBe(1)
    const message = { id: 'Rak B kosong.', en: 'Shelf B is empty.' }
    expect(jobJson(await jobOf(id))).toMatchObject({ status: 'failed', error: { code: 'no_books', message } })
    expect(JSON.stringify(await jobOf(id))).not.toContain('hidden')
    const told = await house.sql(`select user_id, type, is_read from core.notifications where kind = 'core.work_failed' and key like $1`, [
      `job:${id}:%`,
    ])
    expect(told, 'Siti may have left: her bell rings').toEqual([{ user_id: house.siti.actor.userId, type: 'error', is_read: false }])
  })

  test('when Siti is no longer a member her waiting work fails clearly and does nothing', async () => {
    work = async () => 'should not happen'
    const { id } = await start()
    await house.sql(`update core.memberships set status = 'inactive' where user_id = $1`, [house.siti.actor.userId])
    forgetMembers(house, house.siti.tenant.id)
    await house.jobs.drain()
    expect(await jobOf(id)).toMatchObject({ status: 'failed', error: { code: 'starter_gone' }, result: null })
    await house.sql(`update core.memberships set status = 'active' where user_id = $1`, [house.siti.actor.userId])
    forgetMembers(house, house.siti.tenant.id)
  })

  test('Budi of Mekarsari sees nothing of it', async () => {
    work = async () => null
    const { id } = await start()
    await house.jobs.drain()
    expect((await house.ask(house.budi, 'GET', `/jobs/${id}`)).status).toBe(404)
    expect((await house.ask(house.budi, 'POST', `/jobs/${id}/cancellation`)).status).toBe(404)
    expect((await house.ask(house.budi, 'POST', `/jobs/${id}/retry`)).status).toBe(404)
    expect(await (await house.ask(house.budi, 'GET', '/jobs')).json()).toEqual({ data: [], page: { next: null } })
    expect((await house.ask(house.siti, 'GET', `/jobs/nonsense`)).status).toBe(404)
    await expect(globalDb(house.database.app).query('select * from core.jobs')).resolves.toMatchObject({ rowCount: 0 })
  })

  test('the list comes in pages, newest first', async () => {
    type Page = { data: { id: string }[]; page: { next: string } }
    const page = async (query: string) => (await (await house.ask(house.siti, 'GET', `/jobs?${query}`)).json()) as Page
    const all = await page('limit=100')
    const first = await page('limit=2&mine=true')
    const rest = await page(`limit=100&after=${first.page.next}`)
    expect([...first.data, ...rest.data].map((j) => j.id)).toEqual(all.data.map((j) => j.id))
    expect((await house.ask(house.siti, 'GET', '/jobs?after=x')).status).toBe(400)
    expect((await house.ask(house.siti, 'GET', '/jobs?limit=0')).status).toBe(400)
  })

  test('a job that waits is cancelled at once and never runs', async () => {
    let runs = 0
    work = async () => ++runs
    ends.length = 0
    const { id } = await start({ book: 'y' })
    const answer = await house.ask(house.siti, 'POST', `/jobs/${id}/cancellation`)
    expect(await answer.json()).toMatchObject({ status: 'cancelled', may: ['retry'] })
    await house.jobs.drain()
    expect(runs).toBe(0)
    expect(ends).toEqual(['cancelled system y'])
  })
})

describe('with a worker', () => {
  let house: Library
  beforeAll(async () => {
    house = await openLibrary({ kinds: [count as JobKind<never>] })
    await house.jobs.work()
  }, 60_000)
  afterAll(() => house.close(), 30_000)

  const start = () => writing(house, house.siti, 'count', (ctx) => house.jobs.enqueue(ctx, 'reading.count', {}))
  const status = async (id: string) => {
    const [row] = await house.sql<{ status: string; done: number }>('select status, done from core.jobs where id = $1', [id])
    return row
  }

  test('it begins right after the commit', async () => {
    work = async () => 'quick'
    const begun = performance.now()
    const { id } = await start()
    await until(async () => (await status(id))?.status === 'succeeded')
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  test('Siti watches the progress live, also over HTTP, and cancels in the middle of a transaction: nothing stays', async () => {
    const seen: JobRow[] = []
    const stop = house.jobs.watch(house.siti.tenant.id, house.siti.actor.userId, (job) => seen.push(job))
    const stream = await house.ask(house.siti, 'GET', '/jobs/events')
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    let heard = ''
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    const listening = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) heard += part.value
    })()
    work = async (job) => {
      await job.transaction(async (ctx) => {
        await addShelf(ctx, 'Rak setengah jadi')
        for (let i = 0; i < 1_000; i++) {
          await pause(10)
          job.progress(i, 1_000, COUNTING)
        }
      })
    }
    const { id } = await start()
    await until(() => seen.some((j) => j.id === id && j.done > 20))
    await until(() => /event: job\ndata: .*Menghitung buku/.test(heard))
    const answer = house.ask(house.siti, 'POST', `/jobs/${id}/cancellation`)
    await until(async () => (await status(id))?.status === 'cancelled')
    expect(await (await answer).json()).toMatchObject({ id })
    await until(() => heard.includes('"status":"cancelled"'))
    expect(await house.sql(`select 1 from reading.shelves where name = 'Rak setengah jadi'`)).toHaveLength(0)
    const steps = seen.filter((j) => j.id === id).map((j) => j.done)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    stop()
    await reader.cancel()
    await listening.catch(() => {})
  })

  test('progress outside a transaction reaches the database', async () => {
    let go = false
    work = async (job) => {
      while (!go) {
        await pause(20)
        job.progress(7, 10, COUNTING)
      }
    }
    const { id } = await start()
    await until(async () => (await status(id))?.done === 7)
    const one = await house.ask(house.siti, 'GET', `/jobs/${id}`)
    expect(await one.json()).toMatchObject({ status: 'running', done: 7, total: 10, doing: COUNTING })
    go = true
    await until(async () => (await status(id))?.status === 'succeeded')
    expect((await status(id))?.done).toBe(10)
  })

  test('an idle worker asks the database less than once a second', async () => {
    await pause(500)
    const { app } = house.database
    const query = app.query.bind(app)
    let asked = 0
    app.query = ((...args: Parameters<typeof query>) => (asked++, query(...args))) as typeof app.query
    await pause(4_000)
    app.query = query as typeof app.query
    expect(asked / 4).toBeLessThanOrEqual(1)
  }, 15_000)

  test('stopping gives the running job back; the next worker does it', async () => {
    let runs = 0
    work = async (job) => {
      runs++
      if (runs > 1) return 'finished later'
      for (;;) {
        await pause(10)
        job.progress(1, 2, COUNTING)
      }
    }
    const { id } = await start()
    await until(() => runs === 1)
    await house.jobs.stop()
    expect(await status(id)).toMatchObject({ status: 'queued' })
    const next = house.another()
    await next.drain()
    const [row] = await house.sql('select status, attempts, result from core.jobs where id = $1', [id])
    expect(row).toEqual({ status: 'succeeded', attempts: 1, result: 'finished later' })
    await next.stop()
  }, 20_000)

  test('the work of a worker that died is taken up by the next, and given up when it dies again and again', async () => {
    // Taken from the queue and claimed by a process that then vanishes.
    const die = async (id: string) => {
      await house.sql(
        `update jobs.job set state = 'active', started_on = now(), heartbeat_on = now() - interval '5 minutes',
        retry_delay = 0, retry_backoff = false where data->>'job_id' = $1 and state < 'active'`,
        [id],
      )
      await house.sql(`update jobs.queue set monitor_claim_on = null, monitor_on = null`)
      await house.sql(`update core.jobs set status = 'running', attempts = attempts + 1 where id = $1`, [id])
    }
    work = async () => 'rescued'
    const { id } = await start()
    await die(id)
    const next = house.another()
    await next.work()
    await until(async () => (await status(id))?.status === 'succeeded', 30_000)
    await next.stop()

    work = async () => 'should not happen'
    const bad = await start()
    await house.sql('update core.jobs set attempts = 2 where id = $1', [bad.id])
    await die(bad.id)
    const last = house.another()
    await last.work()
    await until(async () => (await status(bad.id))?.status === 'failed', 30_000)
    await last.stop()
    expect(await house.sql('select error from core.jobs where id = $1', [bad.id])).toMatchObject([{ error: { code: 'worker_lost' } }])
  }, 70_000)
})

describe.runIf(onServer)('two processes', () => {
  test('Siti watches in one what runs in the other, and cancels it from there', async () => {
    const house = await openLibrary({ kinds: [count as JobKind<never>] })
    const worker = house.another()
    await worker.work()
    work = async (job) => {
      for (let i = 0; ; i++) {
        await pause(20)
        job.progress(i, 1_000, COUNTING)
      }
    }
    const seen: JobRow[] = []
    house.jobs.watch(house.siti.tenant.id, house.siti.actor.userId, (job) => seen.push(job))
    await pause(300)
    const { id } = await writing(house, house.siti, 'count', (ctx) => house.jobs.enqueue(ctx, 'reading.count', {}))
    await until(() => seen.some((j) => j.id === id && j.done > 10))
    await house.ask(house.siti, 'POST', `/jobs/${id}/cancellation`)
    await until(() => seen.some((j) => j.id === id && j.status === 'cancelled'))
    await worker.stop()
    await house.close()
  }, 60_000)
})
