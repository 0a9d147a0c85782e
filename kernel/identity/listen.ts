// Hears from other processes that something about a person changed, so that an ended session ends everywhere at once.
import type pg from 'pg'
import { CHANNEL } from './sessions.ts'
import type { Sessions } from './sessions.ts'

/**
 * Holds one connection of the pool until the answer is called. When it breaks, everything remembered is dropped, since
 * news may have been missed, and it is opened again. Not needed on the embedded database: there is one process.
 */
export async function listenForChanges(pool: pg.Pool, sessions: Sessions): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.PoolClient | null = null
  let retry: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    const opened = await pool.connect()
    let lost = false
    const lose = (error?: Error): void => {
      if (lost || stopped) return
      lost = true
      client = null
      sessions.drop(null)
      opened.release(error ?? true)
      later()
    }
    opened.on('error', lose)
    opened.on('end', () => lose())
    opened.on('notification', (message) => {
      if (message.channel === CHANNEL && message.payload) sessions.drop(message.payload)
    })
    try {
      await opened.query(`listen ${CHANNEL}`)
    } catch (error) {
      lose(error as Error)
      throw error
    }
    client = opened
    sessions.drop(null)
  }

  function later(): void {
    if (stopped) return
    clearTimeout(retry)
    retry = setTimeout(() => void open().catch(later), 1_000).unref()
  }

  await open()
  return async () => {
    stopped = true
    clearTimeout(retry)
    const last = client
    client = null
    if (!last) return
    await last.query(`unlisten ${CHANNEL}`).catch(() => {})
    last.release(true)
  }
}
