// Word between processes on a PostgreSQL server (LISTEN/NOTIFY), on a connection of its own that comes back when it is lost.
import pg from 'pg'
import type { Database } from './open.ts'

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 30_000

/**
 * Hears what `tell` says in other processes, and in this one. `null` = words may have been missed: expect anything.
 * Does nothing on the embedded database, which has one process. Call the answer to stop.
 */
export function hear(database: Database, channel: string, heard: (word: string | null) => void): () => Promise<void> {
  if (database.kind !== 'server') return async () => {}
  let client: pg.Client | null = null
  let stopped = false
  let pause = FIRST_PAUSE
  let timer: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    if (stopped) return
    const fresh = new pg.Client({ ...database.app.options, application_name: channel, keepAlive: true })
    const lost = (): void => {
      if (client !== fresh) return
      client = null
      heard(null)
      void fresh.end().catch(() => {})
      if (stopped) return
      timer = setTimeout(() => void open(), pause).unref()
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    }
    client = fresh
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ payload }) => heard(payload || null))
    try {
      await fresh.connect()
      await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
      pause = FIRST_PAUSE
      heard(null)
    } catch {
      lost()
    }
  }

  void open()
  return async () => {
    stopped = true
    clearTimeout(timer)
    const last = client
    client = null
    await last?.end().catch(() => {})
  }
}

/** Says a word to every process; never throws: who hears nothing finds out when what they remember is old. */
export async function tell(database: Database, channel: string, word: string): Promise<void> {
  if (database.kind === 'server') await database.app.query('select pg_notify($1, $2)', [channel, word]).catch(() => {})
}
