// Does the duties that cannot wait for the day's end every few minutes, one round at a time.
import type { House } from '#kernel/house.ts'
import { dutiesOf } from './duties.ts'
import { keepHouse } from './upkeep.ts'

const EVERY_MS = 120_000

/** Starts the rounds; call the answer to stop, which waits for the round that is under way. */
export function startOften(house: () => House): () => Promise<void> {
  let round: Promise<unknown> | null = null
  const go = (): void => {
    const names = dutiesOf(house()).flatMap((duty) => (duty.often ? [duty.name] : []))
    round ??= keepHouse(house(), names)
      .catch((error: Error) => house().log.error({ error: error.name }, 'a round of upkeep failed'))
      .finally(() => (round = null))
  }
  const timer = setInterval(go, EVERY_MS).unref()
  return async () => {
    clearInterval(timer)
    await round
  }
}
