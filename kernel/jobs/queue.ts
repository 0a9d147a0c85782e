// The queue in the database (pg-boss, schema jobs): who is next, who died at work. What people see of a job is in rows.ts.
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Db } from '#kernel/db/db.ts'

const SCHEMA = 'jobs'
const QUEUE = 'work'
/** A worker that says nothing for this long is taken for dead, in seconds (server only: an embedded database has one process). */
const HEARTBEAT = 30
/** The longest one turn may take, in seconds. */
const EXPIRE = 4 * 60 * 60
const DAY = 24 * 60 * 60

/** One turn of one job: all that the queue knows. */
export type Turn = {
  readonly id: string
  readonly retryCount: number
  readonly data: { readonly tenant_id: string; readonly job_id: string }
}

export type Queue = {
  /** Puts a turn into the queue, in the transaction of `db`; `retries` counts every further attempt, also after a crash. */
  add(db: Db, turn: { id: string; tenantId: string; jobId: string; retries: number }): Promise<void>
  /** Takes the next turn. `early` does not wait out the pause before a further attempt. */
  take(early?: boolean): Promise<Turn | null>
  /** The turn is over, well or not: the job's row says how. */
  finish(turn: Turn): Promise<void>
  /** The turn failed and may be tried again after a growing pause. */
  again(turn: Turn): Promise<void>
  /** Says that the worker lives. */
  alive(turn: Turn): Promise<void>
  /** Gives turns back whose worker is dead, and forgets old ones. `all`: every turn being worked on (nobody else can be alive). */
  rescue(all: boolean): Promise<void>
  stop(): Promise<void>
}

const options = {
  schema: SCHEMA,
  supervise: false,
  schedule: false,
  reindex: false,
  monitorVacuum: false,
  queueCacheIntervalSeconds: DAY,
} as const

/** Makes or upgrades the queue's own tables, as the owner, after the migrations. Harmless when nothing is to be done. */
export async function prepareQueue(owner: pg.Pool): Promise<void> {
  const boss = new PgBoss({ ...options, db: { executeSql: (text, values) => owner.query(text, values) }, bamIntervalSeconds: DAY })
  boss.on('error', () => {}) // start() itself rejects; the rest is background work that this short life does not need
  try {
    await boss.start()
    if (!(await boss.getQueue(QUEUE))) await boss.createQueue(QUEUE, { retryDelay: 5, retryBackoff: true, retryDelayMax: 300 })
  } finally {
    await boss.stop({ graceful: false })
  }
  await owner.query(`
    grant usage on schema ${SCHEMA} to balai_app;
    grant select, insert, update, delete on all tables in schema ${SCHEMA} to balai_app;
    grant usage, select on all sequences in schema ${SCHEMA} to balai_app;
    grant execute on all functions in schema ${SCHEMA} to balai_app;
    alter default privileges in schema ${SCHEMA} grant select, insert, update, delete on tables to balai_app;
    alter default privileges in schema ${SCHEMA} grant usage, select on sequences to balai_app;
    alter default privileges in schema ${SCHEMA} grant execute on functions to balai_app;`)
}

/** The queue at run time, as the application role. Opens itself at first use. */
export function openQueue(app: pg.Pool, kind: 'embedded' | 'server', failed: (error: Error) => void): Queue {
  let boss: PgBoss | null = null

  /** `inside`: the transaction to open through. On the embedded database any other connection would wait for it for ever. */
  async function open(inside: Db | null): Promise<PgBoss> {
    if (boss) return boss
    let through = inside
    const fresh = new PgBoss({
      ...options,
      migrate: false,
      createSchema: false,
      monitorIntervalSeconds: 10,
      db: { executeSql: (text, values) => (through ? through.query(text, values) : app.query(text, values)) },
    })
    fresh.on('error', failed)
    await fresh.start()
    if (!(await fresh.getQueue(QUEUE))) throw new Error('The job queue is not prepared: run the migrations.')
    through = null
    // Two may have opened at once: one stays.
    if (boss) await fresh.stop({ graceful: false })
    return (boss ??= fresh)
  }

  return {
    async add(db, { id, tenantId, jobId, retries }) {
      const queue = await open(db)
      const sent = await queue.send(
        QUEUE,
        { tenant_id: tenantId, job_id: jobId },
        {
          id,
          retryLimit: retries,
          expireInSeconds: EXPIRE,
          ...(kind === 'server' ? { heartbeatSeconds: HEARTBEAT } : {}),
          db: { executeSql: (text, values) => db.query(text, values) },
        },
      )
      if (!sent) throw new Error('The queue did not take the job.')
    },
    async take(early = false) {
      const [turn] = await (await open(null)).fetch<Turn['data']>(QUEUE, { ignoreStartAfter: early })
      return turn ? { id: turn.id, retryCount: turn.retryCount, data: turn.data } : null
    },
    async finish(turn) {
      await (await open(null)).complete(QUEUE, { id: turn.id, retryCount: turn.retryCount })
    },
    async again(turn) {
      await (await open(null)).fail(QUEUE, { id: turn.id, retryCount: turn.retryCount })
    },
    async alive(turn) {
      await (await open(null)).touch(QUEUE, { id: turn.id, retryCount: turn.retryCount })
    },
    async rescue(all) {
      const queue = await open(null)
      if (all) {
        const { rows } = await app.query<{ id: string }>(`select id from ${SCHEMA}.job where name = $1 and state = 'active'`, [QUEUE])
        const ids = rows.map((r) => r.id)
        if (ids.length) await queue.fail(QUEUE, ids)
        // The pause before a further attempt is for work that failed, not for a computer that was switched off.
        const now = `update ${SCHEMA}.job set start_after = now() where name = $1 and id = any($2::uuid[]) and state = 'retry'`
        if (ids.length) await app.query(now, [QUEUE, ids])
      }
      await queue.supervise(QUEUE)
    },
    async stop() {
      await boss?.stop({ graceful: false })
      boss = null
    },
  }
}
