// Answers that must not tell by their time what was looked up: they wait for the next line of a coarse grid.
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds: swallows what one query more or less takes. */
const GRID = 100

/** Waits until a whole number of grid lines has passed since `started` (`performance.now()`). */
export async function untilGrid(started: number): Promise<void> {
  const took = performance.now() - started
  await sleep(Math.ceil(took / GRID) * GRID - took)
}
