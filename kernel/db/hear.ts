// Word between processes on a PostgreSQL server (LISTEN/NOTIFY): one connection per opened database, however many listen.
import pg from 'pg'
import type { Database } from './open.ts'

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 30_000

/** Hears a word; `null` = words may have been missed: expect anything. */
type Heard = (word: string | null) => void

export type Ear = {
  /** Whether words reach this process now. While they do not, look yourself. */
  hears(): boolean
  stop(): Promise<void>
}

type Listener = { readonly channel: string; readonly heard: Heard; hears: boolean }
type Line = { add(listener: Listener): void; remove(listener: Listener): Promise<void> }

// One process alone has nobody to hear.
const ALONE: Ear = { hears: () => true, stop: async () => {} }

const lines = new WeakMap<Database, Line>()

/**
 * Hears what is said on a channel in every process, this one too, once the transaction that says it commits. `heard(null)` comes when
 * listening begins, when the connection is lost, and when it is back. On the embedded database, which has one process, nothing is heard.
 */
export function hear(database: Database, channel: string, heard: Heard): Ear {
  if (database.kind !== 'server') return ALONE
  const line = lines.get(database) ?? openLine(database)
  lines.set(database, line)
  const listener: Listener = { channel, heard, hears: false }
  line.add(listener)
  return { hears: () => listener.hears, stop: () => line.remove(listener) }
}

/** The connection: stands while anybody listens, and comes back with growing pauses when it is lost. */
function openLine(database: Database): Line {
  const listeners = new Set<Listener>()
  let client: pg.Client | null = null
  let up = false
  let pause = FIRST_PAUSE
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ ...database.app.options, application_name: 'balai listener', keepAlive: true })
    const lost = (): void => {
      if (client !== fresh) return
      client = null
      up = false
      void fresh.end().catch(() => {})
      timer = setTimeout(() => void connect(), pause).unref()
      pause = Math.min(pause * 2, LONGEST_PAUSE)
      for (const listener of listeners) {
        listener.hears = false
        listener.heard(null)
      }
    }
    client = fresh
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ channel, payload }) => {
      for (const listener of listeners) if (listener.channel === channel) listener.heard(payload || null)
    })
    try {
      await fresh.connect()
      if (client !== fresh) return
      up = true
      await listen(fresh, [...listeners])
      pause = FIRST_PAUSE
    } catch {
      lost()
    }
  }

  async function listen(on: pg.Client, some: readonly Listener[]): Promise<void> {
    const channels = new Set(some.map(({ channel }) => channel))
    await on.query([...channels].map((channel) => `listen ${pg.escapeIdentifier(channel)}`).join('; '))
    for (const listener of some) {
      if (client !== on || !listeners.has(listener)) continue
      listener.hears = true
      listener.heard(null)
    }
  }

  return {
    add(listener) {
      listeners.add(listener)
      // When the connection breaks under it, it listens with the others on the next one.
      if (client && up) listen(client, [listener]).catch(() => {})
      else if (!client && listeners.size === 1) void connect()
    },
    async remove(listener) {
      listener.hears = false
      listeners.delete(listener)
      if (listeners.size > 0) return
      lines.delete(database)
      clearTimeout(timer)
      const last = client
      client = null
      await last?.end().catch(() => {})
    },
  }
}

/** Says a word to every process; never throws: who hears nothing finds out when what they remember is old. */
export async function tell(database: Database, channel: string, word: string): Promise<void> {
  if (database.kind === 'server') await database.app.query('select pg_notify($1, $2)', [channel, word]).catch(() => {})
}
