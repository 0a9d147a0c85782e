// The hands: take a turn, work on it, take the next; asleep when there is nothing to do.
import { runTurn } from './run.ts'
import type { Shop } from './shop.ts'

/** Waiting for word that there is work, this often it looks anyway, in milliseconds: for work that became due by itself. */
const POLL = 5_000
/** Without word (the listening connection is lost), this often, in milliseconds. */
const POLL_DEAF = 500

/** How long stopping waits for a run that gives no sign of life, in milliseconds. Its turn is given to another worker later. */
const PATIENCE = 20_000

export type Worker = { nudge(): void; stop(): Promise<void> }

/** Starts `hands` loops. `hears` says whether word of new work reaches this process. */
export function startWorker(shop: Shop, hands: number, hears: () => boolean): Worker {
  const alone = shop.house().database.kind === 'embedded'
  let nudges = 0
  let stopped = false
  const sleepers = new Set<() => void>()
  const wake = (): void => {
    nudges++
    for (const up of sleepers) up()
  }
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const up = (): void => {
        clearTimeout(timer)
        sleepers.delete(up)
        resolve()
      }
      const timer = setTimeout(up, ms)
      sleepers.add(up)
    })

  async function loop(): Promise<void> {
    let trouble = 0
    while (!stopped) {
      const seen = nudges
      try {
        const turn = await shop.queue.take()
        if (turn) await runTurn(shop, turn).catch((error) => giveBack(turn, error))
        else if (seen === nudges && !stopped) await sleep(hears() ? POLL : POLL_DEAF)
        trouble = 0
      } catch (error) {
        complain(error)
        if (!stopped) await sleep(Math.min(30_000, 1_000 * 2 ** trouble++))
      }
    }
  }

  /** The end of a run could not be written. On a server silence gives the turn back by itself. */
  async function giveBack(turn: Parameters<typeof runTurn>[1], error: unknown): Promise<void> {
    complain(error)
    if (alone) await shop.queue.again(turn)
  }

  function complain(error: unknown): void {
    const e = error as { name?: string; code?: string }
    shop.house().log.error({ error: e.name, code: e.code }, 'the job worker has trouble')
  }

  const tidy = (all: boolean): Promise<void> => shop.queue.rescue(all).then(wake, complain)
  // Alone on the database, whatever is marked as being worked on was left by a process that died.
  const first = tidy(alone)
  const tidying = setInterval(() => void tidy(false), alone ? 60 * 60_000 : 15_000)
  const loops = first.then(() => Promise.all(Array.from({ length: hands }, loop)))

  return {
    nudge: wake,
    async stop() {
      stopped = true
      clearInterval(tidying)
      wake()
      let patience: NodeJS.Timeout | undefined
      const enough = new Promise((resolve) => (patience = setTimeout(resolve, PATIENCE)))
      await Promise.race([loops, enough]).finally(() => clearTimeout(patience))
    },
  }
}
