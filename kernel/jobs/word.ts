// Word between processes on a PostgreSQL server (LISTEN/NOTIFY): new work, progress elsewhere, a wish to cancel.
import pg from 'pg'
import type { Db } from '#kernel/db/db.ts'

const CHANNEL = 'balai_jobs'

/** No personal data: only who and which, the row says the rest. `from` is the process that said it. */
export type Word =
  | { readonly kind: 'work' }
  | { readonly kind: 'cancel'; readonly job: string }
  | { readonly kind: 'job'; readonly tenant: string; readonly job: string; readonly user: string | null; readonly from: string | null }

/** Sends a word when the transaction of `db` commits. */
export async function say(db: Db, word: Word): Promise<void> {
  await db.query(`select pg_notify('${CHANNEL}', $1)`, [JSON.stringify(word)])
}

export type Ear = { readonly hears: () => boolean; close(): Promise<void> }

/**
 * Listens on a connection of its own and comes back when it is lost; `heard(null)` means that words may have been missed.
 * Until the first connection stands, and while there is none, `hears()` is false: look yourself.
 */
export function listen(app: pg.Pool, heard: (word: Word | null) => void): Ear {
  let client: pg.Client | null = null
  let closed = false
  let pause = 500
  let timer: NodeJS.Timeout | undefined
  let hears = false

  async function connect(): Promise<void> {
    if (closed) return
    const fresh = new pg.Client({ ...app.options, application_name: 'balai listener', keepAlive: true })
    const lost = (): void => {
      if (client !== fresh) return
      client = null
      hears = false
      void fresh.end().catch(() => {})
      timer = setTimeout(() => void connect(), pause)
      pause = Math.min(pause * 2, 30_000)
    }
    client = fresh
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', (n) => {
      const word = parse(n.payload)
      if (word) heard(word)
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      hears = true
      pause = 500
      heard(null)
    } catch {
      lost()
    }
  }

  void connect()
  return {
    hears: () => hears,
    async close() {
      closed = true
      clearTimeout(timer)
      const last = client
      client = null
      hears = false
      await last?.end().catch(() => {})
    },
  }
}

function parse(payload: string | undefined): Word | null {
  try {
    return JSON.parse(payload ?? '') as Word
  } catch {
    return null
  }
}
